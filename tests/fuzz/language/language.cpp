// What reads the text of strangers, on any bytes: the words and the identifier of `language` (with a small model made
// here), declared places and profiles of `place`, the words of `entities`. Besides not crashing: a probability is one,
// and every word lies in its text.
#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <memory>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include "entities/words.hpp"
#include "language/identify.hpp"
#include "language/ngrams.hpp"
#include "place/pack/pack.hpp"
#include "place/resolve.hpp"

namespace {

namespace language = earshot::language;

// Weights for all n-grams of a few words, for two languages of each script that the model knows.
std::shared_ptr<const language::Model> small_model() {
  language::ModelContent content;
  content.languages = {"en", "de", "ru", "uk"};
  content.groups = {{language::Script::latin, 0, 2}, {language::Script::cyrillic, 2, 4}};
  std::vector<std::uint32_t> keys;
  for (const std::u16string_view letters : {u" the house and die ", u" \u0434\u043e\u043c \u0438 "})
    language::ngrams(letters, [&](std::uint32_t key, int) { keys.push_back(key); });
  std::sort(keys.begin(), keys.end());
  keys.erase(std::unique(keys.begin(), keys.end()), keys.end());
  for (const std::uint32_t key : keys) {
    content.keys.push_back(key), content.counts.push_back(4);
    for (std::uint8_t i = 0; i < 4; ++i)
      content.weights.push_back({i, static_cast<std::int8_t>(static_cast<int>(key >> (8 * i) & 255) - 128)});
  }
  return std::make_shared<const language::Model>(language::read_content(language::write_model(content)));
}

void check(bool holds) {
  if (!holds) std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static language::Identifier identifier(small_model());
  static const std::string places = earshot::place::packed_table({});
  static const earshot::place::Gazetteer gazetteer(places);
  const std::string_view text(reinterpret_cast<const char*>(data), size);

  const std::string_view declared = text.substr(0, size % 8);
  const language::Guess guess = identifier.guess(text, {declared, 0.5, size % 2 == 0});
  check(guess.probability >= 0 && guess.probability <= 1.0000001);

  for (const auto& place : {earshot::place::resolve(gazetteer, text), earshot::place::resolve_profile(gazetteer, text)})
    check(!place || (place->probability > 0 && place->probability <= 1));

  std::vector<earshot::entities::Word> words;
  std::size_t last = 0;
  for (std::size_t at = 0; at < text.size();) {
    words.clear();
    at = earshot::entities::read_words(text, at, 64, words);
    for (const earshot::entities::Word& word : words) {
      check(word.begin >= last && word.begin + word.text.size() <= text.size());
      check(text.substr(word.begin, word.text.size()) == word.text && !word.text.empty());
      last = word.begin + word.text.size();
    }
  }

  try {
    language::read_content(text);
  } catch (const std::runtime_error&) {  // as it should be
  }
  return 0;
}
