#include "topics/topics.hpp"

#include <algorithm>
#include <array>
#include <charconv>

#include "model/hash.hpp"

namespace earshot::topics {
namespace {

constexpr std::size_t kLeastTerms = 3;  // of a post

// "t" and eleven digits that the first post of a topic gives.
std::string id_of(const Post& post) {
  constexpr std::string_view kDigits = "0123456789abcdefghjkmnpqrstvwxyz";
  std::uint64_t hash = model::hash(post.id(), model::hash(post.platform()));
  hash ^= hash >> 29;
  std::string id = "t";
  for (int i = 0; i < 11; ++i, hash >>= 5) id += kDigits[hash & 31];
  return id;
}

std::uint64_t author_hash(std::string_view platform, std::string_view author) {
  return author.empty() ? 0 : model::hash(author, model::hash(platform));
}

}  // namespace

void TopicsDetector::prepare() {
  TopicRules rules;
  rules.lately = static_cast<double>(options().lately.count());
  rules.most = static_cast<std::size_t>(options().most), rules.waiting = static_cast<std::size_t>(options().waiting);
  topics_ = Topics(rules);
}

void TopicsDetector::start() {
  topics_.loaded(loaded_count_);
}

void TopicsDetector::detect(const Post& post, Out& out) {
  if (post.is_gone()) return topics_.withdraw(id_of(post));
  if (!read(post)) return;
  if (post.is_new()) rarity_.count(terms_.features());
  if (post.published() != no_time) newest_ = std::max(newest_, post.raw().published);
  gone_.clear();
  float similarity = 1;
  const std::uint32_t topic = place(post, similarity);
  if (topic != kNone) say(topic, similarity, post, out);
}

bool TopicsDetector::read(const Post& post) {
  terms_.clear();
  for (const Segment s : post.segments())
    if (s.origin() != EAR_QUOTE && !s.text().empty()) terms_.read(s.text());
  terms_.finish(rarity_);
  return terms_.all().size() >= kLeastTerms;
}

// An edit is told where it belongs, and changes no topic.
std::uint32_t TopicsDetector::place(const Post& post, float& similarity) {
  const Topics::Match match = topics_.nearest(terms_.all());
  const bool fits = match.topic != kNone && match.similarity >= static_cast<float>(options().similarity);
  if (!post.is_new()) {
    similarity = match.similarity;
    return fits ? match.topic : kNone;
  }
  const std::int64_t published = post.published() == no_time ? newest_ : post.raw().published;
  const std::uint64_t author = author_hash(post.platform(), post.author_id());
  if (!fits) return topics_.begin(id_of(post), terms_, author, published), kNone;
  similarity = match.similarity;
  topics_.join(match.topic, terms_, author, published);
  const std::uint32_t merged = topics_.merge(match.topic, gone_);
  if (merged != kNone) host().count("topics_merged");
  return merged == kNone ? match.topic : merged;
}

void TopicsDetector::say(std::uint32_t slot, float similarity, const Post& post, Out& out) const {
  const Topic& topic = topics_.at(slot);
  if (topic.posts < static_cast<std::uint32_t>(options().least) || !topic.spread) return;
  const std::string label = topics_.label(slot);
  const std::array<ear_value, 2> attributes{text_value("label", label), text_value("merged", gone_)};
  const std::size_t count = gone_.empty() ? 1 : 2;
  std::vector<std::string_view> subjects;
  for (const FoundBefore f : post.findings())
    if (f.kind() == "mention" && std::find(subjects.begin(), subjects.end(), f.subject()) == subjects.end())
      subjects.push_back(f.subject());
  if (subjects.empty()) subjects.emplace_back();
  for (const std::string_view subject : subjects)
    out.finding(post, {.kind = "topic",
                       .subject = subject,
                       .score = static_cast<double>(similarity),
                       .value = topic.id,
                       .attributes = {attributes.data(), count}});
}

void TopicsDetector::erase(std::string_view platform, std::string_view author) {
  if (!author.empty()) topics_.erase(author_hash(platform, author));
}

void TopicsDetector::save(StateOut& out) {
  state::BytesOut clock;
  clock.number(topics_.count()), clock.integer(newest_);
  out.put("clock", clock.bytes());
  for (std::size_t i = 0; i < sketch::Rarity::kSlices; ++i) out.put("terms/" + std::to_string(i), rarity_.save(i));
  for (std::uint32_t slot = 0; slot < topics_.size(); ++slot) {
    if (!out.whole() && !topics_.changed(slot)) continue;
    const std::string key = "topic/" + std::to_string(slot);
    if (topics_.at(slot).number == 0)
      out.remove(key);
    else
      out.put(key, topics_.save(slot));
    topics_.changed(slot) = false;
  }
}

void TopicsDetector::load(std::uint32_t version, std::string_view key, std::string_view value) {
  const auto number = [&](std::string_view prefix) {
    std::uint32_t n = 0;
    std::from_chars(key.data() + prefix.size(), key.data() + key.size(), n);
    return n;
  };
  if (key == "clock") {
    state::BytesIn in(value);
    loaded_count_ = in.number(), newest_ = in.integer();
  }
  if (key.starts_with("terms/")) rarity_.load(number("terms/"), value);
  if (key.starts_with("topic/")) topics_.load(number("topic/"), version, value);
}

}  // namespace earshot::topics
