#include "explain/sample.hpp"

#include <algorithm>
#include <tuple>

namespace earshot::explain {
namespace {

constexpr std::size_t kText = 480, kBefore = 120, kName = 200, kUrl = 500;  // bytes that are kept

std::uint64_t mixed(ear_id key) {  // SplitMix64
  std::uint64_t z = key.high ^ (key.low * 0x9E3779B97F4A7C15u);
  z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9u;
  z = (z ^ (z >> 27)) * 0x94D049BB133111EBu;
  return z ^ (z >> 31);
}

std::size_t whole_character(std::string_view text, std::size_t at) {
  while (at > 0 && at < text.size() && (text[at] & 0xC0) == 0x80) --at;
  return std::min(at, text.size());
}

std::string cut(std::string_view text, std::size_t most) {
  return std::string(text.substr(0, whole_character(text, most)));
}

// The higher priority first; the key decides between equals.
bool before(double priority, ear_id key, const Seen& other) {
  return std::tie(priority, key.high, key.low) > std::tie(other.priority, other.key.high, other.key.low);
}

// Adds a text, or the part of it around byte `around`.
void add_text(Seen& seen, std::string_view text, std::size_t around, std::uint32_t segment, const Post& post,
              std::string_view subject) {
  if (text.empty() || seen.text.size() + 20 > kText) return;
  if (!seen.text.empty()) seen.text += '\n';
  const std::size_t room = kText - seen.text.size();
  std::size_t from = 0;
  if (text.size() > room && around > kBefore) from = whole_character(text, around - kBefore);
  const std::size_t to = whole_character(text, std::min(text.size(), from + room));
  const std::size_t at = seen.text.size();
  seen.text.append(text.substr(from, to - from));
  for (const FoundBefore f : post.findings())
    if (f.kind() == "mention" && f.subject() == subject && f.segment() == segment && f.begin() >= from && f.end() <= to)
      seen.names.push_back(
          {static_cast<std::uint32_t>(f.begin() - from + at), static_cast<std::uint32_t>(f.end() - from + at)});
}

}  // namespace

double priority_of(ear_id key, double weight) {
  const double fraction = (static_cast<double>(mixed(key) >> 11) + 1) * 0x1p-53;  // above 0, to 1
  return weight / fraction;
}

Seen see(const Post& post, std::string_view subject, double weight) {
  Seen seen;
  seen.key = post.raw().key, seen.weight = weight, seen.priority = priority_of(seen.key, weight);
  seen.published = post.raw().published;
  seen.platform = post.platform(), seen.id = post.id(), seen.url = cut(post.url(), kUrl);
  seen.author = cut(post.author_handle().empty() ? post.author_id() : post.author_handle(), kName);
  seen.author_id = post.author_id();
  seen.language = view(post.raw().language), seen.place = view(post.raw().country);
  std::uint32_t segment = none, around = 0;  // where the subject is first named
  for (const FoundBefore f : post.findings()) {
    if (f.kind() == "mention" && f.subject() == subject && segment == none) segment = f.segment(), around = f.begin();
    if (f.kind() == "language" && f.segment() == none) seen.language = f.value();
    if (f.kind() == "place") seen.place = f.value();
    if (f.kind() == "duplicate") seen.cluster = f.value();
  }
  for (const Segment s : post.segments())
    if (s.number() == segment || s.origin() == EAR_TITLE)
      add_text(seen, s.text(), s.number() == segment ? around : 0, s.number(), post, subject);
  for (const Segment s : post.segments())
    if (s.number() != segment && s.origin() != EAR_TITLE && s.origin() != EAR_QUOTE)
      add_text(seen, s.text(), 0, s.number(), post, subject);
  return seen;
}

Sample& Sample::operator=(const Sample& other) {
  if (this == &other) return *this;
  clear();
  all_ = other.all_, threshold_ = other.threshold_;
  if (pool_ != nullptr) pool_->kept += all_.size();
  return *this;
}

bool Sample::has_room(double priority, ear_id key) const {
  if (priority < threshold_) return false;
  const std::size_t most = limit();
  return all_.size() < most || (most > 0 && before(priority, key, all_.back()));
}

void Sample::put(Seen seen) {
  const auto at = std::lower_bound(all_.begin(), all_.end(), seen,
                                   [](const Seen& a, const Seen& b) { return before(a.priority, a.key, b); });
  if (at != all_.end() && at->key.high == seen.key.high && at->key.low == seen.key.low) return;
  all_.insert(at, std::move(seen));
  if (pool_ != nullptr) ++pool_->kept;
}

void Sample::trim(std::size_t most) {
  while (all_.size() > most) {
    threshold_ = std::max(threshold_, all_.back().priority);
    all_.pop_back();
    if (pool_ != nullptr) --pool_->kept;
  }
}

void Sample::add(const Post& post, std::string_view subject, double weight) {
  const ear_id key = post.raw().key;
  const double priority = priority_of(key, weight);
  if (has_room(priority, key))
    put(see(post, subject, weight));
  else
    threshold_ = std::max(threshold_, priority);
  trim(std::max<std::size_t>(limit(), 1));
}

void Sample::add(const Sample& other) {
  threshold_ = std::max(threshold_, other.threshold_);
  for (const Seen& seen : other.all_) {
    if (has_room(seen.priority, seen.key))
      put(seen);
    else
      threshold_ = std::max(threshold_, seen.priority);
  }
  trim(std::max<std::size_t>(limit(), 1));
  // What one sample has left out has a lower priority than what counts in the other.
  std::size_t counts = all_.size();
  while (counts > 0 && all_[counts - 1].priority < threshold_) --counts;
  trim(std::max<std::size_t>(counts, 1));
}

void Sample::clear() {
  if (pool_ != nullptr) pool_->kept -= all_.size();
  all_.clear(), threshold_ = 0;
}

bool Sample::erase(std::string_view platform, std::string_view author) {
  const std::size_t gone = std::erase_if(
      all_, [&](const Seen& s) { return s.platform == platform && (s.author_id == author || s.author == author); });
  if (pool_ != nullptr) pool_->kept -= gone;
  return gone != 0;
}

double Sample::total() const {
  double all = 0;
  for (const Seen& seen : all_) all += stands_for(seen);
  return all;
}

void Sample::save(state::BytesOut& out) const {
  out.real(threshold_);
  out.number(all_.size());
  for (const Seen& seen : all_) explain::save(seen, out);
}

void Sample::load(state::BytesIn& in) {
  clear();
  threshold_ = in.real();
  all_.resize(in.count());
  for (Seen& seen : all_) seen = explain::load(in);
  if (pool_ != nullptr) pool_->kept += all_.size();
}

void save(const Seen& s, state::BytesOut& out) {
  out.real(s.weight), out.number(s.key.high), out.number(s.key.low), out.integer(s.published);
  for (const std::string* text :
       {&s.platform, &s.id, &s.url, &s.author, &s.author_id, &s.text, &s.language, &s.place, &s.cluster})
    out.text(*text);
  out.number(s.names.size());
  for (const Span& span : s.names) out.number(span.begin), out.number(span.end);
}

Seen load(state::BytesIn& in) {
  Seen s;
  s.weight = in.real(), s.key.high = in.number(), s.key.low = in.number(), s.published = in.integer();
  s.priority = priority_of(s.key, s.weight);
  for (std::string* text :
       {&s.platform, &s.id, &s.url, &s.author, &s.author_id, &s.text, &s.language, &s.place, &s.cluster})
    *text = in.text();
  s.names.resize(in.count());
  for (Span& span : s.names)
    span.begin = static_cast<std::uint32_t>(in.number()), span.end = static_cast<std::uint32_t>(in.number());
  return s;
}

}  // namespace earshot::explain
