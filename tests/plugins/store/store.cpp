// The service earshot.store/1.
#include <catch2/catch.hpp>

#include "filled.hpp"

using namespace earshot::testing;
using earshot::Rows;
using earshot::Store;

namespace {

void three_posts(SinkHarness& sink) {
  sink.post("alpha beta").on("mastodon").with_id("1").by("ana").at("2026-05-01T10:00:00Z").found("mention", "acme");
  sink.post("alpha gamma").on("forum").with_id("2").by("bea").at("2026-05-02T10:00:00Z").found("mention", "acme");
  sink.post("delta").on("forum").with_id("3").by("ana").at("2026-05-03T10:00:00Z").found("mention", "zentrix");
  sink.post("gone").on("forum").with_id("4").by("ana").at("2026-05-04T10:00:00Z");
  sink.post().on("forum").with_id("4").deleted(1).at("2026-05-04T10:00:00Z");
  sink.alert("spike", "acme").evidence.push_back({"forum", "2", "", "bea", "alpha gamma", at("2026-05-02"), 0.5});
  sink.gap("2026-05-01T00:00:00Z", "2026-05-01T01:00:00Z");
}

std::string ids(const Rows& rows) {
  std::string all;
  for (const earshot::Row& row : rows) all.append(row.text("id")).append(" ");
  return all;
}

}  // namespace

TEST_CASE("posts are asked for by platform, id, author, subject, time and words") {
  Filled filled(three_posts);
  Store store = filled.open();
  CHECK(ids(store.posts({})) == "3 2 1 ");
  CHECK(ids(store.posts({.platform = "forum"})) == "3 2 ");
  CHECK(ids(store.posts({.id = "4"})) == "4 ");
  CHECK(ids(store.posts({.author = "ana"})) == "3 1 ");
  CHECK(ids(store.posts({.subject = "acme"})) == "2 1 ");
  CHECK(ids(store.posts({.subject = "acme", .kind = "sentiment"})).empty());
  CHECK(ids(store.posts({.search = "alpha NOT beta"})) == "2 ");
  CHECK(ids(store.posts({.from = at("2026-05-02"), .to = at("2026-05-03")})) == "2 ");
  CHECK(ids(store.posts({.limit = 1})) == "3 ");
  const earshot::Row row = store.posts({.id = "1"}).at(0);
  CHECK(row.text("text") == "alpha beta");
  CHECK(row.text("author") == "ana");
  CHECK(row.integer("published") == earshot::ticks(at("2026-05-01T10:00:00Z")));
}

TEST_CASE("what belongs to a post, alerts and counts come as rows") {
  Filled filled(three_posts);
  Store store = filled.open();
  const std::int64_t post = store.posts({.id = "2"}).at(0).integer("post");
  CHECK(store.segments(post).at(0).text("origin") == "body");
  CHECK(store.findings(post).at(0).text("subject") == "acme");
  CHECK(store.alerts({}).size() == 1);
  CHECK(store.alerts({.subject = "zentrix"}).empty());
  CHECK(store.alerts({.platform = "forum", .id = "2"}).at(0).real("weight") == 0.5);
  const Rows counts = store.counts({.subject = "acme"});
  REQUIRE(counts.size() == 2);
  CHECK(counts[1].integer("day") == earshot::ticks(at("2026-05-02")));
  CHECK(counts[1].integer("posts") == 1);
}

TEST_CASE("the state of a store is told in numbers") {
  Filled filled(three_posts);
  const earshot::Row state = filled.open().state();
  CHECK(state.integer("posts") == 4);
  CHECK(state.integer("live") == 3);
  CHECK(state.integer("deleted") == 1);
  CHECK(state.integer("authors") == 3);
  CHECK(state.integer("gaps") == 1);
  CHECK(state.integer("index_lag") == 0);
  CHECK(state.integer("first") == earshot::ticks(at("2026-05-01T10:00:00Z")));
}

TEST_CASE("SQL that reads is answered, with parameters and a bound") {
  Filled filled(three_posts);
  Store store = filled.open();
  CHECK(ids(store.query("SELECT id FROM posts WHERE id > ?1 ORDER BY id", {earshot::text_value("", "2")})) == "3 4 ");
  CHECK(store.query("SELECT id FROM posts", {}, 2).size() == 2);
  CHECK_FALSE(store.query("SELECT NULL AS id").at(0).has("id"));
}

TEST_CASE("SQL that writes, is wrong, or looks elsewhere is refused") {
  Filled filled(three_posts);
  Store store = filled.open();
  const std::string attach = std::string("ATTACH '").append(filled.folder / "other.db").append("' AS other");
  for (const std::string& sql : {std::string("DELETE FROM posts"), std::string("SELEC 1"),
                                 std::string("SELECT 1; SELECT 2"), std::string(), attach}) {
    CAPTURE(sql);
    CHECK_THROWS_AS(store.query(sql), earshot::Error);
  }
  CHECK(store.state().integer("posts") == 4);
  CHECK_FALSE(std::filesystem::exists(filled.folder / "other.db"));
}

TEST_CASE("a search that is no query is told as such") {
  Filled filled(three_posts);
  Store store = filled.open();
  try {
    store.posts({.search = "\"open"});
    FAIL("it was taken");
  } catch (const earshot::Error& error) {
    CHECK(error.status == EAR_INVALID);
    CHECK(error.option == "search");
  }
}

TEST_CASE("a store that is not there is told with its path and not made") {
  Filled filled(three_posts);
  const std::string path = filled.folder / "none.db";
  CHECK_THROWS_WITH(Store(earshot::Host{filled.host()}, path),
                    Catch::Contains(path) && Catch::Contains("no such file"));
  CHECK_FALSE(std::filesystem::exists(path));
}
