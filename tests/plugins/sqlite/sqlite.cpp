// The sqlite sink, driven through its table: what stands in the store.
#include <catch2/catch.hpp>
#include <earshot/testing.hpp>

#include "../loaded.hpp"
#include "query.hpp"

using namespace earshot::testing;

namespace {

// A sink on a file of its own.
struct Store {
  explicit Store(std::vector<Setting> options = {}) : sink(loaded("sqlite"), with_path(std::move(options))) {}
  std::vector<Setting> with_path(std::vector<Setting> options) const {
    options.push_back({"path", path});
    return options;
  }
  void write() {
    sink.write();
    sink.flush();
  }
  std::string one(const std::string& sql) const { return ::one(path, sql); }
  std::string rows(const std::string& sql) const { return ::rows(path, sql); }

  Folder folder;
  std::string path = folder / "sub/acme.db";
  SinkHarness sink;
};

}  // namespace

TEST_CASE("a post stands in the store with its author, segments, media and findings") {
  Store store;
  TestPost& post = store.sink.post().on("mastodon").with_id("7").by("ana").in("en").answers("6");
  post.title("Acme").body("It is down").image("https://x.example/1.jpg").found("mention", "acme", 0.5);
  post.url = "https://x.example/7", post.likes = 3, post.followers = 12;
  post.attribute("tone", "dry").attribute("edits", 2);
  post.findings.back().segment = 0, post.findings.back().begin = 0, post.findings.back().end = 4;
  store.write();
  CHECK(
      store.one("SELECT platform, id, revision, state, url, language, parent, likes, reposts, attributes FROM posts") ==
      R"(mastodon|7|0|live|https://x.example/7|en|6|3|-|{"tone":"dry","edits":2})");
  CHECK(store.one("SELECT a.platform, a.id, followers FROM posts JOIN authors a USING(author)") == "mastodon|ana|12");
  CHECK(store.rows("SELECT number, origin, text FROM segments JOIN posts USING(post)") ==
        "0|title|Acme\n1|body|It is down\n");
  CHECK(store.one("SELECT kind, url FROM media") == "image|https://x.example/1.jpg");
  CHECK(store.one("SELECT kind, subject, score, detector, segment, begin_byte, end_byte FROM findings") ==
        "mention|acme|0.5|before|0|0|4");
  CHECK(store.one("SELECT subject, author, text FROM mentions") == "acme|ana|Acme");
}

TEST_CASE("an alert stands in the store with its evidence, and a gap with its reason") {
  Store store;
  TestAlert& alert = store.sink.alert("spike", "acme");
  alert.observed = 90, alert.expected = 10, alert.summary = "nine times as many";
  alert.evidence.push_back({"mastodon", "7", "https://x.example/7", "ana", "It is down", at("2026-05-01"), 0.5});
  store.sink.gap("2026-01-01T00:00:00Z", "2026-01-01T01:00:00Z", "rate limit");
  store.write();
  CHECK(store.one("SELECT kind, subject, state, observed, expected, summary, length(alert) FROM alerts") ==
        "spike|acme|open|90.0|10.0|nine times as many|16");
  CHECK(store.one("SELECT number, platform, id, author, text, weight FROM evidence") ==
        "0|mastodon|7|ana|It is down|0.5");
  CHECK(store.one("SELECT source, (ends - starts) / 1000000000, reason FROM gaps") == "test|3600|rate limit");
}

TEST_CASE("nothing is in the store before the flush, and everything after it") {
  Store store;
  store.sink.post("one");
  store.sink.write();
  CHECK(store.one("SELECT count(*) FROM posts") == "0");
  store.sink.flush();
  CHECK(store.one("SELECT count(*) FROM posts") == "1");
}

TEST_CASE("as many deliveries as commit_every says are kept in memory") {
  Store store({Setting{"commit_every", 10}});
  for (int i = 0; i < 25; ++i) store.sink.post("text");
  store.sink.write(5);
  CHECK(store.one("SELECT count(*) FROM posts") == "20");
}

TEST_CASE("an edit replaces text and findings, and a lower revision is ignored") {
  Store store;
  store.sink.post("old").with_id("7").found("mention", "acme");
  store.sink.post("new").with_id("7").edited(2).found("mention", "zentrix");
  store.sink.post("between").with_id("7").edited(1).found("mention", "other");
  store.write();
  CHECK(store.one("SELECT revision, text, subject FROM posts JOIN segments USING(post) JOIN findings USING(post)") ==
        "2|new|zentrix");
  CHECK(store.one("SELECT count(*) FROM findings") == "1");
}

TEST_CASE("the same revision delivered again has its findings replaced") {
  Store store;
  store.sink.post("text").with_id("7").found("mention", "acme").found("spam", "");
  store.sink.post("text").with_id("7").found("mention", "acme");
  store.write();
  CHECK(store.rows("SELECT kind FROM findings") == "mention\n");
}

