// fact.hpp: what is counted of a post, as records of fixed size. A chunk of the tables `facts` and `terms` is an array
// of them, little-endian, ascending by post. A field that is not known is 0 unless it says otherwise. Plain values.
#pragma once

#include <bit>
#include <cstdint>
#include <cstring>
#include <string>
#include <string_view>
#include <vector>

namespace earshot::store {

static_assert(std::endian::native == std::endian::little, "records are stored as they lie in memory");

inline constexpr std::uint32_t kUnknown = 0xFFFFFFFF;  // reach, engagement
inline constexpr std::int64_t kDay = 86'400'000'000'000;
inline constexpr std::uint16_t kOther = 0xFFFF;  // a name behind the 65,534 that can be told apart

// The day of UTC that a time falls on, counted from 1970-01-01.
constexpr std::int64_t day_of(std::int64_t time) {
  return time / kDay - (time % kDay < 0 ? 1 : 0);
}

enum class Sentiment : std::uint8_t { unknown = 0, negative = 1, neutral = 2, positive = 3 };

// One post, as it speaks of one subject (or, for subject 0, as a whole).
struct Fact {
  static constexpr std::uint16_t kSentiment = 3, kCopy = 4, kLate = 8, kMedia = 16, kRepost = 32, kReply = 64,
                                 kSpam = 128;

  std::uint32_t post = 0;
  std::uint32_t author = 0;             // row of `authors`
  std::uint32_t reach = kUnknown;       // followers of the author, when the post was counted
  std::uint32_t engagement = kUnknown;  // likes, reposts and replies together
  std::uint32_t second = 0;             // of the day
  std::uint16_t flags = 0;
  std::uint16_t negative = 0, neutral = 0, positive = 0;                        // probabilities, in 1/65535
  std::uint16_t platform = 0, language = 0, country = 0, source = 0, kind = 0;  // numbers of `names`
  std::uint16_t zero = 0;

  Sentiment sentiment() const { return static_cast<Sentiment>(flags & kSentiment); }
  bool is(std::uint16_t flag) const { return (flags & flag) != 0; }
  bool is_copy() const { return is(kCopy); }
  double net() const { return (positive - static_cast<double>(negative)) / 65535; }
};
static_assert(sizeof(Fact) == 40 && std::is_trivially_copyable_v<Fact>);

// What is counted by its value, many to a post. The names of each stand in `names` under this word.
enum class TermKind : std::uint8_t { topic, keyphrase, aspect, link, hashtag, entity, copy, intent, emotion };
inline constexpr std::size_t kTermKinds = 9;
inline constexpr std::string_view kTermWords[kTermKinds] = {"topic",  "keyphrase", "aspect", "link",   "hashtag",
                                                            "entity", "copy",      "intent", "emotion"};

struct Term {
  std::uint32_t post = 0;
  std::uint32_t what = 0;  // the kind in the upper 4 bits, the number of the name in the lower 28

  TermKind kind() const { return static_cast<TermKind>(what >> 28); }
  std::uint32_t number() const { return what & 0x0FFFFFFF; }
  static std::uint32_t of(TermKind kind, std::uint32_t number) {
    return static_cast<std::uint32_t>(kind) << 28 | (number & 0x0FFFFFFF);
  }
};
static_assert(sizeof(Term) == 8 && std::is_trivially_copyable_v<Term>);

// Records of a chunk, as they stand in the store. Bytes that make no whole record are left.
template <class Record>
void read_records(std::string_view blob, std::vector<Record>& to) {
  to.resize(blob.size() / sizeof(Record));
  if (!to.empty()) std::memcpy(to.data(), blob.data(), to.size() * sizeof(Record));
}
template <class Record>
std::string_view as_blob(const std::vector<Record>& records) {
  return {reinterpret_cast<const char*>(records.data()), records.size() * sizeof(Record)};
}

}  // namespace earshot::store
