// How posts flow: graph, order, edits, failures.
#include <catch2/catch.hpp>

#include "rig.hpp"

using namespace rig;
using Ids = std::vector<std::string>;

namespace {

std::vector<P> posts(int count, int step = 1) {
  std::vector<P> out;
  for (int i = 0; i < count; ++i) out.push_back({std::to_string(i), 1000 + i * step});
  return out;
}

Ids names(int count) {
  Ids out;
  for (int i = 0; i < count; ++i) out.push_back(std::to_string(i));
  return out;
}

void find(earshot::Out& out, const earshot::Post& post, std::string_view value) {
  out.finding(post, {.kind = "mention", .subject = "acme", .value = value});
}

}  // namespace

TEST_CASE("a finite source runs to its end and every post reaches the sink once, in order") {
  Rig rig;
  rig.source("in");
  rig.sink("out", {"in"});
  rig.sources["in"].posts = posts(1000);
  rig.sources["in"].chunk = 7;
  const RunResult result = rig.run();
  CHECK(result.end == RunResult::End::finished);
  CHECK(rig.ids("out") == names(1000));
}

TEST_CASE("before a detector that looks at media a source is asked for few posts at once") {
  const auto asked_for = [](std::uint32_t flag) {
    Rig rig;
    rig.source("in");
    ComponentPlan& look = rig.detector("look", {"in"}, true);
    ComponentSchema schema = *look.found.component;
    schema.flags |= flag;
    look.found.component = &schema;
    rig.sink("out", {"look"});
    rig.sources["in"].posts = posts(10);
    std::uint32_t asked = 0;
    rig.sources["in"].before = [&](std::size_t, earshot::SourceOut& out) { asked = out.max_posts(); };
    REQUIRE(rig.run().end == RunResult::End::finished);
    return asked;
  };
  CHECK(asked_for(EAR_NEEDS_MEDIA) == 1);
  CHECK(asked_for(0) == 1024);
}

TEST_CASE("a post that goes down two branches and joins arrives once, with the findings of both") {
  Rig rig;
  rig.source("in");
  rig.detector("left", {"in"}, true);
  rig.detector("right", {"in"}, true);
  rig.sink("both", {"left", "right"});
  rig.sink("one", {"left"});
  rig.sources["in"].posts = posts(10);
  for (const char* side : {"left", "right"})
    rig.detectors[side].post = [side](const earshot::Post& post, earshot::Out& out) { find(out, post, side); };
  rig.run();
  REQUIRE(rig.ids("both") == names(10));
  for (const Got& got : rig.got("both")) CHECK(got.findings == Ids{"mention/left", "mention/right"});
  for (const Got& got : rig.got("one")) CHECK(got.findings == Ids{"mention/left"});
}

TEST_CASE("a detector sees what its ancestors found, and nothing else") {
  Rig rig;
  rig.source("in");
  rig.detector("first", {"in"}, true);
  rig.detector("aside", {"in"}, true);
  rig.detector("second", {"first"}, true);
  rig.sink("out", {"second"});
  rig.sources["in"].posts = posts(5);
  rig.detectors["first"].post = [](const earshot::Post& post, earshot::Out& out) { find(out, post, "first"); };
  rig.detectors["aside"].post = [](const earshot::Post& post, earshot::Out& out) { find(out, post, "aside"); };
  std::set<std::string> seen;
  std::mutex mutex;
  rig.detectors["second"].post = [&](const earshot::Post& post, earshot::Out&) {
    const std::lock_guard lock(mutex);
    for (const earshot::FoundBefore finding : post.findings()) seen.insert(std::string(finding.value()));
  };
  rig.run();
  CHECK(seen == std::set<std::string>{"first"});
}

TEST_CASE("stateless detectors run in parallel, and a stateful one behind them sees every batch in order") {
  Rig rig;
  rig.plan.workers = 4;
  rig.source("in");
  rig.detector("slow", {"in"}, true);
  rig.detector("ordered", {"slow"});
  rig.sink("out", {"ordered"});
  rig.sources["in"].posts = posts(400);
  rig.sources["in"].chunk = 1;
  std::set<std::thread::id> threads;
  std::mutex mutex;
  rig.detectors["slow"].post = [&](const earshot::Post& post, earshot::Out&) {
    if (post.id().size() % 2 == 0) std::this_thread::sleep_for(std::chrono::microseconds{300});
    const std::lock_guard lock(mutex);
    threads.insert(std::this_thread::get_id());
  };
  Ids order;
  rig.detectors["ordered"].post = [&](const earshot::Post& post, earshot::Out&) { order.emplace_back(post.id()); };
  rig.run();
  CHECK(order == names(400));
  CHECK(rig.ids("out") == names(400));
  CHECK(threads.size() > 1);
}

