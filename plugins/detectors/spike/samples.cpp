#include "spike/samples.hpp"

#include <algorithm>
#include <tuple>

namespace earshot::spike {
namespace {

constexpr std::size_t kText = 280, kName = 200, kUrl = 500;  // bytes that are kept

std::uint64_t mixed(ear_id key) {  // SplitMix64
  std::uint64_t z = key.high ^ (key.low * 0x9E3779B97F4A7C15u);
  z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9u;
  z = (z ^ (z >> 27)) * 0x94D049BB133111EBu;
  return z ^ (z >> 31);
}

std::string cut(std::string_view text, std::size_t most) {
  if (text.size() <= most) return std::string(text);
  std::size_t size = most;
  while (size > 0 && (text[size] & 0xC0) == 0x80) --size;
  return std::string(text.substr(0, size)) + "…";
}

auto place(const Sample& s) {
  return std::tie(s.order, s.key.high, s.key.low);
}

}  // namespace

bool Samples::has_room(std::uint64_t order, const ear_id& key, std::size_t most) const {
  if (all_.size() < most) return true;
  return most > 0 && std::tie(order, key.high, key.low) < place(all_.back());
}

void Samples::put(Sample sample, std::size_t most) {
  const auto at = std::lower_bound(all_.begin(), all_.end(), sample,
                                   [](const Sample& a, const Sample& b) { return place(a) < place(b); });
  if (at != all_.end() && place(*at) == place(sample)) return;
  all_.insert(at, std::move(sample));
  if (all_.size() > most) all_.pop_back();
}

void Samples::add(const Post& post, std::string_view text, std::size_t most) {
  const ear_id key = post.raw().key;
  const std::uint64_t order = mixed(key);
  if (!has_room(order, key, most)) return;
  put({order, key, post.raw().published, std::string(post.platform()), std::string(post.id()), cut(post.url(), kUrl),
       cut(post.author_handle(), kName), std::string(post.author_id()), cut(text, kText)},
      most);
}

void Samples::add(const Samples& other, std::size_t most) {
  for (const Sample& sample : other.all_)
    if (has_room(sample.order, sample.key, most)) put(sample, most);
}

bool Samples::erase(std::string_view platform, std::string_view author) {
  return std::erase_if(all_, [&](const Sample& s) {
           return s.platform == platform && (s.author_id == author || s.author == author);
         }) != 0;
}

std::vector<ear_evidence> Samples::evidence(double observed) const {
  std::vector<const Sample*> sorted;
  for (const Sample& sample : all_) sorted.push_back(&sample);
  std::sort(sorted.begin(), sorted.end(), [](const Sample* a, const Sample* b) {
    return std::tie(a->published, a->key.high, a->key.low) < std::tie(b->published, b->key.high, b->key.low);
  });
  std::vector<ear_evidence> shown;
  for (const Sample* sample : sorted) {
    ear_evidence evidence = make_evidence(sample->platform, sample->id);
    evidence.url = str(sample->url), evidence.author = str(sample->author), evidence.text = str(sample->text);
    evidence.published = sample->published;
    evidence.weight = observed > 1 ? 1 / observed : 1;
    shown.push_back(evidence);
  }
  return shown;
}

void Samples::save(BytesOut& out) const {
  out.number(all_.size());
  for (const Sample& s : all_) {
    out.number(s.order), out.number(s.key.high), out.number(s.key.low), out.integer(s.published);
    for (const std::string* text : {&s.platform, &s.id, &s.url, &s.author, &s.author_id, &s.text}) out.text(*text);
  }
}

void Samples::load(BytesIn& in) {
  all_.resize(in.count());
  for (Sample& s : all_) {
    s.order = in.number(), s.key.high = in.number(), s.key.low = in.number(), s.published = in.integer();
    for (std::string* text : {&s.platform, &s.id, &s.url, &s.author, &s.author_id, &s.text}) *text = in.text();
  }
}

}  // namespace earshot::spike
