// The content of a text, by itself.
#include "sketch/trigrams.hpp"

#include <catch2/catch.hpp>
#include <memory>
#include <string>
#include <vector>

using earshot::sketch::Reader;

namespace {

std::uint64_t hash_of(const std::string& text) {
  const auto reader = std::make_unique<Reader>();
  reader->clear();
  reader->add(text);
  reader->finish();
  return reader->hash();
}

}  // namespace

TEST_CASE("case, signs, spaces, emoji, links, addressees and a repost's opening make no other content") {
  const std::string text = "The new cans taste of metal";
  const std::string same =
      GENERATE(as<std::string>(), "THE NEW CANS TASTE OF METAL!!!", "The  new cans\n taste of metal...",
               "The new cans taste of metal https://t.co/abc123", "@ana @ben The new cans taste of metal",
               "RT @ana: The new cans taste of metal", "\U0001F602 The new cans taste of metal \U0001F525");
  INFO(same);
  CHECK(hash_of(same) == hash_of(text));
  CHECK(hash_of("The new cans taste of paper") != hash_of(text));
}

TEST_CASE("letters of every script are content, and drawn out letters are two") {
  CHECK(hash_of("Новые банки пахнут") == hash_of("НОВЫЕ БАНКИ ПАХНУТ!"));
  CHECK(hash_of("新しい缶は金属の味") != hash_of("新しい缶は金属の色"));
  CHECK(hash_of("so baaaaaad") == hash_of("so baad"));
}

TEST_CASE("of a long text the lowest triples are kept, and up to where is known") {
  Reader reader;
  std::string text;
  for (int i = 0; i < 500; ++i) text += "word" + std::to_string(i * 7919) + " ";
  reader.clear();
  reader.add(text);
  reader.finish();
  REQUIRE(reader.trigrams().size() == earshot::sketch::kMostTrigrams);
  CHECK(reader.cut() == reader.trigrams().back());
  CHECK(std::is_sorted(reader.trigrams().begin(), reader.trigrams().end()));
}

TEST_CASE("words with digits are numbers, but those of links and of whom a text addresses; the first eight are kept") {
  const auto numbers = [](const std::string& text) {
    const auto reader = std::make_unique<Reader>();
    reader->clear();
    reader->add(text);
    reader->finish();
    return std::vector<std::uint16_t>(reader->numbers().begin(), reader->numbers().end());
  };
  CHECK(numbers("no number at all").empty());
  CHECK(numbers("@ana7 see https://t.co/a1b2c3").empty());
  CHECK(numbers("player StatX300, ban 851").size() == 2);
  CHECK(numbers("ban 851") == numbers("BAN: 851!"));
  CHECK(numbers("ban 851") != numbers("ban 100"));
  CHECK(numbers("1 2 3 4 5 6 7 8 9 10 11").size() == earshot::sketch::kMostNumbers);
}

TEST_CASE("whatever the bytes are, a text is read to a bounded end") {
  Reader reader;
  const std::string text = GENERATE(std::string(10 << 20, 'a'), std::string(1 << 20, '\x80'), std::string(1 << 20, '@'),
                                    std::string("RT @"), std::string("RT @a:"), std::string("\xF0\x9F"), std::string());
  reader.clear();
  reader.add(text);
  reader.finish();
  CHECK(reader.trigrams().size() <= earshot::sketch::kMostTrigrams);
  CHECK(reader.words().size() <= earshot::sketch::kMostWords);
}
