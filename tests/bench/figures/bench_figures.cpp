// How long a store takes to answer: what a page asks, at the 95th percentile, and a report of a week. The store is made
// for it, or kept from before.
//
//   bench_figures [POSTS] [--full] [--store PATH] [--only WORDS]
//
// 200,000 posts; --full: 5 million. PATH is made where it is not there, and stays. WORDS: only the questions that have
// them in their name.
#include <fmt/format.h>
#include <time.h>

#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <functional>
#include <string>
#include <vector>

#include "../../plugins/loaded.hpp"
#include "earshot/testing.hpp"
#include "figures/figures.hpp"
#include "made_store.hpp"
#include "report/gather.hpp"
#include "report/html.hpp"
#include "report/period.hpp"

namespace {

using namespace earshot;
using namespace earshot::bench;
using figures::By;
using figures::Figures;
using figures::PostsBy;
using figures::Scope;

// Of the process, so that a busy machine changes it less than the time on the wall.
double cpu_seconds() {
  timespec now{};
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
  return static_cast<double>(now.tv_sec) + static_cast<double>(now.tv_nsec) / 1e9;
}
double wall_seconds() {
  return std::chrono::duration<double>(std::chrono::steady_clock::now().time_since_epoch()).count();
}

double percentile(std::vector<double> all, double share) {
  std::sort(all.begin(), all.end());
  return all[static_cast<std::size_t>(share * static_cast<double>(all.size() - 1) + 0.5)];
}

struct Questions {
  Figures& figures;
  std::string only;
  std::vector<double> all_wall{}, all_cpu{};
  std::uint64_t seed = 1;