TEST_CASE("a deletion removes what the post said, also from alerts, and leaves that it was there") {
  Store store;
  store.sink.post("secret").with_id("7").image("https://x.example/1.jpg").found("mention", "acme");
  store.sink.alert("spike", "acme").evidence.push_back({"test", "7", "", "ana", "secret", at("2026-05-01"), 1});
  store.write();
  store.sink.post().with_id("7").deleted(1);
  store.sink.alert("spike", "zentrix").evidence.push_back({"test", "7", "", "ana", "secret", at("2026-05-01"), 1});
  store.write();
  CHECK(store.one("SELECT state, revision FROM posts") == "deleted|1");
  for (const char* table : {"segments", "media", "findings"})
    CHECK(store.one(std::string("SELECT count(*) FROM ") + table) == "0");
  CHECK(store.rows("SELECT text FROM evidence") == "-\n-\n");
}

TEST_CASE("a deletion and a withdrawal of what was never seen are ignored") {
  Store store;
  store.sink.post().with_id("7").deleted(1);
  store.sink.post("text").with_id("8").withdrawn(1);
  store.write();
  CHECK(store.one("SELECT count(*) FROM posts") == "0");
}

TEST_CASE("an author's profile is that of the latest post") {
  Store store;
  const auto by_ana = [&](const char* time, std::int64_t followers, const char* bio) {
    TestPost& post = store.sink.post("text").by("ana").at(time);
    post.followers = followers, post.bio = bio;
  };
  by_ana("2026-05-02", 20, "second");
  by_ana("2026-05-01", 10, "first");
  store.write();
  CHECK(store.one("SELECT followers, bio FROM authors") == "20|second");
  by_ana("2026-05-03", 30, "");
  store.write();
  CHECK(store.one("SELECT followers, bio FROM authors") == "30|second");
  store.sink.reload();
  by_ana("2026-05-02T12:00:00Z", 25, "between");
  store.write();
  CHECK(store.one("SELECT followers, bio FROM authors") == "30|second");
  CHECK(store.one("SELECT count(*) FROM authors") == "1");
}

TEST_CASE("an alert grows with its revisions and keeps the highest") {
  Store store;
  for (const std::uint64_t revision : {1u, 3u, 2u}) {
    TestAlert& alert = store.sink.alert("spike", "acme");
    alert.start = at("2026-05-01"), alert.revision = revision, alert.observed = static_cast<double>(revision);
    for (std::uint64_t i = 0; i < revision; ++i) alert.evidence.push_back({"test", std::to_string(i), "", "", "t"});
  }
  store.write();
  CHECK(store.one("SELECT revision, observed, (SELECT count(*) FROM evidence) FROM alerts") == "3|3.0|3");
}

TEST_CASE("an author can be erased with all that they published") {
  Store store;
  store.sink.post("mine, alpha").with_id("1").by("ana");
  store.sink.post("hers, alpha").with_id("2").by("bea");
  store.sink.alert("spike", "acme").evidence = {{"test", "1", "", "ana", "mine"}, {"test", "2", "", "bea", "hers"}};
  store.write();
  store.sink.erase("test", "ana");
  CHECK(store.rows("SELECT id FROM posts") == "2\n");
  CHECK(store.rows("SELECT id FROM authors") == "bea\n");
  CHECK(store.rows("SELECT text FROM segments") == "hers, alpha\n");
  CHECK(store.rows("SELECT id FROM evidence") == "2\n");
  store.sink.post("alpha again").with_id("3").by("bea");
  store.write();
  store.sink.stop();
  CHECK(store.rows("SELECT id FROM search JOIN posts ON post = search.rowid WHERE search MATCH 'alpha' ORDER BY 1") ==
        "2\n3\n");
  CHECK_NOTHROW(check_index(store.path));
}

TEST_CASE("the full-text index follows, by where the text stands") {
  const std::string index = GENERATE(as<std::string>(), "background", "inline");
  Store store({Setting{"index", index}});
  store.sink.post().title("alpha").body("beta");
  store.sink.post().segment(EAR_SPEECH, "alpha gamma").segment(EAR_SPEECH, "delta");
  store.write();
  store.sink.stop();
  const auto found = [&](const std::string& query) {
    return store.rows("SELECT id FROM search JOIN posts ON post = search.rowid WHERE search MATCH '" + query +
                      "' ORDER BY 1");
  };
  CHECK(found("alpha") == "1\n2\n");
  CHECK(found("title: alpha") == "1\n");
  CHECK(found("speech: delta") == "2\n");
  CHECK(found("beta gamma").empty());
  CHECK(store.one("SELECT max(post) - indexed_to FROM posts, search_state") == "0");
}

