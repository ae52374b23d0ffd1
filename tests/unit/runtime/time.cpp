// Event time: watermarks, waking, late posts, gaps.
#include <catch2/catch.hpp>

#include <algorithm>
#include <sstream>

#include "rig.hpp"

using namespace rig;
using Lines = std::vector<std::string>;

namespace {

// Counts posts in windows of ten seconds of event time and raises an alert for each.
struct Windows {
  std::map<std::int64_t, int> counts;
  void attach(DetectorScript& script) {
    script.post = [this](const earshot::Post& post, earshot::Out& out) {
      if (post.is_late()) return;
      const std::int64_t start = post.raw().published / 10'000'000'000 * 10;
      ++counts[start];
      out.wake_at(earshot::time((start + 10) * 1'000'000'000));
    };
    script.advance = [this](earshot::Time t, earshot::Out& out) {
      while (!counts.empty() && (counts.begin()->first + 10) * 1'000'000'000 <= earshot::ticks(t)) {
        const std::string summary = std::to_string(counts.begin()->second);
        ear_alert alert = earshot::make_alert("count", "acme");
        alert.start = counts.begin()->first * 1'000'000'000, alert.summary = earshot::str(summary);
        out.alert(alert);
        counts.erase(counts.begin());
      }
    };
    script.save = [this](earshot::StateOut& out) {
      std::string all;
      for (const auto& [start, count] : counts) all += std::to_string(start) + " " + std::to_string(count) + "\n";
      out.put("counts", all);
    };
    script.load = [this](std::string_view, std::string_view value) {
      std::istringstream in{std::string(value)};
      counts.clear();
      for (std::int64_t start, count; in >> start >> count;) counts[start] = static_cast<int>(count);
    };
  }
};

Lines alerts_of(const std::vector<P>& posts, std::size_t chunk, std::int64_t lateness = 5) {
  Rig rig;
  rig.source("in").lateness = std::chrono::seconds{lateness};
  rig.detector("windows", {"in"});
  rig.sink("out", {"windows"});
  rig.sources["in"].posts = posts, rig.sources["in"].chunk = chunk;
  Windows windows;
  windows.attach(rig.detectors["windows"]);
  rig.run();
  return rig.alerts("out");
}

std::vector<P> some_posts() {
  std::vector<P> out;
  for (int i = 0; i < 100; ++i)
    out.push_back({std::to_string(i), 1000 + i * 3 - (i % 4 == 1 ? 4 : 0) - (i % 17 == 5 ? 60 : 0)});
  return out;
}

}  // namespace

TEST_CASE("any cutting of the same posts into batches gives the same alerts in the same order") {
  const Lines once = alerts_of(some_posts(), 1);
  REQUIRE(once.size() > 20);
  for (const std::size_t chunk : {2, 3, 10, 100}) CHECK(alerts_of(some_posts(), chunk) == once);
}

TEST_CASE("a detector is woken at the post where event time passes, however the stream was cut") {
  std::set<Lines> orders;
  for (const std::size_t chunk : {1, 4, 50}) {
    Rig rig;
    rig.source("in");
    rig.detector("windows", {"in"});
    rig.sink("out", {"windows"});
    for (int i = 0; i < 50; ++i) rig.sources["in"].posts.push_back({std::to_string(i), 1000 + i});
    rig.sources["in"].chunk = chunk;
    Lines order;
    rig.detectors["windows"].post = [&](const earshot::Post& post, earshot::Out& out) {
      order.emplace_back(post.id());
      out.wake_at(earshot::time((post.raw().published / 10'000'000'000 + 1) * 10'000'000'000));
    };
    rig.detectors["windows"].advance = [&](earshot::Time t, earshot::Out&) {
      order.push_back(t == earshot::end_of_time ? "end"
                                                : "woken at " + std::to_string(earshot::ticks(t) / 1'000'000'000));
    };
    rig.run();
    orders.insert(order);
  }
  REQUIRE(orders.size() == 1);
  const Lines& order = *orders.begin();
  CHECK(order[11] == "woken at 1010");  // after the post of 1010, which moved event time there
  CHECK(order[10] == "10");
  CHECK(order.back() == "end");
}

TEST_CASE("at the end of time a detector is told so once, and not of all the times that it still asks for") {
  Rig rig;
  rig.source("in");
  rig.detector("clock", {"in"});
  rig.sink("out", {"clock"});
  rig.sources["in"].posts = {{"1", 1000}};
  std::vector<std::int64_t> told;
  const auto next = [](earshot::Out& out, std::int64_t t) { out.wake_at(earshot::time((t + 3600) * 1'000'000'000)); };
  rig.detectors["clock"].post = [&](const earshot::Post&, earshot::Out& out) { next(out, 1000); };
  rig.detectors["clock"].advance = [&](earshot::Time t, earshot::Out& out) {
    told.push_back(earshot::ticks(t));
    if (t != earshot::end_of_time) next(out, earshot::ticks(t) / 1'000'000'000);
  };
  rig.run();
  CHECK(told == std::vector<std::int64_t>{EAR_TIME_END});
}

TEST_CASE("two sources that interleave differently give the same alerts") {
  const auto run = [](std::size_t chunk_a, std::size_t chunk_b) {
    Rig rig;
    rig.source("a").lateness = std::chrono::seconds{10};
    rig.source("b").lateness = std::chrono::seconds{10};
    rig.detector("windows", {"a", "b"});
    rig.sink("out", {"windows"});
    for (int i = 0; i < 60; ++i) {
      rig.sources["a"].posts.push_back({"a" + std::to_string(i), 1000 + i * 2 + (i % 3)});
      rig.sources["b"].posts.push_back({"b" + std::to_string(i), 990 + i * 3 - (i % 5)});
    }
    rig.sources["a"].chunk = chunk_a, rig.sources["b"].chunk = chunk_b;
    Windows windows;
    windows.attach(rig.detectors["windows"]);
    rig.run();
    return rig.alerts("out");
  };
  const Lines first = run(1, 60);
  REQUIRE(first.size() > 10);
  CHECK(run(60, 1) == first);
  CHECK(run(7, 5) == first);
}

TEST_CASE("a post dated far ahead closes no window and is counted") {
  std::vector<P> posts = some_posts();
  const Lines without = alerts_of(posts, 10);
  posts.insert(posts.begin() + 50, {"2099", 4'070'908'800});
  Lines with = alerts_of(posts, 10);
  std::erase_if(with, [](const std::string& line) {
    return line.find(" 20000000") != std::string::npos;
  });  // its own window: now
  CHECK(with == without);
}

TEST_CASE("a late post is marked, and only by the order of its own source") {
  Rig rig;
  rig.source("in").lateness = std::chrono::seconds{5};
  rig.sink("out", {"in"});
  rig.sources["in"].posts = {{"first", 1000}, {"on time", 996}, {"edge", 995}, {"late", 994}};
  rig.sources["in"].chunk = GENERATE(1, 4);
  rig.run();
  std::vector<std::string> late;
  for (const Got& got : rig.got("out"))
    if (got.late) late.push_back(got.what);
  CHECK(late == Lines{"late"});
}

TEST_CASE("an idle source moves event time by what it says is complete, and one that says nothing holds it") {
  Rig rig;
  rig.source("busy");
  rig.source("idle");
  rig.detector("windows", {"busy", "idle"});
  rig.sink("out", {"windows"});
  for (int i = 0; i < 30; ++i) rig.sources["busy"].posts.push_back({std::to_string(i), 1000 + i});
  rig.sources["busy"].endless = rig.sources["idle"].endless = true;
  std::atomic<std::int64_t> complete{0};
  rig.sources["idle"].before = [&](std::size_t, earshot::SourceOut& out) {
    if (complete != 0) out.complete_until(earshot::time(complete.exchange(0) * 1'000'000'000));
  };
  Windows windows;
  windows.attach(rig.detectors["windows"]);
  rig.start();
  REQUIRE(rig.wait([&] { return rig.ids("out").size() == 30; }));
  CHECK(rig.alerts("out").empty());
  complete = 1015;
  CHECK(rig.wait([&] { return rig.alerts("out").size() == 1; }));
  CHECK(rig.stop().end == RunResult::End::stopped);
  CHECK(rig.alerts("out") == Lines{"alert count acme 1000 10"});
}

TEST_CASE("a gap reaches the detectors and sinks behind its source") {
  Rig rig;
  rig.source("a");
  rig.source("b");
  rig.detector("of-a", {"a"});
  rig.detector("of-b", {"b"});
  rig.sink("all", {"of-a", "of-b"});
  rig.sink("only-b", {"of-b"});
  rig.sources["a"].posts = {{"1", 1000}};
  rig.sources["a"].before = [](std::size_t at, earshot::SourceOut& out) {
    if (at == 0) out.gap(earshot::time(1), earshot::time(2), "the token ran out");
  };
  std::map<std::string, int> gaps;
  std::mutex mutex;
  for (const char* id : {"of-a", "of-b"})
    rig.detectors[id].batch = [&, id](const earshot::Batch& batch, earshot::Out&) {
      const std::lock_guard lock(mutex);
      gaps[id] += static_cast<int>(batch.gaps().size());
    };
  rig.run();
  CHECK(gaps["of-a"] == 1);
  CHECK(gaps["of-b"] == 0);
  const auto count = [&](const char* sink) {
    const std::vector<Got> got = rig.got(sink);
    return std::count_if(got.begin(), got.end(), [](const Got& g) { return g.what == "gap the token ran out"; });
  };
  CHECK(count("all") == 1);
  CHECK(count("only-b") == 0);
}

TEST_CASE("an alert that is said again grows under the same id, and its revision rises") {
  Rig rig;
  rig.source("in");
  rig.detector("says", {"in"});
  rig.sink("out", {"says"});
  rig.sources["in"].posts = {{"1", 1000}, {"2", 1001}, {"3", 1002}};
  std::vector<std::pair<Id, std::uint64_t>> seen;
  rig.detectors["says"].post = [](const earshot::Post& post, earshot::Out& out) {
    ear_alert alert = earshot::make_alert("spike", post.id() == "3" ? "other" : "acme");
    alert.start = 5, alert.summary = post.raw().id;
    out.alert(alert);
  };
  rig.sinks["out"].write = [&](const earshot::Delivery& delivery) {
    if (delivery.is_alert()) seen.emplace_back(delivery.id(), delivery.revision());
  };
  rig.run();
  REQUIRE(seen.size() == 3);
  CHECK(seen[0].first == seen[1].first);
  CHECK(seen[1].second == seen[0].second + 1);
  CHECK(seen[2].first != seen[0].first);
  CHECK(seen[0].first == alert_id("says", "acme", "spike", 5));
}