  std::uint64_t below(std::uint64_t n) {
    seed = seed * 6364136223846793005u + 1442695040888963407u;
    return (seed >> 33) % n;
  }
  // A watch item, rather a large one, over that many days.
  Scope scope(int days, bool any = true) {
    const auto first = static_cast<std::int64_t>(below(static_cast<std::uint64_t>(kDays - days + 1)));
    const std::int64_t from = kBegin + first * calendar::kDay;
    const std::uint64_t item = below(below(kItems) + 1);
    return {{from, from + days * calendar::kDay}, any && below(8) == 0 ? std::string() : item_id(item), nullptr};
  }
  void row(const char* name, const std::function<void()>& ask, int times = 30) {
    if (std::string_view(name).find(only) == std::string_view::npos) return;
    std::vector<double> wall, cpu;
    for (int i = 0; i < times; ++i) {
      const double w = wall_seconds(), c = cpu_seconds();
      ask();
      wall.push_back(1000 * (wall_seconds() - w)), cpu.push_back(1000 * (cpu_seconds() - c));
    }
    fmt::print("{:<58} {:8.1f} {:8.1f} {:8.1f}\n", name, percentile(wall, 0.5), percentile(wall, 0.95),
               percentile(cpu, 0.95));
    std::fflush(stdout);
    all_wall.insert(all_wall.end(), wall.begin(), wall.end()), all_cpu.insert(all_cpu.end(), cpu.begin(), cpu.end());
  }
};

void ask_all(Questions& q) {
  const calendar::Zone utc("UTC"), berlin("Europe/Berlin");
  std::vector<std::string> items;
  for (std::uint64_t i = 0; i < kItems; ++i) items.push_back(item_id(i));
  Figures& f = q.figures;
  fmt::print("{:<58} {:>8} {:>8} {:>8}\n", "question, ms", "median", "95 %", "95 % CPU");
  q.row("counts of an item, a week", [&] { f.counts(q.scope(7)); });
  q.row("volume of an item by hour, a week", [&] {
    const Scope s = q.scope(7);
    f.volume(s, edges(s.period, calendar::Step::hour, utc));
  });
  q.row("volume of an item by day of Berlin, eight weeks", [&] {
    const Scope s = q.scope(56);
    f.volume(s, edges(s.period, calendar::Step::day, berlin));
  });
  q.row("share of voice of 20 items, a week", [&] { f.share_of_voice(q.scope(7).period, items); });
  q.row("net sentiment of an item, four weeks", [&] { f.sentiment(q.scope(28)); });
  for (const int days : {7, 56}) {
    const std::string span = days == 7 ? ", a week" : ", eight weeks";
    q.row(("platforms of an item" + span).c_str(), [&] { f.top(q.scope(days), By::platform, 10); });
    q.row(("topics of an item" + span).c_str(), [&] { f.top(q.scope(days), By::topic, 10); });
    q.row(("key phrases of an item" + span).c_str(), [&] { f.top(q.scope(days), By::keyphrase, 10); });
    q.row(("authors of reach of an item" + span).c_str(),
          [&] { f.top_authors(q.scope(days), figures::AuthorsBy::reach, 10); });
    q.row(("posts with most reactions" + span).c_str(), [&] { f.posts(q.scope(days), PostsBy::engagement, 20); });
  }
  // What the dashboard's overview asks.
  const auto overview = [&](Scope s) {
    f.state();
    f.summary(s, edges(s.period, calendar::Step::day, utc), 10);
    f.counts({{s.period.from - (s.period.to - s.period.from), s.period.from}, s.subject, nullptr});
    f.share_of_voice(s.period, items, s.query);
    f.gaps(s.period, 50);
  };
  for (const int days : {7, 28, 56}) {
    const std::string span = days == 7 ? ", a week" : days == 28 ? ", four weeks" : ", eight weeks";
    q.row(("overview of an item" + span).c_str(), [&] { overview(q.scope(days, false)); });
    q.row(("overview of all posts" + span).c_str(), [&] {
      Scope s = q.scope(days);
      s.subject.clear(), s.period.from += 7 * calendar::kHour;  // not from midnight on
      overview(s);
    });
  }
  q.row("latest posts of an item", [&] { f.posts(q.scope(7), PostsBy::latest, 20); });
  const auto words = [&](std::uint64_t from, std::uint64_t to) { return word(from + q.below(to - from)); };
  q.row("search: a frequent word, the latest 20", [&] { f.search(words(0, 20), "", q.scope(56), 20); });
  q.row("search: a rare word, the latest 20", [&] { f.search(words(1000, 50'000), "", q.scope(56), 20); });
  q.row("search: two words, one not, the latest 20",
        [&] { f.search(words(0, 50) + " " + words(50, 300) + " -" + words(0, 50), "", q.scope(56), 20); });
  q.row("search: sentiment of an item near a word, the latest 20",
        [&] { f.search("subject:brand0 sentiment:negative " + words(0, 50), "", q.scope(56), 20); });
  const auto filtered = [&](const std::string& query, int days, bool all = false) {
    Scope s = q.scope(days, false);
    if (all) s.subject.clear();
    s.query = f.matches(query, "", s);
    overview(s);
  };
  q.row("overview by a query: a frequent word, a week", [&] { filtered(words(0, 20), 7); });
  q.row("overview by a query: a rare word, eight weeks", [&] { filtered(words(300, 20'000), 56); });
  q.row("overview by a query: platform and language, a week", [&] { filtered("platform:forum lang:de", 7); });
  q.row("overview by a query: a frequent word, all posts, four weeks", [&] { filtered(words(0, 20), 28, true); });
  q.row("overview by a query: platform, all posts, four weeks", [&] { filtered("platform:forum lang:de", 28, true); });
  fmt::print("{:<58} {:8.1f} {:8.1f} {:8.1f}\n\n", "all of them", percentile(q.all_wall, 0.5),
             percentile(q.all_wall, 0.95), percentile(q.all_cpu, 0.95));
}

void report_of(Figures& figures, const char* name, const char* period) {
  const double wall = wall_seconds(), cpu = cpu_seconds();
  report::Request request;
  request.store = "bench.db";
  report::set_period(request, period, 0, {});
  const report::Content content = report::gather(figures, request);
  const std::string page = report::as_html(content);
  fmt::print("{:<58} {:8.2f} s {:8.2f} s CPU; {} posts, {} items, {} KB\n", name, wall_seconds() - wall,
             cpu_seconds() - cpu, content.all.posts, content.items.size(), page.size() / 1024);
  std::fflush(stdout);
}

}  // namespace

int main(int argc, char** argv) {
  std::uint64_t posts = std::getenv("EARSHOT_BENCH_FULL") != nullptr ? 5'000'000 : 200'000;
  std::string path, only;
  for (int i = 1; i < argc; ++i) {
    const std::string word = argv[i];
    if (word == "--only" && i + 1 < argc)
      only = argv[++i];
    else if (word == "--full")
      posts = 5'000'000;
    else if (word == "--store" && i + 1 < argc)
      path = argv[++i];
    else
      posts = std::strtoull(argv[i], nullptr, 10);
  }
  const testing::Folder folder;
  if (path.empty()) path = folder / "bench.db";
  if (!std::filesystem::exists(path)) {
    const Made made = make_store(path, posts);
    fmt::print("{} posts: {:.0f} rows a CPU second; written in {:.0f} s, counted and indexed after {:.0f} s; {} MB\n\n",
               posts, static_cast<double>(posts) / made.rows_cpu, made.seconds, made.counted,
               std::filesystem::file_size(path) >> 20);
  }
  testing::ServiceHarness service(testing::loaded("store"));
  testing::TestHost raw;
  raw.add_service(EAR_STORE_1, service.table<ear_store_1>(EAR_STORE_1));
  const Host host(raw.raw());
  Figures figures(path, &host);
  Questions questions{figures, only};
  ask_all(questions);
  if (!only.empty()) return 0;
  report_of(figures, "report of a week", "2026-02-16..2026-02-22");
  report_of(figures, "report of all eight weeks", "2026-01-05..2026-03-01");
}
