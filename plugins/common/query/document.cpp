#include "query/document.hpp"

#include <algorithm>
#include <bit>

namespace earshot::query {
namespace {

// What a giant post made grow is given back.
template <class Container>
void forget(Container& all) {
  constexpr std::size_t kKept = 1 << 20;
  if (all.capacity() > kKept) Container().swap(all);
  all.clear();
}

}  // namespace

std::uint32_t hash_of(std::string_view folded) {
  std::uint32_t h = 0x811C9DC5;  // FNV-1a
  for (const char c : folded) h = (h ^ static_cast<unsigned char>(c)) * 0x01000193;
  return h ^ h >> 15;
}

void Document::read_words() {
  forget(passages_), forget(tokens_), forget(words_);
  for (const Segment segment : post().segments()) add(segment);
  make_index();
  is_read_ = true;
}

void Document::add(const Segment& segment) {
  const ear_segment& raw = segment.raw();
  const auto number = static_cast<std::uint32_t>(passages_.size());
  const auto first = static_cast<std::uint32_t>(tokens_.size());
  const std::string_view text = segment.text();
  for (Stretch at = next_word(text, 0); at.begin < at.end; at = next_word(text, at.end)) {
    const auto word = static_cast<std::uint32_t>(words_.size());
    fold_->append(words_, text.substr(at.begin, at.end - at.begin), memory_);
    const auto length = static_cast<std::uint32_t>(words_.size()) - word;
    tokens_.push_back({at.begin, at.end, word, length, hash_of({words_.data() + word, length}), kNone, number});
  }
  passages_.push_back({text, first, static_cast<std::uint32_t>(tokens_.size()), segment.number(),
                       segment.origin() < 32 ? 1u << segment.origin() : 0, raw.media, raw.confidence, raw.start,
                       raw.end});
}

void Document::make_index() {
  forget(buckets_);
  buckets_.resize(std::bit_ceil(tokens_.size() * 2 + 1), kNone);
  for (auto i = static_cast<std::uint32_t>(tokens_.size()); i-- > 0;) {  // backwards, so that chains run forwards
    std::uint32_t& head = buckets_[tokens_[i].hash & (buckets_.size() - 1)];
    tokens_[i].next = head;
    head = i;
  }
}

std::uint32_t Document::same_from(std::uint32_t token, std::string_view folded, std::uint32_t hash) const {
  while (token != kNone && (tokens_[token].hash != hash || word(tokens_[token]) != folded)) token = tokens_[token].next;
  return token;
}

std::uint32_t Document::find(std::string_view folded, std::uint32_t hash) {
  read();
  return same_from(buckets_[hash & (buckets_.size() - 1)], folded, hash);
}
std::uint32_t Document::find_next(std::uint32_t token, std::string_view folded) const {
  return same_from(tokens_[token].next, folded, tokens_[token].hash);
}

std::string_view Document::folded(std::string_view text) {
  folded_.clear();
  fold_->append(folded_, text, memory_);
  return folded_;
}

}  // namespace earshot::query
