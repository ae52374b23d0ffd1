// The index of misspellings against comparing each word with each name.
#include <catch2/catch.hpp>
#include <random>
#include <string>

#include "brand_text/edits.hpp"
#include "brand_text/writings.hpp"

using namespace earshot::brand_text;

namespace {

std::string any_word(std::mt19937& random, std::size_t letters) {
  std::string word;
  while (word.size() < letters) word += static_cast<char>('a' + random() % 5);
  return word;
}

std::string mistyped(std::string word, std::mt19937& random) {
  for (auto times = random() % 4; times > 0; --times) {
    const std::size_t at = random() % word.size();
    const char letter = static_cast<char>('a' + random() % 5);
    switch (random() % 4) {
      case 0:
        word.insert(at, 1, letter);
        break;
      case 1:
        if (word.size() > 4) word.erase(at, 1);
        break;
      case 2:
        word[at] = letter;
        break;
      default:
        std::swap(word[at], word[(at + 1) % word.size()]);
    }
  }
  return word;
}

bool is_compound(const std::string& word, const KnownWords& known) {
  for (std::size_t at = 4; at + 4 <= word.size(); ++at)
    if (known.has(word.substr(0, at)) && known.has(word.substr(at))) return true;
  return false;
}

// What the README says of misspellings.
bool is_misspelling(const std::string& word, const std::string& name, const KnownWords& known) {
  const unsigned most = edits_for(name.size());
  const unsigned apart =
      edits(std::u32string(word.begin(), word.end()), std::u32string(name.begin(), name.end()), most);
  if (apart == 0 || apart > most || (apart == 2 && is_compound(word, known))) return false;
  const bool swapped = word[0] == name[1] && word[1] == name[0];
  return word[0] == name[0] || (apart == 1 && (name.size() >= 8 || swapped));
}

}  // namespace

TEST_CASE("the index finds the misspellings that comparing with each name finds, and no others") {
  const KnownWords known;
  std::mt19937 random(3);
  WritingsIndex::Scratch scratch;
  int misspelt = 0;
  for (std::size_t i = 0; i < 60; ++i) {
    const std::string name = any_word(random, 5 + i % 12);
    if (known.has(name)) continue;
    WritingsIndex index(known);
    index.add(0, name, name, {.misspellings = true});
    index.seal();
    for (int j = 0; j < 1000; ++j) {
      const std::string word = mistyped(name, random);
      index.look_up(word, scratch);
      const bool expected = is_misspelling(word, name, known);
      misspelt += expected ? 1 : 0;
      if (expected == scratch.seen.empty()) FAIL(word << " for " << name << ": expected " << expected);
    }
  }
  CHECK(misspelt > 20'000);
}