TEST_CASE("a filter stops what is new, withdraws what was edited, and lets deletions pass") {
  Rig rig;
  rig.source("in");
  rig.detector("filter", {"in"});
  rig.sink("out", {"filter"});
  rig.sources["in"].posts = {{"kept", 1}, {"stopped", 2}, {"edited", 3, EAR_EDITED, 1}, {"deleted", 4, EAR_DELETED, 2}};
  rig.detectors["filter"].post = [](const earshot::Post& post, earshot::Out& out) {
    if (post.id() != "kept") out.stop(post);
  };
  rig.run();
  const std::vector<Got> got = rig.got("out");
  REQUIRE(got.size() == 3);
  CHECK((got[0].what == "kept" && got[0].change == EAR_NEW));
  CHECK((got[1].what == "edited" && got[1].change == EAR_WITHDRAWN));
  CHECK((got[2].what == "deleted" && got[2].change == EAR_DELETED));
}

TEST_CASE("a post that two connectors bring counts once") {
  Rig rig;
  rig.source("a", true);
  rig.source("b");
  rig.detector("count", {"a", "b"});
  rig.sink("out", {"count"});
  rig.sources["a"].posts = {{"x", 1}, {"y", 2}, {"x", 3}, {"y", 4, EAR_EDITED, 1}};
  rig.sources["b"].posts = {{"x", 1}, {"z", 2}};
  std::multiset<std::string> seen;
  rig.detectors["count"].post = [&](const earshot::Post& post, earshot::Out&) {
    seen.insert(std::string(post.id()) + std::to_string(post.revision()));
  };
  rig.run();
  CHECK(seen == std::multiset<std::string>{"x0", "y0", "y1", "z0"});
}

TEST_CASE("the post that a detector cannot take is set aside, and the rest of its batch goes on") {
  Rig rig;
  rig.source("in");
  rig.detector("picky", {"in"});
  rig.sink("out", {"picky"});
  rig.sources["in"].posts = posts(20);
  rig.sources["in"].chunk = 10;
  rig.detectors["picky"].batch = [](const earshot::Batch& batch, earshot::Out& out) {
    for (std::uint32_t i = 0; i < batch.size(); ++i) {
      if (batch[i].id() == "3") throw earshot::invalid("three").at_post(i);
      if (batch[i].id() == "14") throw std::runtime_error("fourteen, and nobody says which it is");
      find(out, batch[i], "seen");
    }
  };
  rig.run();
  Ids expected = names(20);
  std::erase_if(expected, [](const std::string& id) { return id == "3" || id == "14"; });
  CHECK(rig.ids("out") == expected);
  for (const Got& got : rig.got("out")) CHECK(got.findings == Ids{"mention/seen"});
  CHECK(rig.log().find("test/14") != std::string::npos);
}

TEST_CASE("a call that may go well later is made again until it does") {
  Rig rig;
  rig.source("in");
  rig.detector("moody", {"in"});
  rig.sink("out", {"moody"});
  rig.sources["in"].posts = posts(4);
  rig.sources["in"].chunk = 1;
  int calls = 0, writes = 0;
  rig.detectors["moody"].post = [&](const earshot::Post& post, earshot::Out& out) {
    find(out, post, "seen");
    if (++calls % 3 != 0) throw earshot::again("later").after(std::chrono::milliseconds{1});
  };
  rig.sinks["out"].write = [&](const earshot::Delivery&) {
    if (++writes % 2 != 0) throw earshot::io_failure("disk").after(std::chrono::milliseconds{1});
  };
  rig.run();
  CHECK(rig.ids("out") == names(4));
  for (const Got& got : rig.got("out")) CHECK(got.findings == Ids{"mention/seen"});
}

TEST_CASE("a required sink that may not go on ends the run; one that is not required does not") {
  Rig rig;
  rig.source("in");
  rig.sink("good", {"in"});
  rig.sink("bad", {"in"}).required = GENERATE(true, false);
  rig.sources["in"].posts = posts(50);
  rig.sinks["bad"].write = [](const earshot::Delivery&) { throw earshot::not_allowed("the token is refused"); };
  const RunResult result = rig.run();
  if (rig.plan.sinks.back().required) {
    CHECK(result.end == RunResult::End::failed);
    CHECK(result.reason == "bad: the token is refused");
  } else {
    CHECK(result.end == RunResult::End::finished);
    CHECK(rig.ids("good") == names(50));
  }
}

