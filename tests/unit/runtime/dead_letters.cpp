// What a component could not take: kept, brought back, struck off once it went through and not before.
#include <catch2/catch.hpp>

#include "rig.hpp"
#include "state/database.hpp"

using namespace rig;
using Lines = std::vector<std::string>;

namespace {

std::int64_t ask(const Folder& folder, const char* sql) {
  return Database(folder.path() / "state.db", Database::Mode::read_only).number(sql);
}

// One run in which the sink refuses "1"; then its letter is wanted back.
void leave_letter(const Folder& folder, bool remote) {
  Rig rig(folder.path());
  rig.source("in");
  rig.sink("out", {"in"}, remote);
  rig.sources["in"].posts = numbered(0, 3);
  rig.sinks["out"].write = [](const earshot::Delivery& d) {
    if (d.post().id() == "1") throw earshot::invalid("no");
  };
  rig.run();
  REQUIRE(ask(folder, "SELECT count(*) FROM dead_letters") == 1);
  Database(folder.path() / "state.db").run("UPDATE dead_letters SET wanted = 1");
}

// The next run, without new posts and without an end.
struct Next {
  Next(const Folder& folder, bool remote) : rig(folder.path()) {
    rig.source("in");
    rig.sink("out", {"in"}, remote);
    rig.sources["in"].posts = numbered(0, 3);
    rig.sources["in"].endless = true;
  }
  Rig rig;
};

}  // namespace

TEST_CASE("a dead letter that is wanted back enters where it was refused, and is gone once it went through") {
  Folder folder;
  bool mended = false;
  for (const bool sink : {false, true}) {
    for (const bool second : {false, true}) {
      Rig rig(folder.path());
      rig.source("in");
      rig.detector("picky", {"in"});
      rig.sink("out", {"picky"});
      rig.sources["in"].posts = numbered(0, sink ? 10 : 5);
      mended = second;
      const auto check = [&](std::string_view id) {
        if (!mended && (id == "3" || id == "8")) throw earshot::invalid("no");
      };
      if (!sink) rig.detectors["picky"].post = [&](const earshot::Post& post, earshot::Out&) { check(post.id()); };
      if (sink) rig.sinks["out"].write = [&](const earshot::Delivery& d) { check(d.post().id()); };
      if (second) {
        Database state(folder.path() / "state.db");
        CHECK(state.number("SELECT count(*) FROM dead_letters") == 1);
        state.run("UPDATE dead_letters SET wanted = 1");
      }
      rig.run();
      if (second) CHECK(rig.ids("out") == Lines{sink ? "8" : "3"});
      if (second) CHECK(Database(folder.path() / "state.db").number("SELECT count(*) FROM dead_letters") == 0);
    }
  }
}

TEST_CASE("input that a source once rejected is read once more when it is wanted back") {
  Folder folder;
  for (const bool second : {false, true}) {
    Rig rig(folder.path());
    rig.source("in");
    rig.sink("out", {"in"});
    rig.sources["in"].posts = numbered(0, 2);
    rig.sources["in"].endless = second;
    rig.sources["in"].before = [&](std::size_t at, earshot::SourceOut& out) {
      if (at == 0 && !second) out.reject("{broken", "posts.ndjson:7", "not JSON: cut short");
    };
    rig.sources["in"].reread = [](std::string_view raw, earshot::SourceOut& out) {
      ear_post post = earshot::make_post();
      post.platform = earshot::str("test"), post.id = earshot::str(raw), post.published = 5;
      out.post(post);
    };
    if (!second) {
      rig.run();
      CHECK(rig.log().find("posts.ndjson:7: not JSON: cut short") != std::string::npos);
      continue;
    }
    Database(folder.path() / "state.db").run("UPDATE dead_letters SET wanted = 1");
    rig.start();
    CHECK(rig.wait([&] { return rig.ids("out") == Lines{"{broken"}; }));
    rig.stop();
    CHECK(Database(folder.path() / "state.db").number("SELECT count(*) FROM dead_letters") == 0);
  }
}

TEST_CASE("a dead letter of a remote sink is struck off when it went through, though nothing else is delivered") {
  Folder folder;
  leave_letter(folder, true);
  Next next(folder, true);
  next.rig.start();
  CHECK(next.rig.wait([&] { return ask(folder, "SELECT count(*) FROM dead_letters") == 0; }));
  next.rig.stop();
  CHECK(next.rig.ids("out") == Lines{"1"});
}

