// What stays of topics: between two runs, and when an author is erased.
#include <algorithm>

#include "model/hash.hpp"
#include "topics/topic.hpp"

namespace earshot::topics {

// Of a topic that others speak of as well, its posts still count, and what others said remains.
void Topics::erase(std::uint64_t author) {
  for (std::uint32_t slot = 0; slot < topics_.size(); ++slot) {
    Topic& topic = topics_[slot];
    if (topic.number == 0) continue;
    if (topic.author == author && !topic.spread) {
      drop(slot);
      continue;
    }
    const auto is_only_theirs = [&](const CentreTerm& term) { return term.author == author; };
    const bool has_some = std::any_of(topic.centre.begin(), topic.centre.end(), is_only_theirs);
    if (topic.author != author && !has_some) continue;
    unindex(slot);
    if (topic.author == author) topic.author = 0;
    std::erase_if(topic.centre, is_only_theirs);
    trim(topic);
    index(slot);
    changed_[slot].flag = true;
  }
}

std::string Topics::save(std::uint32_t slot) const {
  const Topic& t = topics_[slot];
  state::BytesOut out;
  out.text(t.id), out.number(t.number), out.number(t.author), out.integer(t.last),
      out.real(static_cast<double>(t.mass));
  out.number(t.posts), out.number(t.spread ? 1 : 0), out.number(t.centre.size());
  for (const CentreTerm& term : t.centre) {
    out.number(term.hash), out.real(static_cast<double>(term.weight)), out.real(static_cast<double>(term.posts));
    out.number(term.author), out.text(term.text);
  }
  return out.bytes();
}

void Topics::load(std::uint32_t slot, std::uint32_t version, std::string_view bytes) {
  state::BytesIn in(bytes);
  if (topics_.size() <= slot) topics_.resize(slot + 1), changed_.resize(slot + 1);
  Topic& t = topics_[slot];
  t.id = in.text(), t.number = in.number(), t.author = in.number(), t.last = in.integer();
  t.mass = static_cast<float>(in.real());
  t.posts = static_cast<std::uint32_t>(in.number()), t.spread = in.number() == 1;
  t.centre.resize(in.count());
  for (CentreTerm& term : t.centre) {
    term.hash = in.number(), term.weight = static_cast<float>(in.real()), term.posts = static_cast<float>(in.real());
    if (version > 1) term.author = in.number();
    term.text = in.text();
  }
}

void Topics::loaded(std::uint64_t count) {
  count_ = count;
  for (std::uint32_t slot = 0; slot < topics_.size(); ++slot) {
    Topic& topic = topics_[slot];
    if (topic.number == 0) {
      free_.push_back(slot);
      continue;
    }
    ++(topic.posts > 1 ? kept_ : alone_);
    if (topic.posts == 1) waiting_.emplace_back(slot, topic.number), alone_by_id_[model::hash(topic.id)] = slot;
    trim(topic);
    index(slot);
  }
  std::sort(waiting_.begin(), waiting_.end(), [](const auto& a, const auto& b) { return a.second < b.second; });
}

}  // namespace earshot::topics
