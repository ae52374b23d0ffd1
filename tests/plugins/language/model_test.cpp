// The parts below the detector: words, n-grams, the file of a model.
#include <catch2/catch.hpp>
#include <string>

#include "language/identify.hpp"
#include "language/ngrams.hpp"

using namespace earshot::language;

namespace {

std::u16string letters(std::string_view text) {
  Words words;
  words.read(text);
  return {words.letters().begin(), words.letters().end()};
}

std::uint32_t key_of(std::u16string_view letters, int length) {
  std::uint32_t last = 0;
  ngrams(letters, [&](std::uint32_t key, int n) {
    if (n == length && last == 0) last = key;
  });
  return last;
}

// Two languages, of which one has an "x".
ModelContent small_model() {
  ModelContent content;
  content.languages = {"aa", "xx"};
  content.groups = {{Script::latin, 0, 2}};
  content.unit = 0.5;
  content.keys = {key_of(u" xo ", 2)};
  content.counts = {2};
  content.weights = {{0, -4}, {1, 4}};
  return content;
}

}  // namespace

TEST_CASE("Words are letters in lower case with a space around each word") {
  const auto row = GENERATE(table<std::string, std::u16string>({
      {"Ab c", u" ab c "},
      {"don't", u" don't "},
      {"don\u2019t", u" don't "},
      {"a-b_c1d", u" a b c d "},
      {"ÄÖ", u" äö "},
      {"#NewShoes #ACME", u" new shoes acme "},
      {"see https://example.org @ana a@b.example", u" see "},
      {"", u" "},
      {"a\xff"
       "b",
       u" a b "},
  }));
  INFO(std::get<0>(row));
  CHECK(letters(std::get<0>(row)) == std::get<1>(row));
}

TEST_CASE("The main script is that of most letters") {
  Words words;
  words.read("Купил iPhone вчера");
  CHECK(words.main_script() == Script::cyrillic);
  words.read("123");
  CHECK(words.main_script() == Script::common);
}

TEST_CASE("N-grams stay within a word, and a longer word is one too") {
  int count = 0, whole = 0;
  ngrams(std::u16string_view(u" abcd e "), [&](std::uint32_t, int n) { n == 0 ? ++whole : ++count; });
  CHECK(whole == 1);
  // " abcd " has 5, 4, 3, 2 of two to five letters; " e " has 2, 1
  CHECK(count == 14 + 3);
}

TEST_CASE("The same word has the same n-grams wherever it stands") {
  std::vector<std::uint32_t> alone, among;
  ngrams(std::u16string_view(u" house "), [&](std::uint32_t key, int) { alone.push_back(key); });
  ngrams(std::u16string_view(u" the house "), [&](std::uint32_t key, int) { among.push_back(key); });
  REQUIRE(among.size() > alone.size());
  CHECK(std::vector(among.end() - static_cast<std::ptrdiff_t>(alone.size()), among.end()) == alone);
}

TEST_CASE("A model tells by the weights of its n-grams") {
  Identifier identifier(std::make_shared<const Model>(small_model()));
  const Guess guess = identifier.guess("xoo", {{}, 0, false});
  CHECK(guess.language == "xx");
  CHECK(guess.probability == Approx(1 / (1 + std::exp(-4.0))));  // (4 - -4) steps of 0.5
  CHECK(identifier.guess("hello", {{}, 0, false}).language.empty());
}

TEST_CASE("A model is read as it was written") {
  const ModelContent content = small_model(), read = read_content(write_model(content));
  CHECK(read.languages == content.languages);
  CHECK(read.keys == content.keys);
  CHECK(read.counts == content.counts);
  REQUIRE(read.weights.size() == 2);
  CHECK(read.weights[1].language == 1);
  CHECK(read.weights[0].value == -4);
  CHECK(read.unit == content.unit);
  CHECK(read.groups[0].end == 2);
}

TEST_CASE("A damaged model is refused with a reason") {
  const std::string good = write_model(small_model());
  CHECK_THROWS_WITH(read_content(""), Catch::Contains("no language model"));
  CHECK_THROWS_WITH(read_content("hello\n\n"), Catch::Contains("no language model"));
  for (std::size_t length = 0; length < good.size(); ++length)
    CHECK_THROWS_AS(read_content(std::string_view(good).substr(0, length)), std::runtime_error);
}
