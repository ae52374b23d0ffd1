// hostile_texts.hpp: texts of many megabytes made to be slow or to break the count of bytes, with words planted at
// places that are known; and whether the time of some work grows with its text alone. Pure functions, and one clock.
#pragma once

#include <algorithm>
#include <cstdint>
#include <ctime>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace earshot::testing {

#ifdef NDEBUG
inline constexpr std::size_t kHostileBytes = 10'000'000, kTimedBytes = 4'000'000;
#else
inline constexpr std::size_t kHostileBytes = 1'000'000, kTimedBytes = 500'000;  // sanitizers
#endif

inline void append_code_point(std::string& to, std::uint32_t c) {
  const auto put = [&](std::uint32_t byte) { to += static_cast<char>(byte); };
  const auto more = [&](unsigned shift) { put(0x80 | (c >> shift & 0x3F)); };
  if (c < 0x80) return put(c);
  if (c < 0x800) return put(0xC0 | c >> 6), more(0);
  if (c < 0x10000) return put(0xE0 | c >> 12), more(6), more(0);
  put(0xF0 | c >> 18), more(12), more(6), more(0);
}

// Letters, marks, signs and holes of each plane, a word of each.
inline std::string every_plane() {
  std::string all;
  for (std::uint32_t plane = 0; plane <= 16; ++plane) {
    for (const std::uint32_t within : {0xA9u, 0x1D5u, 0x5D0u, 0x2603u, 0x4E2Du, 0xA66Fu, 0xFF21u, 0xFFFEu})
      append_code_point(all, plane << 16 | within);
    all += ' ';
  }
  return all;
}

// A piece that is repeated, and what it is called.
inline std::vector<std::pair<std::string, std::string>> hostile_pieces() {
  return {{"one letter", "a"},
          {"one letter, apart", "a "},
          {"words", "the quick brown fox jumps over a lazy dog, thrice. "},
          {"unknown words", "zqaerto vqickly brownish foxzy "},
          {"joined signs", "a-b_c.d/e@f#g:"},
          {"links", "https://a.example/b?c=d&e "},
          {"hashtags", "#AbcDef #x@y "},
          {"every plane", every_plane()},
          {"right to left", "שלום עולם مرحبا بالعالم \u200F"},
          {"combining marks", "\u0301"},
          {"a letter with marks", "e\u0301\u0323\u0308"},
          {"Hangul, taken apart", "\u1112\u1161\u11AB"},
          {"no spaces", "東京都のビル"},
          {"emoji", "👩‍👩‍👧‍👦"},
          {"hidden characters", "\u200B"},
          {"capitals that fold to more", "İẞŉǰΐ"},
          {"no UTF-8", "\xFF\xC3\xF0\x9F"},
          {"NUL", std::string(1, '\0')},
          {"line breaks", "\r\n\t"}};
}

struct Planted {
  std::string text;
  std::vector<std::pair<std::uint32_t, std::uint32_t>> places;  // bytes of each word, in the order of the text
};

// About `bytes` of the piece, with the words at the beginning, in the middle and at the end, each between spaces.
inline Planted planted(std::string_view piece, std::size_t bytes, const std::vector<std::string>& words) {
  Planted out;
  const auto plant = [&] {
    for (const std::string& word : words) {
      out.text += ' ';
      const auto begin = static_cast<std::uint32_t>(out.text.size());
      out.text += word;
      out.places.emplace_back(begin, static_cast<std::uint32_t>(out.text.size()));
    }
    out.text += ' ';
  };
  plant();
  while (out.text.size() < bytes / 2) out.text += piece;
  plant();
  while (out.text.size() < bytes) out.text += piece;
  plant();
  return out;
}

// CPU seconds of this thread that the work takes: what else the machine does hardly counts.
template <class Work>
double cpu_seconds(Work&& work) {
  const auto now = [] {
    timespec time{};
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
    return static_cast<double>(time.tv_sec) + 1e-9 * static_cast<double>(time.tv_nsec);
  };
  const double begin = now();
  work();
  return now() - begin;
}

// Does the work take at most forty times as long for ten times the text? Ten times is linear, a hundred quadratic. A
// measure that says no is taken once more. Times too short to tell count as 2 ms.
template <class Work>
bool is_linear(Work&& work) {
  for (int i = 0; i < 2; ++i) {
    const double small = cpu_seconds([&] { work(kTimedBytes / 10); });
    if (cpu_seconds([&] { work(kTimedBytes); }) < 40 * std::max(small, 0.002)) return true;
  }
  return false;
}

}  // namespace earshot::testing
