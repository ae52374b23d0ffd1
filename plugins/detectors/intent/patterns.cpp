#include "intent/patterns.hpp"

#include <algorithm>

#include "intent/wordings.hpp"
#include "model/hash.hpp"

namespace earshot::intent {
namespace {

using model::Token;
using model::TokenKind;

constexpr std::size_t kGap = 3;  // words that `~` may stand for, besides marks

template <class Do>
void each_part(std::string_view text, char by, Do&& what) {
  while (!text.empty()) {
    const std::size_t end = std::min(text.find(by), text.size());
    if (end > 0) what(text.substr(0, end));
    text.remove_prefix(std::min(text.size(), end + 1));
  }
}

bool has_negated(const model::Tokens& tokens, std::size_t first, std::size_t last) {
  const auto begin = tokens.all().begin();
  return std::any_of(begin + static_cast<std::ptrdiff_t>(first), begin + static_cast<std::ptrdiff_t>(last + 1),
                     [](const Token& token) { return token.negated; });
}

bool ends_sentence(std::string_view sign) {
  return sign.find_first_of(".!?") != sign.npos;
}

}  // namespace

const Patterns& Patterns::shared() {
  static const Patterns patterns;
  return patterns;
}

Patterns::Patterns() {
  add(Intent::asks, kAsks);
  add(Intent::complains, kComplains);
  add(Intent::buys, kBuys);
  add(Intent::recommends, kRecommends);
  add(Intent::leaves, kLeaves);
  for (std::uint32_t i = 0; i < all_.size(); ++i)
    for (const std::uint64_t hash : all_[i].steps.front().hashes) by_first_[hash].push_back(i);
}

void Patterns::add(Intent intent, std::string_view lines) {
  each_part(lines, '\n', [&](std::string_view line) { add_line(intent, line); });
}

void Patterns::add_line(Intent intent, std::string_view line) {
  Pattern pattern;
  pattern.intent = intent;
  pattern.even_negated = line.starts_with('!');
  if (pattern.even_negated) line.remove_prefix(1);
  each_part(line, ' ', [&](std::string_view part) {
    Step step;
    step.kind = part == "_"   ? Step::any
                : part == "~" ? Step::gap
                : part == "?" ? Step::question
                : part == "$" ? Step::end
                              : Step::words;
    if (step.kind == Step::words)
      each_part(part, '|', [&](std::string_view word) { step.hashes.push_back(model::hash(word)); });
    pattern.steps.push_back(std::move(step));
  });
  all_.push_back(std::move(pattern));
}

bool Patterns::holds(const model::Tokens& tokens, const Pattern& pattern, std::size_t step, std::size_t at,
                     std::size_t& last) const {
  const std::vector<Token>& all = tokens.all();
  if (step == pattern.steps.size()) return last = at - 1, true;
  const Step& now = pattern.steps[step];
  const bool more = at < all.size() && all[at].text == all[at - 1].text;
  if (now.kind == Step::end)
    return last = at - 1, !more || (all[at].kind != TokenKind::word && all[at].kind != TokenKind::number);
  if (!more) return false;
  if (now.kind == Step::question) {  // anywhere in what is left of the sentence
    for (; at < all.size() && all[at].text == all[at - 1].text; ++at) {
      if (all[at].kind != TokenKind::sign || !ends_sentence(tokens.normal(all[at]))) continue;
      return last = at, tokens.normal(all[at]).find('?') != std::string_view::npos;
    }
    return false;
  }
  if (now.kind == Step::gap) {
    for (std::size_t skip = 0; skip <= kGap; ++skip) {
      if (holds(tokens, pattern, step + 1, at + skip, last)) return true;
      if (at + skip >= all.size() || all[at + skip].kind == TokenKind::sign) return false;
    }
    return false;
  }
  if (now.kind == Step::words && std::find(now.hashes.begin(), now.hashes.end(), all[at].hash) == now.hashes.end())
    return false;
  return holds(tokens, pattern, step + 1, at + 1, last);
}

void Patterns::find(const model::Tokens& tokens, std::vector<Match>& to) const {
  to.clear();
  bool found[kIntents] = {};
  for (std::size_t i = 0; i < tokens.all().size(); ++i) {
    const Token& token = tokens.all()[i];
    const auto of = by_first_.find(token.hash);
    if (of == by_first_.end()) continue;
    for (const std::uint32_t number : of->second) {
      const Pattern& pattern = all_[number];
      bool& done = found[static_cast<std::size_t>(pattern.intent)];
      std::size_t last = 0;
      if (done || (token.negated && !pattern.even_negated) || !holds(tokens, pattern, 1, i + 1, last)) continue;
      if (!pattern.even_negated && has_negated(tokens, i, last)) continue;
      done = true;
      to.push_back({pattern.intent, i, last});
    }
  }
}

}  // namespace earshot::intent
