// Many queries at once answer as each of them alone, wherever the posts are cut.
#include "query/set.hpp"

#include <catch2/catch.hpp>
#include <deque>
#include <filesystem>

#include "cases.hpp"
#include "sample/post_copy.hpp"

using namespace earshot::query;
using earshot::Post;
using earshot::sample::PostCopy;

namespace {

const std::string kFolder = EARSHOT_SOURCE_DIR "/tests/data/query";

struct Answers {
  std::vector<std::string> lines;
  void add(const Held& held, std::span<const Found> places) {
    std::string line = std::to_string(held.post) + "/" + std::to_string(held.query);
    for (const Found& f : places)
      line += " " + std::to_string(f.segment) + ":" + std::to_string(f.begin) + "-" + std::to_string(f.end);
    lines.push_back(line);
  }
};

std::vector<std::string> answers(const std::shared_ptr<const QuerySet>& set, std::span<const Post> posts) {
  SetMatcher matcher(set);
  Answers all;
  matcher.match(posts, [&](const Held& held) { all.add(held, matcher.places(held)); });
  return all.lines;
}

// The queries and posts of the table.
struct Table {
  std::vector<std::string> queries;
  std::deque<PostCopy> copies;
  std::vector<Post> posts;

  Table() {
    for (const auto& one : earshot::query_cases::read_cases(kFolder + "/cases.tsv")) {
      if (one.expected != "yes" && one.expected != "no") continue;
      queries.push_back(one.query);
      copies.push_back(one.post.starts_with("{") ? earshot::sample::read_json(one.post)
                                                 : earshot::sample::from_text(one.post));
      posts.push_back(copies.back().post());
    }
  }
};

}  // namespace

TEST_CASE("a set of all queries of the table answers as each of them alone") {
  Table table;
  const ParseOptions lists{std::filesystem::path(kFolder) / "lists"};
  const auto set = std::make_shared<const QuerySet>(table.queries, lists);
  std::vector<std::vector<bool>> held(table.posts.size(), std::vector<bool>(table.queries.size()));
  SetMatcher matcher(set);
  matcher.match(table.posts, [&](const Held& h) { held[h.post][h.query] = true; });
  for (std::size_t q = 0; q < table.queries.size(); ++q) {
    Evaluator evaluator = (*set)[q].evaluator();
    for (std::size_t p = 0; p < table.posts.size(); ++p)
      if ((*set)[q].match(table.posts[p], evaluator) != held[p][q])
        FAIL("query " << table.queries[q] << " for post " << p << " of the table");
  }
}

TEST_CASE("a set says where the terms stand that held") {
  const auto set = std::make_shared<const QuerySet>(
      std::vector<std::string>{"acme NEAR/2 battery", "acme -rival", "(acme OR umbra) new", "NOT rival", "rival"});
  PostCopy copy = earshot::sample::from_text("Acme's new battery, ACME!");
  const Post posts[] = {copy.post()};
  CHECK(answers(set, posts) ==
        std::vector<std::string>{"0/0 0:0-18 0:11-24", "0/1 0:0-4 0:20-24", "0/2 0:0-4 0:7-10 0:20-24", "0/3"});
}

TEST_CASE("however many posts come together, the set answers the same") {
  Table table;
  const ParseOptions lists{std::filesystem::path(kFolder) / "lists"};
  const auto set = std::make_shared<const QuerySet>(table.queries, lists);
  const std::vector<std::string> together = answers(set, table.posts);
  SetMatcher matcher(set);
  Answers apart;
  for (std::uint32_t i = 0; i < table.posts.size(); ++i)
    matcher.match(std::span(&table.posts[i], 1), [&](const Held& h) { apart.add({i, h.query}, matcher.places(h)); });
  CHECK(together == apart.lines);
}

TEST_CASE("a fault in a set names the query") {
  try {
    QuerySet({"acme", "acme AND"});
    FAIL("accepted");
  } catch (const SetFault& fault) {
    CHECK(fault.query == 1);
    CHECK(fault.offset == 5);
  }
}

TEST_CASE("an empty set holds nothing, and a set without words is asked for every post") {
  PostCopy copy = earshot::sample::from_text("x");
  const Post posts[] = {copy.post()};
  CHECK(answers(std::make_shared<const QuerySet>(std::vector<std::string>{}), posts).empty());
  const auto set = std::make_shared<const QuerySet>(std::vector<std::string>{"lang:de", "-lang:de", "x"});
  CHECK(set->without_words() == 2);
  CHECK(answers(set, posts).size() == 2);
}
