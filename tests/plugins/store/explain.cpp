// The command explain.
#include <catch2/catch.hpp>

#include "filled.hpp"

using namespace earshot::testing;
using Catch::Contains;

namespace {

// One post with that text, and findings on those words.
Filled with_text(const std::string& text, const std::vector<std::string>& words) {
  return Filled([&](SinkHarness& sink) {
    TestPost& post = sink.post(text).on("mastodon").with_id("1093").by("ana").at("2026-05-01T10:00:00Z");
    for (const std::string& word : words) post.found(mention_of("acme", post, word));
  });
}

}  // namespace

TEST_CASE("a post is told with its words marked, its findings and why") {
  Filled filled = with_text("Acme is down", {"Acme"});
  const Ran ran(filled, "explain", {}, {"mastodon/1093"});
  CHECK(ran.code == 0);
  CHECK_THAT(ran.out, Contains("mastodon/1093, status by @ana, 2026-05-01 10:00:00 UTC"));
  CHECK_THAT(ran.out, Contains("\n  [Acme] is down\n"));
  CHECK_THAT(ran.out,
             Contains("mention of acme, score 0.90, by mentions, because of name: Acme, \"Acme\" in bytes 0 to 4"));
}

TEST_CASE("marks that overlap are one, and none cuts a character") {
  Filled filled = with_text("über Acme Rockets 🚀", {"Acme Rockets", "Rockets 🚀", "\x9f\x9a\x80", "ber"});
  CHECK_THAT(Ran(filled, "explain", {}, {"1093"}).out, Contains("\n  ü[ber] [Acme Rockets 🚀]\n"));
}

TEST_CASE("no control character of a post reaches the terminal") {
  Filled filled = with_text("Acme \x1b[31mred\x07\xc2\x9b", {"Acme"});
  const std::string out = Ran(filled, "explain", {}, {"1093"}).out;
  for (const char c : out) CHECK((static_cast<unsigned char>(c) >= 0x20 || c == '\n'));
  CHECK(out.find("\xc2\x9b") == std::string::npos);
}

TEST_CASE("the alerts that show a post are told") {
  Filled filled([](SinkHarness& sink) {
    sink.post("text").with_id("7");
    TestAlert& alert = sink.alert("spike", "acme");
    alert.summary = "nine times as many", alert.observed = 90, alert.expected = 10;
    alert.evidence.push_back({"test", "7", "", "ana", "text", at("2026-05-01"), 0.5});
    sink.alert("spike", "zentrix").evidence.push_back({"test", "8", "", "ana", "text", at("2026-05-01"), 0.5});
  });
  const std::string out = Ran(filled, "explain", {}, {"7"}).out;
  CHECK_THAT(out,
             Contains("spike of acme, open") && Contains("observed 90, expected 10") && Contains("nine times as many"));
  CHECK_THAT(out, !Contains("zentrix"));
}

TEST_CASE("an unknown id is answered with the nearest, and 1") {
  Filled filled = with_text("text", {});
  const Ran ran(filled, "explain", {}, {"1039"});
  CHECK(ran.code == 1);
  CHECK(ran.out.empty());
  CHECK_THAT(ran.err, Contains("has no post 1039") && Contains("Did you mean 1093?"));
  CHECK_THAT(Ran(filled, "explain", {}, {"mastodan/1093"}).err, Contains("Did you mean mastodon/1093?"));
}

TEST_CASE("an id of two platforms must be told apart") {
  Filled filled([](SinkHarness& sink) {
    sink.post("one").on("forum").with_id("7");
    sink.post("two").on("mastodon").with_id("7");
  });
  const Ran ran(filled, "explain", {}, {"7"});
  CHECK(ran.code == 1);
  CHECK_THAT(ran.err, Contains("forum/7") && Contains("mastodon/7"));
  CHECK_THAT(Ran(filled, "explain", {}, {"forum/7"}).out, Contains("one"));
}

TEST_CASE("an id may have slashes in it") {
  Filled filled([](SinkHarness& sink) { sink.post("skeet").on("bluesky").with_id("at://did:plc:x/post/1"); });
  CHECK(Ran(filled, "explain", {}, {"at://did:plc:x/post/1"}).code == 0);
  CHECK(Ran(filled, "explain", {}, {"bluesky/at://did:plc:x/post/1"}).code == 0);
}

TEST_CASE("explain speaks JSON") {
  Filled filled = with_text("Acme \"is\" down", {"Acme"});
  const std::string out = Ran(filled, "explain", {{"json", true}}, {"1093"}).out;
  CHECK_THAT(out, Contains(R"("id":"1093")") && Contains(R"("published":"2026-05-01T10:00:00Z")"));
  CHECK_THAT(out, Contains(R"("text":"Acme \"is\" down")") && Contains(R"("begin_byte":0,"end_byte":4)"));
  CHECK(out.back() == '\n');
}

TEST_CASE("without a store to look into, explain says how to name one") {
  Filled filled = with_text("Acme", {"Acme"});
  CommandHarness command(loaded("explain"));
  command.service(EAR_STORE_1, &filled.table());
  CHECK_THROWS_WITH(command.run({"1093"}), Contains("--store PATH"));
}

TEST_CASE("the store is that of the pipeline's one sqlite sink") {
  Filled filled = with_text("Acme", {"Acme"});
  CommandHarness command(loaded("explain"));
  command.service(EAR_STORE_1, &filled.table());
  command.config(map({{"sinks", map({{"team", map({{"plugin", "console"}})},
                                     {"store", map({{"plugin", "sqlite"}, {"path", filled.path}})}})}}));
  CHECK(command.run({"1093"}) == 0);
}
