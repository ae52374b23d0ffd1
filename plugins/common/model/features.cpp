#include "model/features.hpp"

#include <stdexcept>

#include "model/look.hpp"

namespace earshot::model {

void Features::clear() {
  tokens_.clear();
  own_.clear();
  word_count_ = character_count_ = 0;
  mask_ = 0;
  next_round();
}

void Features::next_round() {
  if (++round_ != 0) return;
  std::fill(seen_.begin(), seen_.end(), 0);
  round_ = 1;
}

// Room for the most that a text can have, so that the loop over it need not ask. A short text behind a long one uses
// few slots again, which stay in the cache.
void Features::make_room(std::size_t more_words, std::size_t more_characters) {
  const std::size_t words = word_count_ + more_words, characters = character_count_ + more_characters;
  if (words_.size() < words) words_.resize(words);
  if (characters_.size() < characters) characters_.resize(characters);
  std::size_t slots = std::max<std::size_t>(mask_ + 1, 1024);
  while (slots < 2 * (words + characters)) slots *= 2;
  if (slots == mask_ + 1) return;
  if (seen_.size() < slots) seen_.resize(slots);
  mask_ = slots - 1;
  next_round();
  for (const std::uint32_t bucket : view().words) is_new(bucket);
  for (const std::uint32_t bucket : view().characters) is_new(bucket);
}

inline bool Features::is_new(std::uint32_t bucket) {
  const std::uint64_t mine = std::uint64_t{round_} << 32 | bucket;
  for (std::size_t slot = bucket & mask_;; slot = (slot + 1) & mask_) {
    if (seen_[slot] == mine) return false;
    if (seen_[slot] >> 32 == round_) continue;
    seen_[slot] = mine;
    return true;
  }
}

Extractor::Extractor(FeatureOptions options) : options_(options) {
  const auto require = [](bool yes, const char* what) {
    if (!yes) throw std::invalid_argument(what);
  };
  require(options.bits >= 10 && options.bits <= 22, "a model has 2^10 to 2^22 buckets");
  require(options.words <= 3, "runs of words are of 3 at most");
  require(
      options.longest <= 8 && (options.longest == 0 || (options.shortest >= 1 && options.shortest <= options.longest)),
      "runs of characters are of 1 to 8");
  require(options.most_bytes >= 1 && options.most_bytes <= 64 * 1024, "64 KiB of a text are read at most");
}

void Extractor::read(std::string_view text, Features& to) const {
  to.bits_ = options_.bits;
  if (to.round_ == 0) to.clear();
  const std::size_t first = to.tokens_.all().size();
  to.tokens_.read(text, options_.most_bytes);
  const std::vector<Token>& tokens = to.tokens_.all();
  std::size_t bytes = 0;
  for (std::size_t i = first; i < tokens.size(); ++i) bytes += tokens[i].size + 1;
  const std::size_t lengths = options_.longest == 0 ? 0 : options_.longest - options_.shortest + 1;
  to.make_room(7 * (tokens.size() - first), lengths * bytes);
  walk(
      to.tokens_, first,
      [&](std::uint32_t bucket, std::size_t, std::size_t) {
        if (to.word_count_ < Features::kMost && to.is_new(bucket)) to.words_[to.word_count_++] = bucket;
      },
      [&](std::uint32_t bucket, std::size_t) {
        if (to.character_count_ < Features::kMost && to.is_new(bucket)) to.characters_[to.character_count_++] = bucket;
      });
  if (options_.look) add_look(text, to);
  to.listed_ = {};
  if (options_.lexicon == LexiconName::none) return;
  walk_lists(WordLists::of(options_.lexicon), to.tokens_, first,
             [&](std::uint64_t feature, std::size_t, unsigned list) {
               to.add(feature, kListedValue);
               ++to.listed_[list];
             });
}

}  // namespace earshot::model
