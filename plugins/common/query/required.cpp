#include "query/required.hpp"

#include <algorithm>
#include <cmath>

#include "query/glob.hpp"
#include "query/tokens.hpp"

namespace earshot::query {
namespace {

// How often a literal may be found where it does not help: each letter more makes it rarer. Any scale does.
double cost_of(const std::vector<Literal>& literals) {
  double cost = 0;
  for (const Literal& literal : literals)
    cost += std::pow(0.45, static_cast<double>(std::min<std::size_t>(literal.text.size(), 16)));
  return cost;
}

bool is_wide(char c) {
  return static_cast<unsigned char>(c) >= 0x80;
}
// Words that touch are joined in the scan form where both sides of the seam are outside of ASCII.
bool is_joined(std::string_view before, std::string_view behind) {
  return !before.empty() && !behind.empty() && is_wide(before.back()) && is_wide(behind.front());
}

void keep_longer(Literal& best, Literal candidate) {
  if (candidate.text.size() > best.text.size()) best = std::move(candidate);
}

// The longest stretch of a pattern without * and ?.
Literal of_pattern(std::string_view pattern) {
  Literal best;
  for (std::size_t at = 0; at < pattern.size();) {
    const std::size_t star = std::min(pattern.find_first_of("*?", at), pattern.size());
    keep_longer(best, {std::string(pattern.substr(at, star - at)), at == 0, star == pattern.size()});
    at = star + 1;
  }
  return best;
}

Literal of_words(const std::vector<Word>& words) {
  Literal best, run;
  for (const Word& word : words) {
    if (word.match == Word::Match::any) continue;
    if (word.match == Word::Match::pattern) {
      keep_longer(best, of_pattern(word.text));
      run = {};
      continue;
    }
    const bool goes_on = word.is_tight && is_joined(run.text, word.text);
    run.text = goes_on ? run.text + word.text : word.text;
    if (!goes_on) run.begins_word = true;
    run.ends_word = word.match == Word::Match::equal;
    keep_longer(best, run);
  }
  return best;
}

// A tag's words, as the text's own would be cut.
Literal of_tag(std::string_view tag) {
  Literal best;
  std::string run;
  std::uint32_t last = 0;
  for (Stretch at = next_word(tag, 0); at.begin < at.end; at = next_word(tag, at.end)) {
    const std::string_view word = tag.substr(at.begin, at.end - at.begin);
    run = at.begin == last && is_joined(run, word) ? run + std::string(word) : std::string(word);
    keep_longer(best, {run, false, false});
    last = at.end;
  }
  return best;
}

std::vector<Literal> of_text(const TextTerm& term) {
  Literal literal;
  if (term.form == TextTerm::Form::words) literal = of_words(term.words);
  if (term.form == TextTerm::Form::hashtag || term.form == TextTerm::Form::handle) literal = of_tag(term.tag);
  if (literal.text.empty()) return {};
  return {std::move(literal)};
}

// All children are needed: the one that is found least.
std::vector<Literal> of_best(const std::vector<Part>& children) {
  std::vector<Literal> best;
  for (const Part& child : children) {
    std::vector<Literal> literals = required(child);
    if (!literals.empty() && (best.empty() || cost_of(literals) < cost_of(best))) best = std::move(literals);
  }
  return best;
}

}  // namespace

std::vector<Literal> required(const Part& root) {
  switch (root.type) {
    case Part::Type::all:
    case Part::Type::near:
      return of_best(root.children);
    case Part::Type::any: {
      std::vector<Literal> all;
      for (const Part& child : root.children) {
        std::vector<Literal> literals = required(child);
        if (literals.empty()) return {};
        all.insert(all.end(), std::make_move_iterator(literals.begin()), std::make_move_iterator(literals.end()));
      }
      return all;
    }
    case Part::Type::text:
      return of_text(root.text);
    default:
      return {};
  }
}

void append_scan_form(std::string& to, std::string_view text, const SearchFold& fold, text::FoldedTexts& memory) {
  const std::size_t begin = to.size();
  to.resize(begin + text.size() + 1);  // the NUL behind it parts it from what comes next
  unsigned char all = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const auto c = static_cast<unsigned char>(text[i]);
    all |= c;
    to[begin + i] = static_cast<char>(c + (static_cast<unsigned char>(c - 'A') < 26 ? 0x20 : 0));
  }
  if (all < 0x80) return;
  to.resize(begin);
  std::uint32_t last = 0;
  for (Stretch at = next_word(text, 0); at.begin < at.end; at = next_word(text, at.end)) {
    const std::size_t seam = to.size();
    fold.append(to, text.substr(at.begin, at.end - at.begin), memory);
    const std::string_view before(to.data() + begin, seam - begin), word(to.data() + seam, to.size() - seam);
    if (seam > begin && !(at.begin == last && is_joined(before, word)))
      to.insert(to.begin() + static_cast<std::ptrdiff_t>(seam), ' ');
    last = at.end;
  }
  to += '\0';
}

}  // namespace earshot::query
