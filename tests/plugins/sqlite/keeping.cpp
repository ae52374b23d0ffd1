// How long a store keeps what, and under which names: retention and pseudonyms.
#include <catch2/catch.hpp>

#include "counted.hpp"
#include "pseudonym/pseudonym.hpp"
#include "sealed/key.hpp"
#include "store/retention.hpp"
#include "store/schema.hpp"

using namespace earshot::testing;
using Catch::Contains;
namespace store = earshot::store;

namespace {

constexpr std::int64_t kDay = 86'400'000'000'000;

struct Sink {
  explicit Sink(std::vector<Setting> more = {}) {
    settings.insert(settings.end(), more.begin(), more.end());
    sink.emplace(loaded("sqlite"), settings);
  }
  void end() {
    sink->write();
    sink->flush();
    sink->stop();
  }
  std::string path() const { return folder / "acme.db"; }
  Folder folder;
  std::vector<Setting> settings{{"path", folder / "acme.db"}};
  std::optional<SinkHarness> sink;
};

// One post a day from 1 May on, some by the same author.
void ten_days(SinkHarness& sink) {
  for (int day = 1; day <= 10; ++day) {
    TestPost& post = sink.post("chamber word" + std::to_string(day) + " #tag" + std::to_string(day));
    post.with_id("p" + std::to_string(day)).by(day % 2 == 0 ? "bea" : "ana" + std::to_string(day));
    post.published = at("2026-05-01") + std::chrono::hours{24 * (day - 1)};
    post.kind = day % 3 == 0 ? "comment" : "status";
    post.found("mention", "acme");
  }
}

store::Removed retained(const std::string& path, const store::Keep& keep, ear_time now, std::int64_t step = 2) {
  const store::Database database = store::open_for_writing(path, std::chrono::seconds{10});
  store::TextIndex index(database);
  store::Rollup rollup(database);
  store::Retention retention(database, index, rollup);
  const store::Removed due = retention.due(keep, now);
  retention.begin(keep, now);
  while (retention.step(step)) {
  }
  CHECK(due.posts == retention.removed().posts);
  CHECK(due.alerts == retention.removed().alerts);
  CHECK(due.gaps == retention.removed().gaps);
  return retention.removed();
}

ear_time on(const char* day) {
  return earshot::ticks(at(day));
}

}  // namespace

TEST_CASE("posts go when they are older than they may be, and index, figures and names follow exactly") {
  Sink store;
  ten_days(*store.sink);
  store.end();
  const store::Removed removed = retained(store.path(), {.posts = 5 * kDay}, on("2026-05-11"));
  CHECK(removed.posts == 5);
  CHECK(removed.authors == 3);
  CHECK(rows(store.path(), "SELECT min(id), count(*) FROM posts") == "p10|5\n");
  CHECK(one(store.path(), "SELECT count(*) FROM search WHERE search MATCH 'word1 OR word5'") == "0");
  CHECK(one(store.path(), "SELECT count(*) FROM search WHERE search MATCH 'word6 OR word10'") == "2");
  CHECK(one(store.path(),
            "SELECT group_concat(value, ' ') FROM (SELECT value FROM names WHERE kind = 'hashtag' AND"
            " value LIKE 'tag%' ORDER BY value)") == "tag10 tag6 tag7 tag8 tag9");
  CHECK(one(store.path(), "SELECT (SELECT count(*) FROM segments) + (SELECT count(*) FROM findings)") == "10");
  CHECK_NOTHROW(check_index(store.path()));
  CHECK(integrity(store.path()) == "ok");
  CHECK(counted(store.path()) == counted_anew(store.path()));
}

TEST_CASE("a kind of posts may be kept for a time of its own") {
  Sink store;
  ten_days(*store.sink);
  store.end();
  store::Keep keep{.posts = 8 * kDay};
  keep.kinds["comment"] = 2 * kDay;
  CHECK(retained(store.path(), keep, on("2026-05-11")).posts == 2 + 2);
  CHECK(rows(store.path(), "SELECT id FROM posts ORDER BY published") == "p4\np5\np7\np8\np9\np10\n");
  keep.kinds = {{"comment", 0}};
  keep.posts = kDay;
  CHECK(retained(store.path(), keep, on("2026-05-12")).posts == 5);
}

TEST_CASE("a post without a time goes by when it was collected") {
  Sink store;
  TestPost& post = store.sink->post("timeless");
  post.published = earshot::no_time, post.collected = at("2026-05-01");
  store.end();
  CHECK(retained(store.path(), {.posts = kDay}, on("2026-05-01")).posts == 0);
  CHECK(retained(store.path(), {.posts = kDay}, on("2026-05-03")).posts == 1);
}

TEST_CASE("what an alert quotes goes with the post, and the alert with its own time") {
  Sink store;
  store.sink->post("quoted words").with_id("1").by("ana").at("2026-05-01");
  TestAlert& alert = store.sink->alert("spike", "acme");
  alert.start = alert.end = at("2026-05-02");
  alert.evidence.push_back({"test", "1", "", "ana", "quoted words"});
  store.sink->gap("2026-05-01T00:00:00Z", "2026-05-01T01:00:00Z");
  store.end();
  CHECK(retained(store.path(), {.posts = kDay}, on("2026-05-04")).posts == 1);
  CHECK(one(store.path(), "SELECT count(*), max(text) FROM evidence") == "1|-");
  const store::Removed removed = retained(store.path(), {.alerts = kDay, .gaps = kDay}, on("2026-05-04"));
  CHECK(removed.alerts == 1);
  CHECK(removed.gaps == 1);
  CHECK(one(store.path(), "SELECT (SELECT count(*) FROM evidence) + (SELECT count(*) FROM gaps)") == "0");
}

