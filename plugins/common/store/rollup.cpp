#include "store/rollup.hpp"

#include <algorithm>
#include <cmath>

#include "store/links.hpp"

namespace earshot::store {
namespace {

constexpr std::size_t kMostSubjects = 64, kMostSaid = 256, kMostBytes = 200;  // of one post; of one name
constexpr std::size_t kMostText = 64 << 10;                                   // bytes that are looked at for links

std::string_view cut(std::string_view text) {
  if (text.size() <= kMostBytes) return text;
  std::size_t size = kMostBytes;
  while (size > 0 && (text[size] & 0xC0) == 0x80) --size;
  return text.substr(0, size);
}

std::uint32_t count_of(const Statement& row, int column) {
  if (row.is_null(column)) return kUnknown;
  return static_cast<std::uint32_t>(std::clamp<std::int64_t>(row.integer_at(column), 0, kUnknown - 1));
}

std::uint32_t together(const Statement& row, int first, int count) {
  std::int64_t sum = 0;
  bool any = false;
  for (int i = first; i < first + count; ++i)
    if (!row.is_null(i)) any = true, sum += std::clamp<std::int64_t>(row.integer_at(i), 0, kUnknown);
  return any ? static_cast<std::uint32_t>(std::min<std::int64_t>(sum, kUnknown - 1)) : kUnknown;
}

std::uint16_t share(double p) {
  return static_cast<std::uint16_t>(std::lround(65535 * std::clamp(p, 0.0, 1.0)));
}

std::uint32_t row_number(std::int64_t row) {
  return row > 0 && row < kUnknown ? static_cast<std::uint32_t>(row) : 0;
}

// Columns of the two statements of a row.
enum {
  kPost,
  kPublished,
  kLate,
  kPlatform,
  kLanguage,
  kCountry,
  kSource,
  kKind,
  kParent,
  kRepost,
  kAuthor,
  kFollowers,
  kLikes,
  kMediaCount = kLikes + 3
};
enum { kOf, kFound, kSubject, kValue, kScore, kAttributes, kSegment };

}  // namespace

Rollup::Rollup(const Database& database)
    : names_(database),
      facts_(database, "facts"),
      terms_(database, "terms"),
      state_(database, "SELECT rolled_up_to FROM rollup_state"),
      set_state_(database, "UPDATE rollup_state SET rolled_up_to = ?1"),
      last_(database, "SELECT max(post) FROM posts"),
      posts_(database,
             "SELECT p.post, p.published, p.late, p.platform, p.language, p.country, p.source, p.kind, p.parent,"
             " p.repost_of, p.author, a.followers, p.likes, p.reposts, p.replies,"
             " EXISTS(SELECT 1 FROM media m WHERE m.post = p.post)"
             " FROM posts p LEFT JOIN authors a ON a.author = p.author"
             " WHERE p.post > ?1 AND p.post <= ?2 AND p.state = 'live' AND p.published IS NOT NULL ORDER BY p.post"),
      findings_(database,
                "SELECT post, kind, subject, value, score, attributes, segment FROM findings"
                " WHERE post > ?1 AND post <= ?2 ORDER BY post, number"),
      texts_(database, "SELECT post, text FROM segments WHERE post > ?1 AND post <= ?2 ORDER BY post, number"),
      every_term_(database, "SELECT records FROM terms WHERE subject = 0") {}

void Rollup::begin() {
  rolled_up_to_ = state_.step() ? state_.integer_at(0) : 0;
  state_.reset();
  names_.begin();
}

// The three statements are walked side by side; each is in the order of posts.
void Rollup::each(std::int64_t after, std::int64_t to, Use use) {
  for (Statement* statement : {&posts_, &findings_, &texts_}) statement->integer(1, after).integer(2, to);
  bool finding = findings_.step(), text = texts_.step();
  while (posts_.step()) {
    Gathered post;
    gather_post(post);
    while (finding && findings_.integer_at(kOf) < post.post) finding = findings_.step();
    for (; finding && findings_.integer_at(kOf) == post.post; finding = findings_.step()) gather_finding(post);
    while (text && texts_.integer_at(0) < post.post) text = texts_.step();
    for (; text && texts_.integer_at(0) == post.post; text = texts_.step()) gather_text(post, texts_.text_at(1));
    (this->*use)(post);
  }
  for (Statement* statement : {&posts_, &findings_, &texts_}) statement->reset();
}

void Rollup::gather_post(Gathered& to) const {
  const std::int64_t published = posts_.integer_at(kPublished);
  to.post = posts_.integer_at(kPost), to.day = day_of(published);
  to.platform = cut(posts_.text_at(kPlatform)), to.language = cut(posts_.text_at(kLanguage));
  to.country = cut(posts_.text_at(kCountry)), to.source = cut(posts_.text_at(kSource));
  to.kind = cut(posts_.text_at(kKind));
  Fact& fact = to.fact;
  fact.post = row_number(to.post), fact.author = row_number(posts_.integer_at(kAuthor));
  fact.second = static_cast<std::uint32_t>((published - to.day * kDay) / 1'000'000'000);
  fact.reach = count_of(posts_, kFollowers), fact.engagement = together(posts_, kLikes, 3);
  if (posts_.integer_at(kLate) == 1) fact.flags |= Fact::kLate;
  if (posts_.integer_at(kMediaCount) != 0) fact.flags |= Fact::kMedia;
  if (!posts_.is_null(kRepost)) fact.flags |= Fact::kRepost;
  if (!posts_.is_null(kParent)) fact.flags |= Fact::kReply;
  to.subjects.emplace_back();
}

void Rollup::gather_finding(Gathered& to) {
  const std::string_view kind = findings_.text_at(kFound), subject = cut(findings_.text_at(kSubject));
  const std::string_view value = cut(findings_.text_at(kValue));
  const double score = findings_.real_at(kScore);
  // The entry of the watch item; findings about one that comes before its mention make it, too.
  const auto of = [&]() -> Subject* {
    if (subject.empty()) return &to.subjects[0];
    for (Subject& s : to.subjects)
      if (s.id == subject) return &s;
    if (to.subjects.size() > kMostSubjects) return nullptr;
    return &(to.subjects.emplace_back().id = subject, to.subjects.back());
  };
  const auto say = [&](TermKind term, std::string_view what, std::string_view label = {}) {
    if (!what.empty() && to.said.size() < kMostSaid)
      to.said.push_back({std::string(subject), std::string(what), std::string(cut(label)), term});
  };
  if (kind == "mention") {
    if (Subject* s = subject.empty() ? nullptr : of()) s->mentioned = true;
  } else if (kind == "sentiment") {
    attributes_.read(findings_.text_at(kAttributes));
    for (Subject* s : {of(), &to.subjects[0]})
      // For the post as a whole its own stands above what is said of a watch item.
      if (s != nullptr) take_sentiment(*s, value, s->id.empty() && subject.empty() ? score + 2 : score);
  } else if (kind == "language") {
    if (findings_.is_null(kSegment) && score > to.surest_language) to.language = value, to.surest_language = score;
  } else if (kind == "place") {
    attributes_.read(findings_.text_at(kAttributes));
    const double sure = score + (attributes_.text("of") == "post" ? 2 : 0);
    if (sure > to.surest_place) to.country = value, to.surest_place = sure;
  } else if (kind == "duplicate") {
    if (score >= 0.5) to.fact.flags |= Fact::kCopy;
    say(TermKind::copy, value);
  } else if (kind == "spam") {
    if (score >= 0.5) to.fact.flags |= Fact::kSpam;
  } else if (kind == "topic") {
    attributes_.read(findings_.text_at(kAttributes));
    say(TermKind::topic, value, attributes_.text("label"));
  } else if (kind == "aspect") {
    attributes_.read(findings_.text_at(kAttributes));
    const std::string_view tone = attributes_.text("sentiment");
    if (!value.empty())
      say(TermKind::aspect, tone.empty() ? std::string(value) : std::string(value) + "=" + std::string(tone));
  } else if (kind == "keyphrase") {
    say(TermKind::keyphrase, value);
  } else if (kind == "entity") {
    say(TermKind::entity, value);
  } else if (kind == "intent") {
    say(TermKind::intent, value);
  } else if (kind == "emotion") {
    say(TermKind::emotion, value);
  }
}

void Rollup::take_sentiment(Subject& to, std::string_view value, double score) const {
  const auto sentiment = value == "negative"   ? Sentiment::negative
                         : value == "neutral"  ? Sentiment::neutral
                         : value == "positive" ? Sentiment::positive
                                               : Sentiment::unknown;
  if (sentiment == Sentiment::unknown || score <= to.surest) return;
  to.surest = score;
  const double sure = std::clamp(score > 1 ? score - 2 : score, 0.0, 1.0);
  // Without probabilities, what the score leaves goes to the two others alike.
  const auto p = [&](std::string_view name) {
    return share(attributes_.real(name, name == value ? sure : (1 - sure) / 2));
  };
  to.flags = static_cast<std::uint16_t>(sentiment);
  to.negative = p("negative"), to.neutral = p("neutral"), to.positive = p("positive");
}

void Rollup::gather_text(Gathered& to, std::string_view text) const {
  for_each_link(text.substr(0, kMostText), [&](TermKind kind, std::string value) {
    if (to.said.size() < kMostSaid) to.said.push_back({{}, std::string(cut(value)), {}, kind});
  });
}

std::uint16_t Rollup::small_number(std::string_view kind, const std::string& value) {
  if (value.empty()) return 0;
  return static_cast<std::uint16_t>(std::min<std::uint32_t>(names_.number(kind, value), kOther));
}

void Rollup::put(const Gathered& post) {
  if (post.fact.post == 0) return;
  Fact fact = post.fact;
  fact.platform = small_number("platform", post.platform), fact.language = small_number("language", post.language);
  fact.country = small_number("country", post.country), fact.source = small_number("source", post.source);
  fact.kind = small_number("kind", post.kind);
  of_post_.clear();
  for (const Said& said : post.said)
    of_post_.push_back(
        Term::of(said.kind, names_.number(kTermWords[static_cast<std::size_t>(said.kind)], said.value, said.label)));
  for (std::size_t i = 0; i < post.subjects.size(); ++i) {
    const Subject& subject = post.subjects[i];
    if (i > 0 && !subject.mentioned) continue;
    const std::uint32_t number = i == 0 ? 0 : names_.number("subject", subject.id);
    Fact of_subject = fact;
    of_subject.flags = static_cast<std::uint16_t>(of_subject.flags | subject.flags);
    of_subject.negative = subject.negative, of_subject.neutral = subject.neutral,
    of_subject.positive = subject.positive;
    facts_.add(number, post.day, of_subject);
    put_terms(post, subject.id, number);
  }
}

// Of a watch item: what was said of it, and what was said of nobody. Of the post: everything.
void Rollup::put_terms(const Gathered& post, const std::string& subject, std::uint32_t number) {
  terms_of_subject_.clear();
  for (std::size_t i = 0; i < post.said.size(); ++i)
    if (number == 0 || post.said[i].subject.empty() || post.said[i].subject == subject)
      terms_of_subject_.push_back(of_post_[i]);
  std::sort(terms_of_subject_.begin(), terms_of_subject_.end());
  const auto end = std::unique(terms_of_subject_.begin(), terms_of_subject_.end());
  for (auto at = terms_of_subject_.begin(); at != end; ++at) terms_.add(number, post.day, {post.fact.post, *at});
}

void Rollup::remove(std::int64_t post) {
  each(post - 1, post, &Rollup::take_out);
}

void Rollup::take_out(const Gathered& post) {
  for (std::size_t i = 0; i < post.subjects.size(); ++i) {
    if (i > 0 && !post.subjects[i].mentioned) continue;
    const std::uint32_t number = i == 0 ? 0 : names_.find("subject", post.subjects[i].id);
    facts_.remove(number, post.day, post.fact.post, [](const Fact&) {});
    terms_.remove(number, post.day, post.fact.post, [&](const Term& term) { removed_.insert(term.what); });
  }
  if (removed_.size() > kMostRemoved) removed_.clear();
}

bool Rollup::advance(std::int64_t most) {
  const std::int64_t last = last_.step() ? last_.integer_at(0) : 0;
  last_.reset();
  if (last <= rolled_up_to_) return false;
  const std::int64_t to = std::min(last, rolled_up_to_ + most);
  each(rolled_up_to_, to, &Rollup::put);
  set_rolled_up_to(to);
  return true;
}

void Rollup::removed_posts() {
  const std::int64_t last = last_.step() ? last_.integer_at(0) : 0;
  last_.reset();
  if (last < rolled_up_to_) set_rolled_up_to(last);
}

void Rollup::forget_names() {
  facts_.finish(), terms_.finish();
  std::vector<Term> records;
  while (!removed_.empty() && every_term_.step()) {
    read_records(every_term_.text_at(0), records);
    for (const Term& term : records) removed_.erase(term.what);
  }
  every_term_.reset();
  for (const std::uint32_t what : removed_) {
    const Term term{0, what};
    names_.remove(kTermWords[static_cast<std::size_t>(term.kind())], term.number());
  }
  removed_.clear();
}

std::int64_t Rollup::remove_unused_names() {
  facts_.finish(), terms_.finish();
  std::vector<bool> used[kTermKinds];
  std::vector<Term> records;
  while (every_term_.step()) {
    read_records(every_term_.text_at(0), records);
    for (const Term& term : records) {
      const auto kind = static_cast<std::size_t>(term.kind());
      if (kind >= kTermKinds) continue;
      if (used[kind].size() <= term.number()) used[kind].resize(2 * std::size_t{term.number()} + 1);
      used[kind][term.number()] = true;
    }
  }
  every_term_.reset();
  std::int64_t removed = 0;
  for (std::size_t kind = 0; kind < kTermKinds; ++kind)
    removed += names_.remove_unused(
        kTermWords[kind], [&](std::uint32_t number) { return number < used[kind].size() && used[kind][number]; });
  return removed;
}

void Rollup::finish() {
  facts_.finish(), terms_.finish();
  removed_.clear();
}

void Rollup::forget() {
  facts_.forget(), terms_.forget(), names_.forget();
  removed_.clear();
}

void Rollup::set_rolled_up_to(std::int64_t post) {
  set_state_.integer(1, post).run();
  rolled_up_to_ = post;
}

}  // namespace earshot::store
