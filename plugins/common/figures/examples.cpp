#include <algorithm>
#include <unordered_map>

#include "figures/scan.hpp"

namespace earshot::figures {
namespace {

constexpr std::size_t kMostOfOne = 100'000;  // posts with one value that are looked at

// What decides which posts are shown.
struct Weight {
  bool unique = false;
  std::uint32_t engagement = 0, reach = 0, post = 0;
  friend bool operator<(const Weight& a, const Weight& b) {
    if (a.unique != b.unique) return a.unique;
    if (a.engagement != b.engagement) return a.engagement > b.engagement;
    return a.reach != b.reach ? a.reach > b.reach : a.post < b.post;
  }
};

Weight weight_of(const store::Fact& fact) {
  const auto known = [](std::uint32_t n) { return n == store::kUnknown ? 0 : n; };
  return {!fact.is_copy(), known(fact.engagement), known(fact.reach), fact.post};
}

void keep(std::vector<Weight>& best, const Weight& one, std::size_t most) {
  if (best.size() == most && !(one < best.back())) return;
  best.insert(std::upper_bound(best.begin(), best.end(), one), one);
  if (best.size() > most) best.pop_back();
}

}  // namespace

// The posts of the subject in these days that have each value; the period is looked at later.
std::vector<std::vector<std::uint32_t>> Figures::posts_with(const Scope& scope, By by,
                                                            const std::vector<std::string>& values) {
  std::vector<std::vector<std::uint32_t>> posts(values.size());
  std::unordered_map<std::uint32_t, std::size_t> wanted;
  for (std::size_t i = 0; i < values.size(); ++i)
    if (const auto number = number_of(word_of(by), values[i]))
      wanted.emplace(store::Term::of(static_cast<store::TermKind>(term_kind(by)), *number), i);
  if (wanted.empty()) return posts;
  scan_terms(scope, [&](std::span<const store::Term> terms) {
    for (const store::Term& term : terms) {
      if (term.what >> 28 != term_kind(by)) continue;
      const auto found = wanted.find(term.what);
      if (found != wanted.end() && posts[found->second].size() < kMostOfOne) posts[found->second].push_back(term.post);
    }
  });
  return posts;
}

std::vector<std::vector<std::int64_t>> Figures::examples(const Scope& scope, By by,
                                                         const std::vector<std::string>& values, std::size_t most) {
  std::vector<std::vector<Weight>> best(values.size());
  if (is_plain(by)) {
    std::unordered_map<std::uint32_t, std::size_t> wanted;
    for (std::size_t i = 0; i < values.size(); ++i)
      if (const auto number = number_of(word_of(by), values[i])) wanted.emplace(*number, i);
    scan(scope, [&](const store::Fact& fact, std::int64_t) {
      if (const auto found = wanted.find(number_in(fact, by)); found != wanted.end())
        keep(best[found->second], weight_of(fact), most);
    });
  } else {
    const std::vector<std::vector<std::uint32_t>> posts = posts_with(scope, by, values);
    Marks marks;
    for (const auto& some : posts)
      for (const std::uint32_t post : some) marks.set(post, 1);
    std::unordered_map<std::uint32_t, Weight> weights;
    scan(scope, [&](const store::Fact& fact, std::int64_t) {
      if (marks.at(fact.post) != 0) weights.emplace(fact.post, weight_of(fact));
    });
    for (std::size_t i = 0; i < posts.size(); ++i)
      for (const std::uint32_t post : posts[i])
        if (const auto found = weights.find(post); found != weights.end()) keep(best[i], found->second, most);
  }
  std::vector<std::vector<std::int64_t>> out;
  for (const std::vector<Weight>& some : best) {
    out.emplace_back();
    for (const Weight& one : some) out.back().push_back(one.post);
  }
  return out;
}

}  // namespace earshot::figures
