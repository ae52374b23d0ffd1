// label.cpp: the name of a topic for people.
#include <algorithm>

#include "topics/topic.hpp"

namespace earshot::topics {
namespace {

constexpr std::size_t kStem = 7;  // bytes of a word, about

// Do two names have a word in common?
bool share_word(std::string_view a, std::string_view b) {
  for (std::size_t at = 0; at < a.size();) {
    const std::size_t end = std::min(a.find(' ', at), a.size());
    const std::string_view stem = a.substr(at, std::min(end - at, kStem));
    for (std::size_t in_b = 0; in_b < b.size(); in_b = std::min(b.find(' ', in_b), b.size() - 1) + 1) {
      const std::size_t end_b = std::min(b.find(' ', in_b), b.size());
      if (b.substr(in_b, std::min(end_b - in_b, kStem)) == stem) return true;
    }
    at = end + 1;
  }
  return false;
}

// The term of the word that `part` of a pair is, by its stem.
const CentreTerm* word_of(const Topic& topic, std::string_view part) {
  for (const CentreTerm& term : topic.centre)
    if (!term.text.empty() && term.text.find(' ') == std::string::npos &&
        std::string_view(term.text).substr(0, kStem) == part.substr(0, kStem))
      return &term;
  return nullptr;
}

// A pair that many of the posts have that have one of its words stands for both: "red sox" rather than "sox" and "red".
float rank_of(const Topic& topic, const CentreTerm& term) {
  constexpr float kOften = 0.4f;
  const std::size_t space = term.text.find(' ');
  if (space == std::string::npos) return term.weight;
  const CentreTerm* first = word_of(topic, std::string_view(term.text).substr(0, space));
  const CentreTerm* second = word_of(topic, std::string_view(term.text).substr(space + 1));
  if (first == nullptr || second == nullptr) return term.weight;
  const bool often = term.posts >= kOften * std::max(first->posts, second->posts);
  return often ? std::max(first->weight, second->weight) * 1.01f : term.weight;
}

}  // namespace

// The three terms that most of its posts have and that say most, no word twice.
std::string Topics::label(std::uint32_t slot) const {
  std::vector<std::pair<float, const CentreTerm*>> terms;
  for (const CentreTerm& term : topics_[slot].centre)
    if (!term.text.empty()) terms.emplace_back(rank_of(topics_[slot], term), &term);
  std::sort(terms.begin(), terms.end(), [](const auto& a, const auto& b) {
    return a.first != b.first ? a.first > b.first : a.second->hash < b.second->hash;
  });
  std::vector<std::string_view> chosen;
  for (const auto& [rank, term] : terms) {
    const auto said = [&text = term->text](std::string_view other) { return share_word(text, other); };
    if (chosen.size() < 3 && std::none_of(chosen.begin(), chosen.end(), said)) chosen.push_back(term->text);
  }
  std::string all;
  for (const std::string_view text : chosen) all.append(all.empty() ? "" : ", ").append(text);
  return all;
}

}  // namespace earshot::topics
