// How many posts a second the detectors novelty and rule take in, and what they hold in memory, as a stream goes on:
// through the built plugins and their C tables, in batches of 256 posts of about 130 letters, half of whose words are
// among 500. Event time is moved on as a host does. A row for each mark of a stream: its speed since the
// mark before, alerts so far, and what the process has grown by.
//
//   bench_novelty [SCALE [WORD]]   a table on standard output; SCALE 0.1 takes a tenth of the posts, WORD the streams
//                                  of that detector or name
#include <sys/wait.h>
#include <unistd.h>

#include <cstdio>
#include <cstdlib>
#include <set>
#include <string>
#include <vector>

#include "../../plugins/loaded.hpp"
#include "../used.hpp"
#include "earshot/testing.hpp"

namespace {

using earshot::str;
using earshot::bench::cpu_seconds;
using earshot::bench::resident_mib;
using earshot::testing::ComponentUnderTest;
using earshot::testing::Setting;

constexpr std::uint32_t kBatch = 256;
constexpr std::int64_t kStart = 1'767'225'600'000'000'000, kDay = 86'400'000'000'000;

std::uint64_t mixed(std::uint64_t z) {
  z += 0x9E3779B97F4A7C15u;
  z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9u;
  z = (z ^ (z >> 27)) * 0x94D049BB133111EBu;
  return z ^ (z >> 31);
}

const std::vector<std::string>& vocabulary() {
  static const auto words = [] {
    std::vector<std::string> all(50000);
    for (std::size_t i = 0; i < all.size(); ++i)
      for (std::uint64_t rest = mixed(i), length = 2 + rest % 9; length > 0; --length, rest = mixed(rest))
        all[i] += static_cast<char>('a' + rest % 26);
    return all;
  }();
  return words;
}

struct Batch {
  std::vector<std::string> texts = std::vector<std::string>(kBatch), ids = texts, names = texts, subjects = texts;
  std::vector<ear_segment> segments = std::vector<ear_segment>(kBatch);
  std::vector<ear_post> posts = std::vector<ear_post>(kBatch);
  std::vector<ear_finding> findings = std::vector<ear_finding>(kBatch);
  std::vector<const ear_post*> pointers = std::vector<const ear_post*>(kBatch);
  std::vector<ear_author> authors = std::vector<ear_author>(kBatch, earshot::make_author());

