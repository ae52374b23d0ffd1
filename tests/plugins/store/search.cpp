// The command search.
#include <catch2/catch.hpp>

#include <random>
#include <set>

#include "filled.hpp"
#include "query/query.hpp"
#include "sample/post_copy.hpp"

using namespace earshot::testing;
using Catch::Contains;

namespace {

Filled some_posts() {
  return Filled([](SinkHarness& sink) {
    TestPost& first =
        sink.post("Acme's battery is bad").on("mastodon").with_id("1").by("ana").at("2026-05-01T10:00:00Z");
    first.found(mention_of("acme", first, "Acme")).found("sentiment", "acme", 0.9, "negative");
    first.followers = 5000;
    sink.post("a new battery for Acme")
        .on("forum")
        .with_id("2")
        .at("2026-05-02T10:00:00Z")
        .found("mention", "acme", 0.9);
    sink.post("Ａｃｍｅ in wide letters").on("forum").with_id("3").at("2026-05-03T10:00:00Z");
    sink.post("nothing").on("forum").with_id("4").at("2026-05-04T10:00:00Z").image("https://x.test/a.png");
    sink.post("smartphones").on("forum").with_id("5").at("2026-05-05T10:00:00Z");
  });
}

// The ids of the posts found, in their order.
std::string ids(const std::string& query, std::vector<Setting> options = {}) {
  Filled filled = some_posts();
  options.push_back({"json", true});
  const Ran ran(filled, "search", options, {query});
  std::string all;
  for (std::size_t at = ran.out.find("\"id\":\""); at != std::string::npos; at = ran.out.find("\"id\":\"", at + 1))
    all += ran.out[at + 6];
  CHECK(ran.code == (all.empty() ? 1 : 0));
  return all;
}

}  // namespace

TEST_CASE("search finds the posts for which a query holds, the latest first") {
  const auto row = GENERATE(table<std::string, std::string>({
      {"acme", "321"},
      {"acme NEAR/1 battery", "21"},
      {"acme ONEAR/1 battery", "1"},
      {"battery -bad", "2"},
      {"batter*", "21"},
      {"*phone*", "5"},
      {"-battery", "543"},
      {"subject:acme", "21"},
      {"subject:acme sentiment:negative", "1"},
      {"sentiment:negative OR smartphones", "51"},
      {"platform:FORUM published:>2026-05-02", "543"},
      {"published:2026-05-02..2026-05-03", "32"},
      {"has:image", "4"},
      {"author:ana followers:>1000", "1"},
      {"@acme", ""},
      {"\"new battery\"", "2"},
  }));
  INFO(std::get<0>(row));
  CHECK(ids(std::get<0>(row)) == std::get<1>(row));
}

TEST_CASE("search finds each post for which the query holds, in whatever letters it has the words") {
  static const std::string kPieces[] = {"acme",
                                        "Ａｃｍｅ",
                                        "ac\u00ADme",
                                        "a\u200Bcme",
                                        "𝐚𝐜𝐦𝐞",
                                        "ACME’s",
                                        "“Acme”",
                                        "Acme…",
                                        "acmé",
                                        "の",
                                        "는",
                                        "straße",
                                        "STRASSE",
                                        "oﬃce",
                                        "office",
                                        "№ 5",
                                        "no",
                                        "ø",
                                        "o",
                                        "é",
                                        "_",
                                        "-",
                                        "\xF0\x9F\x9A\x80",
                                        "\xFF",
                                        "x",
                                        "²",
                                        "2",
                                        "東京",
                                        " ",
                                        " ",
                                        ", ",
                                        "#",
                                        "@"};
  std::mt19937 random(11);
  std::vector<std::string> texts(400);
  for (std::string& text : texts)
    for (auto count = 1 + random() % 5; count > 0; --count) text += kPieces[random() % std::size(kPieces)];
  Filled filled([&](SinkHarness& sink) {
    for (std::size_t i = 0; i < texts.size(); ++i) sink.post(texts[i]).on("forum").with_id(std::to_string(i));
  });
  for (const std::string wanted :
       {"acme", "acm*", "strasse", "office", "no", "o", "x", "2", "東京", "\"acme office\""}) {
    INFO(wanted);
    const earshot::query::Query query(wanted);
    earshot::query::Evaluator evaluator = query.evaluator();
    std::set<std::string> expected, found;
    for (std::size_t i = 0; i < texts.size(); ++i) {
      earshot::sample::PostCopy copy = earshot::sample::from_text(texts[i]);
      if (query.match(copy.post(), evaluator)) expected.insert(std::to_string(i));
    }
    const std::string out = Ran(filled, "search", {{"json", true}, {"limit", 1000}}, {wanted}).out;
    for (std::size_t at = 0; (at = out.find("\"id\":\"", at)) != std::string::npos; at = out.find('"', at + 6))
      found.insert(out.substr(at + 6, out.find('"', at + 6) - at - 6));
    CHECK(found == expected);
    CHECK(!expected.empty());
  }
}

TEST_CASE("search shows as many posts as were asked for, with the words marked") {
  Filled filled = some_posts();
  const Ran ran(filled, "search", {{"limit", 1}}, {"acme battery"});
  CHECK(ran.code == 0);
  CHECK(ran.out == "forum/2  2026-05-02 10:00:00 UTC\n  body: a new [battery] for [Acme]\n\n");
}

TEST_CASE("search says where it stopped looking") {
  Filled filled = some_posts();
  const Ran ran(filled, "search", {{"most", 2}}, {"-battery"});
  CHECK_THAT(ran.err, Contains("Looked at 2 posts and stopped there"));
}

TEST_CASE("search tells what is wrong with a query, and where") {
  Filled filled = some_posts();
  const Ran ran(filled, "search", {}, {"acme OR"});
  CHECK(ran.code == 2);
  CHECK(ran.err ==
        "line 1, column 6: OR has nothing behind it: write what it joins, or remove it\n  acme OR\n       ^\n");
}

TEST_CASE("search says that nothing was found") {
  Filled filled = some_posts();
  const Ran ran(filled, "search", {}, {"umbra"});
  CHECK(ran.code == 1);
  CHECK_THAT(ran.err, Contains("No post"));
}
