#include <catch2/catch.hpp>
#include <cmath>
#include <earshot/testing.hpp>
#include <string>
#include <vector>

#include "../loaded.hpp"
#include "entities/tagger.hpp"

using namespace earshot::entities;
using earshot::testing::DetectorHarness;
using earshot::testing::loaded;
using earshot::testing::Setting;

namespace {

// Every name as "type[text]".
std::string names(const std::string& text, std::initializer_list<Setting> options = {},
                  const std::string& language = {}) {
  DetectorHarness h(loaded("entities"), options);
  h.post(text).in(language);
  h.run();
  std::string all;
  for (const auto& f : h.findings()) {
    CHECK(f.value == f.text);
    all += (all.empty() ? "" : " ") + std::string(f.attributes.at(0).text) + "[" + f.text + "]";
  }
  return all;
}

std::string words_of(const std::string& text) {
  std::vector<Word> words;
  read_words(text, 0, 100, words);
  std::string all;
  for (const Word& word : words) {
    CHECK(text.substr(word.begin, word.text.size()) == word.text);
    all += (all.empty() ? "" : "|") + std::string(word.text);
  }
  return all;
}

}  // namespace

TEST_CASE("entities finds names that nobody configured") {
  CHECK(names("Just landed in London with Michael Jackson") == "place[London] person[Michael Jackson]");
  CHECK(names("I am moving to California next week") == "place[California]");
}

TEST_CASE("entities finds no name where there is none") {
  const std::string text =
      GENERATE("", "I am so tired today", "what a lovely morning!", "@ana @bob https://example.org/Paris",
               "LOL THAT WAS SO FUNNY", "12 45 67", "😀😀😀", "The Weather Is Nice");
  INFO(text);
  CHECK(names(text).empty());
}

TEST_CASE("entities says nothing of languages that it has not learned") {
  const std::string text = "Just landed in London with Michael Jackson";
  CHECK_FALSE(names(text, {}, "en-GB").empty());
  CHECK(names(text, {}, "de").empty());
  DetectorHarness h(loaded("entities"), {});
  h.post(text).found("language", {}, 0.9, "fr");
  h.run();
  CHECK(h.findings().empty());
}

TEST_CASE("Kinds and the minimum limit what is told") {
  const std::string text = "Just landed in London with Michael Jackson";
  CHECK(names(text, {{"types", {"place"}}}) == "place[London]");
  CHECK(names(text, {{"minimum", 1.0}}).empty());
}

TEST_CASE("A long text is read to its end, and ranges stay true") {
  std::string text;
  for (int i = 0; i < 100; ++i) text += "we had a really nice time with all of you there today . ";
  text += "Just landed in London";
  CHECK(names(text) == "place[London]");
}

TEST_CASE("Hostile texts end") {
  const std::string text =
      GENERATE(std::string(10'000'000, 'A'), std::string(10'000'000, '#'), std::string(1'000'000, '\xff'),
               std::string("\xf0\x9f"), std::string(100'000, '\''));
  CHECK_NOTHROW(names(text));
}

TEST_CASE("entities answers the same however the posts are cut") {
  earshot::testing::for_each_chunking(loaded("entities"), {}, [](DetectorHarness& h) {
    h.post("Just landed in London");
    h.post("I am so tired");
    h.post("Michael Jackson is on the radio");
  });
}

TEST_CASE("Words are cut where a reader would") {
  const auto row = GENERATE(table<std::string, std::string>({
      {"I don't like it.", "I|don't|like|it|."},
      {"Anna's new Coca-Cola", "Anna|'s|new|Coca-Cola"},
      {"in the U.S. today", "in|the|U.S|.|today"},
      {"it costs 3.50, really", "it|costs|3.50|,|really"},
      {"see https://example.org/a?b #Acme @ana!", "see|https://example.org/a?b|#Acme|@ana|!"},
      {"Procter & Gamble, AT&T", "Procter|&|Gamble|,|AT&T"},
      {"a\xff"
       "b",
       "a|b"},
      {"", ""},
  }));
  INFO(std::get<0>(row));
  CHECK(words_of(std::get<0>(row)) == std::get<1>(row));
}

TEST_CASE("Outlines") {
  CHECK(shape_of("Acme") == "Xx");
  CHECK(shape_of("IBM") == "X");
  CHECK(shape_of("iPhone") == "xXx");
  CHECK(shape_of("PS5") == "Xd");
  CHECK(normal_form("ACME") == "acme");
  CHECK(normal_form("3,500") == "0");
  CHECK(normal_form("@ana") == "@");
}

TEST_CASE("A model is read as it was written, and damage is told") {
  Model model;
  model.lexicon = {{5, 1, 2, 3, 4}, {9, 0, 0, 0, 1}};
  model.weights.assign(bucket_count * label_count, 0);
  model.weights[7] = -3;
  model.transitions[3] = 0.5F;
  model.unit = 0.25F;
  const std::string bytes = write_model(model);
  const Model read = read_model(bytes);
  CHECK(read.lexicon.size() == 2);
  CHECK(read.lexicon[0].capital == 3);
  CHECK(read.weights == model.weights);
  CHECK(read.transitions == model.transitions);
  CHECK(read.unit == model.unit);
  for (std::size_t length = 0; length < bytes.size(); length += 7)
    CHECK_THROWS_AS(read_model(std::string_view(bytes).substr(0, length)), std::runtime_error);
}

TEST_CASE("The chances of all labels of a word add up to one") {
  Lattice lattice;
  lattice.scores.assign(3, {});
  lattice.scores[1][2] = 1.5, lattice.scores[2][5] = -0.5;
  std::array<float, label_count * label_count> transitions{};
  transitions[4] = 2;
  lattice.sum(transitions);
  for (std::size_t word = 0; word < 3; ++word) {
    double sum = 0;
    for (std::size_t label = 0; label < label_count; ++label) sum += std::exp(lattice.chance(word, label));
    CHECK(sum == Approx(1));
  }
}
