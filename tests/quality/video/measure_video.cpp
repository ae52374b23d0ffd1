// measure_video: what `earshot look` finds of what was planted in a film, when, how fast, and in how much memory.
//   measure_video [SECONDS] [--loops N]     a film of SECONDS (120), N times over (1): 30 times 120 s are an hour
#include <fmt/format.h>
#include <stdlib.h>
#include <sys/resource.h>

#include <algorithm>
#include <boost/json.hpp>
#include <chrono>
#include <cmath>
#include <cstring>
#include <fstream>
#include <iterator>
#include <sstream>

#include "film.hpp"

namespace {

namespace json = boost::json;
using film::Appearance;

struct Found {
  std::string subject, how;
  double start, stop;
};

std::string text(const json::object& from, const char* key) {
  const json::value* v = from.if_contains(key);
  return v != nullptr && v->is_string() ? std::string(v->get_string()) : std::string();
}
double number(const json::object& from, const char* key) {
  const json::value* v = from.if_contains(key);
  return v != nullptr && v->is_number() ? v->to_number<double>() : 0;
}

std::vector<Found> found_in(const std::filesystem::path& file) {
  std::ifstream in(file);
  const std::string line((std::istreambuf_iterator<char>(in)), {});
  const json::object post = json::parse(line).as_object();
  std::vector<Found> out;
  for (const json::value& one : post.at("findings").as_array()) {
    const json::object& f = one.as_object();
    if (text(f, "kind") != "mention") continue;
    Found found{text(f, "subject"), "lettering", number(f, "start"), number(f, "stop")};
    if (const json::value* more = f.if_contains("attributes"); more != nullptr && more->is_object())
      if (const std::string how = text(more->as_object(), "how"); !how.empty()) found.how = how;
    if (found.stop == 0 && f.contains("segment")) {
      const json::object& s =
          post.at("segments").as_array().at(static_cast<std::size_t>(number(f, "segment"))).as_object();
      found.start = number(s, "start"), found.stop = number(s, "end");
    }
    out.push_back(found);
  }
  return out;
}

struct Score {
  int planted = 0, found = 0, in_time = 0, wrong = 0;
  double worst_start = 0, worst_stop = 0;
};

Score score(const std::vector<Appearance>& planted, const std::vector<Found>& all, bool print) {
  Score out;
  std::vector<char> used(all.size());
  for (const Appearance& p : planted) {
    ++out.planted;
    double start = 1e9, stop = -1e9;
    for (std::size_t i = 0; i < all.size(); ++i) {
      const Found& f = all[i];
      if (f.subject != p.subject || f.stop < p.start - 0.7 || f.start > p.stop + 0.7) continue;
      used[i] = 1;
      if (f.how == p.how) start = std::min(start, f.start), stop = std::max(stop, f.stop);
    }
    const bool found = stop > start;
    const double late = std::abs(start - p.start), after = std::abs(stop - p.stop);
    out.found += found;
    out.in_time += found && late <= 0.5 && after <= 0.5;
    if (found) out.worst_start = std::max(out.worst_start, late), out.worst_stop = std::max(out.worst_stop, after);
    if (print)
      fmt::print("  {:<10} {:<10} {:6.2f} to {:6.2f}  {:>4.0f} %  {}\n", p.subject, p.how, p.start, p.stop,
                 p.width * 100,
                 found ? fmt::format("{:+.2f} {:+.2f}", start - p.start, stop - p.stop) : std::string("not found"));
  }
  for (std::size_t i = 0; i < all.size(); ++i)
    if (!used[i]) {
      ++out.wrong;
      if (print)
        fmt::print("  not planted: {} {} {:.2f} to {:.2f}\n", all[i].subject, all[i].how, all[i].start, all[i].stop);
    }
  return out;
}

double cpu_seconds_of_children() {
  rusage used{};
  ::getrusage(RUSAGE_CHILDREN, &used);
  const auto seconds = [](const timeval& t) {
    return static_cast<double>(t.tv_sec) + static_cast<double>(t.tv_usec) / 1e6;
  };
  return seconds(used.ru_utime) + seconds(used.ru_stime);
}

}  // namespace

int main(int argc, char** argv) {
  double seconds = 120;
  int loops = 1;
  for (int i = 1; i < argc; ++i)
    if (std::strcmp(argv[i], "--loops") == 0 && i + 1 < argc)
      loops = std::max(1, std::atoi(argv[++i]));
    else
      seconds = std::atof(argv[i]);
  std::string name = (std::filesystem::temp_directory_path() / "earshot-film-XXXXXX").string();
  if (::mkdtemp(name.data()) == nullptr) return 1;
  const std::filesystem::path folder = name;
  const std::vector<Appearance> planted = film::plan(seconds, 5);
  if (!film::make(planted, seconds, loops, folder, folder / "film.mp4")) {
    fmt::print("skipped: rsvg-convert and ffmpeg make the film, and one of them is not here\n");
    std::filesystem::remove_all(folder);
    return 77;
  }
  std::filesystem::current_path(EARSHOT_SOURCE_DIR);
  const double before = cpu_seconds_of_children();
  const auto begun = std::chrono::steady_clock::now();
  const int status =
      std::system(fmt::format("{} look {} --watchlist configs/watchlists/demo.yaml --json >{}", EARSHOT_BINARY,
                              (folder / "film.mp4").string(), (folder / "found").string())
                      .c_str());
  const std::chrono::duration<double> wall = std::chrono::steady_clock::now() - begun;
  const double cpu = cpu_seconds_of_children() - before;
  rusage used{};
  ::getrusage(RUSAGE_CHILDREN, &used);
  if (status != 0) return 1;
  const Score s = score(planted, found_in(folder / "found"), loops == 1);
  std::filesystem::remove_all(folder);
  const double length = seconds * loops;
  fmt::print("\n| what | aim | measured |\n|---|---|---|\n");
  fmt::print("| appearances of at least 1 s that are found | all | {} of {} |\n", s.found, s.planted);
  fmt::print("| with start and end within 0.5 s | all | {} of {}, at worst {:.2f} and {:.2f} s off |\n", s.in_time,
             s.planted, s.worst_start, s.worst_stop);
  if (loops == 1) fmt::print("| mentions of what was not planted | 0 | {} |\n", s.wrong);
  fmt::print("| times real time at 720p, on the wall | 4 | {:.1f} ({:.0f} s of film) |\n", length / wall.count(),
             length);
  fmt::print("| CPU seconds for a second of film: two cores have 0.5 at 4 times real time | 0.5 | {:.2f} |\n",
             cpu / length);
  fmt::print("| peak memory | 700 MiB | {:.0f} MiB |\n", static_cast<double>(used.ru_maxrss) / 1024);
  return s.found == s.planted ? 0 : 1;
}
