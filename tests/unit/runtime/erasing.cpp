// Authors who are to be forgotten: by components, dead letters and the outbox, while the pipeline runs and while it
// does not.
#include "runtime/erasing.hpp"

#include <catch2/catch.hpp>

#include "rig.hpp"
#include "state/database.hpp"
#include "state/erasures.hpp"

using namespace rig;

namespace {

const Erasure kAna{"test", "ana", "ana", "Ana Example"};

std::int64_t ask(const Folder& folder, const char* sql) {
  return Database(folder.path() / "state.db", Database::Mode::read_only).number(sql);
}

// A detector that remembers who spoke.
struct Remembering {
  std::set<std::string> names;
  void attach(DetectorScript& script) {
    script.post = [this](const earshot::Post& post, earshot::Out&) { names.emplace(post.author_id()); };
    script.save = [this](earshot::StateOut& out) {
      std::string all;
      for (const std::string& name : names) all += name + " ";
      out.put("names", all);
    };
    script.load = [this](std::string_view, std::string_view value) {
      for (std::size_t end; (end = value.find(' ')) != value.npos; value.remove_prefix(end + 1))
        names.emplace(value.substr(0, end));
    };
    script.erase = [this](std::string_view platform, std::string_view author) {
      if (platform == "test") names.erase(std::string(author));
    };
  }
};

std::vector<P> two_authors() {
  return {{"1", 1001, EAR_NEW, 0, "text", "test", "ana"}, {"2", 1002, EAR_NEW, 0, "text", "test", "bea"}};
}

void build(Rig& rig, bool remote = false) {
  rig.source("in");
  rig.detector("who", {"in"});
  rig.sink("out", {"who"}, remote);
  rig.sources["in"].posts = two_authors();
}

std::optional<Erased> answer(Rig& rig, Erasures& box, std::int64_t number) {
  std::optional<Erased> answer;
  rig.wait([&] { return (answer = box.answer(number)).has_value(); });
  return answer;
}

}  // namespace

TEST_CASE("a pipeline that runs forgets an author whom another process puts into its letter box") {
  Folder folder;
  Rig rig(folder.path());
  build(rig);
  rig.sources["in"].endless = true;
  Remembering who;
  who.attach(rig.detectors["who"]);
  std::atomic<bool> sink_asked = false;
  rig.sinks["out"].erase = [&](std::string_view, std::string_view author) { sink_asked = author == "ana"; };
  rig.start();
  REQUIRE(rig.wait([&] { return rig.ids("out").size() == 2; }));
  Erasures box(folder.path());
  const auto done = answer(rig, box, box.ask(kAna));
  REQUIRE(done);
  CHECK(done->components == 2);
  CHECK(done->failed.empty());
  CHECK(sink_asked);
  rig.stop();
  CHECK(who.names == std::set<std::string>{"bea"});
  CHECK(ask(folder, "SELECT count(*) FROM pieces WHERE instr(value, 'ana') > 0") == 0);
  CHECK(ask(folder, "SELECT count(*) FROM erasures") == 0);
}

TEST_CASE("a pipeline at rest forgets an author in the state of its detectors") {
  Folder folder;
  Remembering who;
  {
    Rig rig(folder.path());
    build(rig);
    who.attach(rig.detectors["who"]);
    rig.run();
    REQUIRE(ask(folder, "SELECT count(*) FROM pieces WHERE instr(value, 'ana') > 0") == 1);
  }
  Rig rig(folder.path());
  build(rig);
  who.names.clear();
  who.attach(rig.detectors["who"]);
  CHECK_FALSE(StateStore::in_use(folder.path()));
  CHECK(erase_at_rest(rig.plan, rig.environment(), kAna).components == 1);
  CHECK(ask(folder, "SELECT count(*) FROM pieces WHERE instr(value, 'ana') > 0") == 0);
  CHECK(ask(folder, "SELECT count(*) FROM pieces WHERE instr(value, 'bea') > 0") == 1);
}

