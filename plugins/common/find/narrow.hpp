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
// holds meets them.
struct Narrowed {
  std::vector<std::string> conditions;
  std::vector<ear_value> parameters;
  std::deque<std::string> texts;  // that the parameters point to

  std::string bind(std::string_view text);
  std::string bind(std::int64_t number);
};

void narrow(const query::Part& root, Narrowed& to);

// A question to the indexes of words `search` and `search_plain`, one of which every post answers for which the query
// holds. Empty: they cannot tell.
std::string words_of(const query::Part& root);

}  // namespace earshot::find
