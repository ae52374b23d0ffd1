#include "context/surroundings.hpp"

#include <libstemmer.h>

#include <algorithm>
#include <new>

#include "model/hash.hpp"
#include "text/utf8.hpp"

namespace earshot::context {
namespace {

constexpr std::uint64_t kWord = model::hash("around"), kBefore = model::hash("before"), kBehind = model::hash("behind"),
                        kBetween = model::hash("between"), kEdge = model::hash("edge");
constexpr std::uint64_t kUnnamed = model::hash("unnamed"), kLength = model::hash("length"),
                        kHashtags = model::hash("hashtags"), kHandles = model::hash("handles");
constexpr std::size_t kNext = 2;  // words to each side whose place counts

bool is_inside(std::string_view text, std::size_t at) {
  return at < text.size() && (static_cast<unsigned char>(text[at]) & 0xC0) == 0x80;
}

}  // namespace

model::FeatureOptions feature_options(unsigned bits) {
  model::FeatureOptions options;
  options.bits = bits, options.words = 0, options.longest = 0, options.negation = false;
  return options;
}

void Surroundings::Free::operator()(sb_stemmer* stemmer) const {
  sb_stemmer_delete(stemmer);
}

Surroundings::Surroundings(const model::FeatureOptions& options)
    : stemmer_(sb_stemmer_new("english", nullptr)), extractor_(feature_options(options.bits)), bits_(options.bits) {
  if (stemmer_ == nullptr) throw std::bad_alloc();
}
Surroundings::~Surroundings() = default;

std::uint64_t Surroundings::stem(std::string_view word) const {
  const sb_symbol* stem =
      sb_stemmer_stem(stemmer_.get(), reinterpret_cast<const sb_symbol*>(word.data()), static_cast<int>(word.size()));
  if (stem == nullptr) return model::hash(word);
  return model::hash(
      {reinterpret_cast<const char*>(stem), static_cast<std::size_t>(sb_stemmer_length(stemmer_.get()))});
}

void Surroundings::add(std::uint64_t hash) {
  hashes_.push_back(hash);
}

void Surroundings::next_to(const std::vector<std::uint64_t>& before, const std::vector<std::uint64_t>& behind) {
  const auto at = [](const std::vector<std::uint64_t>& words, std::size_t i) {
    return i < words.size() ? words[i] : kEdge;
  };
  for (std::size_t i = 0; i < kNext; ++i) {
    if (i < before.size()) add(model::combine(kBefore + i, before[i]));
    if (i < behind.size()) add(model::combine(kBehind + i, behind[i]));
  }
  add(model::combine(model::combine(kBetween, at(before, 0)), at(behind, 0)));
}

void Surroundings::look(const model::Tokens& tokens) {
  std::size_t hashtags = 0, handles = 0;
  for (const model::Token& token : tokens.all()) {
    hashtags += token.kind == model::TokenKind::hashtag ? 1 : 0;
    handles += tokens.normal(token).starts_with('@') ? 1 : 0;
  }
  add(model::combine(kLength, std::min<std::size_t>(tokens.all().size() / 4, 8)));
  add(model::combine(kHashtags, std::min<std::size_t>(hashtags, 3)));
  add(model::combine(kHandles, std::min<std::size_t>(handles, 3)));
}

const model::Features& Surroundings::read(std::string_view text, std::size_t begin, std::size_t end) {
  std::size_t from = begin > kReach ? begin - kReach : 0, to = std::min(text.size(), end + kReach);
  while (is_inside(text, from)) ++from;
  while (is_inside(text, to)) --to;
  features_.clear(), before_.clear(), behind_.clear(), hashes_.clear();
  features_.set_bits(bits_);
  extractor_.read(text.substr(from, begin - from), features_);
  extractor_.read(text.substr(end, std::max(to, end) - end), features_);
  const model::Tokens& tokens = features_.tokens();
  for (const model::Token& token : tokens.all()) {
    const bool wordlike = token.kind == model::TokenKind::word || token.kind == model::TokenKind::hashtag;
    const std::uint64_t word = wordlike ? stem(tokens.normal(token)) : token.hash;
    (token.text == 0 ? before_ : behind_).push_back(word);
    if (token.kind != model::TokenKind::sign) add(model::combine(kWord, word));
  }
  if (begin == end) add(kUnnamed);
  look(tokens);
  std::reverse(before_.begin(), before_.end());
  next_to(before_, behind_);
  std::sort(hashes_.begin(), hashes_.end());
  hashes_.erase(std::unique(hashes_.begin(), hashes_.end()), hashes_.end());
  for (const std::uint64_t hash : hashes_) features_.add(hash, model::FeatureView::value_of(hashes_.size()));
  return features_;
}

}  // namespace earshot::context
