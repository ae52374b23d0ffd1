// narrow.hpp: what SQL can say of the posts for which a query may hold, so that few must be looked at. Free functions;
// any thread.
#pragma once

#include <deque>
#include <earshot/types.hpp>
#include <string>
#include <vector>

#include "query/query.hpp"

namespace earshot::find {

// Conditions over `posts p`, each with the values of its ?1, ?2 … in `parameters`. Every post for which the query
// holds meets them, but for words in unusual spellings, which the store's index of words has otherwise.
struct Narrowed {
  std::vector<std::string> conditions;
  std::vector<ear_value> parameters;
  std::deque<std::string> texts;  // that the parameters point to

  std::string bind(std::string_view text);
  std::string bind(std::int64_t number);
};

void narrow(const query::Part& root, bool by_words, Narrowed& to);

// A question to the store's index of words that every post answers for which the query holds, but for words in unusual
// spellings. Empty: the index cannot tell.
std::string words_of(const query::Part& root);

}  // namespace earshot::find