  // Subjects are of very different size: the 10th has a tenth of the posts of the first.
  void fill(std::uint64_t first, std::uint64_t count, std::int64_t apart) {
    for (std::uint32_t i = 0; i < kBatch; ++i) {
      const std::uint64_t n = first + i, random = mixed(n * 7919);
      const double u = static_cast<double>(random >> 11) * 0x1p-53;
      const auto subject = static_cast<std::uint64_t>(static_cast<double>(count) * u * u);
      texts[i] = "Name ";
      for (std::uint64_t r = random; texts[i].size() < 120; r = mixed(r))
        texts[i] += vocabulary()[r % 100 < 50 ? r / 100 % 500 : r / 100 % 50000] + " ";
      ids[i] = std::to_string(n), names[i] = "author" + std::to_string(mixed(n) % 100'000);
      subjects[i] = "s" + std::to_string(subject);
      authors[i].id = authors[i].handle = str(names[i]),
      authors[i].followers = static_cast<std::int64_t>(random % 5000);
      segments[i] = earshot::make_segment(EAR_BODY, texts[i]);
      ear_post& p = posts[i] = earshot::make_post();
      p.platform = str("bench"), p.id = str(ids[i]), p.author = &authors[i], p.language = str("en");
      p.key = {mixed(n), n}, p.published = kStart + static_cast<std::int64_t>(n) * apart;
      p.segments = &segments[i], p.segment_count = 1;
      findings[i] = earshot::make_finding(i, "mention", subjects[i], 0.9);
      findings[i].segment = 0, findings[i].begin = 0, findings[i].end = 4;
      p.findings = &findings[i], p.finding_count = 1;
      pointers[i] = &p;
    }
  }
};

struct Case {
  const char* plugin;
  const char* name;
  std::vector<Setting> options;
  std::uint64_t subjects;
  double a_day;
  std::vector<double> marks;  // posts, in millions
};

void run(const Case& c, double scale) {
  const double memory = resident_mib();
  ComponentUnderTest detector(earshot::testing::loaded(c.plugin), c.options);
  detector.create(), detector.start();
  static std::set<std::pair<std::string, ear_time>> alerts;  // by subject and start
  static std::set<ear_time> wakes;
  alerts.clear(), wakes.clear();
  ear_detector_out out{};
  out.size = sizeof out;
  out.finding = [](void*, const ear_finding*) {};
  out.segment = [](void*, std::uint32_t, const ear_segment*) {};
  out.alert = [](void*, const ear_alert* alert) { alerts.emplace(earshot::view(alert->subject), alert->start); };
  out.stop = [](void*, std::uint32_t) {};
  out.reject = [](void*, std::uint32_t, ear_str) {};
  out.wake_at = [](void*, ear_time t) { wakes.insert(t); };
  Batch batch;
  double seconds = 0;
  std::uint64_t counted = 0;
  auto mark = c.marks.begin();
  const auto apart = static_cast<std::int64_t>(static_cast<double>(kDay) / c.a_day);
  for (std::uint64_t n = 0; mark != c.marks.end(); n += kBatch) {
    batch.fill(n, c.subjects, apart);
    ear_batch raw{};
    raw.size = sizeof raw, raw.count = kBatch, raw.posts = batch.pointers.data(), raw.gap_stride = sizeof(ear_gap);
    const double start = cpu_seconds();
    detector.call("detect",
                  [&](ear_error* e) { return detector.table().detector->detect(detector.self(), &raw, &out, e); });
    const ear_time watermark = batch.posts.back().published - 600'000'000'000;
    while (!wakes.empty() && *wakes.begin() <= watermark) {
      const ear_time t = *wakes.begin();
      wakes.erase(wakes.begin());
      detector.call("advance",
                    [&](ear_error* e) { return detector.table().detector->advance(detector.self(), t, &out, e); });
      wakes.erase(wakes.begin(), wakes.upper_bound(t));
    }
    seconds += cpu_seconds() - start, counted += kBatch;
    if (static_cast<double>(n + kBatch) < *mark * 1e6 * scale) continue;
    std::printf("%-8s %-40s %8.1f %12.0f %8zu %6.0f\n", c.plugin, c.name, static_cast<double>(n + kBatch) / 1e6,
                static_cast<double>(counted) / seconds, alerts.size(), resident_mib() - memory);
    std::fflush(stdout);
    seconds = 0, counted = 0, ++mark;
  }
}

}  // namespace

int main(int argc, char** argv) {
  const double scale = argc > 1 ? std::atof(argv[1]) : 1;
  vocabulary();
  std::printf("%-8s %-40s %8s %12s %8s %6s\n", "detector", "stream", "million", "posts/CPU s", "alerts", "MiB");
  const std::vector<Case> cases{
      {"novelty", "100 subjects, 100,000 posts a day", {}, 100, 1e5, {1, 5, 10}},
      {"novelty", "100,000 subjects, 1,000,000 a day", {}, 100'000, 1e6, {1, 5, 10}},
      {"novelty", "the same, memory: 256MiB", {{"memory", "256MiB"}}, 100'000, 1e6, {1, 5, 10}},
      {"rule", "one post in 100 matches", {{"where", "followers:<50"}, {"count", 3}}, 100'000, 1e6, {1, 5}},
  };
  const std::string word = argc > 2 ? argv[2] : "";
  for (const Case& c : cases) {
    if (std::string(c.plugin).append(" ").append(c.name).find(word) == std::string::npos) continue;
    std::fflush(stdout);
    const pid_t child = fork();  // so that no case finds memory that one before it has given back
    if (child == 0) run(c, scale), std::_Exit(0);
    int status = 1;
    if (child < 0 || waitpid(child, &status, 0) != child || status != 0) return 1;
  }
}
