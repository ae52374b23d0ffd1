// What outlives a process: cursors, states, the outbox, dead letters.
#include <catch2/catch.hpp>

#include <algorithm>

#include "rig.hpp"
#include "state/database.hpp"

using namespace rig;
using Lines = std::vector<std::string>;

namespace {

// A detector whose state is how many posts it saw, in two pieces of which one changes rarely.
struct Counting {
  std::uint64_t count = 0, tens = 0;
  std::vector<bool> wholes;
  bool fails_to_load = false;
  void attach(DetectorScript& script) {
    script.post = [this](const earshot::Post&, earshot::Out&) { tens += ++count % 10 == 0; };
    script.save = [this](earshot::StateOut& out) {
      wholes.push_back(out.whole());
      out.put("count", std::to_string(count));
      if (out.whole() || count % 10 == 0) out.put("tens", std::to_string(tens));
    };
    script.load = [this](std::string_view key, std::string_view value) {
      if (fails_to_load) throw earshot::unsupported("state of another age");
      (key == "count" ? count : tens) = std::stoul(std::string(value));
    };
  }
};

}  // namespace

TEST_CASE("a run that was stopped goes on where it was, and its state counts each post once") {
  Folder folder;
  std::uint64_t sum = 0;
  Lines all;
  for (int part = 0; part < 3; ++part) {
    Rig rig(folder.path());
    rig.source("in");
    rig.detector("count", {"in"});
    rig.sink("out", {"count"});
    rig.sources["in"].posts = numbered(0, (part + 1) * 100);
    rig.sources["in"].endless = true;
    Counting counting;
    counting.attach(rig.detectors["count"]);
    rig.start();
    REQUIRE(rig.wait([&] { return rig.ids("out").size() == 100; }));
    CHECK(rig.stop().end == RunResult::End::stopped);
    for (const std::string& id : rig.ids("out")) all.push_back(id);
    sum = counting.count;
    CHECK(counting.tens == sum / 10);
    CHECK(counting.wholes.front());
  }
  CHECK(sum == 300);
  REQUIRE(all.size() == 300);
  CHECK(all.back() == "299");
}

TEST_CASE("after the first save only what changed is asked for") {
  Folder folder;
  Rig rig(folder.path());
  rig.source("in");
  rig.detector("count", {"in"});
  rig.sink("out", {"count"});
  rig.sources["in"].posts = numbered(0, 20);
  rig.sources["in"].endless = true;
  Counting counting;
  counting.attach(rig.detectors["count"]);
  rig.start();
  REQUIRE(rig.wait([&] { return rig.metrics().find("earshot_checkpoint_seconds_count 3") != std::string::npos; }));
  rig.stop();
  REQUIRE(counting.wholes.size() >= 3);
  CHECK(counting.wholes[0]);
  CHECK_FALSE(counting.wholes[1]);
}

TEST_CASE("nothing waits for a source that blocks in its poll, and one that has ended holds nothing up") {
  Folder folder;
  Rig rig(folder.path());
  rig.source("ended");
  rig.source("blocked");
  rig.sink("out", {"ended", "blocked"});
  rig.sources["ended"].posts = numbered(0, 10);
  rig.sources["blocked"].posts = numbered(10, 12);
  std::atomic<bool> free{false};
  rig.sources["blocked"].before = [&](std::size_t at, earshot::SourceOut&) {
    while (at == 2 && !free) std::this_thread::sleep_for(std::chrono::milliseconds{1});
  };
  rig.start();
  CHECK(rig.wait([&] { return rig.metrics().find("earshot_checkpoint_seconds_count 2") != std::string::npos; }));
  CHECK(rig.wait([&] {
    Database state(folder.path() / "state.db", Database::Mode::read_only);
    return state.number("SELECT ended FROM sources WHERE id = 'ended'") == 1 &&
           state.number("SELECT ended FROM sources WHERE id = 'blocked'") == 0;
  }));
  free = true;
  CHECK(rig.join().end == RunResult::End::finished);
}

TEST_CASE("a source is told of a cursor once everything before it is flushed and committed") {
  Folder folder;
  Rig rig(folder.path());
  rig.source("in");
  rig.sink("out", {"in"});
  rig.sources["in"].posts = numbered(0, 10);
  std::vector<std::string> events;
  rig.sinks["out"].flush = [&] { events.emplace_back("flush"); };
  rig.run();
  CHECK_FALSE(events.empty());
  Database state(folder.path() / "state.db", Database::Mode::read_only);
  Statement row(state, "SELECT cursor, ended FROM sources WHERE id = 'in'");
  REQUIRE(row.step());
  CHECK(row.blob(0) == "10");
  CHECK(row.integer(1) == 1);
}

TEST_CASE("a finished run that begins again reads what has been added since") {
  Folder folder;
  for (int part = 0; part < 2; ++part) {
    Rig rig(folder.path());
    rig.source("in");
    rig.sink("out", {"in"});
    rig.sources["in"].posts = numbered(0, part == 0 ? 10 : 15);
    rig.run();
    CHECK(rig.ids("out").size() == (part == 0 ? 10u : 5u));
  }
}

