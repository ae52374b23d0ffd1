#include "duplicates/duplicates.hpp"

#define XXH_INLINE_ALL
#include <xxhash.h>

#include <algorithm>
#include <charconv>
#include <cmath>

namespace earshot::duplicates {
namespace {

constexpr std::size_t kCompared = 8;        // posts at most, the most promising
constexpr std::uint32_t kClusterMost = 16;  // posts of one cluster that are remembered
constexpr float kShared = 0.75f;            // of the weight of a word that nobody else has: to be compared at all
constexpr float kSurest = 0.999f;           // of near copies: 1 says that nothing was changed
constexpr std::size_t kLongestName = 512;
constexpr std::size_t kLeastTrigrams = 6;  // of near copies

std::uint64_t hash(std::string_view text, std::uint64_t seed = 0) {
  return XXH3_64bits_withSeed(text.data(), text.size(), seed);
}
std::uint64_t author_hash(std::string_view platform, std::string_view author) {
  return author.empty() ? 0 : hash(author, hash(platform) | 1);
}

float log_odds(float probability) {
  return std::log(probability / (1 - probability));
}

}  // namespace

void Duplicates::prepare() {
  memory_ = Memory(static_cast<std::size_t>(options().remember));
}

void Duplicates::start() {
  memory_.loaded();
  if (loaded_remember_ != 0 && loaded_remember_ != options().remember) memory_.touch_all();
}

void Duplicates::detect(const Batch& batch, Out& out) {
  for (std::uint32_t i = 0; i < batch.size(); ++i) detect(batch[i], out);
  if (forgotten_ != 0) host().count("posts_forgotten", static_cast<double>(forgotten_));
  forgotten_ = 0;
}

void Duplicates::detect(const Post& post, Out& out) {
  name_.assign(post.platform()).append("/").append(post.id());
  const std::uint64_t key = hash(name_);
  memory_.prefetch(key);
  if (!post.is_gone()) read(post);
  const Record* old = memory_.post(key);
  if (post.is_gone()) {
    if (old != nullptr) memory_.forget(*memory_.numbered(old->number));
    return;
  }
  if (old != nullptr && old->text == text_.hash()) return say({old->how, old->cluster, old->of, old->score}, post, out);
  if (post.published() != no_time) newest_ = std::max(newest_, post.raw().published);
  const Now now{key, old == nullptr ? memory_.count() + 1 : old->since,
                post.published() != no_time ? post.raw().published : newest_};
  Verdict verdict = judge(post, now);
  // Others are copies of it, by its name: it stays their first, whatever it says now.
  if (old != nullptr && old->how == How::first && memory_.cluster(old->cluster).records > 1)
    verdict = {How::first, old->cluster, 0, 0};
  say(verdict, post, out);
  const std::uint64_t replaced = old == nullptr ? 0 : old->number;
  if (old == nullptr && verdict.how == How::first) learn();
  if (old != nullptr || is_worth(verdict)) keep(verdict, post, now);
  if (Record* gone = memory_.numbered(replaced)) memory_.forget(*gone);
}

// As published; a post that is nothing but a quotation is read by what it quotes.
void Duplicates::read(const Post& post) {
  text_.clear();
  only_quoted_ = true;
  for (const Segment s : post.segments())
    if (s.detector().empty() && (s.origin() == EAR_TITLE || s.origin() == EAR_BODY)) text_.add(s.text());
  if (text_.letters() == 0) {
    for (const Segment s : post.segments())
      if (s.detector().empty() && s.origin() == EAR_QUOTE) text_.add(s.text());
  } else {
    only_quoted_ = false;
  }
  text_.finish();
}

// What is common is learnt from what is new: a flood of copies makes its own words no less telling.
void Duplicates::learn() {
  letters_.count(text_.trigrams());
  features_.clear();
  for (const std::uint32_t word : text_.words()) features_.push_back(Keys::feature(word));
  std::sort(features_.begin(), features_.end());
  features_.erase(std::unique(features_.begin(), features_.end()), features_.end());
  words_.count(features_);
}

bool Duplicates::fits(const Record& record, const Now& now) const {
  return record.live && record.since < now.since && record.post != now.post &&
         record.published >= now.published - options().window.count();
}

Duplicates::Verdict Duplicates::judge(const Post& post, const Now& now) {
  keys_ = {}, target_.clear();
  if (post.raw().repost_of.len != 0) {
    target_.assign(post.platform()).append("/").append(view(post.raw().repost_of));
    const Record* of = memory_.post(hash(target_));
    if (of != nullptr) return {How::repost, of->cluster, of->number, 1};
  }
  if (text_.letters() < static_cast<std::size_t>(options().least)) return {};
  memory_.prefetch(text_.hash());
  keys_ = keys_of_.of(text_, words_);
  for (const Key& key : keys_) memory_.keys().prefetch(key.hash);
  const How same = text_.is_repost() || only_quoted_ ? How::repost : How::exact;
  Record* exact = memory_.exact(text_.hash(), [&](const Record& r) { return fits(r, now); });
  if (exact != nullptr) {
    if (exact->published < now.published) exact->published = now.published, memory_.touch(*exact);
    return {same, exact->cluster, exact->number, 1};
  }
  if (!target_.empty()) return {};  // the first that is seen of what it repeats
  Verdict best = nearest(now);
  if (best.how == How::near && same == How::repost) best.how = How::repost;
  return best;
}

// The posts that share most with it by their keys, each looked at once.
void Duplicates::collect() {
  candidates_.clear();
  places_.fill(0);
  for (const Key& key : keys_)
    memory_.keys().find(key.hash, [&](std::uint32_t number) {
      std::size_t place = number * 0x9E3779B1u >> 23;
      while (places_[place] != 0 && candidates_[places_[place] - 1].number != number)
        place = (place + 1) % places_.size();
      if (places_[place] == 0) {
        candidates_.push_back({number, 0});
        places_[place] = static_cast<std::uint16_t>(candidates_.size());
      }
      candidates_[places_[place] - 1].weight += key.weight;
    });
  const float least = kShared * words_.most();
  std::erase_if(candidates_, [&](const Candidate& c) { return c.weight < least || memory_.is_forgotten(c.number); });
  const auto better = [](const Candidate& a, const Candidate& b) {
    return a.weight != b.weight ? a.weight > b.weight : a.number < b.number;
  };
  if (candidates_.size() > kCompared) {
    std::nth_element(candidates_.begin(), candidates_.begin() + kCompared, candidates_.end(), better);
    candidates_.resize(kCompared);
  }
  for (const Candidate& c : candidates_) memory_.prefetch_record(c.number);
}

Duplicates::Verdict Duplicates::nearest(const Now& now) {
  Verdict best;
  if (text_.trigrams().size() < kLeastTrigrams || options().similarity >= 1) return best;
  collect();
  if (candidates_.empty()) return best;
  const Comparison comparison(text_, letters_);
  float most = log_odds(static_cast<float>(options().similarity));
  std::uint64_t since = UINT64_MAX;
  for (const Candidate& c : candidates_) {
    const Record* record = memory_.from_index(c.number);
    if (record == nullptr || !fits(*record, now) || record->trigrams.size() < kLeastTrigrams) continue;
    const Overlap overlap =
        comparison.with(record->trigrams, record->cut, {record->numbers.data(), record->number_count});
    if (overlap.of_both == 0) continue;
    const float odds = likeness_.log_odds(overlap);
    if (odds < most || (odds == most && record->since > since)) continue;
    best = {How::near, record->cluster, record->number, std::min(1 / (1 + std::exp(-odds)), kSurest)};
    most = odds, since = record->since;
  }
  return best;
}

// May a later post be found by this one alone? An edited post is remembered in any case, to know when it came first.
bool Duplicates::is_worth(const Verdict& verdict) {
  if (text_.letters() < static_cast<std::size_t>(options().least)) return false;
  return verdict.how == How::first || (verdict.score < 1 && memory_.cluster(verdict.cluster).records < kClusterMost);
}

void Duplicates::keep(const Verdict& verdict, const Post& post, const Now& now) {
  if (name_.size() > kLongestName) return;
  if (const Record* lost = memory_.oldest())
    forgotten_ += lost->live && lost->published >= newest_ - options().window.count() ? 1 : 0;
  const bool is_new = verdict.cluster == kNone;
  Record& record = memory_.next(verdict.cluster);
  record.since = std::min(now.since, record.number);
  record.post = now.post, record.text = text_.hash(), record.published = now.published;
  record.author = author_hash(post.platform(), post.author_id());
  record.of = verdict.of, record.score = verdict.score, record.how = verdict.how;
  record.name = name_;
  record.trigrams.assign(text_.trigrams().begin(), text_.trigrams().end());
  record.cut = text_.cut();
  for (const Key& key : keys_) record.keys[record.key_count++] = key.hash;
  for (const std::uint16_t number : text_.numbers()) record.numbers[record.number_count++] = number;
  if (is_new) {
    Cluster& cluster = memory_.cluster(record.cluster);
    cluster.name = target_.empty() ? name_ : target_;
    cluster.author = target_.empty() ? record.author : 0;
  }
  memory_.remember(record);
}

void Duplicates::say(const Verdict& verdict, const Post& post, Out& out) {
  static constexpr std::string_view kReasons[] = {"", "exact copy", "repost", "near copy"};
  std::string_view cluster, of;
  double score = verdict.score;
  How how = verdict.how;
  if (how != How::first) {
    cluster = memory_.cluster(verdict.cluster).name;
    const Record* record = memory_.numbered(verdict.of);
    of = record == nullptr || !record->live ? cluster : std::string_view(record->name);
  } else if (!target_.empty()) {  // of a post that was never seen
    cluster = of = target_, score = 1, how = How::repost;
  }
  if (cluster.empty() || cluster == name_) return;
  const ear_value attribute = text_value("of", of);
  out.finding(post, {.kind = "duplicate",
                     .score = std::min(score, 1.0),
                     .value = cluster,
                     .reason = kReasons[static_cast<std::size_t>(how)],
                     .attributes = {&attribute, 1}});
}

void Duplicates::erase(std::string_view platform, std::string_view author) {
  memory_.erase(author_hash(platform, author));
}

void Duplicates::save(StateOut& out) {
  state::BytesOut clock;
  clock.integer(options().remember), clock.integer(newest_), clock.number(memory_.blocks());
  out.put("clock", clock.bytes());
  for (std::size_t i = 0; i < sketch::Rarity::kSlices; ++i) {
    out.put("letters/" + std::to_string(i), letters_.save(i));
    out.put("words/" + std::to_string(i), words_.save(i));
  }
  for (std::size_t block = 0; block < memory_.blocks(); ++block)
    if (out.whole() || memory_.changed(block)) out.put("posts/" + std::to_string(block), memory_.save(block));
  for (std::size_t block = memory_.blocks(); block < saved_blocks_; ++block)
    out.remove("posts/" + std::to_string(block));
  saved_blocks_ = memory_.blocks();
}

void Duplicates::load(std::uint32_t version, std::string_view key, std::string_view value) {
  const auto number = [&](std::string_view prefix) {
    std::size_t n = SIZE_MAX;
    std::from_chars(key.data() + prefix.size(), key.data() + key.size(), n);
    return n;
  };
  if (key == "clock") {
    state::BytesIn in(value);
    loaded_remember_ = in.integer(), newest_ = in.integer(), saved_blocks_ = in.number();
  }
  if (key.starts_with("letters/")) letters_.load(number("letters/"), value);
  if (key.starts_with("words/")) words_.load(number("words/"), value);
  if (key.starts_with("posts/")) memory_.load(version, value);
}

}  // namespace earshot::duplicates