TEST_CASE("what words a post has in plain letters is kept beside the index, and follows edits and erasures") {
  const std::string index = GENERATE(as<std::string>(), "background", "inline");
  Store store({Setting{"index", index}});
  store.sink.post("Ａｃｍｅ rocks").with_id("1").by("ana");
  store.sink.post("Acme rocks").with_id("2").by("ana");
  store.write();
  store.sink.stop();
  const std::string plain = "SELECT id, words FROM search_plain JOIN posts ON post = search_plain.rowid ORDER BY 1";
  CHECK(store.rows(plain) == "1|acme \n");
  store.sink.start();
  store.sink.post("Acme rocks").with_id("1").by("ana").edited(1);
  store.sink.post("Die, ｒｏｃｋｓ").with_id("2").by("bea").edited(1);
  store.write();
  store.sink.stop();
  CHECK(store.rows(plain) == "2|rocks \n");
  store.sink.start();
  store.sink.erase("test", "bea");
  store.sink.stop();
  CHECK(store.rows("SELECT count(*) FROM search_plain") == "0\n");
  CHECK_NOTHROW(check_index(store.path));
}

TEST_CASE("a store of version 1 is brought up to date, and its index made anew") {
  Store store;
  store.sink.post("Ａｃｍｅ rocks").with_id("1");
  store.write();
  store.sink.stop();
  for (const char* newer : {"TABLE search_plain", "TABLE names", "TABLE facts", "TABLE terms", "TABLE rollup_state",
                            "TABLE settings", "VIEW days"})
    rows(store.path, std::string("DROP ") + newer);
  rows(store.path, "PRAGMA user_version = 1");
  store.sink.start();
  store.sink.stop();
  CHECK(store.one("PRAGMA user_version") == "3");
  CHECK(store.rows("SELECT words FROM search_plain") == "acme \n");
  CHECK(store.one("SELECT count(*) FROM search WHERE search MATCH 'rocks'") == "1");
  CHECK_NOTHROW(check_index(store.path));
}

TEST_CASE("without an index the lag tells so") {
  Store store({Setting{"index", "none"}});
  store.sink.post("alpha");
  store.write();
  store.sink.stop();
  CHECK(store.one("SELECT max(post) - indexed_to FROM posts, search_state") == "1");
  CHECK(store.rows("SELECT rowid FROM search WHERE search MATCH 'alpha'").empty());
}

TEST_CASE("text of any bytes is kept as it is") {
  Store store;
  const std::string text("\xff\xfe nul:\0 '; DROP TABLE posts; -- \xf0\x9f\x9a\x80", 37);
  store.sink.post(text).with_id(std::string("a'\"\0b", 5)).by("o'hara");
  store.write();
  store.sink.stop();
  std::string hex;
  for (const char c : text) {
    hex += "0123456789ABCDEF"[static_cast<unsigned char>(c) >> 4];
    hex += "0123456789ABCDEF"[c & 15];
  }
  CHECK(store.one("SELECT hex(text) FROM segments") == hex);
  CHECK(store.one("SELECT length(cast(id AS BLOB)) FROM posts") == "5");
}

TEST_CASE("a store of a newer Earshot is refused and left as it is") {
  Store store;
  store.sink.start();
  store.sink.stop();
  rows(store.path, "PRAGMA user_version = 99");
  CHECK_THROWS_WITH(store.sink.start(), Catch::Contains("version 99") && Catch::Contains("newer Earshot"));
  CHECK(store.one("PRAGMA user_version") == "99");
}

TEST_CASE("a SQLite file of another program is refused and left as it is") {
  Store store;
  std::filesystem::create_directories(store.folder / "sub");
  sqlite3* other = nullptr;
  sqlite3_open(store.path.c_str(), &other);
  sqlite3_exec(other, "CREATE TABLE posts(x)", nullptr, nullptr, nullptr);
  sqlite3_close(other);
  CHECK_THROWS_WITH(store.sink.start(), Catch::Contains("of another program"));
  CHECK(store.rows("SELECT name FROM sqlite_schema") == "posts\n");
}

TEST_CASE("a damaged file stops the sink with what to do") {
  Store store;
  std::filesystem::create_directories(store.folder / "sub");
  store.folder.write("sub/acme.db", std::string(10'000, 'x'));
  try {
    store.sink.start();
    FAIL("it started");
  } catch (const CallFailed& failed) {
    CHECK(failed.status == EAR_AUTH);
    CHECK_THAT(failed.message, Catch::Contains(".recover"));
  }
}

TEST_CASE("a folder that cannot be made is told with the path") {
  Store store;
  store.folder.write("sub", "");
  CHECK_THROWS_WITH(store.sink.start(), Catch::Contains("cannot open the store") && Catch::Contains(store.path));
}
