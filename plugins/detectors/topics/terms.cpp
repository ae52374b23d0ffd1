#include "topics/terms.hpp"

#include <algorithm>
#include <cmath>

namespace earshot::topics {
namespace {

constexpr float kPairWeight = 0.35f;
constexpr float kCap = 1.2f;  // what hardly ever came counts no more than what came a few times

std::uint16_t feature(std::uint64_t hash) {
  return static_cast<std::uint16_t>(hash >> 48);
}

}  // namespace

void Terms::finish(const sketch::Rarity& rarity) {
  found_ = &phrases_.all(2, [](std::uint32_t, std::uint32_t, std::uint32_t) { return false; });
  terms_.clear(), features_.clear();
  for (std::size_t i = 0; i < found_->size(); ++i)
    terms_.push_back({phrases_.stem((*found_)[i]), 1, static_cast<std::uint32_t>(i)});
  std::sort(terms_.begin(), terms_.end(),
            [](const Term& a, const Term& b) { return a.hash != b.hash ? a.hash < b.hash : a.phrase < b.phrase; });
  std::size_t kept = 0;
  for (std::size_t i = 0; i < terms_.size(); ++i) {
    if (kept > 0 && terms_[kept - 1].hash == terms_[i].hash)
      terms_[kept - 1].weight += 1;
    else
      terms_[kept++] = terms_[i];
  }
  terms_.resize(kept);
  const float most = std::max(rarity.most() - kCap, 0.5f);
  for (Term& term : terms_) {
    const bool is_pair = (*found_)[term.phrase].words > 1;
    term.weight =
        (1 + std::log(term.weight)) * std::min(rarity.of(feature(term.hash)), most) * (is_pair ? kPairWeight : 1);
    features_.push_back(feature(term.hash));
  }
  std::sort(features_.begin(), features_.end());
  features_.erase(std::unique(features_.begin(), features_.end()), features_.end());
  if (terms_.size() > kMostTerms) {
    std::nth_element(terms_.begin(), terms_.begin() + kMostTerms, terms_.end(), [](const Term& a, const Term& b) {
      return a.weight != b.weight ? a.weight > b.weight : a.hash < b.hash;
    });
    terms_.resize(kMostTerms);
    std::sort(terms_.begin(), terms_.end(), [](const Term& a, const Term& b) { return a.hash < b.hash; });
  }
  float square = 0;
  for (const Term& term : terms_) square += term.weight * term.weight;
  const float length = std::sqrt(square);
  for (Term& term : terms_) term.weight = length > 0 ? term.weight / length : 0;
}

}  // namespace earshot::topics
