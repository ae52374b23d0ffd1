#include "topics/topic.hpp"

#include <algorithm>
#include <cmath>
#include <functional>

#include "model/hash.hpp"

namespace earshot::topics {
namespace {

constexpr std::size_t kCentre = 48;   // terms of a topic
constexpr std::size_t kPlaces = 200;  // a term of more topics than these tells none from another
constexpr std::size_t kFoundBy = 12;  // terms under which a topic is found
constexpr std::size_t kCompared = 8;  // topics at most
constexpr float kSame = 0.6f;         // two topics that are so similar are one

}  // namespace

// Of the topics that share most by what is telling of them, the most similar.
Topics::Match Topics::nearest(const std::vector<Term>& terms, std::uint32_t except) {
  sums_.resize(topics_.size(), 0);
  touched_.clear();
  for (const Term& term : terms) {
    const auto found = places_.find(term.hash);
    if (found == places_.end() || found->second.size() > kPlaces) continue;
    for (const Place& place : found->second) {
      if (sums_[place.topic] == 0) touched_.push_back(place.topic);
      sums_[place.topic] += term.weight * place.weight;
    }
  }
  const auto better = [&](std::uint32_t a, std::uint32_t b) {
    return sums_[a] != sums_[b] ? sums_[a] > sums_[b] : topics_[a].number < topics_[b].number;
  };
  const std::size_t most = std::min(touched_.size(), kCompared);
  std::partial_sort(touched_.begin(), touched_.begin() + static_cast<std::ptrdiff_t>(most), touched_.end(), better);
  Match best;
  for (std::size_t i = 0; i < most; ++i) {
    const std::uint32_t topic = touched_[i];
    if (topic == except) continue;
    const float value = similarity(terms, topics_[topic]);
    if (best.topic == kNone || value > best.similarity) best = {topic, value};
  }
  for (const std::uint32_t topic : touched_) sums_[topic] = 0;
  return best;
}

// The cosine of the angle between them.
float Topics::similarity(const std::vector<Term>& terms, const Topic& topic) const {
  float sum = 0;
  auto at = topic.centre.begin();
  for (const Term& term : terms) {
    while (at != topic.centre.end() && at->hash < term.hash) ++at;
    if (at == topic.centre.end()) break;
    if (at->hash == term.hash) sum += term.weight * at->weight;
  }
  return topic.length > 0 ? std::min(sum / topic.length, 1.0f) : 0;
}

void Topics::fade(Topic& topic, std::int64_t published) const {
  if (published <= topic.last) return;
  const auto keep = static_cast<float>(std::exp2(-static_cast<double>(published - topic.last) / rules_.lately));
  topic.mass *= keep, topic.least *= keep;
  for (CentreTerm& term : topic.centre) term.weight *= keep, term.posts *= keep;
  topic.last = published;
}

void Topics::add(Topic& topic, const Terms& terms, std::uint64_t author, bool with_text) {
  std::vector<CentreTerm> sum;
  sum.reserve(topic.centre.size() + terms.all().size());
  auto old = topic.centre.begin();
  for (const Term& term : terms.all()) {
    while (old != topic.centre.end() && old->hash < term.hash) sum.push_back(std::move(*old++));
    if (old != topic.centre.end() && old->hash == term.hash) {
      sum.push_back(std::move(*old++));
      sum.back().weight += term.weight, sum.back().posts += 1;
      if (sum.back().author != author) sum.back().author = 0;
      if (with_text && sum.back().text.empty()) sum.back().text = terms.text(term);
    } else {
      sum.push_back({term.hash, term.weight, 1, author, {}});
    }
  }
  while (old != topic.centre.end()) sum.push_back(std::move(*old++));
  topic.centre = std::move(sum);
  trim(topic);
}

void Topics::trim(Topic& topic) const {
  if (topic.centre.size() > kCentre) {
    const auto weightier = [](const CentreTerm& a, const CentreTerm& b) {
      return a.weight != b.weight ? a.weight > b.weight : a.hash < b.hash;
    };
    std::nth_element(topic.centre.begin(), topic.centre.begin() + kCentre, topic.centre.end(), weightier);
    topic.centre.resize(kCentre);
    std::sort(topic.centre.begin(), topic.centre.end(),
              [](const CentreTerm& a, const CentreTerm& b) { return a.hash < b.hash; });
  }
  float square = 0;
  for (const CentreTerm& term : topic.centre) square += term.weight * term.weight;
  topic.length = std::sqrt(square);
  topic.least = 0;
  if (topic.centre.size() <= kFoundBy) return;
  std::vector<float> weights;
  for (const CentreTerm& term : topic.centre) weights.push_back(term.weight);
  std::nth_element(weights.begin(), weights.begin() + kFoundBy - 1, weights.end(), std::greater<>());
  topic.least = weights[kFoundBy - 1];
}

void Topics::index(std::uint32_t slot) {
  const Topic& topic = topics_[slot];
  if (!(topic.length > 0)) return;
  for (const CentreTerm& term : topic.centre)
    if (term.weight >= topic.least) places_[term.hash].push_back({slot, term.weight / topic.length});
}

void Topics::unindex(std::uint32_t slot) {
  for (const CentreTerm& term : topics_[slot].centre) {
    if (term.weight < topics_[slot].least) continue;
    const auto found = places_.find(term.hash);
    if (found == places_.end()) continue;
    std::vector<Place>& places = found->second;  // in no order
    const auto place = std::find_if(places.begin(), places.end(), [&](const Place& p) { return p.topic == slot; });
    if (place == places.end()) continue;
    *place = places.back();
    places.pop_back();
    if (places.empty()) places_.erase(found);
  }
}

std::uint32_t Topics::free_slot() {
  if (free_.empty()) {
    free_.push_back(static_cast<std::uint32_t>(topics_.size()));
    topics_.emplace_back(), changed_.emplace_back();
  }
  const std::uint32_t slot = free_.back();
  free_.pop_back();
  return slot;
}

void Topics::drop(std::uint32_t slot) {
  unindex(slot);
  if (topics_[slot].posts > 1)
    --kept_;
  else
    --alone_, alone_by_id_.erase(model::hash(topics_[slot].id));
  topics_[slot] = {};
  changed_[slot].flag = true;
  free_.push_back(slot);
}

// Of those that wait the one that waits longest goes.
void Topics::make_room() {
  while (alone_ >= rules_.waiting) {
    const auto [slot, number] = waiting_.front();
    waiting_.pop_front();
    if (topics_[slot].number == number && topics_[slot].posts == 1) drop(slot);
  }
}

std::uint32_t Topics::begin(std::string id, const Terms& terms, std::uint64_t author, std::int64_t published) {
  make_room();
  const std::uint32_t slot = free_slot();
  Topic& topic = topics_[slot];
  topic.id = std::move(id), topic.number = ++count_, topic.author = author, topic.last = published;
  topic.mass = 1, topic.posts = 1, ++alone_;
  add(topic, terms, author, false);
  index(slot);
  alone_by_id_[model::hash(topic.id)] = slot;
  waiting_.emplace_back(slot, topic.number);
  changed_[slot].flag = true;
  return slot;
}

void Topics::join(std::uint32_t slot, const Terms& terms, std::uint64_t author, std::int64_t published) {
  unindex(slot);
  Topic& topic = topics_[slot];
  if (topic.posts == 1) --alone_, ++kept_, alone_by_id_.erase(model::hash(topic.id));
  if (topic.posts == 1 && kept_ > rules_.most) {
    // The one of which least is said goes.
    std::uint32_t least = kNone;
    double mass = 0;
    for (std::uint32_t i = 0; i < topics_.size(); ++i) {
      const Topic& t = topics_[i];
      if (t.number == 0 || t.posts < 2 || i == slot) continue;
      const double now = static_cast<double>(t.mass) *
                         std::exp2(-static_cast<double>(std::max<std::int64_t>(published - t.last, 0)) / rules_.lately);
      if (least == kNone || now < mass || (now == mass && t.number < topics_[least].number)) least = i, mass = now;
    }
    if (least != kNone) drop(least);
  }
  fade(topic, published);
  topic.mass += 1, ++topic.posts;
  topic.spread |= author == 0 || author != topic.author;
  add(topic, terms, author, true);
  index(slot);
  changed_[slot].flag = true;
}

std::uint32_t Topics::merge(std::uint32_t slot, std::string& gone) {
  const Topic& topic = topics_[slot];
  if (topic.posts < 2 || !(topic.length > 0)) return kNone;
  std::vector<Term> terms;
  for (const CentreTerm& term : topic.centre) terms.push_back({term.hash, term.weight / topic.length, 0});
  const Match match = nearest(terms, slot);
  if (match.topic == kNone || match.similarity < kSame || topics_[match.topic].posts < 2) return kNone;
  const bool is_older = topics_[slot].number < topics_[match.topic].number;
  const std::uint32_t to = is_older ? slot : match.topic, from = is_older ? match.topic : slot;
  unindex(to);
  Topic &into = topics_[to], &other = topics_[from];
  fade(into, other.last), fade(other, into.last);
  std::vector<CentreTerm> all = into.centre;
  all.insert(all.end(), other.centre.begin(), other.centre.end());
  std::stable_sort(all.begin(), all.end(), [](const CentreTerm& a, const CentreTerm& b) { return a.hash < b.hash; });
  std::size_t kept = 0;
  for (std::size_t i = 0; i < all.size(); ++i) {
    if (kept > 0 && all[kept - 1].hash == all[i].hash) {
      all[kept - 1].weight += all[i].weight, all[kept - 1].posts += all[i].posts;
      if (all[kept - 1].author != all[i].author) all[kept - 1].author = 0;
      if (all[kept - 1].text.empty()) all[kept - 1].text = std::move(all[i].text);
    } else if (kept++ != i) {
      all[kept - 1] = std::move(all[i]);
    }
  }
  all.resize(kept);
  into.centre = std::move(all);
  into.mass += other.mass, into.posts += other.posts;
  into.spread |= other.spread || into.author != other.author;
  trim(into);
  gone = other.id;
  drop(from);
  index(to);
  changed_[to].flag = true;
  return to;
}

void Topics::withdraw(std::string_view id) {
  const auto found = alone_by_id_.find(model::hash(id));
  if (found != alone_by_id_.end() && topics_[found->second].id == id) drop(found->second);
}

}  // namespace earshot::topics
