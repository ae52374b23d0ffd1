// `earshot erase`: reaches what a pipeline keeps, and proves it by looking at the files.
#include <catch2/catch.hpp>

#include <filesystem>

#include "watch.hpp"

using Catch::Contains;

namespace {

// Every file below a folder that has the text in it.
std::string files_with(const std::filesystem::path& folder, const std::string& text) {
  std::string found;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(folder))
    if (entry.is_regular_file() && has(read_file(entry.path()), text)) found += entry.path().filename().string() + " ";
  return found;
}

const std::string kErase = "erase --pipeline p.yaml --author mastodon/ana_quixote";

}  // namespace

TEST_CASE(
    "an author is erased from the store, the state of detectors, alerts and dead letters, and the proof shows it") {
  const Watch work;
  work.earshot_ok("run p.yaml --quiet");
  REQUIRE(work.ask("var/acme.db", "SELECT count(*) FROM posts WHERE url LIKE '%ana_quixote%'") == 30);
  REQUIRE(work.ask("state/state.db", "SELECT count(*) FROM dead_letters") == 1);
  REQUIRE(work.ask("state/state.db", "SELECT count(*) FROM pieces WHERE instr(value, 'xylophones') > 0") > 0);
  REQUIRE(work.ask("state/alerts.db", "SELECT count(*) FROM alerts WHERE instr(evidence, 'ana_quixote') > 0") > 0);
  const Ended ended = work.earshot(kErase);
  INFO(ended.output);
  CHECK(ended.status == 0);
  CHECK_THAT(ended.output, Contains("erased mastodon/id-of-ana_quixote with 30 posts") && Contains("1 dead letters") &&
                               Contains("found before") && Contains("state/state.db"));
  for (const char* text : {"ana_quixote", "Name of ana", "xylophones", "xylophonia", "gargantuan"}) {
    INFO(text);
    CHECK(files_with(work.path() / "var", text).empty());
    CHECK(files_with(work.path() / "state", text).empty());
  }
  CHECK(work.ask("var/acme.db", "SELECT count(*) FROM posts") == 4030);
  CHECK(work.ask("var/acme.db", "SELECT count(*) FROM search WHERE search MATCH 'xylophones'") == 0);
  CHECK(work.ask("var/acme.db", "SELECT count(*) FROM search WHERE search MATCH 'battery'") == 4000);
}

TEST_CASE("what was delivered before is told, not changed") {
  const Watch work;
  work.earshot_ok("run p.yaml --quiet");
  const std::string before = work.read("desk.ndjson");
  REQUIRE_THAT(before, Contains("ana_quixote"));
  CHECK_THAT(work.earshot_ok(kErase).output, Contains("Given away before") && Contains("desk.ndjson"));
  CHECK(work.read("desk.ndjson") == before);
}

TEST_CASE("the proof fails where something of the author is left, and says where") {
  const Watch work;
  work.earshot_ok("run p.yaml --quiet");
  work.write("state/notes.txt", "call ana_quixote tomorrow");
  const Ended ended = work.earshot(kErase);
  INFO(ended.output);
  CHECK(ended.status == 1);
  CHECK_THAT(ended.output, Contains("1 places are left") && Contains("state/notes.txt"));
}

TEST_CASE("a dry run shows where the author stands and changes nothing") {
  const Watch work;
  work.earshot_ok("run p.yaml --quiet");
  const Ended ended = work.earshot_ok(kErase + " --dry-run");
  CHECK_THAT(ended.output, Contains("var/acme.db: segments") && !Contains("erased"));
  CHECK(work.ask("var/acme.db", "SELECT count(*) FROM posts WHERE url LIKE '%ana_quixote%'") == 30);
}

TEST_CASE("an author is erased while the pipeline runs, and what it saves has nothing of them") {
  const Watch work;
  work.begin();
  REQUIRE(Watch::wait([&] { return work.ask("var/acme.db", "SELECT count(*) FROM posts") == 4060; }));
  const Ended ended = work.earshot(kErase);
  INFO(ended.output << work.read("run.log"));
  CHECK(ended.status == 0);
  CHECK_THAT(ended.output, Contains("components of the pipeline that runs"));
  REQUIRE(work.stop());
  CHECK(files_with(work.path() / "state", "ana_quixote").empty());
  CHECK(files_with(work.path() / "state", "xylophones").empty());
  CHECK(files_with(work.path() / "var", "ana_quixote").empty());
}

TEST_CASE("the audit log tells of an erasure without naming whom, and finds it by who knows the name") {
  const Watch work;
  work.earshot_ok("run p.yaml --quiet");
  work.earshot_ok(kErase);
  const Ended log = work.earshot_ok("audit --pipeline p.yaml");
  CHECK_THAT(log.output, Contains("erase: an author; nothing of them was found afterwards, 30") &&
                             Contains("the chain holds") && !Contains("quixote"));
  CHECK_THAT(log.output, Contains("not reached") && Contains("desk.ndjson"));
  CHECK_THAT(work.earshot_ok("audit --pipeline p.yaml --author mastodon/id-of-ana_quixote").output,
             Contains("an author"));
  CHECK_THAT(work.earshot_ok("audit --pipeline p.yaml --author mastodon/id-of-reader1").output, !Contains("an author"));
}

TEST_CASE("somebody whom nothing knows is told, with 1") {
  const Watch work;
  work.earshot_ok("run p.yaml --quiet");
  const Ended ended = work.earshot("erase --pipeline p.yaml --author mastodon/nobody_at_all");
  CHECK(ended.status == 1);
  CHECK_THAT(ended.output, Contains("Nobody is known by the name of mastodon/nobody_at_all"));
}
