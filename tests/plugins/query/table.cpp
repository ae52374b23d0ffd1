// Each line of the table of cases, by a query alone and by a set of all of them at once.
#include <catch2/catch.hpp>
#include <filesystem>

#include "cases.hpp"
#include "query/query.hpp"
#include "sample/post_copy.hpp"

using namespace earshot::query;
using earshot::query_cases::Case;
using earshot::sample::PostCopy;

namespace {

const std::string kFolder = EARSHOT_SOURCE_DIR "/tests/data/query";

const ParseOptions& with_lists() {
  static const ParseOptions options{std::filesystem::path(kFolder) / "lists"};
  return options;
}

PostCopy post_of(const Case& one) {
  return one.post.starts_with("{") ? earshot::sample::read_json(one.post) : earshot::sample::from_text(one.post);
}

std::string answer(const Case& one) {
  try {
    const Query query(one.query, with_lists());
    PostCopy copy = post_of(one);
    Evaluator evaluator = query.evaluator();
    return query.match(copy.post(), evaluator) ? "yes" : "no";
  } catch (const Fault& fault) {
    const Place place = place_of(one.query, fault.offset);
    const std::string at = std::to_string(place.line) + ":" + std::to_string(place.column);
    const std::string message = fault.what();
    return message.find(one.message) != std::string::npos ? at : at + " " + message;
  }
}

}  // namespace

TEST_CASE("the table has at least 250 cases") {
  CHECK(earshot::query_cases::read_cases(kFolder + "/cases.tsv").size() >= 250);
}

TEST_CASE("each query of the table answers as the table says") {
  for (const Case& one : earshot::query_cases::read_cases(kFolder + "/cases.tsv")) {
    INFO("cases.tsv:" << one.line << ": " << one.query);
    CHECK(answer(one) == one.expected);
  }
}
