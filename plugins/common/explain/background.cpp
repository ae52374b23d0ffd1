#include "explain/background.hpp"

#include <algorithm>
#include <cmath>
#include <functional>

namespace earshot::explain {
namespace {

constexpr double kMostScale = 1e12;

}  // namespace

void Background::learn(const Sample& sample, ear_time time, double half_life, Values& values, std::size_t posts,
                       std::size_t most) {
  if (sample.empty() || posts == 0) return;
  if (time_ != EAR_TIME_NONE && time > time_) scale_ *= std::exp2(static_cast<double>(time - time_) / half_life);
  time_ = time_ == EAR_TIME_NONE ? time : std::max(time_, time);
  if (!(scale_ < kMostScale)) rescale();
  // Which are read goes by their keys: so many stand for all.
  const std::size_t read = std::min(posts, sample.size());
  const double each = static_cast<double>(sample.size()) / static_cast<double>(read);
  for (std::size_t i = 0; i < read; ++i) {
    const Seen& seen = sample.all()[i];
    const double weight = sample.stands_for(seen) * each * scale_;
    total_ += weight;
    for (const Value& value : values.of(seen)) add(value, weight);
  }
  if (entries_.size() > most) prune(most * 3 / 4);
}

// All weights as if they were of now.
void Background::rescale() {
  const double now = std::isfinite(scale_) ? scale_ : 1e300;
  for (Entry& entry : entries_)
    for (float* weight : {&entry.weight, &entry.unsure})
      *weight = static_cast<float>(static_cast<double>(*weight) / now);
  total_ /= now, floor_ /= now, scale_ = 1;
}

void Background::add(const Value& value, double weight) {
  const auto hash = static_cast<std::uint32_t>(value.hash >> 32);
  const auto at = std::lower_bound(entries_.begin(), entries_.end(), hash,
                                   [](const Entry& e, std::uint32_t other) { return e.hash < other; });
  if (at != entries_.end() && at->hash == hash) {
    at->weight += static_cast<float>(weight);
    return;
  }
  const auto place = static_cast<std::uint32_t>(texts_.size());
  texts_ += static_cast<char>(value.kind);
  texts_ += static_cast<char>(value.text.size());  // 120 at most
  texts_ += value.text;
  entries_.insert(at, {hash, static_cast<float>(weight + floor_), static_cast<float>(floor_), place});
}

void Background::prune(std::size_t most) {
  std::vector<std::pair<float, std::uint32_t>> order;
  for (const Entry& e : entries_) order.emplace_back(e.weight, e.hash);
  std::nth_element(order.begin(), order.begin() + static_cast<std::ptrdiff_t>(most), order.end(), std::greater<>());
  const auto cut = order[most];
  floor_ = std::max(floor_, static_cast<double>(cut.first));
  std::string texts;
  std::vector<Entry> kept;
  for (const Entry& e : entries_) {
    if (std::pair(e.weight, e.hash) <= cut) continue;
    const std::size_t size = 2 + static_cast<std::size_t>(static_cast<unsigned char>(texts_[e.text + 1]));
    kept.push_back({e.hash, e.weight, e.unsure, static_cast<std::uint32_t>(texts.size())});
    texts.append(texts_, e.text, size);
  }
  entries_ = std::move(kept), texts_ = std::move(texts);
}

double Background::share(std::uint64_t value) const {
  if (total_ <= 0) return 0;
  const auto hash = static_cast<std::uint32_t>(value >> 32);
  const auto at = std::lower_bound(entries_.begin(), entries_.end(), hash,
                                   [](const Entry& e, std::uint32_t other) { return e.hash < other; });
  const bool known = at != entries_.end() && at->hash == hash;
  return std::min(1.0, (known ? static_cast<double>(at->weight) : floor_) / total_);
}

std::vector<Background::Known> Background::all() const {
  std::vector<Known> out;
  for (const Entry& e : entries_)
    out.push_back({static_cast<Kind>(texts_[e.text]),
                   std::string_view(texts_).substr(e.text + 2, static_cast<unsigned char>(texts_[e.text + 1])),
                   std::min(1.0, static_cast<double>(e.weight - e.unsure) / total_)});
  return out;
}

bool Background::forget_author(std::string_view platform, std::string_view author) {
  const auto hash =
      static_cast<std::uint32_t>(hash_of(Kind::author, std::string(platform).append("/").append(author)) >> 32);
  const auto at = std::find_if(entries_.begin(), entries_.end(), [&](const Entry& e) { return e.hash == hash; });
  if (at == entries_.end()) return false;
  const auto size = static_cast<std::size_t>(static_cast<unsigned char>(texts_[at->text + 1]));
  std::fill_n(texts_.begin() + at->text + 2, size, '*');  // its place stays until values are thrown out
  entries_.erase(at);
  return true;
}

void Background::save(state::BytesOut& out) const {
  out.real(total_), out.real(floor_), out.real(scale_), out.integer(time_);
  out.text(texts_);
  out.number(entries_.size());
  for (const Entry& e : entries_) out.number(e.hash), out.real32(e.weight), out.real32(e.unsure), out.number(e.text);
}

void Background::load(state::BytesIn& in) {
  total_ = in.real(), floor_ = in.real(), scale_ = in.real(), time_ = in.integer();
  texts_ = in.text();
  entries_.resize(in.count());
  for (Entry& e : entries_) {
    e.hash = static_cast<std::uint32_t>(in.number()), e.weight = in.real32(), e.unsure = in.real32(),
    e.text = static_cast<std::uint32_t>(in.number());
    if (e.text + 2 > texts_.size() || e.text + 2 + static_cast<unsigned char>(texts_[e.text + 1]) > texts_.size() ||
        static_cast<unsigned char>(texts_[e.text]) > static_cast<unsigned char>(Kind::post))
      throw invalid("the saved state is damaged: remove it to begin anew");
  }
}

}  // namespace earshot::explain