TEST_CASE("the sink removes what is too old while it runs, and tells the audit log") {
  Sink store(std::vector<Setting>{{"keep_posts", "5d"}});
  store.sink->now(at("2026-05-11"));
  ten_days(*store.sink);
  store.end();
  CHECK(one(store.path(), "SELECT count(*) FROM posts") == "5");
  std::ifstream log(store.path() + ".audit");
  const std::string text{std::istreambuf_iterator<char>(log), {}};
  CHECK_THAT(text, Contains("\"command\":\"retention\"") && Contains("5 posts, 3 authors"));
}

TEST_CASE("a kind and its time are told apart, and what is neither is refused") {
  CHECK(store::kept_kind("comment 30d") == std::pair<std::string, std::int64_t>{"comment", 30 * kDay});
  CHECK(store::kept_kind("direct message 12h").second == kDay / 2);
  for (const char* bad : {"comment", "comment 30", "30d", "comment 30y", "comment -1d", " 30d", "comment 30d "})
    CHECK_THROWS(store::kept_kind(bad));
  CHECK_THROWS_WITH(Sink(std::vector<Setting>{{"keep_kinds", "[comment]"}}).sink->start(), Contains("comment 30d"));
}

TEST_CASE("an author whose rows went by another connection gets a row of their own again") {
  Sink store;
  store.sink->post("one").with_id("1").by("ana").at("2026-05-01");
  store.sink->write();
  store.sink->flush();
  store.sink->post("two").with_id("2").by("bea").at("2026-05-09");
  store.sink->write();
  store.sink->flush();
  retained(store.path(), {.posts = kDay}, on("2026-05-09"));
  store.sink->post("three").with_id("3").by("ana").at("2026-05-10");
  store.end();
  CHECK(rows(store.path(), "SELECT p.id, a.id FROM posts p LEFT JOIN authors a USING(author) ORDER BY 1") ==
        "2|bea\n3|ana\n");
}

namespace {

struct Hidden : Sink {
  Hidden() : Sink() { begin(key()); }
  std::string key(const char* name = "key") const {
    const std::string file = folder / name;
    if (!std::filesystem::exists(file)) earshot::sealed::make_key_file(file);
    return file;
  }
  void begin(const std::string& file) {
    std::vector<Setting> with = settings;
    if (!file.empty()) with.push_back({"pseudonyms", file});
    sink.emplace(loaded("sqlite"), with);
  }
};

void two_by_ana(SinkHarness& sink) {
  for (const char* id : {"1", "2"}) {
    TestPost& post = sink.post("hello").with_id(id).by("ana_quixote");
    post.url = std::string("https://mastodon.example/@Ana_Quixote/") + id;
  }
  sink.post("hello").with_id("3").by("bea").url = "https://mastodon.example/posts/3";
}

}  // namespace

TEST_CASE("with pseudonyms no name of an author stands in the store, and authors can still be counted") {
  Hidden store;
  two_by_ana(*store.sink);
  TestAlert& alert = store.sink->alert("spike", "acme");
  alert.evidence.push_back({"test", "1", "https://mastodon.example/@ana_quixote/1", "ana_quixote", "hello"});
  store.end();
  std::ifstream in(store.path(), std::ios::binary);
  const std::string bytes{std::istreambuf_iterator<char>(in), {}};
  CHECK_THAT(bytes, !Contains("quixote", Catch::CaseSensitive::No));
  CHECK(one(store.path(), "SELECT count(DISTINCT author), count(*) FROM posts") == "2|3");
  CHECK(one(store.path(), "SELECT count(*) FROM authors WHERE id LIKE 'anon-%' AND name IS NULL AND url IS NULL") ==
        "2");
  CHECK(one(store.path(), "SELECT count(*) FROM evidence JOIN authors a ON a.id = evidence.author") == "1");
  CHECK(rows(store.path(), "SELECT url FROM posts WHERE url IS NOT NULL") == "https://mastodon.example/posts/3\n");
}

TEST_CASE("who has the key erases an author by name") {
  Hidden store;
  two_by_ana(*store.sink);
  store.sink->write();
  store.sink->flush();
  store.sink->erase("test", "ana_quixote");
  store.end();
  CHECK(rows(store.path(), "SELECT id FROM posts") == "3\n");
}

TEST_CASE("a store does not mix names and pseudonyms, nor pseudonyms of two keys") {
  Hidden store;
  two_by_ana(*store.sink);
  store.end();
  store.begin(store.key("other"));
  CHECK_THROWS_WITH(store.sink->start(), Contains("another key"));
  store.begin("");
  CHECK_THROWS_WITH(store.sink->start(), Contains("give `pseudonyms`"));
  store.begin(store.key());
  CHECK_NOTHROW(store.sink->start());
  Sink plain;
  two_by_ana(*plain.sink);
  plain.end();
  const earshot::pseudonym::Pseudonyms names{std::filesystem::path(store.key())};
  const store::Database database = store::open_for_writing(plain.path(), std::chrono::seconds{10});
  CHECK_THROWS_WITH(earshot::pseudonym::agree(database, &names), Contains("by their names"));
}
