// trigrams.hpp: the content of a text as the set of its letter triples. Case, signs, emoji and spaces make no
// difference. Links and whom a text addresses at its beginning are aside: they are in the set, and are no letters, so
// that two texts are equal without them and still a little more like each other with them.
// Triples are known by hashes of 16 bits: a text of a tweet's length shares less than one with an unrelated text by
// chance. A set is kept by its lowest hashes (bottom-k sketch; Broder 1997), so that two long texts are compared on
// the same sample. A Reader belongs to one thread and keeps its memory for the next text.
#pragma once

#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

namespace earshot::sketch {

inline constexpr std::size_t kHashes = 65536;
inline constexpr std::size_t kMostTrigrams = 192;  // of one text
inline constexpr std::size_t kMostBytes = 8192;    // of one text are looked at
inline constexpr std::size_t kMostWords = 512;
inline constexpr std::size_t kMostNumbers = 8;

// One bit for each triple, and above it one for each word of 64 bits, so that what is set is found at once.
class Bits {
 public:
  bool test(std::uint16_t hash) const { return (words_[hash >> 6] >> (hash & 63) & 1) != 0; }
  void set(std::uint16_t hash) {
    words_[hash >> 6] |= std::uint64_t{1} << (hash & 63);
    used_[hash >> 12] |= std::uint64_t{1} << (hash >> 6 & 63);
  }
  // Calls `each(hash)` in ascending order, until it says no.
  template <class Each>
  void ascending(Each&& each) const {
    for (std::size_t i = 0; i < used_.size(); ++i)
      for (std::uint64_t used = used_[i]; used != 0; used &= used - 1) {
        const std::size_t word = i * 64 + static_cast<std::size_t>(std::countr_zero(used));
        for (std::uint64_t left = words_[word]; left != 0; left &= left - 1)
          if (!each(static_cast<std::uint16_t>(word * 64 + static_cast<std::size_t>(std::countr_zero(left))))) return;
      }
  }
  void clear() {
    for (std::size_t i = 0; i < used_.size(); ++i)
      for (std::uint64_t& used = used_[i]; used != 0; used &= used - 1)
        words_[i * 64 + static_cast<std::size_t>(std::countr_zero(used))] = 0;
  }

 private:
  std::array<std::uint64_t, kHashes / 64> words_{};
  std::array<std::uint64_t, kHashes / 4096> used_{};
};

class Reader {
 public:
  void clear();
  // One more text of the same post. What is behind kMostBytes of all together is not looked at.
  void add(std::string_view text);
  // To be called once, behind the last text.
  void finish();

  std::span<const std::uint16_t> trigrams() const { return trigrams_; }  // ascending, without repeats
  bool has(std::uint16_t trigram) const { return bits_.test(trigram); }
  // Every triple up to here is in trigrams(): 65535, or less where the text has more than are kept.
  std::uint16_t cut() const { return cut_; }
  std::span<const std::uint32_t> words() const { return words_; }  // their hashes, as they stand
  // Hashes of the first words with a digit in them, but those that are aside.
  std::span<const std::uint16_t> numbers() const { return numbers_; }
  std::size_t letters() const { return letters_; }  // but those that are aside
  std::uint64_t hash() const { return hash_; }      // of these letters in their order
  bool is_repost() const { return is_repost_; }     // begins with "RT @name:"

 private:
  std::size_t opening(std::string_view text, std::size_t& aside);
  void letter(char32_t c);
  void end_word();

  Bits bits_;
  std::vector<std::uint16_t> trigrams_, numbers_;
  std::vector<std::uint32_t> words_;
  std::size_t bytes_ = 0, letters_ = 0, seen_ = 0, run_ = 0;
  std::uint64_t hash_ = 0;
  std::uint32_t word_ = 0, last_ = 0, before_ = 0;
  std::uint16_t cut_ = 65535;
  bool in_word_ = false, is_repost_ = false, is_aside_ = false, has_digit_ = false;
};

}  // namespace earshot::sketch