TEST_CASE("a remote sink does not hold a checkpoint: its deliveries wait in the outbox, also for the next process") {
  Folder folder;
  {
    Rig rig(folder.path());
    rig.source("in");
    rig.sink("far", {"in"}, true);
    rig.sink("near", {"in"});
    rig.sources["in"].posts = numbered(0, 30);
    rig.sources["in"].endless = true;
    rig.plan.drain = std::chrono::milliseconds{200};
    rig.sinks["far"].write = [](const earshot::Delivery&) {
      throw earshot::io_failure("the network is down").after(std::chrono::milliseconds{5});
    };
    rig.start();
    REQUIRE(rig.wait([&] { return rig.ids("near").size() == 30; }));
    REQUIRE(rig.wait([&] {
      Database state(folder.path() / "state.db", Database::Mode::read_only);
      return state.number("SELECT count(*) FROM outbox") == 30;
    }));
    CHECK(rig.stop().end == RunResult::End::stopped);
    CHECK(rig.ids("far").empty());
  }
  Rig rig(folder.path());
  rig.source("in");
  rig.sink("far", {"in"}, true);
  rig.sink("near", {"in"});
  rig.sources["in"].posts = numbered(0, 31);
  CHECK(rig.run().end == RunResult::End::finished);
  CHECK(rig.ids("far").size() == 31);
  CHECK(rig.ids("near").size() == 1);
}

TEST_CASE("repeats are known after a restart") {
  Folder folder;
  for (int part = 0; part < 2; ++part) {
    Rig rig(folder.path());
    rig.source("in", true);
    rig.sink("out", {"in"});
    rig.sources["in"].posts =
        part == 0 ? std::vector<P>{{"a", 1}, {"b", 2}} : std::vector<P>{{"a", 1}, {"b", 2}, {"a", 3}, {"c", 4}};
    rig.run();
    CHECK(rig.ids("out") == (part == 0 ? Lines{"a", "b"} : Lines{"c"}));
  }
}

TEST_CASE("timers outlive the process") {
  Folder folder;
  for (int part = 0; part < 2; ++part) {
    Rig rig(folder.path());
    rig.source("in");
    rig.detector("sleeper", {"in"});
    rig.sink("out", {"sleeper"});
    rig.sources["in"].posts = {{"1", 1000}};
    if (part == 1) rig.sources["in"].posts.push_back({"2", 1200});
    rig.sources["in"].endless = true;
    rig.detectors["sleeper"].post = [](const earshot::Post& post, earshot::Out& out) {
      if (post.id() == "1") out.wake_at(earshot::time(1100'000'000'000));
    };
    std::atomic<int> woken{0};
    rig.detectors["sleeper"].advance = [&](earshot::Time t, earshot::Out&) {
      woken += earshot::ticks(t) == 1100'000'000'000;
    };
    rig.start();
    REQUIRE(rig.wait([&] { return rig.ids("out").size() == 1; }));
    rig.stop();
    CHECK(woken == part);
  }
}

TEST_CASE("state that cannot be loaded is told before anything runs") {
  Folder folder;
  for (const bool fails : {false, true}) {
    Rig rig(folder.path());
    rig.source("in");
    rig.detector("count", {"in"});
    rig.sink("out", {"count"});
    rig.sources["in"].posts = numbered(0, 3);
    Counting counting;
    counting.fails_to_load = fails;
    counting.attach(rig.detectors["count"]);
    if (fails)
      CHECK_THROWS_WITH(rig.run(), "count: state of another age");
    else
      rig.run();
  }
}

TEST_CASE("two processes cannot have the same state") {
  Folder folder;
  StateStore first(folder.path());
  CHECK_THROWS_WITH(StateStore(folder.path()),
                    Catch::Contains("another process runs a pipeline with the state folder"));
}

TEST_CASE("poison is set aside for good, and suspects are tried alone") {
  Folder folder;
  const Id poison = post_key("test", "2"), suspect = post_key("test", "5");
  {
    StateStore state(folder.path());
    state.crashed("seen", {poison, suspect});
    state.crashed("seen", {poison});
  }
  Rig rig(folder.path());
  rig.source("in");
  rig.detector("seen", {"in"});
  rig.sink("out", {"seen"});
  rig.sources["in"].posts = numbered(0, 8);
  rig.sources["in"].chunk = 8;
  std::vector<std::uint32_t> sizes;
  rig.detectors["seen"].batch = [&](const earshot::Batch& batch, earshot::Out&) { sizes.push_back(batch.size()); };
  rig.run();
  CHECK(rig.ids("out") == Lines{"0", "1", "3", "4", "5", "6", "7"});
  CHECK(std::all_of(sizes.begin(), sizes.end(), [](std::uint32_t size) { return size == 1; }));
  StateStore state(folder.path());
  REQUIRE(state.suspects().size() == 1);
  CHECK(state.suspects()[0].poison);
}