TEST_CASE("a sink that gives up in the middle of a letter that came back leaves it for the next run") {
  const bool remote = GENERATE(false, true);
  Folder folder;
  leave_letter(folder, remote);
  {
    Next next(folder, remote);
    next.rig.plan.sinks[0].required = false;
    SECTION("while it writes") {
      next.rig.sinks["out"].write = [](const earshot::Delivery&) { throw earshot::not_allowed("logged out"); };
    }
    SECTION("while it flushes") {
      next.rig.sinks["out"].flush = [&next] {
        if (!next.rig.ids("out").empty()) throw earshot::not_allowed("logged out");
      };
    }
    next.rig.start();
    CHECK(next.rig.wait([&] { return next.rig.log().find("the run goes on without it") != std::string::npos; }));
    next.rig.stop();  // with a checkpoint
    CHECK(ask(folder, "SELECT count(*) FROM dead_letters") == 1);
  }
  Next third(folder, remote);
  third.rig.start();
  CHECK(third.rig.wait([&] { return ask(folder, "SELECT count(*) FROM dead_letters") == 0; }));
  third.rig.stop();
  CHECK(third.rig.ids("out") == Lines{"1"});
}

TEST_CASE("a dead letter that is refused once more stays, once, and nobody asks for it any longer") {
  const bool remote = GENERATE(false, true);
  Folder folder;
  leave_letter(folder, remote);
  const std::int64_t number = ask(folder, "SELECT number FROM dead_letters");
  Next next(folder, remote);
  next.rig.sinks["out"].write = [](const earshot::Delivery&) { throw earshot::invalid("still no"); };
  next.rig.start();
  CHECK(next.rig.wait([&] { return ask(folder, "SELECT count(*) FROM dead_letters WHERE wanted = 0") == 1; }));
  next.rig.stop();
  CHECK(ask(folder, "SELECT count(*) FROM dead_letters") == 1);
  CHECK(ask(folder, "SELECT number FROM dead_letters") == number);
}

TEST_CASE("an outbox row that cannot be read is told, counted and kept as a dead letter, and the others go on") {
  Folder folder;
  {
    Rig rig(folder.path());
    rig.source("in");
    rig.sink("out", {"in"}, true);
    rig.sources["in"].posts = numbered(0, 3);
    rig.plan.drain = std::chrono::milliseconds{1};
    rig.sinks["out"].write = [](const earshot::Delivery&) {
      throw earshot::io_failure("down").after(std::chrono::milliseconds{5});
    };
    rig.run();
    REQUIRE(ask(folder, "SELECT count(*) FROM outbox") == 3);
  }
  Database(folder.path() / "state.db").run("UPDATE outbox SET payload = x'ff00' WHERE number = 2");
  Next next(folder, true);
  next.rig.start();
  CHECK(next.rig.wait([&] { return ask(folder, "SELECT count(*) FROM outbox") == 0; }));
  next.rig.stop();
  CHECK(next.rig.ids("out") == Lines{"0", "2"});
  CHECK(next.rig.log().find("outbox row 2 is set aside: damaged, or written by a newer version") != std::string::npos);
  CHECK(next.rig.metrics().find("earshot_posts_refused_total{component=\"out\"} 1") != std::string::npos);
  CHECK(ask(folder, "SELECT count(*) FROM dead_letters WHERE component = 'out' AND payload = x'ff00'") == 1);
}

TEST_CASE("a sink that hangs in its save is named, and ends the run") {
  Folder folder;
  Rig rig(folder.path());
  rig.source("in");
  rig.sink("out", {"in"}).deadline = std::chrono::milliseconds{10};
  rig.sources["in"].posts = numbered(0, 3);
  rig.sinks["out"].save = [&rig](earshot::StateOut&) {
    rig.wait([&] { return rig.log().find("save has not come back") != std::string::npos; });
    const auto until = std::chrono::steady_clock::now() + std::chrono::milliseconds{100};
    while (std::chrono::steady_clock::now() < until) std::this_thread::yield();
  };
  const RunResult result = rig.run();
  CHECK(result.end == RunResult::End::hung);
  CHECK(result.reason.find("out: save has not come back") != std::string::npos);
}
