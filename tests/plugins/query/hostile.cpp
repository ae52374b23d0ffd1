// Texts of many megabytes, made to be slow or to break the count of bytes: time grows with the text alone, and places
// are true.
#include <catch2/catch.hpp>

#include "../hostile_texts.hpp"
#include "query/set.hpp"
#include "sample/post_copy.hpp"

using namespace earshot::query;
using namespace earshot::testing;
using earshot::Post;
using earshot::sample::PostCopy;

namespace {

// Each kind of term; those behind the first few find next to nothing, or next to everything.
const std::vector<std::string> kQueries = {"\"acme rockets\"",     "acm* NEAR/3 rockets",
                                           "acme ONEAR/0 rockets", "exact:\"Acme Rockets\"",
                                           "/acme rocket[a-z]/",   "/a.*zz|a/",
                                           "/\\b(?:[^~]*~)?/",     "/[^~]+~/",
                                           "*a*b* OR *a",          "a NEAR/1000 a NEAR/1000 a",
                                           "(a e the)~1000",       "\"a a a a a a a b\"",
                                           "#abcdef OR @f",        "link:a.example OR url:a",
                                           "東京 NEAR/2 ビル",     "NOT nothing"};

using Places = std::vector<std::pair<std::uint32_t, std::uint32_t>>;

Places places_of(const Query& query, Evaluator& evaluator) {
  Hits hits;
  Places all;
  evaluator.places(query.root(), hits);
  for (const Hit& hit : hits) all.emplace_back(hit.begin, hit.end);
  return all;
}

}  // namespace

TEST_CASE("the places of a query are true in texts of any bytes") {
  for (const auto& [name, piece] : hostile_pieces()) {
    INFO(name);
    const Planted text = planted(piece, kHostileBytes, {"Acme Rockets", "Ａｃｍｅ-rockets", "ac\u00ADme  Rockets"});
    PostCopy copy = earshot::sample::from_text(text.text);
    const Query query("\"acme rockets\"");
    Evaluator evaluator = query.evaluator();
    CHECK(query.match(copy.post(), evaluator));
    CHECK(places_of(query, evaluator) == text.places);
  }
}

TEST_CASE("the time of each query is linear in the text") {
  const auto fold = std::make_shared<const SearchFold>();
  std::vector<Query> queries;
  for (const std::string& query : kQueries) queries.emplace_back(query, ParseOptions{}, fold);
  for (const auto& [name, piece] : hostile_pieces()) {
    INFO(name);
    std::size_t found = 0;
    CHECK(is_linear([&](std::size_t bytes) {
      PostCopy copy = earshot::sample::from_text(planted(piece, bytes, {"Acme Rockets"}).text);
      const Post post = copy.post();
      Evaluator evaluator(fold);
      for (const Query& query : queries)
        if (query.match(post, evaluator)) found += places_of(query, evaluator).size();
    }));
    CHECK(found > 0);
  }
}

TEST_CASE("the time of a set of queries is linear in the text") {
  const auto set = std::make_shared<const QuerySet>(kQueries);
  for (const auto& [name, piece] : hostile_pieces()) {
    INFO(name);
    SetMatcher matcher(set);
    CHECK(is_linear([&](std::size_t bytes) {
      PostCopy copy = earshot::sample::from_text(planted(piece, bytes, {"Acme Rockets"}).text);
      const Post posts[] = {copy.post()};
      matcher.match(posts, [&](const Held& held) { matcher.places(held); });
    }));
  }
}

TEST_CASE("a regular expression is found however far apart it fits, and no match hides another") {
  std::string text = "ab";
  for (int i = 0; i < 200; ++i) text += std::string(static_cast<std::size_t>(i) * 97, '.') + "ab";
  PostCopy copy = earshot::sample::from_text(text);
  const Query query("/ab/");
  Evaluator evaluator = query.evaluator();
  CHECK(query.match(copy.post(), evaluator));
  CHECK(places_of(query, evaluator).size() == 201);
  const Query long_one("/x[.]*y/");
  PostCopy long_text =
      earshot::sample::from_text("xy x" + std::string(1500, '.') + "y " + std::string(9000, '.') + "xy");
  CHECK(long_one.match(long_text.post(), evaluator));
  CHECK(places_of(long_one, evaluator) == Places{{0, 2}, {3, 1505}, {10506, 10508}});
}
