#include "keyphrases/counts.hpp"

#include <algorithm>
#include <cmath>
#include <functional>

namespace earshot::keyphrases {
namespace {

constexpr double kPrior = 20;  // posts that the prior is worth

}  // namespace

// Of what is lately a part becomes before, and what is before fades.
void Counts::decay(double grains, const Rules& rules) {
  const auto keep = static_cast<float>(std::exp2(-grains / rules.lately));
  const auto fade = static_cast<float>(std::exp2(-grains / rules.before));
  for (auto& [phrase, c] : counts_) {
    c.before = (c.before + c.lately * (1 - keep)) * fade;
    c.lately *= keep;
  }
  before_ = (before_ + lately_ * (1 - static_cast<double>(keep))) * static_cast<double>(fade);
  lately_ *= static_cast<double>(keep);
  floor_ *= fade;
}

void Counts::add(std::int64_t number, const Grain& grain, const Rules& rules) {
  if (grain_ != INT64_MIN) decay(static_cast<double>(number - grain_), rules);
  grain_ = number;
  lately_ += grain.posts;
  for (const auto& [phrase, posts] : grain.phrases) {
    const auto [found, is_new] = counts_.try_emplace(phrase, Count{0, floor_});
    found->second.lately += static_cast<float>(posts);
  }
  find_keys(rules);
  if (counts_.size() > rules.most_phrases) prune(rules.most_phrases * 3 / 4);
}

void Counts::prune(std::size_t most) {
  std::vector<std::pair<float, std::uint64_t>> all;
  all.reserve(counts_.size());
  for (const auto& [phrase, c] : counts_) all.emplace_back(c.lately + c.before, phrase);
  std::nth_element(all.begin(), all.begin() + static_cast<std::ptrdiff_t>(most), all.end(), std::greater<>());
  for (std::size_t i = most; i < all.size(); ++i) {
    floor_ = std::max(floor_, all[i].first);
    counts_.erase(all[i].second);
  }
}

// Log-odds ratio with an informative Dirichlet prior, in standard deviations (Monroe, Colaresi, Quinn 2008). The prior
// is what was said with the subject at any time.
double Counts::z(const Count& c) const {
  const double all = lately_ + before_;
  const double prior = kPrior * (static_cast<double>(c.lately + c.before) + 0.5) / (all + 1);
  const double now = static_cast<double>(c.lately) + prior, past = static_cast<double>(c.before) + prior;
  const double rest_now = std::max(lately_ + kPrior - now, 0.5), rest_past = std::max(before_ + kPrior - past, 0.5);
  return (std::log(now / rest_now) - std::log(past / rest_past)) / std::sqrt(1 / now + 1 / past);
}

void Counts::find_keys(const Rules& rules) {
  keys_.clear();
  if (before_ < kPrior) return;  // there is nothing yet to be compared with
  std::vector<std::pair<double, std::uint64_t>> all;
  for (const auto& [phrase, c] : counts_) {
    if (static_cast<double>(c.lately) < rules.min_count) continue;
    if (const double key = z(c); key >= rules.min_z) all.emplace_back(key, phrase);
  }
  const std::size_t most = std::min(all.size(), rules.most_keys);
  std::partial_sort(all.begin(), all.begin() + static_cast<std::ptrdiff_t>(most), all.end(), std::greater<>());
  for (std::size_t i = 0; i < most; ++i) keys_.emplace(all[i].second, static_cast<float>(all[i].first));
}

void Counts::save(state::BytesOut& out) const {
  out.integer(grain_), out.real(lately_), out.real(before_), out.real(static_cast<double>(floor_));
  out.number(counts_.size());
  for (const auto& [phrase, c] : counts_)
    out.number(phrase), out.real(static_cast<double>(c.lately)), out.real(static_cast<double>(c.before));
  out.number(keys_.size());
  for (const auto& [phrase, key] : keys_) out.number(phrase), out.real(static_cast<double>(key));
}

void Counts::load(state::BytesIn& in) {
  grain_ = in.integer(), lately_ = in.real(), before_ = in.real(), floor_ = static_cast<float>(in.real());
  for (std::size_t n = in.count(); n > 0; --n) {
    Count& c = counts_[in.number()];
    c.lately = static_cast<float>(in.real()), c.before = static_cast<float>(in.real());
  }
  for (std::size_t n = in.count(); n > 0; --n) {
    const std::uint64_t phrase = in.number();
    keys_[phrase] = static_cast<float>(in.real());
  }
}

}  // namespace earshot::keyphrases
