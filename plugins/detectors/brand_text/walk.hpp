// walk.hpp: where the words of folded text begin and end, 64 bytes at a time. A free function; any thread.
#pragma once

#include <bit>
#include <cstdint>
#include <cstring>
#include <string_view>
#include <vector>

#if defined(__SSE2__)
#include <emmintrin.h>
#endif

namespace earshot::brand_text {

namespace detail {

// A bit for each of 64 bytes: a letter, a digit, "$", or part of a character beyond ASCII.
#if defined(__SSE2__)
inline std::uint64_t word_bytes(const char* at) {
  const auto within = [](__m128i c, char first, char count) {  // as signed numbers, from the least on
    const __m128i from_least = _mm_add_epi8(c, _mm_set1_epi8(static_cast<char>(-128 - first)));
    return _mm_cmplt_epi8(from_least, _mm_set1_epi8(static_cast<char>(-128 + count)));
  };
  std::uint64_t mask = 0;
  for (unsigned i = 0; i < 4; ++i) {
    const __m128i c = _mm_loadu_si128(reinterpret_cast<const __m128i*>(at + 16 * i));
    const __m128i is = _mm_or_si128(_mm_or_si128(within(c, 'a', 26), within(c, '0', 10)),
                                    _mm_or_si128(_mm_cmpeq_epi8(c, _mm_set1_epi8('$')), c));  // the top bit: not ASCII
    mask |= std::uint64_t{static_cast<unsigned>(_mm_movemask_epi8(is))} << (16 * i);
  }
  return mask;
}
#else
inline std::uint64_t word_bytes(const char* at) {
  std::uint64_t mask = 0;
  for (unsigned i = 0; i < 64; ++i) {
    const auto c = static_cast<unsigned char>(at[i]);
    const bool is = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c >= 0x80 || c == '$';
    mask |= std::uint64_t{is} << i;
  }
  return mask;
}
#endif

}  // namespace detail

// Where runs of such bytes begin and end, in turn: so many of the first numbers in `to`, which only grows.
inline std::size_t find_edges(std::string_view text, std::vector<std::uint32_t>& to) {
  std::uint64_t inside = 0;
  std::size_t count = 0;
  if (to.size() < text.size() + 2) to.resize(text.size() + 2);
  for (std::size_t at = 0; at < text.size(); at += 64) {
    std::uint64_t mask;
    if (text.size() - at >= 64) {
      mask = detail::word_bytes(text.data() + at);
    } else {
      char last[64] = {};
      std::memcpy(last, text.data() + at, text.size() - at);
      mask = detail::word_bytes(last);
    }
    for (std::uint64_t edges = mask ^ (mask << 1 | inside); edges != 0; edges &= edges - 1)
      to[count++] = static_cast<std::uint32_t>(at) + static_cast<std::uint32_t>(std::countr_zero(edges));
    inside = mask >> 63;
  }
  if (inside != 0) to[count++] = static_cast<std::uint32_t>(text.size());
  return count;
}

}  // namespace earshot::brand_text
