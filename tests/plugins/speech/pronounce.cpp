// How names are said.
#include "speech/pronounce.hpp"

#include <algorithm>
#include <catch2/catch.hpp>
#include <earshot/error.hpp>

#include "skipping.hpp"

using namespace earshot::speech;
using earshot::testing::dictionary;
using earshot::testing::no_dictionary;

namespace {

// The pronunciations of one name.
std::vector<std::string> said(const std::string& name, std::size_t most = 8) {
  const Lexicon lexicon(dictionary);
  std::vector<std::string> all;
  const auto by_name = pronounce(lexicon, {spoken_words(name)}, most);
  for (const Phones& phones : by_name[0]) all.push_back(to_arpabet(phones));
  return all;
}
bool has(const std::vector<std::string>& all, const std::string& one) {
  return std::find(all.begin(), all.end(), one) != all.end();
}

}  // namespace

TEST_CASE("a word of the dictionary is said as it stands there") {
  if (no_dictionary()) return;
  CHECK(said("computer") == std::vector<std::string>{"K AH M P Y UW T ER"});
}

TEST_CASE("a name of several words is said word by word") {
  if (no_dictionary()) return;
  CHECK(has(said("Smart Mirror"), "S M AA R T M IH R ER"));
}

TEST_CASE("an invented name is said as similar words are") {
  if (no_dictionary()) return;
  CHECK(has(said("Zentrix"), "Z EH N T R IH K S"));
  CHECK(has(said("Korvo"), "K AO R V OW"));
  CHECK(has(said("Tavello"), "T AA V EH L OW"));
}

TEST_CASE("what two readings have at different places is put together too") {
  if (no_dictionary()) return;
  CHECK(has(said("Glovane"), "G L OW V EY N"));
}

TEST_CASE("there are no more pronunciations than asked for") {
  if (no_dictionary()) return;
  CHECK(said("Mareval", 3).size() == 3);
}

TEST_CASE("a name is split into words that can be said") {
  using Words = std::vector<std::string>;
  CHECK(spoken_words("Maréval & Sons 40") == Words{"mareval", "and", "sons", "four", "zero"});
  CHECK(spoken_words("O'Hara-Stein") == Words{"ohara", "stein"});
  CHECK(spoken_words("タヴォレル").empty());
  CHECK(spoken_words("\xff\xfe").empty());
}

TEST_CASE("pronunciations are given as ARPAbet or IPA, anything else is told") {
  CHECK(to_arpabet(given_pronunciation("S EH N T R IH K S", "x")) == "S EH N T R IH K S");
  CHECK(to_arpabet(given_pronunciation("/sɛntɹɪks/", "x")) == "S EH N T R IH K S");
  CHECK_THROWS_WITH(given_pronunciation("sentrix", "zen"), Catch::Contains("'zen'") && Catch::Contains("ARPAbet"));
}
