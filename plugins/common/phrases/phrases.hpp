// phrases.hpp: the phrases of one to three words that a text is made of, in any script. A phrase holds no sign, link,
// handle or bare number and neither begins nor ends with a stop word; a hashtag is a phrase by itself. Scripts without
// spaces are cut into words by ICU's dictionaries. A Phrases belongs to one thread and keeps its memory.
#pragma once

#include <unicode/ubrk.h>

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "model/tokens.hpp"

namespace earshot::phrases {

struct Phrase {
  std::uint64_t hash = 0;
  std::uint32_t text = 0;            // which of the texts
  std::uint32_t begin = 0, end = 0;  // bytes of the text
  std::uint32_t first = 0;           // its first word, counted over all texts
  std::uint32_t words = 0;
};

class Phrases {
 public:
  void clear();
  // Reads one more text, of which at most `most_bytes` are looked at.
  void read(std::string_view text, std::size_t most_bytes);
  // All phrases of at most `most_words` words. Bytes that `skip(text, begin, end)` says are none of its business
  // end a phrase.
  template <class Skip>
  const std::vector<Phrase>& all(std::size_t most_words, Skip&& skip);
  // In lower case, words apart by one space where the script has any.
  std::string normal(const Phrase& phrase) const;
  // A hash that inflected forms share: of long words the first letters count.
  std::uint64_t stem(const Phrase& phrase) const;

 private:
  struct Word {
    std::uint64_t hash = 0;
    std::uint32_t begin = 0, end = 0;  // bytes of the text
    std::uint32_t at = 0, size = 0;    // normal form in normal_
    std::uint32_t text = 0;
    bool stop = false;      // neither begins nor ends a phrase
    bool number = false;    // begins no phrase, may end one: "pixel 3"
    bool alone = false;     // a hashtag
    bool is_break = false;  // no phrase goes on over it
    bool spaceless = false;
  };
  struct CloseBreaker {
    void operator()(UBreakIterator* breaker) const { ubrk_close(breaker); }
  };

  void add_run(std::string_view text, std::size_t first, std::size_t last);
  void add(const Word& word, std::string_view normal);

  model::Tokens tokens_;
  std::string normal_;
  std::vector<Word> words_;
  std::vector<Phrase> phrases_;
  std::uint32_t texts_ = 0;
  std::unique_ptr<UBreakIterator, CloseBreaker> breaker_;
  std::u16string wide_;
  std::vector<std::uint32_t> places_;  // of a wide character: where it begins in the text
};

template <class Skip>
const std::vector<Phrase>& Phrases::all(std::size_t most_words, Skip&& skip) {
  phrases_.clear();
  const auto is_break = [&](const Word& w) { return w.is_break || skip(w.text, w.begin, w.end); };
  for (std::size_t i = 0; i < words_.size(); ++i) {
    const Word& first = words_[i];
    if (first.stop || first.number || is_break(first)) continue;
    std::uint64_t hash = 0;
    for (std::size_t k = i; k < words_.size() && k < i + most_words; ++k) {
      const Word& last = words_[k];
      if (last.text != first.text || is_break(last) || (last.alone && k > i)) break;
      hash = (hash ^ last.hash) * 0x9E3779B97F4A7C15u;
      hash ^= hash >> 32;
      if (!last.stop)
        phrases_.push_back({hash, first.text, first.begin, last.end, static_cast<std::uint32_t>(i),
                            static_cast<std::uint32_t>(k - i + 1)});
      if (first.alone) break;
    }
  }
  return phrases_;
}

}  // namespace earshot::phrases
