#include "find/narrow.hpp"

#include <algorithm>
#include <limits>

#include "query/glob.hpp"
#include "query/required.hpp"

namespace earshot::find {
namespace {

using query::Field;
using query::Literal;
using query::Part;

bool is_plain(const std::string& text) {
  return std::all_of(text.begin(), text.end(),
                     [](char c) { return query::is_ascii_word(static_cast<unsigned char>(c)); });
}

// The literals as a question to FTS5: words, and words that begin so. Empty where the index cannot tell.
std::string match_of(const std::vector<Literal>& literals) {
  constexpr std::size_t kMost = 500;
  std::string match;
  if (literals.size() > kMost) return {};
  for (const Literal& literal : literals) {
    if (!literal.begins_word || !is_plain(literal.text)) return {};
    match.append(match.empty() ? "" : " OR ")
        .append("\"")
        .append(literal.text)
        .append(literal.ends_word ? "\"" : "\"*");
  }
  return match;
}

void by_words_of(const Part& root, Narrowed& to) {
  const std::string match = words_of(root);
  if (match.empty()) return;
  const std::string words = to.bind(match);
  to.conditions.push_back("p.post IN (SELECT rowid FROM search WHERE search MATCH " + words +
                          " UNION ALL SELECT rowid FROM search_plain WHERE search_plain MATCH " + words +
                          " UNION ALL SELECT n.post FROM posts n, search_state s WHERE n.post > s.indexed_to)");
}

void by_field(const Part& part, Narrowed& to) {
  const query::FieldTerm& term = part.field;
  const bool plain = is_plain(term.value);
  switch (term.field) {
    case Field::published:
      if (term.times.from != std::numeric_limits<std::int64_t>::min())
        to.conditions.push_back("p.published >= " + to.bind(term.times.from));
      if (term.times.to != std::numeric_limits<std::int64_t>::max())
        to.conditions.push_back("p.published <= " + to.bind(term.times.to));
      return;
    case Field::platform:
      if (plain) to.conditions.push_back("p.platform = " + to.bind(term.value) + " COLLATE NOCASE");
      return;
    case Field::subject:
      if (plain)
        to.conditions.push_back("EXISTS(SELECT 1 FROM findings f WHERE f.post = p.post AND f.subject = " +
                                to.bind(term.value) + " COLLATE NOCASE)");
      return;
    case Field::finding:
      if (term.value != "false")
        to.conditions.push_back("EXISTS(SELECT 1 FROM findings f WHERE f.post = p.post AND f.kind = " +
                                to.bind(term.kind) + " COLLATE NOCASE)");
      return;
    default:
      return;
  }
}

}  // namespace

std::string Narrowed::bind(std::string_view text) {
  parameters.push_back(text_value("", texts.emplace_back(text)));
  return "?" + std::to_string(parameters.size());
}
std::string Narrowed::bind(std::int64_t number) {
  parameters.push_back(integer_value("", number));
  return "?" + std::to_string(parameters.size());
}

std::string words_of(const Part& root) {
  return match_of(required(root));
}

void narrow(const Part& root, Narrowed& to) {
  by_words_of(root, to);
  if (root.type == Part::Type::field) by_field(root, to);
  if (root.type != Part::Type::all) return;
  for (const Part& child : root.children)
    if (child.type == Part::Type::field) by_field(child, to);
}

}  // namespace earshot::find