TEST_CASE("what breaks the contract is a fault of the detector, and nothing of that call counts") {
  Rig rig;
  rig.source("in");
  rig.detector("wrong", {"in"});
  rig.sink("out", {"wrong"});
  rig.sources["in"].posts = posts(3);
  rig.detectors["wrong"].post = [](const earshot::Post& post, earshot::Out& out) {
    find(out, post, "seen");
    if (post.id() == "1") out.finding(post, {.kind = "mention", .segment = 0, .begin = 2, .end = 99});
  };
  rig.run();
  CHECK(rig.ids("out") == Ids{"0", "2"});
  CHECK(rig.log().find("bytes 2 to 99 of segment 0") != std::string::npos);
}

TEST_CASE("memory is bounded: a slow sink slows its source") {
  Rig rig;
  rig.plan.memory = 4096;
  rig.source("in");
  rig.sink("out", {"in"});
  rig.sources["in"].posts = posts(200);
  std::atomic<std::size_t> given{0}, most{0}, written{0};
  rig.sources["in"].before = [&](std::size_t at, earshot::SourceOut&) {
    given = at;
    most = std::max(most.load(), at - written.load());
  };
  rig.sinks["out"].write = [&](const earshot::Delivery&) {
    std::this_thread::sleep_for(std::chrono::microseconds{100});
    ++written;
  };
  rig.run();
  CHECK(rig.ids("out") == names(200));
  CHECK(most < 20);
}

TEST_CASE("a batch counts with all the memory that it holds, so that a slow sink holds it flat") {
  Rig rig;
  rig.plan.memory = std::size_t{2} << 20;
  rig.source("in").when_full = WhenFull::drop_newest;
  rig.sink("out", {"in"});
  rig.sources["in"].posts = posts(400);
  rig.sources["in"].chunk = 1;  // each in an arena of 256 KiB, of which it fills little
  std::atomic<bool> given{false};
  rig.sources["in"].before = [&](std::size_t at, earshot::SourceOut&) { given = at == 400; };
  rig.sinks["out"].write = [&](const earshot::Delivery&) { rig.wait([&] { return given.load(); }); };
  rig.run();
  CHECK(rig.ids("out").size() <= 7);  // what fits beside no sink's progress
}

TEST_CASE("a source that may drop loses posts when the pipeline is full, counts them, and tells the gap") {
  Rig rig;
  rig.plan.memory = 1 << 20;  // room for some batches beside what carries the time, and for no more
  rig.source("in").when_full = GENERATE(WhenFull::drop_newest, WhenFull::drop_oldest);
  rig.sink("out", {"in"});
  rig.sources["in"].posts = posts(3000);
  rig.sinks["out"].write = [&](const earshot::Delivery&) {
    std::this_thread::sleep_for(std::chrono::microseconds{200});
  };
  CHECK(rig.run().end == RunResult::End::finished);
  const Ids ids = rig.ids("out");
  REQUIRE_FALSE(ids.empty());
  CHECK(ids.size() < 3000);
  CHECK(
      std::is_sorted(ids.begin(), ids.end(), [](const auto& a, const auto& b) { return std::stoi(a) < std::stoi(b); }));
  CHECK((ids.back() == "2999") == (rig.plan.sources[0].when_full == WhenFull::drop_oldest));
  bool gap = false;
  for (const Got& got : rig.got("out")) gap |= got.what.starts_with("gap the pipeline was full");
  CHECK(gap);
  CHECK(rig.metrics().find("earshot_posts_discarded_total{component=\"in\",reason=\"full\"} " +
                           std::to_string(3000 - ids.size())) != std::string::npos);
}

TEST_CASE("a run whose sources have ended can still be stopped while a sink cannot write") {
  Folder folder;
  Rig rig(folder.path());
  rig.plan.drain = std::chrono::milliseconds{50};
  rig.source("in");
  rig.sink("out", {"in"});
  rig.sources["in"].posts = posts(3);
  std::atomic<int> tried{0};
  rig.sinks["out"].write = [&](const earshot::Delivery&) {
    ++tried;
    throw earshot::io_failure("the disk is full").after(std::chrono::milliseconds{1});
  };
  rig.start();
  REQUIRE(rig.wait([&] { return tried > 20; }));
  const RunResult result = rig.stop();
  CHECK(result.end == RunResult::End::stopped);
  CHECK(rig.log().find("the next run does it again from the last checkpoint") != std::string::npos);
}
