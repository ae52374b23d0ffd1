// words.hpp: a text as the tagger sees it: words and signs, each with its bytes. Links, handles and hashtags are one
// word each. Free functions; any thread.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace earshot::entities {

struct Word {
  std::string_view text;
  std::uint32_t begin = 0;  // in the text it is from
};

// Appends the words of text[from, …) until `most` words are there; returns where it stopped.
std::size_t read_words(std::string_view text, std::size_t from, std::size_t most, std::vector<Word>& words);

// In lower case; a number is "0", a link "http", a handle "@".
std::string normal_form(std::string_view word);

// Its outline: "Xx" for "Acme", "X" for "IBM", "xXx" for "iPhone", "d" for digits.
std::string shape_of(std::string_view word);

}  // namespace earshot::entities