TEST_CASE("a component that cannot forget is named") {
  Folder folder;
  Rig rig(folder.path());
  build(rig);
  rig.sources["in"].endless = true;
  rig.detectors["who"].erase = [](std::string_view, std::string_view) { throw earshot::unsupported("a hard disk"); };
  rig.start();
  REQUIRE(rig.wait([&] { return rig.ids("out").size() == 2; }));
  Erasures box(folder.path());
  const auto done = answer(rig, box, box.ask(kAna));
  REQUIRE(done);
  CHECK(done->failed == "who: a hard disk");
  rig.stop();
}

TEST_CASE("dead letters of an author go with them, and those of others stay") {
  Folder folder;
  {
    Rig rig(folder.path());
    build(rig);
    rig.sinks["out"].write = [](const earshot::Delivery&) { throw earshot::invalid("no"); };
    rig.sources["in"].before = [](std::size_t at, earshot::SourceOut& out) {
      if (at == 0)
        for (const char* raw : {"{broken: @ana}", "{broken: banana}", "{by: Ana Example"}) out.reject(raw, "x:1", "no");
    };
    rig.run();
    REQUIRE(ask(folder, "SELECT count(*) FROM dead_letters") == 5);
  }
  Rig rig(folder.path());
  build(rig);
  CHECK(erase_at_rest(rig.plan, rig.environment(), kAna).letters == 3);
  CHECK(ask(folder, "SELECT count(*) FROM dead_letters") == 2);
  CHECK(ask(folder, "SELECT count(*) FROM dead_letters WHERE instr(payload, 'banana') > 0") == 1);
}

TEST_CASE("what waits for a remote sink loses the author's posts, and what alerts quote of them") {
  Folder folder;
  {
    Rig rig(folder.path());
    build(rig, true);
    rig.sources["in"].endless = true;
    rig.detectors["who"].post = [](const earshot::Post& post, earshot::Out& out) {
      if (post.id() != "2") return;
      ear_evidence evidence[2] = {earshot::make_evidence("test", "1"), earshot::make_evidence("test", "2")};
      evidence[0].author = earshot::str("ana"), evidence[0].text = earshot::str("words of hers");
      evidence[1].author = earshot::str("bea"), evidence[1].text = earshot::str("words of others");
      ear_alert alert = earshot::make_alert("spike", "acme");
      alert.start = alert.end = 1;
      alert.evidence = evidence, alert.evidence_count = 2, alert.evidence_stride = sizeof(ear_evidence);
      out.alert(alert);
    };
    std::atomic<bool> offered = false;  // so a checkpoint has been written
    rig.sinks["out"].write = [&](const earshot::Delivery&) {
      offered = true;
      throw earshot::again("not now");
    };
    rig.start();
    REQUIRE(rig.wait([&] { return offered && ask(folder, "SELECT count(*) FROM outbox") == 3; }));
    rig.stop();
  }
  Rig rig(folder.path());
  build(rig, true);
  CHECK(erase_at_rest(rig.plan, rig.environment(), kAna).deliveries == 2);
  CHECK(ask(folder, "SELECT count(*) FROM outbox") == 2);
  CHECK(ask(folder, "SELECT count(*) FROM outbox WHERE instr(payload, 'words of hers') > 0") == 0);
  CHECK(ask(folder, "SELECT count(*) FROM outbox WHERE instr(payload, 'words of others') > 0") == 1);
}

TEST_CASE("an author is not forgotten at rest while the pipeline runs") {
  Folder folder;
  Rig rig(folder.path());
  build(rig);
  rig.sources["in"].endless = true;
  rig.start();
  REQUIRE(rig.wait([&] { return StateStore::in_use(folder.path()); }));
  CHECK_THROWS_WITH(erase_at_rest(rig.plan, rig.environment(), kAna), Catch::Contains("another process"));
  rig.stop();
}
