// required.hpp: literals of which one must stand in a post before a query can hold, and the form of a text in which
// they are looked for. Free functions; any thread.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "query/part.hpp"

namespace earshot::query {

struct Literal {
  std::string text;
  bool begins_word = false, ends_word = false;  // nothing of the word may stand before it, behind it
};

// One of them stands in the scan form of each post for which the query holds. Empty: there are no such literals, and
// the query must be looked at for every post.
std::vector<Literal> required(const Part& root);

// A text as words parted by anything that is no word: ASCII in lower case as it stands, other texts word by word.
void append_scan_form(std::string& to, std::string_view text, const SearchFold& fold, text::FoldedTexts& memory);

}  // namespace earshot::query
