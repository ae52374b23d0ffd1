// What the sqlite sink counts beside its rows.
#include "counted.hpp"

#include <catch2/catch.hpp>

#include "store/chunks.hpp"
#include "store/links.hpp"
#include "store/schema.hpp"
#include "store/writer.hpp"

using namespace earshot::testing;
using Catch::Contains;

namespace {

TestFinding said(const char* kind, const char* subject, const char* value, double score = 0.9) {
  TestFinding out;
  out.kind = kind, out.subject = subject, out.value = value, out.score = score;
  return out;
}

struct Sink {
  Folder folder;
  SinkHarness sink{loaded("sqlite"), {{"path", path()}}};
  std::string path() const { return folder / "acme.db"; }
  void end() {
    sink.write();
    sink.stop();
  }
};

std::string links(std::string_view text) {
  std::string all;
  earshot::store::for_each_link(text, [&](earshot::store::TermKind kind, std::string value) {
    all += (kind == earshot::store::TermKind::link ? "" : "#") + value + " ";
  });
  return all;
}

}  // namespace

TEST_CASE("a post is counted for itself and for each watch item that it mentions, once") {
  Sink store;
  TestPost& post = store.sink.post("Acme, Acme and Bolt").with_id("7").by("ana").at("2026-05-01T00:00:05Z");
  post.found("mention", "acme")
      .found("mention", "acme")
      .found("mention", "bolt")
      .found(said("sentiment", "acme", "positive"));
  post.found(said("sentiment", "rival", "negative"));
  store.end();
  CHECK(one(store.path(),
            "SELECT group_concat(value, ' ') FROM (SELECT n.value FROM facts JOIN names n ON n.kind = 'subject'"
            " AND n.number = subject ORDER BY 1)") == "acme bolt");
  CHECK(one(store.path(), "SELECT sum(posts), sum(positive) FROM facts WHERE subject > 0") == "2|1");
  CHECK(one(store.path(), "SELECT posts FROM days WHERE subject IS NULL") == "1");
}

TEST_CASE("of several sentiments the surest counts, with its probabilities") {
  Sink store;
  TestFinding sure = said("sentiment", "acme", "negative", 0.8);
  for (const auto& [name, p] : {std::pair{"negative", 0.8}, std::pair{"neutral", 0.15}, std::pair{"positive", 0.05}})
    (sure.attributes.emplace_back(p)).key = name;
  store.sink.post("Acme").found("mention", "acme").found(said("sentiment", "acme", "positive", 0.5)).found(sure);
  store.end();
  CHECK_THAT(counted(store.path()), Contains("|52428|3277|"));
  CHECK(one(store.path(), "SELECT negative, positive FROM facts WHERE subject > 0") == "1|0");
}

TEST_CASE("what is deleted or withdrawn is not counted, nor what has no time") {
  Sink store;
  for (const char* id : {"1", "2", "3"}) store.sink.post("Acme").with_id(id).found("mention", "acme");
  store.sink.post("Acme").with_id("4").found("mention", "acme").published = earshot::no_time;
  store.sink.write();
  store.sink.flush();
  store.sink.post().with_id("1").deleted(1);
  store.sink.post().with_id("2").withdrawn(1);
  store.end();
  CHECK(one(store.path(), "SELECT sum(posts) FROM facts WHERE subject = 0") == "1");
  CHECK(one(store.path(), "SELECT count(*) FROM facts WHERE posts = 0") == "0");
}

TEST_CASE("an author who is erased leaves nothing in the figures, nor words that stood with nobody else") {
  Sink store;
  store.sink.post("Acme #secret #open").with_id("1").by("ana").found("mention", "acme");
  store.sink.post("Acme #open").with_id("2").by("bea").found("mention", "acme");
  store.end();
  const earshot::store::Database database = earshot::store::open_for_writing(store.path(), std::chrono::seconds{10});
  CHECK(earshot::store::Writer(database).erase("test", "ana") == 1);
  CHECK(one(store.path(), "SELECT sum(posts) FROM facts WHERE subject = 0") == "1");
  CHECK(one(store.path(), "SELECT count(*) FROM names WHERE value = 'secret'") == "0");
  CHECK(one(store.path(), "SELECT count(*) FROM names WHERE value = 'open'") == "1");
}

TEST_CASE("thousands of posts of a day in any order are found again") {
  using namespace earshot::store;
  const Folder folder;
  const Database database = open_for_writing(std::filesystem::path(folder / "acme.db"), std::chrono::seconds{10});
  Chunks<Fact> facts(database, "facts");
  const auto fact = [](std::uint32_t post) {
    Fact f;
    f.post = post, f.author = post * 7;
    return f;
  };
  constexpr std::uint32_t kPosts = 5003;  // a prime: steps of 1,234 come to each
  Transaction transaction(database);
  for (std::uint32_t i = 1; i < kPosts; ++i) {
    facts.add(1, 5, fact(i * 1234 % kPosts));
    if (i % 700 == 0) facts.finish();
  }
  std::uint32_t right = 0;
  for (std::uint32_t i = 1; i < kPosts; ++i) facts.remove(1, 5, i, [&](const Fact& f) { right += f.author == i * 7; });
  CHECK(right == kPosts - 1);
  facts.finish();
  CHECK(database.integer("SELECT count(*) FROM facts") == 0);
}

TEST_CASE("links and hashtags are taken from texts as they are compared") {
  CHECK(links("see HTTPS://X.test/A?b=1#part, and (http://y.test/)") == "https://x.test/A?b=1 http://y.test ");
  CHECK(links("#Fail #été #2026 a#b ##x") == "#fail #été ");
  CHECK(links("https://user:secret@x.test/ http:// nothttp://z.test").find("secret") == std::string::npos);
}
