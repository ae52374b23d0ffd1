// words.hpp: where words begin and end in text as people write it, and whether a word stands in a link, a handle, a
// hashtag or an address. Free functions over UTF-8, any thread; a byte that is no UTF-8 is no part of a word.
#pragma once

#include <cstddef>
#include <string_view>

#include "text/fold.hpp"

namespace earshot::text {

// A letter, a digit, a mark on one of them, or an underscore.
bool is_word(char32_t c);
// Of a script that puts no space between words: Han, Kana, Thai, Lao, Khmer, Burmese.
bool is_spaceless(char32_t c);

// May a name begin, or end, here? Where both sides are of one word it may not. Hangul puts particles right behind a
// name, so there an end is free.
bool begins_word(std::string_view text, std::size_t at);
bool ends_word(std::string_view text, std::size_t at);

enum class Place { plain, hashtag, handle, address, link };

// What [begin, end) of a text stands in.
struct Token {
  Place place = Place::plain;
  Range whole;        // a hashtag or handle with its sign; a link or address in full
  Range host;         // of a link: from the host's first to its last byte
  bool bare = false;  // a link that is nothing but a host name, as "booking.com"
};
Token token_around(std::string_view text, Range match);

}  // namespace earshot::text
