#include "keyphrases/keyphrases.hpp"

#include <algorithm>
#include <cmath>

#include "model/hash.hpp"

namespace earshot::keyphrases {
namespace {

constexpr std::size_t kMaxSubjects = 10000;
constexpr std::size_t kMostBytes = 8192;       // of one segment
constexpr std::size_t kMostInGrain = 200'000;  // phrases and authors
constexpr std::size_t kWords = 3;
constexpr std::uint32_t kPostsOfAuthor = 1;  // that count in one grain

std::int64_t floor_div(std::int64_t a, std::int64_t b) {
  return a / b - (a % b < 0 ? 1 : 0);
}

std::uint64_t author_hash(std::string_view platform, std::string_view author) {
  return model::hash(author, model::hash(platform));
}

}  // namespace

void Keyphrases::prepare() {
  const auto grain = static_cast<double>(options().grain.count());
  rules_.lately = static_cast<double>(options().lately.count()) / grain;
  rules_.before = static_cast<double>(options().before.count()) / grain;
  if (rules_.lately < 1)
    throw invalid("it is shorter than a `grain`, in which nothing is told apart").at_option("lately");
  if (rules_.before < 2 * rules_.lately)
    throw invalid("there is nothing to compare with: make it at least twice as long as `lately`").at_option("before");
  rules_.most_phrases = static_cast<std::size_t>(options().phrases);
  rules_.min_count = static_cast<double>(options().min_count), rules_.min_z = options().min_z;
}

void Keyphrases::detect(const Batch& batch, Out& out) {
  for (std::uint32_t i = 0; i < batch.size(); ++i)
    if (const Post post = batch[i]; !post.is_gone()) detect(post, out);
}

void Keyphrases::detect(const Post& post, Out& out) {
  if (post.published() == no_time) return;
  const std::int64_t grain = floor_div(post.raw().published, options().grain.count());
  if (post.is_new()) close(floor_div(post.raw().published - options().wait.count(), options().grain.count()));
  if (!read(post)) return;
  const bool counts = post.is_new() && grain >= open_from_;
  std::string_view before;
  for (const Mention& mention : mentions_) {  // by subject
    if (mention.subject == before && &mention != mentions_.data()) continue;
    before = mention.subject;
    Subject* subject = this->subject(mention.subject);
    if (subject == nullptr) continue;
    if (subject->counts.has_keys(grain, rules_)) say(*subject, mention.subject, post, out);
    if (counts) count(*subject, grain, post);
  }
}

// Reads the phrases of a post that mentions somebody. The names themselves are no phrases.
bool Keyphrases::read(const Post& post) {
  mentions_.clear(), segments_.clear();
  for (const FoundBefore f : post.findings())
    if (f.kind() == "mention") mentions_.push_back({f.subject(), f.segment(), f.begin(), f.end()});
  if (mentions_.empty()) return false;
  std::sort(mentions_.begin(), mentions_.end(),
            [](const Mention& a, const Mention& b) { return a.subject < b.subject; });
  phrases_.clear();
  for (const Segment s : post.segments()) {
    if (s.text().empty()) continue;
    phrases_.read(s.text(), kMostBytes);
    segments_.push_back(s.number());
  }
  found_ = &phrases_.all(kWords, [&](std::uint32_t text, std::uint32_t begin, std::uint32_t end) {
    return std::any_of(mentions_.begin(), mentions_.end(), [&](const Mention& m) {
      return m.segment == segments_[text] && begin < m.end && end > m.begin;
    });
  });
  hashes_.clear();
  for (const phrases::Phrase& phrase : *found_) hashes_.push_back(phrase.hash);
  std::sort(hashes_.begin(), hashes_.end());
  hashes_.erase(std::unique(hashes_.begin(), hashes_.end()), hashes_.end());
  return true;
}

void Keyphrases::count(Subject& subject, std::int64_t number, const Post& post) {
  Grain& grain = subject.open[number];
  if (!post.author_id().empty() && grain.authors.size() < kMostInGrain &&
      ++grain.authors[author_hash(post.platform(), post.author_id())] > kPostsOfAuthor)
    return;
  ++grain.posts;
  for (const std::uint64_t hash : hashes_) {
    if (grain.phrases.size() < kMostInGrain)
      ++grain.phrases[hash];
    else if (const auto known = grain.phrases.find(hash); known != grain.phrases.end())
      ++known->second;
  }
  subject.changed = true;
}

// The most key first; what lies within another that is said is left out.
void Keyphrases::say(const Subject& subject, std::string_view id, const Post& post, Out& out) {
  keys_.clear();
  for (const phrases::Phrase& phrase : *found_)
    if (const float key = subject.counts.key(phrase.hash); key > 0) keys_.emplace_back(key, &phrase);
  std::sort(keys_.begin(), keys_.end(), [](const auto& a, const auto& b) {
    if (a.second->words != b.second->words) return a.second->words > b.second->words;
    return a.first != b.first ? a.first > b.first : a.second->first < b.second->first;
  });
  std::size_t kept = 0;
  for (std::size_t i = 0; i < keys_.size(); ++i) {
    const auto covered = [&](const auto& longer) {
      const phrases::Phrase &a = *longer.second, &b = *keys_[i].second;
      return a.hash == b.hash || (a.text == b.text && b.begin < a.end && a.begin < b.end);
    };
    const auto end = keys_.begin() + static_cast<std::ptrdiff_t>(kept);
    if (std::none_of(keys_.begin(), end, covered)) keys_[kept++] = keys_[i];
  }
  keys_.resize(kept);
  std::stable_sort(keys_.begin(), keys_.end(), [](const auto& a, const auto& b) { return a.first > b.first; });
  if (keys_.size() > static_cast<std::size_t>(options().most)) keys_.resize(static_cast<std::size_t>(options().most));
  for (const auto& [key, phrase] : keys_) {
    const std::string value = phrases_.normal(*phrase);
    out.finding(post, {.kind = "keyphrase",
                       .subject = id,
                       .score = 1 - std::exp(-static_cast<double>(key) / 8),
                       .segment = segments_[phrase->text],
                       .begin = phrase->begin,
                       .end = phrase->end,
                       .value = value});
  }
}

Keyphrases::Subject* Keyphrases::subject(std::string_view id) {
  if (const auto found = subjects_.find(id); found != subjects_.end()) return &found->second;
  if (subjects_.size() < kMaxSubjects) return &subjects_[std::string(id)];
  if (!told_full_) host().warn("there are more than 10,000 subjects: the others have no key phrases");
  told_full_ = true;
  return nullptr;
}

// A post has come that is `wait` behind the grains before `from`: they are judged.
void Keyphrases::close(std::int64_t from) {
  if (from <= open_from_) return;
  open_from_ = from;
  for (auto& [id, subject] : subjects_)
    while (!subject.open.empty() && subject.open.begin()->first < open_from_) {
      subject.counts.add(subject.open.begin()->first, subject.open.begin()->second, rules_);
      subject.open.erase(subject.open.begin());
      subject.changed = true;
    }
}

void Keyphrases::erase(std::string_view platform, std::string_view author) {
  if (author.empty()) return;
  for (auto& [id, subject] : subjects_)
    for (auto& [number, grain] : subject.open)
      subject.changed |= grain.authors.erase(author_hash(platform, author)) > 0;
}

std::string Keyphrases::save(const Subject& subject) const {
  state::BytesOut out;
  subject.counts.save(out);
  out.number(subject.open.size());
  for (const auto& [number, grain] : subject.open) {
    out.integer(number), out.number(grain.posts);
    for (const auto* counts : {&grain.phrases, &grain.authors}) {
      out.number(counts->size());
      for (const auto& [hash, posts] : *counts) out.number(hash), out.number(posts);
    }
  }
  return out.bytes();
}

void Keyphrases::save(StateOut& out) {
  state::BytesOut clock;
  clock.integer(options().grain.count()), clock.integer(open_from_);
  out.put("clock", clock.bytes());
  for (auto& [id, subject] : subjects_)
    if (out.whole() || subject.changed) out.put("subject/" + id, save(subject)), subject.changed = false;
}

void Keyphrases::load(std::uint32_t version, std::string_view key, std::string_view value) {
  constexpr std::string_view kSubject = "subject/";
  state::BytesIn in(value);
  if (key == "clock") {
    loaded_grain_ = in.integer(), open_from_ = in.integer();
    if (version == 1) --open_from_;  // it was the newest grain that a post had come of
  } else if (key.starts_with(kSubject)) {
    Subject& subject = subjects_[std::string(key.substr(kSubject.size()))];
    subject.counts.load(in);
    for (std::size_t n = in.count(); n > 0; --n) {
      Grain& grain = subject.open[in.integer()];
      grain.posts = static_cast<std::uint32_t>(in.number());
      for (auto* counts : {&grain.phrases, &grain.authors})
        for (std::size_t k = in.count(); k > 0; --k) {
          const std::uint64_t hash = in.number();
          (*counts)[hash] = static_cast<std::uint32_t>(in.number());
        }
    }
    subject.changed = false;
  }
}

void Keyphrases::start() {
  if (loaded_grain_ == 0 || loaded_grain_ == options().grain.count()) return;
  host().warn("the grains have another length than in the saved state: what is usual is learnt anew");
  for (auto& [id, subject] : subjects_) subject = Subject();
  open_from_ = INT64_MIN;
}

}  // namespace earshot::keyphrases
