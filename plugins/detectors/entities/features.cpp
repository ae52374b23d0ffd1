// features.cpp: what the tagger looks at. Part of the model file's format: a change here needs a new model.
#include <algorithm>

#include "entities/tagger.hpp"

namespace earshot::entities {

std::uint32_t hash_of(std::string_view text, std::uint32_t seed) {
  std::uint64_t hash = 0xcbf29ce484222325ULL ^ (seed * 0x9e3779b97f4a7c15ULL);
  for (const char c : text) hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001b3ULL;
  hash ^= hash >> 32;
  return static_cast<std::uint32_t>((hash * 0xd6e8feb86659fd93ULL) >> 32);
}

void Features::put(std::uint32_t kind, std::string_view value) {
  buckets_.push_back(hash_of(value, kind) % bucket_count);
}
void Features::put(std::uint32_t kind, std::uint32_t value) {
  const std::array<char, 4> bytes{static_cast<char>(value), static_cast<char>(value >> 8),
                                  static_cast<char>(value >> 16), static_cast<char>(value >> 24)};
  put(kind, std::string_view(bytes.data(), bytes.size()));
}

void Features::read(const std::vector<Word>& words, const Model& lexicon) {
  views_.clear(), buckets_.clear(), ends_.clear();
  std::size_t capital = 0, letters = 0;
  for (const Word& word : words) {
    View view{normal_form(word.text), shape_of(word.text), nullptr};
    std::string_view plain = view.normal;
    if (plain.size() > 1 && plain[0] == '#') plain.remove_prefix(1);
    view.known = lexicon.find(plain);
    if (view.shape[0] == 'X' || view.shape[0] == 'x') ++letters, capital += view.shape[0] == 'X' ? 1 : 0;
    views_.push_back(std::move(view));
  }
  for (std::size_t i = 0; i < views_.size(); ++i) {
    add(i, letters < 3 ? 0 : static_cast<double>(capital) / static_cast<double>(letters));
    ends_.push_back(static_cast<std::uint32_t>(buckets_.size()));
  }
}

void Features::add(std::size_t i, double capitals) {
  static const View edge{"<>", "<>", nullptr};
  static const Known nothing{};
  const auto at = [&](std::ptrdiff_t offset) -> const View& {
    const std::ptrdiff_t place = static_cast<std::ptrdiff_t>(i) + offset;
    return place < 0 || place >= static_cast<std::ptrdiff_t>(views_.size()) ? edge
                                                                            : views_[static_cast<std::size_t>(place)];
  };
  const auto known = [&](std::ptrdiff_t offset) -> const Known& {
    return at(offset).known == nullptr ? nothing : *at(offset).known;
  };
  const View& word = at(0);
  const std::uint32_t loud = capitals > 0.8 ? 2 : capitals > 0.45 ? 1 : 0;  // a text all in capitals says less by them
  put(0, std::string_view("always"));
  for (std::uint32_t offset = 0; offset < 5; ++offset)
    put(1 + offset, at(static_cast<std::ptrdiff_t>(offset) - 2).normal);
  put(6, at(-1).normal + " " + word.normal);
  put(7, word.normal + " " + at(1).normal);
  for (std::uint32_t offset = 0; offset < 3; ++offset)
    put(10 + offset, at(static_cast<std::ptrdiff_t>(offset) - 1).shape + static_cast<char>('0' + loud));
  put(13, at(-1).shape + " " + word.shape);
  put(14, word.shape + " " + at(1).shape);
  for (std::size_t n = 1; n <= 4 && n <= word.normal.size(); ++n) {
    put(20 + static_cast<std::uint32_t>(n), std::string_view(word.normal).substr(0, n));
    put(30 + static_cast<std::uint32_t>(n), std::string_view(word.normal).substr(word.normal.size() - n));
  }
  const std::uint32_t first = i == 0 ? 1 : 0;
  put(40, word.shape + (first != 0 ? "^" : ""));
  for (std::uint32_t offset = 0; offset < 5; ++offset) {
    const Known& other = known(static_cast<std::ptrdiff_t>(offset) - 2);
    put(50 + offset, other.before);
    put(60 + offset, other.after);
    if (offset >= 1 && offset <= 3) put(70 + offset, other.lists), put(80 + offset, other.capital);
  }
  put(90, static_cast<std::uint32_t>(known(0).capital) << 16 | loud << 8 | static_cast<unsigned char>(word.shape[0]));
  put(91, static_cast<std::uint32_t>(known(0).lists << 8) | static_cast<unsigned char>(word.shape[0]));
  put(92, static_cast<std::uint32_t>(known(-1).after << 8) | static_cast<unsigned char>(word.shape[0]));
  put(93, static_cast<std::uint32_t>(known(1).before << 8) | static_cast<unsigned char>(word.shape[0]));
  put(94, static_cast<std::uint32_t>(known(-1).after << 8 | known(0).before));
}

}  // namespace earshot::entities
