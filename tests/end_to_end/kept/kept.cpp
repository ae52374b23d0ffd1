// Store, state and alert book as older versions left them: a newer one goes on with them, and an older one says that it
// cannot.
#include <zstd.h>

#include <catch2/catch.hpp>

#include "../erase/watch.hpp"

using Catch::Contains;

namespace {

std::string unpacked(const std::string& name) {
  const std::string packed = read_file(EARSHOT_SOURCE_DIR "/tests/data/versions/" + name);
  std::string out(ZSTD_getFrameContentSize(packed.data(), packed.size()), '\0');
  REQUIRE(ZSTD_isError(ZSTD_decompress(out.data(), out.size(), packed.data(), packed.size())) == 0);
  return out;
}

class Kept : public Watch {
 public:
  Kept() {
    std::filesystem::create_directories(path() / "state");
    write("acme.db", unpacked("store-2.db.zst"));
    write("state/state.db", unpacked("state-1.db.zst"));
    write("state/alerts.db", unpacked("alerts-1.db.zst"));
    write("new.ndjson", post(9000, "ana", "Acme chargers hum like xylophones tonight #acmehum") +
                            post(9001, "bea", "Acme battery number 5 is fine"));
    write("p.yaml", R"(pipeline: p
state: state
listen: 'off'
watchlist: [{id: acme, names: [Acme]}]
sources:
  more: {plugin: file, path: new.ndjson}
detectors:
  mentions: {plugin: brand_text, from: more}
  copies:   {plugin: duplicates, from: mentions}
  phrases:  {plugin: keyphrases, from: copies}
  topics:   {plugin: topics, from: phrases}
  news:     {plugin: novelty, from: topics}
  loud:     {plugin: rule, from: news, where: "chargers", count: 3, within: 1h}
sinks:
  store: {plugin: sqlite, from: loud, path: acme.db}
  desk:  {plugin: alert_file, from: loud, takes: alerts, path: desk.ndjson}
)");
  }
  void set(const std::string& file, const std::string& sql) const {
    sqlite3* database = nullptr;
    REQUIRE(sqlite3_open((path() / file).c_str(), &database) == SQLITE_OK);
    REQUIRE(sqlite3_exec(database, sql.c_str(), nullptr, nullptr, nullptr) == SQLITE_OK);
    sqlite3_close(database);
  }
};

}  // namespace

TEST_CASE("store, state and alert book of older versions are brought up to date and lose nothing") {
  const Kept work;
  REQUIRE(work.ask("acme.db", "PRAGMA user_version") == 2);
  REQUIRE(work.ask("state/state.db", "PRAGMA user_version") == 1);
  const Ended ended = work.earshot("run p.yaml");
  INFO(ended.output);
  REQUIRE(ended.status == 0);
  CHECK(work.ask("acme.db", "PRAGMA user_version") > 2);
  CHECK(work.ask("state/state.db", "PRAGMA user_version") > 1);
  CHECK(work.ask("acme.db", "SELECT count(*) FROM posts") == 282);
  CHECK(work.ask("acme.db", "SELECT sum(posts) FROM days WHERE subject = 'acme'") == 282);
  CHECK(work.ask("acme.db", "SELECT count(*) FROM search WHERE search MATCH 'xylophones'") == 31);
  CHECK(work.ask("state/state.db", "SELECT count(*) FROM dead_letters") == 1);
  CHECK(work.ask("state/alerts.db", "SELECT count(*) FROM alerts") >= 1);
  CHECK_THAT(work.earshot_ok("alerts list --pipeline p.yaml --all").output, Contains("chargers hum"));
  CHECK_THAT(work.earshot_ok("dlq list p.yaml").output, Contains("not a time"));
}

TEST_CASE("a detector goes on from the state that an older version saved") {
  const Kept work;
  work.earshot_ok("run p.yaml --quiet");
  // Thirty posts of the older run had this text: it is a copy only to who remembers them.
  CHECK(
      work.ask("acme.db",
               "SELECT count(*) FROM findings f JOIN posts p USING(post) WHERE p.id = 'p9000' AND f.kind = 'duplicate'"
               " AND f.score > 0.5") == 1);
}

TEST_CASE("a newer store, state or alert book is refused with what to do, and left as it is") {
  const Kept work;
  const auto refused = [&](const std::string& file, const std::string& says) {
    const std::int64_t before = work.ask(file, "PRAGMA user_version");
    work.set(file, "PRAGMA user_version = 99");
    const Ended ended = work.earshot("run p.yaml --quiet");
    INFO(file << "\n" << ended.output);
    CHECK(ended.status != 0);
    CHECK_THAT(ended.output, Contains(says) && Contains("newer Earshot") && Contains("99"));
    CHECK(work.ask(file, "PRAGMA user_version") == 99);
    work.set(file, "PRAGMA user_version = " + std::to_string(before));
  };
  refused("acme.db", "upgrade Earshot, or name another path");
  refused("state/state.db", "run that version, or give another `state` folder");
  refused("state/alerts.db", "upgrade Earshot");
}
