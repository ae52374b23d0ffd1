#include "perception/lexicon.hpp"

#include <catch2/catch.hpp>

using earshot::model::hash;
using earshot::model::Tokens;
using earshot::perception::Lexicon;

namespace {

std::vector<int> polarities(std::string_view text) {
  Tokens tokens;
  tokens.read(text, text.size());
  std::vector<int> out;
  for (const auto& token : tokens.all()) out.push_back(Lexicon::shared().polarity(token));
  return out;
}

}  // namespace

TEST_CASE("the lexicon knows praise, blame and their regular forms") {
  CHECK(polarities("wonderful terrible") == std::vector<int>{1, -1});
  CHECK(polarities("impressed loves hating annoyingly") == std::vector<int>{1, 1, -1, -1});
  CHECK(polarities("table quickstep") == std::vector<int>{0, 0});
}

TEST_CASE("a negation turns a word round") {
  CHECK(polarities("not wonderful") == std::vector<int>{0, -1});
}
