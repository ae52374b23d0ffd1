#include "explain/explanation.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <numeric>
#include <tuple>

#include "model/hash.hpp"
#include "sketch/flat_map.hpp"
#include "sketch/trigrams.hpp"

namespace earshot::explain {
namespace {

constexpr double kLeastShare = 0.05;         // of the difference, of a cause
constexpr double kLift = 1.5, kGain = 0.15;  // a cause is so many times, or so much, more frequent than usual
constexpr double kCovers = 0.8;              // of a term's share: a longer one says the same

// Does one hold the other, word by word?
bool overlap(std::string_view a, std::string_view b) {
  if (a.size() < b.size()) std::swap(a, b);
  if (b.starts_with('#')) b.remove_prefix(1);
  for (std::size_t at = a.find(b); at != a.npos; at = a.find(b, at + 1)) {
    const bool begins = at == 0 || a[at - 1] == ' ' || a[at - 1] == '#';
    const bool ends = at + b.size() == a.size() || a[at + b.size()] == ' ';
    if ((begins && ends) || static_cast<unsigned char>(b[0]) >= 0x80) return true;
  }
  return false;
}

std::uint64_t content_of(const Seen& seen, sketch::Reader& reader) {
  reader.clear();
  reader.add(seen.text);
  reader.finish();
  if (reader.letters() < 12) return model::combine(model::hash(seen.id), model::hash(seen.platform));
  return reader.hash();
}

}  // namespace

Explanation::Explanation(const Sample& sample, const Background& background, Figures figures, Values& values,
                         std::size_t most_evidence)
    : sample_(&sample) {
  total_ = sample.total();
  scale_ = total_ > 0 ? figures.observed / total_ : 1;
  if (!std::isfinite(scale_) || scale_ <= 0) scale_ = 1;
  group(sample);
  count(sample, values);
  weigh(background, figures);
  weigh_copies(sample, figures);
  if (figures.observed < figures.expected) add_missing(background, figures);
  choose();
  choose_evidence(most_evidence);
  write();
  sample_ = nullptr;
}

// Copies by the finding `duplicate`, whose value is the first post of all; else by what is written.
void Explanation::group(const Sample& sample) {
  const auto reader = std::make_unique<sketch::Reader>();
  std::vector<std::size_t> of(sample.size());
  std::iota(of.begin(), of.end(), 0);
  const auto root = [&](std::size_t i) {
    while (of[i] != i) i = of[i] = of[of[i]];
    return i;
  };
  std::map<std::string, std::size_t> by_cluster;
  std::map<std::uint64_t, std::size_t> by_content;
  for (std::size_t i = 0; i < sample.size(); ++i) {
    const Seen& seen = sample.all()[i];
    const std::string name = seen.cluster.empty() ? seen.platform + "/" + seen.id : seen.cluster;
    const auto a = by_cluster.try_emplace(name, i).first->second;
    const auto b = by_content.try_emplace(content_of(seen, *reader), i).first->second;
    for (const std::size_t other : {a, b}) {
      const std::size_t x = root(i), y = root(other);
      of[std::max(x, y)] = std::min(x, y);
    }
  }
  std::map<std::size_t, std::vector<std::size_t>> members;
  for (std::size_t i = 0; i < sample.size(); ++i) members[root(i)].push_back(i);
  for (auto& [first, posts] : members) {
    Group group;
    for (const std::size_t i : posts) group.stands_for += sample.stands_for(sample.all()[i]);
    // The one that is no copy, else the earliest.
    std::sort(posts.begin(), posts.end(), [&](std::size_t x, std::size_t y) {
      const Seen &a = sample.all()[x], &b = sample.all()[y];
      return std::tuple(!a.cluster.empty(), a.published, a.key.high, a.key.low) <
             std::tuple(!b.cluster.empty(), b.published, b.key.high, b.key.low);
    });
    group.posts = std::move(posts);
    groups_.push_back(std::move(group));
  }
}

void Explanation::count(const Sample& sample, Values& values) {
  sketch::FlatMap<std::size_t> known;
  for (std::size_t g = 0; g < groups_.size(); ++g)
    for (const std::size_t i : groups_[g].posts) {
      const Seen& seen = sample.all()[i];
      for (const Value& value : values.of(seen)) {
        const auto [found, is_new] = known.try_emplace(value.hash, tallies_.size());
        if (is_new) tallies_.push_back({value, 0, 0, {}});
        Tally& tally = tallies_[found->second];
        tally.observed += sample.stands_for(seen) * scale_;
        ++tally.posts;
        if (tally.groups.empty() || tally.groups.back() != g) tally.groups.push_back(g);
      }
    }
}

void Explanation::weigh(const Background& background, Figures figures) {
  const double difference = figures.observed - figures.expected;
  if (difference <= 0) return;
  for (const Tally& tally : tallies_) {
    if (tally.posts < 2) continue;
    // Of a subject without history nobody knows whether that is not always so.
    const bool tells = tally.value.kind < Kind::place || tally.value.kind == Kind::post;
    if (background.empty() && !tells) continue;
    const double usual = background.share(tally.value.hash);
    const double expected = figures.expected * usual;
    const double share = std::min(1.0, (tally.observed - expected) / difference);
    if (share < kLeastShare || (share < usual * kLift && share < usual + kGain)) continue;
    causes_.push_back({tally.value.kind, tally.value.text, share, tally.observed, expected, usual});
  }
}

// One post and its copies.
void Explanation::weigh_copies(const Sample& sample, Figures figures) {
  const double difference = figures.observed - figures.expected;
  if (difference <= 0) return;
  for (const Group& group : groups_) {
    const double observed = group.stands_for * scale_, share = std::min(1.0, observed / difference);
    if (group.posts.size() < 2 || share < kLeastShare) continue;
    const Seen& first = sample.all()[group.posts.front()];
    const std::string name = first.cluster.empty() ? first.platform + "/" + first.id : first.cluster;
    causes_.push_back({Kind::post, name, share, observed, 0, 0});
  }
}

// What was usual and is not there.
void Explanation::add_missing(const Background& background, Figures figures) {
  const double difference = figures.expected - figures.observed;
  if (background.empty() || difference <= 0) return;
  sketch::FlatMap<double> observed;
  for (const Tally& tally : tallies_) observed[tally.value.hash] = tally.observed;
  for (const Background::Known& known : background.all()) {
    const auto there = observed.find(hash_of(known.kind, known.text));
    const double here = there == observed.end() ? 0 : there->second, usual = known.share * figures.expected;
    const double share = std::min(1.0, (usual - here) / difference);
    if (share < kLeastShare || share < known.share * 1.1) continue;
    causes_.push_back({known.kind, std::string(known.text), share, here, usual, known.share});
  }
}

// The most telling of each kind. Of terms that say the same the longest is told.
void Explanation::choose() {
  std::stable_sort(causes_.begin(), causes_.end(), [](const Cause& a, const Cause& b) {
    return std::tuple(a.kind, -a.share, std::string_view(a.value)) <
           std::tuple(b.kind, -b.share, std::string_view(b.value));
  });
  const auto longest = [&](const Cause& cause) {
    const Cause* best = &cause;
    for (const Cause& other : causes_)
      if (other.kind == Kind::term && other.value.size() > best->value.size() && other.share >= kCovers * cause.share &&
          overlap(other.value, cause.value))
        best = &other;
    return *best;
  };
  std::vector<Cause> kept;
  std::array<std::size_t, kKindNames.size()> of_kind{};
  for (const Cause& cause : causes_) {
    std::size_t& count = of_kind[static_cast<std::size_t>(cause.kind)];
    if (count >= kMostOfKind) continue;
    const Cause told = cause.kind == Kind::term ? longest(cause) : cause;
    const auto covers = [&](const Cause& before) {
      return before.kind == Kind::term && overlap(before.value, told.value);
    };
    if (told.kind == Kind::term && std::any_of(kept.begin(), kept.end(), covers)) continue;
    ++count;
    kept.push_back(told);
  }
  causes_ = std::move(kept);
}

// Those whose posts hold most of the causes that are not shown yet, and stand for many.
void Explanation::choose_evidence(std::size_t most) {
  std::vector<std::vector<std::size_t>> held(groups_.size());  // causes of a group
  for (std::size_t c = 0; c < causes_.size(); ++c)
    for (const Tally& tally : tallies_)
      if (tally.value.kind == causes_[c].kind && tally.value.text == causes_[c].value)
        for (const std::size_t g : tally.groups) held[g].push_back(c);
  std::vector<double> left;  // what a cause still is worth
  for (const Cause& cause : causes_) left.push_back(cause.share - cause.usual);
  std::vector<bool> taken(groups_.size());
  while (chosen_.size() < std::min(most, groups_.size())) {
    std::size_t best = groups_.size();
    double best_score = -1;
    for (std::size_t g = 0; g < groups_.size(); ++g) {
      if (taken[g]) continue;
      double score = total_ > 0 ? groups_[g].stands_for / total_ : 0;
      for (const std::size_t c : held[g]) score += left[c];
      if (score > best_score + 1e-12) best = g, best_score = score;
    }
    if (best == groups_.size()) break;
    taken[best] = true;
    for (const std::size_t c : held[best]) left[c] *= 0.5;
    chosen_.emplace_back(best, total_ > 0 ? std::min(1.0, groups_[best].stands_for / total_) : 0);
  }
  for (const auto& [g, weight] : chosen_) posts_.push_back(sample_->all()[groups_[g].posts.front()]);
}

std::vector<ear_evidence> Explanation::evidence() const {
  std::vector<ear_evidence> all;
  for (std::size_t i = 0; i < chosen_.size(); ++i) {
    const Seen& seen = posts_[i];
    ear_evidence one = make_evidence(seen.platform, seen.id);
    one.url = str(seen.url), one.author = str(seen.author), one.text = str(seen.text);
    one.published = seen.published, one.weight = chosen_[i].second;
    all.push_back(one);
  }
  return all;
}

ear_value Explanation::map_of(const Cause& cause) {
  const auto rounded = [](double n) { return std::round(n * 1000) / 1000; };
  auto& map = trees_.emplace_back();
  map = {text_value("value", cause.value), real_value("share", rounded(cause.share)),
         real_value("observed", rounded(cause.observed)), real_value("expected", rounded(cause.expected))};
  return {EAR_MAP, static_cast<std::uint32_t>(map.size()), {}, {}, 0, 0, map.data()};
}

void Explanation::write() {
  std::vector<ear_value> kinds;
  for (std::size_t k = 0; k < kKindNames.size(); ++k) {
    std::vector<ear_value> items;
    for (const Cause& cause : causes_)
      if (static_cast<std::size_t>(cause.kind) == k) items.push_back(map_of(cause));
    if (items.empty()) continue;
    const auto& list = trees_.emplace_back(std::move(items));
    kinds.push_back({EAR_LIST, static_cast<std::uint32_t>(list.size()), str(kKindNames[k]), {}, 0, 0, list.data()});
  }
  if (!kinds.empty()) {
    const auto& map = trees_.emplace_back(std::move(kinds));
    attributes_.push_back({EAR_MAP, static_cast<std::uint32_t>(map.size()), str("causes"), {}, 0, 0, map.data()});
  }
  double unique = 0;  // an estimate: of a sample that is not whole, each group stands for as many as its first post
  for (const Group& group : groups_) unique += group.stands_for / static_cast<double>(group.posts.size());
  if (!groups_.empty()) attributes_.push_back(integer_value("unique_posts", std::llround(unique)));
}

}  // namespace earshot::explain
