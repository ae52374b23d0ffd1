// plain_words.hpp: what an index of words must have besides the words of a text as they are written, so that it offers
// every text that a query may hold for. A free function; any thread.
#pragma once

#include <string>
#include <string_view>

#include "query/search_fold.hpp"

namespace earshot::query {

// Appends, with a space behind each, the words of ASCII that queries find in the text, where they stand there in other
// letters, with hidden characters inside, or next to letters of another script. Nothing for a text of ASCII alone.
void append_plain_words(std::string& to, std::string_view text, const SearchFold& fold, text::FoldedTexts& memory);

}  // namespace earshot::query
