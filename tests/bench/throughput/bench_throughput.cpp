// What Earshot costs, beside what was aimed at: a table on standard output. CPU time is the least of several runs that
// take turns with what they are compared with; docs/performance.md tells more.
//
//   bench_throughput [--full] [POSTS]     --full: also ten times as many posts, which takes 8 GB in the temporary
//   folder
//
// Exits with 1 where what was found is not what the floor program found.
#include <fmt/format.h>

#include <chrono>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <regex>
#include <stdexcept>
#include <thread>

#include "crossing.hpp"
#include "observe/door_client.hpp"
#include "scene.hpp"

namespace {

using namespace earshot::bench;
using Extra = Scene::Extra;
using namespace std::chrono_literals;

constexpr int kRounds = 5;
const std::string kNoDoor = "listen: \"off\"\n";

void row(const std::string& what, const std::string& aim, const std::string& measured, const std::string& note = "") {
  fmt::print("{:<44} | {:>12} | {:>16} | {}\n", what, aim, measured, note);
  std::fflush(stdout);
}

std::string percent(double share) {
  return fmt::format("{:.1f} %", 100 * share);
}
std::string megabytes(long kb) {
  return fmt::format("{:.1f} MB", static_cast<double>(kb) * 1024 / 1e6);
}
std::string milliseconds(double seconds) {
  return fmt::format("{:.1f} ms", seconds * 1e3);
}

// The floor says how many mentions it found; the pipeline's file must hold as many, and every post.
void check_found(const Used& floor, const std::string& file, std::uint64_t posts) {
  std::smatch said;
  if (!std::regex_search(floor.output, said, std::regex("mentions ([0-9]+)")))
    throw std::runtime_error("the floor program did not say what it found");
  const std::uint64_t mentions = std::stoull(said[1]);
  const std::uint64_t found = count_in(file, "\"kind\":\"mention\""), lines = count_in(file, "{\"platform\":");
  if (found != mentions || lines != posts)
    throw std::runtime_error(fmt::format("{} has {} posts with {} mentions, and the floor found {} in {}", file, lines,
                                         found, mentions, posts));
}

// Throughput, delivery with checkpoints, names and edges: all in one round after the other. Gives posts per second on
// the wall.
double throughput(const Scene& scene, std::uint64_t posts) {
  const std::string file = scene.posts();
  const auto kept = [&](const char* name, const char* interval) {
    return Extra{kNoDoor + "checkpoint: " + interval + "\n", "", scene / name};
  };
  enum { floor, brands, checkpoints, often, floor_10k, brands_10k, no_edges, ten_edges };
  const std::vector<Command> commands = {
      scene.floor(1000),
      scene.brands("brands", 1000, file, {}),
      scene.brands("kept-5s", 1000, file, kept("every-5s", "5s")),
      scene.brands("kept-200ms", 1000, file, kept("every-200ms", "200ms")),
      scene.floor(10'000),
      scene.brands("brands-10k", 10'000, file, {}),
      scene.chain("chain-0", 0, file, {}),
      scene.chain("chain-10", 10, file, {}),
  };
  const std::vector<Used> used = least(commands, kRounds);
  for (const char* name : {"brands", "kept-5s", "kept-200ms"})
    check_found(used[floor], scene / (std::string(name) + ".ndjson"), posts);
  check_found(used[floor_10k], scene / "brands-10k.ndjson", posts);

  const auto count = static_cast<double>(posts);
  const auto ratio = [&](int of, int to) { return used[of].cpu / used[to].cpu; };
  row("posts per CPU second, 1,000 names", ">= 1,500,000", fmt::format("{:.0f}", count / used[brands].cpu),
      fmt::format("{:.3f} s CPU, {:.3f} s on the wall", used[brands].cpu, used[brands].wall));
  row("CPU time over the floor program's", "<= 1.6", fmt::format("{:.2f}", ratio(brands, floor)),
      fmt::format("the floor: {:.3f} s", used[floor].cpu));
  row("delivery with a checkpoint each 5 s", "<= 5 %", percent(ratio(checkpoints, brands) - 1),
      fmt::format("{:.3f} s", used[checkpoints].cpu));
  row("delivery with a checkpoint each 200 ms", "", percent(ratio(often, brands) - 1),
      fmt::format("{:.3f} s", used[often].cpu));
  row("10,000 names over 1,000", "<= 1.4", fmt::format("{:.2f}", ratio(brands_10k, brands)),
      fmt::format("{:.3f} s; the floor's: {:.2f}", used[brands_10k].cpu, ratio(floor_10k, floor)));
  row("an edge, for each post", "<= 60 ns",
      fmt::format("{:.0f} ns", (used[ten_edges].cpu - used[no_edges].cpu) / 10 / count * 1e9),
      fmt::format("10 detectors in a row that only look: {:.3f} s; none: {:.3f} s", used[ten_edges].cpu,
                  used[no_edges].cpu));
  row(fmt::format("most memory, {} posts", posts), "< 120 MB", megabytes(used[brands].peak_kb),
      fmt::format("10,000 names: {}", megabytes(used[brands_10k].peak_kb)));
  return count / used[brands].wall;
}

// The bound below which 99 of 100 deliveries of a run stayed, from the run's own histogram.
double p99(const std::string& metrics) {
  static const std::regex bucket("earshot_delivery_seconds_bucket\\{[^}]*le=\"([^\"]+)\"[^}]*\\} ([0-9]+)");
  std::vector<std::pair<double, double>> buckets;
  for (std::sregex_iterator at(metrics.begin(), metrics.end(), bucket), end; at != end; ++at)
    buckets.emplace_back((*at)[1] == "+Inf" ? INFINITY : std::stod((*at)[1]), std::stod((*at)[2]));
  for (const auto& [bound, below] : buckets)
    if (below >= 0.99 * buckets.back().second && below > 0) return bound;
  throw std::runtime_error("the run did not tell how long deliveries took");
}

// Its metrics as they were last before it ended.
std::string last_metrics(Running& run, const std::string& door_file) {
  std::string last;
  while (!run.ended()) {
    std::this_thread::sleep_for(100ms);
    std::string address, metrics;
    if (!std::getline(std::ifstream(door_file), address)) continue;
    try {
      earshot::host::follow(address, "/metrics", [&](std::string_view line) {
        metrics.append(line).append(1, '\n');
        return true;
      });
      last = std::move(metrics);
    } catch (const std::exception&) {  // not there yet, or no longer
    }
  }
  return last;
}

void latency(const Scene& scene, double posts_per_second) {
  const std::string state = scene / "half-load";
  Running run(
      scene.brands("half-load", 1000, scene.posts(), {"", fmt::format(", rate: {:.0f}", posts_per_second / 2), state}));
  row("source to sink at half load, p99", "< 20 ms", "<= " + milliseconds(p99(last_metrics(run, state + "/door"))),
      fmt::format("{:.0f} posts/s; the bound of a bucket, each twice the one before", posts_per_second / 2));
}

void memory_of_many(const Scene& scene, std::uint64_t posts) {
  scene.make_posts(posts);
  const Used used = run(scene.brands("brands", 1000, scene.posts(), {}));
  row(fmt::format("most memory, {} posts", posts), "< 120 MB", megabytes(used.peak_kb),
      fmt::format("{:.3f} s CPU", used.cpu));
}

void idle(const std::string& what, const std::string& aim, const Command& command) {
  const Running run(command);
  std::this_thread::sleep_for(1s);
  row(what, aim, megabytes(run.status_kb("VmRSS")),
      fmt::format("{} of its own, {} are pages of files, which processes share", megabytes(run.status_kb("RssAnon")),
                  megabytes(run.status_kb("RssFile"))));
}

void small_runs(const Scene& scene) {
  const std::string empty = scene / "empty.ndjson", one = scene / "one.ndjson";
  std::ofstream(empty).close();
  std::ofstream(one) << R"({"platform":"microblog","id":"1","published":"2026-03-01T00:00:00Z","text":"one"})"
                     << "\n";
  const Extra follow{"", ", follow: true", ""};
  idle("idle memory, file to ndjson", "< 12 MB", scene.chain("idle", 0, empty, follow));
  idle("idle memory, with brand_text, 1,000 names", "", scene.brands("idle-brands", 1000, empty, follow));
  const std::vector<Used> used =
      least({scene.chain("first", 0, one, {}), scene.brands("first-brands", 1000, one, {})}, 2 * kRounds);
  row("start to end with one post", "< 50 ms", milliseconds(used[0].wall),
      fmt::format("{} CPU", milliseconds(used[0].cpu)));
  row("the same with brand_text, 1,000 names", "< 50 ms", milliseconds(used[1].wall),
      fmt::format("{} CPU", milliseconds(used[1].cpu)));
}

void call_of_a_plugin() {
  const Crossing cost = crossing(Scene::plugins() + "/pass.so");
  row("a detector in its own .so over a direct call", "", fmt::format("{:.0f} ns", cost.plugin_ns - cost.direct_ns),
      fmt::format("for a batch of {}: {:.0f} ns against {:.0f} ns", Crossing::kPosts, cost.plugin_ns, cost.direct_ns));
}

}  // namespace

int main(int argc, char** argv) {
  bool full = false;
  std::uint64_t posts = 1'000'000;
  for (int i = 1; i < argc; ++i) {
    if (std::string_view(argv[i]) == "--full")
      full = true;
    else
      posts = std::strtoull(argv[i], nullptr, 10);
  }
  try {
    const Scene scene;
    row("what", "aim", "measured", "note");
    scene.make_posts(posts);
    const double posts_per_second = throughput(scene, posts);
    latency(scene, posts_per_second);
    small_runs(scene);
    call_of_a_plugin();
    if (full) memory_of_many(scene, 10 * posts);
  } catch (const std::exception& fault) {
    fmt::print(stderr, "bench_throughput: {}\n", fault.what());
    return 1;
  }
  return 0;
}
