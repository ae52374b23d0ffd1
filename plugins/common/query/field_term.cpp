#include <algorithm>

#include "query/fault.hpp"
#include "query/glob.hpp"
#include "query/terms.hpp"

namespace earshot::query {
namespace {

// "https://www.acme.com/shop" and "www.acme.com" are acme.com/shop and acme.com.
std::string bare_link(std::string link) {
  if (const std::size_t scheme = link.find("://"); scheme != std::string::npos) link.erase(0, scheme + 3);
  if (link.starts_with("www.")) link.erase(0, 4);
  while (link.size() > 1 && link.back() == '/') link.pop_back();
  return link;
}

void check(const FieldTerm& term, const Node& node) {
  if (term.value.empty()) throw Fault("the field has no value: write it right behind the ':'", node.value_at);
  const bool finding = term.field == Field::finding || term.field == Field::subject || term.field == Field::logo;
  const auto stars = std::count(term.value.begin(), term.value.end(), '*');
  if (stars > 8)
    throw Fault("a value has more than 8 '*': that many fit nearly everything and take long", node.value_at);
  const bool all_stars = term.value.find_first_not_of("*?") == std::string::npos;
  if (all_stars && !finding && term.field != Field::detector)
    throw Fault("'" + term.value.substr(0, 20) + "' fits every value: use has: to ask whether it is known",
                node.value_at);
}

}  // namespace

FieldTerm field_term(const Node& node, const SearchFold& fold) {
  FieldTerm term;
  term.field = node.field, term.kind = node.kind;
  if (node.form == Node::Form::regex) throw Fault("only text can be searched by a regular expression", node.begin);
  if (is_number(node.field)) return term.range = number_range(node.value, node.value_at), term;
  if (is_time(node.field)) return term.times = time_range(node.value, node.value_at), term;
  switch (node.field) {
    case Field::id:
    case Field::parent:
      term.value = node.value;
      break;
    case Field::site:
    case Field::link:
      term.value = bare_link(lower(node.value));
      break;
    case Field::url:
      term.value = lower(node.value);
      break;
    case Field::author:
      term.value = fold.fold(node.value.size() > 1 && node.value[0] == '@' ? node.value.substr(1) : node.value);
      break;
    case Field::finding: {
      const std::size_t equals = node.kind == "aspect" ? node.value.find('=') : std::string::npos;
      if (equals != std::string::npos) term.attribute = lower(node.value.substr(equals + 1));
      term.value = fold.fold(node.value.substr(0, equals));
      if (term.kind == "mention") term.field = Field::subject;  // mention:acme, as subject:acme of that kind
      break;
    }
    default:
      term.value = fold.fold(node.value);
  }
  check(term, node);
  return term;
}

}  // namespace earshot::query
