#include "novelty/novelty.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <tuple>

#include "model/hash.hpp"
#include "novelty/summary.hpp"

namespace earshot::novelty {
namespace {

constexpr std::size_t kMostSubjects = 1'000'000;
constexpr std::int64_t kSecond = 1'000'000'000, kDay = 86'400 * kSecond;
constexpr double kLately = 3.0 * static_cast<double>(kDay);  // half-life
constexpr double kLeastHistory = 20;                         // posts of a subject before anything is new
constexpr double kPrior = 50;  // posts that the general use of a thing is worth, against a subject's own history
constexpr double kBursts = 4;  // things are said in bursts: silence before counts as so many times the posts since
constexpr double kLeastSurprise = 14;  // once in a million: a subject has thousands of words a week to be surprised by
constexpr double kSame = 0.6;          // of the authors: two things are one
constexpr std::uint32_t kLongest = 3;  // times `within`: then it is new no more
constexpr std::size_t kMostAlso = 8;
constexpr std::size_t kSampled = 16;  // posts of a candidate

std::uint32_t short_hash(std::string_view text, std::uint64_t start) {
  const std::uint64_t hash = model::hash(text, start) * 0x9E3779B97F4A7C15u;
  return static_cast<std::uint32_t>(hash >> 32);
}

bool is_copy(const Post& post) {
  if (post.raw().repost_of.len != 0) return true;
  for (const FoundBefore f : post.findings())
    if (f.kind() == "duplicate") return true;
  for (const Segment s : post.segments())
    if (s.origin() == EAR_BODY) return s.text().starts_with("RT @");
  return false;
}

// Does the longer text hold the words of the shorter?
bool is_within(std::string_view shorter, std::string_view longer) {
  if (shorter.size() >= longer.size()) return false;
  for (std::size_t at = longer.find(shorter); at != longer.npos; at = longer.find(shorter, at + 1)) {
    const std::size_t end = at + shorter.size();
    if ((at == 0 || longer[at - 1] == ' ') && (end == longer.size() || longer[end] == ' ')) return true;
  }
  return false;
}

}  // namespace

void Novelty::prepare() {
  if (options().authors > options().posts)
    throw invalid("more authors than posts cannot be: raise `posts` or lower it").at_option("authors");
  if (options().grain > options().within)
    throw invalid("it is longer than `within`: nothing would be judged in time").at_option("grain");
  memory_.setup(static_cast<std::size_t>(options().memory.count), options().remember.count(), options().within.count());
  wanted_.followers = options().reach;
  for (const Kind one : options().kinds) wanted_.kinds |= 1u << static_cast<unsigned>(one);
  if (wanted_.kinds == 0) wanted_.kinds = 0xFF;
  pool_.per_sample = kSampled;
  pool_.most = static_cast<std::size_t>(options().most) * 2 + 1000;
}

void Novelty::start() {
  memory_.loaded();
  for (std::uint32_t slot = 0; slot < candidates_.size(); ++slot)
    if (candidates_[slot].key == 0) free_.insert(slot);
  if (!loaded_other_) return;
  host().warn(
      "`memory`, `remember` or `within` is another than in the saved state: what was said before is learnt anew");
  memory_.setup(static_cast<std::size_t>(options().memory.count), options().remember.count(), options().within.count());
  for (Subject& subject : subjects_) subject.since = subject.last, subject.posts = 0, subject.changed = true;
  loaded_other_ = false;
}

void Novelty::detect(const Post& post, Out& out) {
  if (!post.is_new() || post.is_late() || post.published() == no_time) return;
  about_.clear();
  for (const FoundBefore f : post.findings())
    if (f.kind() == "mention" && !f.subject().empty() &&
        std::find(about_.begin(), about_.end(), f.subject()) == about_.end())
      about_.push_back(f.subject());
  if (about_.empty()) return;
  if (const std::int64_t grain = grain_of(post.raw().published); grain > clock_) pass(grain, out);
  things_.read(post, wanted_);
  for (const std::string_view id : about_) detect(post, id, out);
  if (is_copy(post)) return;
  features_.clear();
  for (const Thing& thing : things_.all()) features_.push_back(thing.feature());
  std::sort(features_.begin(), features_.end());
  features_.erase(std::unique(features_.begin(), features_.end()), features_.end());
  rarity_.count(features_);
}

void Novelty::detect(const Post& post, std::string_view id, Out& out) {
  const std::int64_t time = post.raw().published;
  const std::uint32_t number = subject(id, time);
  if (number == none) return;
  Subject& subject = subjects_[number];
  const bool learning = is_learning(subject, time);
  const bool copy = is_copy(post);
  if (!copy) {
    subject.posts += 1;
    if (time > subject.last) subject.lately *= std::exp2(-static_cast<double>(time - subject.last) / kLately);
    subject.lately += 1;
    subject.changed = true;
  }
  subject.last = std::max(subject.last, time);
  const std::uint64_t seed = model::hash(id);
  const std::string_view author = post.author_id().empty() ? post.id() : post.author_id();
  const Said said{
      time,
      {0, short_hash(author, model::hash(post.platform())),
       static_cast<std::uint32_t>(things_.content() * 0x9E3779B97F4A7C15u >> 32)},
      post.raw().author == nullptr ? 0 : static_cast<double>(std::max<std::int64_t>(0, post.raw().author->followers))};
  for (const Thing& thing : things_.all()) memory_.prefetch(memory_.key(model::combine(seed, thing.hash)));
  for (const Thing& thing : things_.all()) {
    if (thing.kind == Kind::name && thing.subject == id) continue;
    if (thing.kind == Kind::topic && thing.subject != id && !thing.subject.empty()) continue;
    const std::uint64_t key = memory_.key(model::combine(seed, thing.hash));
    if (learning) {
      if (!memory_.is_familiar(key, time)) memory_.make_familiar(key, time);
    } else if (!copy) {
      meet(post, number, thing, key, said, out);
    }
  }
}

std::uint32_t Novelty::subject(std::string_view id, std::int64_t time) {
  const auto [found, is_new] = subject_of_.try_emplace(model::hash(id), static_cast<std::uint32_t>(subjects_.size()));
  if (!is_new) return found->second;
  if (subjects_.size() >= kMostSubjects) {
    subject_of_.erase(found);
    if (!told_full_) host().warn("there are more than 1,000,000 subjects: for the others nothing is new");
    told_full_ = true;
    return none;
  }
  subjects_.push_back({std::string(id), time, time, 0, 0, INT64_MIN, INT64_MIN, 0, true});
  return found->second;
}

bool Novelty::is_learning(const Subject& subject, std::int64_t time) const {
  return subject.posts < kLeastHistory || time - subject.since < options().learn.count();
}

void Novelty::meet(const Post& post, std::uint32_t subject, const Thing& thing, std::uint64_t key, const Said& said,
                   Out& out) {
  if (const auto known = slot_of_.find(key); known != slot_of_.end()) {
    support(candidates_[known->second], post, said);
    return touch(known->second, out);
  }
  if (memory_.is_familiar(key, said.time)) return;
  First first = said.first;
  first.second = static_cast<std::uint32_t>(std::clamp<std::int64_t>(said.time / kSecond, 0, UINT32_MAX));
  if (thing.kind != Kind::author) {  // of an author one post is enough
    if (!memory_.said_before(key, said.time, said.first, first)) return;
    if (first.author == said.first.author || first.content == said.first.content) return;
  }
  const std::uint32_t slot = begin(key, subject, thing, said, first);
  support(candidates_[slot], post, said);
  touch(slot, out);
}

void Novelty::support(Candidate& candidate, const Post& post, const Said& said) {
  ++candidate.posts;
  candidate.first = std::min(candidate.first, said.time), candidate.last = std::max(candidate.last, said.time);
  const double before = candidate.authors.count();
  candidate.authors.add(said.first.author), candidate.contents.add(said.first.content);
  if (candidate.authors.count() > before) candidate.reach += said.followers;
  candidate.sample.add(post, subjects_[candidate.subject].id);
}

std::uint32_t Novelty::begin(std::uint64_t key, std::uint32_t subject, const Thing& thing, const Said& said,
                             First first) {
  if (slot_of_.size() >= static_cast<std::size_t>(options().most)) make_room();
  memory_.forget_first(key);
  auto slot = static_cast<std::uint32_t>(candidates_.size());
  if (free_.empty())
    candidates_.emplace_back(), due_of_.push_back(INT64_MAX);
  else
    slot = *free_.begin(), free_.erase(free_.begin());
  Candidate& c = candidates_[slot] = Candidate();
  c.sample = explain::Sample(&pool_);
  c.key = key, c.subject = subject, c.kind = thing.kind, c.text = things_.text(thing);
  c.first = std::min(said.time, std::int64_t{first.second} * kSecond), c.last = said.time;
  const bool alone = thing.kind == Kind::author;
  if (!alone) c.posts = 1, c.authors.add(first.author), c.contents.add(first.content);
  const Subject& s = subjects_[subject];
  const double since = s.lately * std::log(2) / kLately * static_cast<double>(said.time - c.first);  // posts, about
  c.said_before = std::max(0.0, s.posts - 1 - since);
  c.usual = std::exp(-static_cast<double>(rarity_.of(thing.feature())));
  slot_of_[key] = slot;
  return slot;
}

void Novelty::touch(std::uint32_t slot, Out& out) {
  fresh_.insert(slot), unsaved_.insert(slot);
  const std::int64_t at = due(candidates_[slot]);
  if (due_of_[slot] != at) {
    due_.erase({due_of_[slot], slot});
    due_of_[slot] = at;
    due_.insert({at, slot});
  }
  ask(out);
}

// To be woken when there is something to judge. What is asked for again is asked for once.
void Novelty::ask(Out& out) {
  const std::int64_t next = next_event();
  if (next == INT64_MAX || next == asked_) return;
  asked_ = next;
  out.wake_at(time(next));
}

// When it has been quiet for so long that it is over; or has gone on for so long that it is new no more.
std::int64_t Novelty::due(const Candidate& c) const {
  const std::int64_t within = options().within.count();
  return grain_of(c.told ? std::min(c.last + within, c.first + kLongest * within) : c.first + within) +
         options().grain.count();
}

std::int64_t Novelty::grain_of(std::int64_t time) const {
  const std::int64_t grain = options().grain.count();
  return (time / grain - (time % grain < 0 ? 1 : 0)) * grain;
}

// Of too many an eighth goes: those that fewest have said, the oldest first.
void Novelty::make_room() {
  std::vector<std::pair<std::pair<double, std::int64_t>, std::uint32_t>> order;
  for (const auto& [key, slot] : slot_of_)
    if (!candidates_[slot].told) order.push_back({{candidates_[slot].authors.count(), candidates_[slot].last}, slot});
  if (order.empty()) return;
  const std::size_t most = std::max<std::size_t>(order.size() / 8, 1);
  std::partial_sort(order.begin(), order.begin() + static_cast<std::ptrdiff_t>(most), order.end());
  for (std::size_t i = 0; i < most; ++i) drop(order[i].second, order[i].first.second);
  host().count("things_passed_over", static_cast<double>(most));
}

void Novelty::drop(std::uint32_t slot, std::int64_t now) {
  Candidate& c = candidates_[slot];
  memory_.make_familiar(c.key, now, c.told || c.posts >= 3 ? Memory::kFamiliar : 1);
  if (!c.told && c.severity >= options().severity) host().count("things_not_told");
  if (const auto told = told_.find(c.subject); told != told_.end() && told->second.erase(slot) && told->second.empty())
    told_.erase(told);
  slot_of_.erase(c.key);
  due_.erase({due_of_[slot], slot});
  due_of_[slot] = INT64_MAX;
  fresh_.erase(slot), unsaved_.insert(slot);
  c = Candidate();
  free_.insert(slot);
}

void Novelty::advance(Time watermark, Out& out) {
  const std::int64_t now = ticks(watermark);
  if (now == EAR_TIME_END)
    return judge(clock_ + options().grain.count(), out);  // what is open goes on with the next run
  pass(now, out);
  asked_ = INT64_MIN;
  ask(out);
}

// Grains are judged in their order, whoever says that they are over: the first post behind them or event time. So
// it makes no difference which of the two comes first.
void Novelty::pass(std::int64_t to, Out& out) {
  for (std::int64_t next = next_event(); next <= to; next = next_event()) {
    clock_ = next;
    judge(next, out);
    expire(next, out);
  }
  clock_ = std::max(clock_, grain_of(to));
}

// The end of the next grain with something to judge. INT64_MAX: there is none.
std::int64_t Novelty::next_event() const {
  const std::int64_t end = clock_ + options().grain.count();
  if (!fresh_.empty()) return end;
  return due_.empty() ? INT64_MAX : std::max(end, due_.begin()->first);
}

void Novelty::judge(std::int64_t now, Out& out) {
  std::vector<std::pair<std::uint32_t, std::uint32_t>> ripe;  // subject and slot
  std::set<std::uint32_t> waiting;
  for (const std::uint32_t slot : fresh_) {
    Candidate& c = candidates_[slot];
    if (c.told)
      grow(c, out), unsaved_.insert(slot);
    else if (is_ripe(c))
      ripe.emplace_back(c.subject, slot), waiting.insert(slot);
  }
  std::sort(ripe.begin(), ripe.end());
  for (std::size_t i = 0; i < ripe.size();) {
    std::vector<std::uint32_t> slots;
    const std::uint32_t subject = ripe[i].first;
    for (; i < ripe.size() && ripe[i].first == subject; ++i) slots.push_back(ripe[i].second);
    judge(subject, slots, now, out);
  }
  // What is ripe and was not told may be once the cool-down is over.
  std::erase_if(waiting, [&](std::uint32_t slot) { return candidates_[slot].key == 0 || candidates_[slot].told; });
  fresh_ = std::move(waiting);
}

// The most surprising first.
void Novelty::judge(std::uint32_t number, std::vector<std::uint32_t>& ripe, std::int64_t now, Out& out) {
  Subject& subject = subjects_[number];
  leave_out_covered(ripe);
  std::stable_sort(ripe.begin(), ripe.end(), [&](std::uint32_t a, std::uint32_t b) {
    const Candidate &x = candidates_[a], &y = candidates_[b];
    return std::tuple(y.severity, y.posts, x.first, std::string_view(x.text)) <
           std::tuple(x.severity, x.posts, y.first, std::string_view(y.text));
  });
  for (const std::uint32_t slot : ripe) {
    Candidate& c = candidates_[slot];
    unsaved_.insert(slot);
    if (Candidate* like = open_like(c)) {
      join(*like, c, out);
      drop(slot, c.last);
      continue;
    }
    const std::int64_t day = now / kDay - (now % kDay < 0 ? 1 : 0);
    if (subject.day != day) subject.day = day, subject.told = 0, subject.changed = true;
    const bool affordable = subject.told < options().budget && c.severity >= options().severity + subject.told;
    const bool cool = subject.last_alert == INT64_MIN || now - subject.last_alert >= options().cooldown.count();
    if (affordable && cool) open(slot, now, out);
  }
}

void Novelty::open(std::uint32_t slot, std::int64_t at, Out& out) {
  Candidate& c = candidates_[slot];
  Subject& subject = subjects_[c.subject];
  ++subject.told, subject.last_alert = at, subject.changed = true;
  c.told = true, c.start = c.first;
  std::set<std::uint32_t>& others = told_[c.subject];
  const auto taken = [&](std::uint32_t other) { return candidates_[other].start == c.start; };
  while (std::any_of(others.begin(), others.end(), taken)) ++c.start;  // an alert is known by subject and start
  others.insert(slot);
  tell(c, false, out);
  touch(slot, out);
  fresh_.erase(slot);
}

// A phrase within another that nearly as many have said is no news of its own.
void Novelty::leave_out_covered(std::vector<std::uint32_t>& ripe) {
  const auto covered = [&](std::uint32_t slot) {
    const Candidate& c = candidates_[slot];
    return c.kind == Kind::phrase && std::any_of(ripe.begin(), ripe.end(), [&](std::uint32_t other) {
             const Candidate& o = candidates_[other];
             return o.kind == Kind::phrase && is_within(c.text, o.text) && o.posts * 5 >= c.posts * 4;
           });
  };
  std::vector<std::uint32_t> gone;
  std::copy_if(ripe.begin(), ripe.end(), std::back_inserter(gone), covered);
  for (const std::uint32_t slot : gone) {
    std::erase(ripe, slot);
    candidates_[slot].severity = 0;
    drop(slot, candidates_[slot].last);
  }
}

// It says the same as an alert that is open, and is told with it.
void Novelty::join(Candidate& open, const Candidate& c, Out& out) {
  const auto known = [&](const Also& one) { return one.kind == c.kind && is_within(c.text, one.text); };
  if (c.kind == Kind::phrase && open.kind == Kind::phrase && is_within(open.text, c.text))
    open.text = c.text;  // the longer says more
  else if (open.kind == c.kind && is_within(c.text, open.text))
    return;
  else if (open.also.size() < kMostAlso && std::none_of(open.also.begin(), open.also.end(), known))
    open.also.push_back({c.kind, c.text});
  unsaved_.insert(static_cast<std::uint32_t>(&open - candidates_.data()));
  tell(open, false, out);
}

bool Novelty::is_ripe(Candidate& c) const {
  if (c.kind == Kind::author) {
    const double steps = std::log10(std::max(1.0, c.reach / static_cast<double>(options().reach)));
    c.severity = static_cast<std::uint32_t>(std::clamp(std::lround(4 + 2 * steps), 1L, 10L));
  } else {
    if (c.posts < options().posts || c.authors.count() < static_cast<double>(options().authors) ||
        c.contents.count() < static_cast<double>(options().authors))
      return false;
    const double surprise = this->surprise(c);  // the reach of those who say it counts beside
    const double reach = std::max(0.0, std::log10(std::max(1.0, c.reach)) - 4);  // from 10,000 followers on
    c.severity = static_cast<std::uint32_t>(
        std::clamp(std::lround(2 * std::log2(std::max(1.0, surprise / 5)) + reach), 1L, 10L));
    if (surprise < kLeastSurprise) return false;
  }
  return c.severity >= options().severity;
}

// Minus the logarithm of the chance that as many would say it, were it said as ever. How often a thing is said differs
// from subject to subject and is not known: a gamma distribution, with what is said of all as its mean, narrowed by the
// subject's own posts in which it was not said. So a word that the language has anyhow does not surprise by coming up.
double Novelty::surprise(const Candidate& c) const {
  const double seen = std::round(std::min({static_cast<double>(c.posts), c.authors.count(), c.contents.count()}));
  const double now = std::max(1.0, subjects_[c.subject].posts - c.said_before);
  const double shape = std::max(kPrior * c.usual, 1e-9), before = std::min(kPrior + c.said_before, kBursts * now);
  const double general = now * std::max(c.usual, 1e-9);
  if (seen <= general) return 0;
  const double share = now / (before + now);
  int sign = 0;
  const double chance = lgamma_r(seen + shape, &sign) - lgamma_r(shape, &sign) - lgamma_r(seen + 1, &sign) +
                        shape * std::log1p(-share) + seen * std::log(share);
  const double of_subject = std::log1p(-share) - chance;  // of so many or more
  // What all say as often is no news, whatever is remembered of the subject: a memory that is full has forgotten some.
  const double of_all = seen * std::log(seen / general) - (seen - general);
  return std::max(0.0, std::min(of_subject, of_all));
}

// Of the subject's posts since it began, by its own history in which it was not, and by what others say.
double Novelty::expected(const Candidate& c) const {
  const double now = std::max(1.0, subjects_[c.subject].posts - c.said_before);
  return now * kPrior * c.usual / (kPrior + c.said_before);
}

Candidate* Novelty::open_like(const Candidate& c) {
  const auto told = told_.find(c.subject);
  if (c.kind == Kind::author || told == told_.end()) return nullptr;
  for (const std::uint32_t slot : told->second)
    if (candidates_[slot].authors.overlap(c.authors) >= kSame) return &candidates_[slot];
  return nullptr;
}

// Said again when a quarter more posts have come, or it has become more severe.
void Novelty::grow(Candidate& c, Out& out) {
  const std::uint32_t before = c.severity;
  if (!is_ripe(c)) c.severity = before;
  c.severity = std::max(c.severity, before);
  if (c.severity > before || c.posts >= c.told_posts + std::max(1u, c.told_posts / 4)) tell(c, false, out);
}

void Novelty::expire(std::int64_t now, Out& out) {
  while (!due_.empty() && due_.begin()->first <= now) {
    const std::uint32_t slot = due_.begin()->second;
    if (candidates_[slot].told) tell(candidates_[slot], true, out);
    drop(slot, candidates_[slot].last);
  }
}

void Novelty::tell(Candidate& c, bool closed, Out& out) {
  c.told_posts = c.posts;
  const std::string& id = subjects_[c.subject].id;
  const double usual = expected(c);
  ear_alert alert = make_alert("novelty", id);
  alert.state = closed ? EAR_ALERT_CLOSED : EAR_ALERT_OPEN;
  alert.start = c.start, alert.end = std::max(c.last, c.start);
  alert.observed = c.posts, alert.expected = usual, alert.upper = usual + 2 * std::sqrt(usual);
  alert.severity = std::clamp(c.severity, 1u, 10u);
  const std::string text = summary(id, c);
  alert.summary = str(text);
  const explain::Explanation why(c.sample, explain::Background(), {static_cast<double>(c.posts), 0}, values_,
                                 static_cast<std::size_t>(options().evidence));
  std::vector<ear_value> attributes{text_value("what", name_of(c.kind)), text_value("value", c.text),
                                    integer_value("authors", std::llround(c.authors.count())),
                                    integer_value("reach", std::llround(c.reach))};
  std::vector<std::array<ear_value, 2>> pairs;
  std::vector<ear_value> also;
  for (const Also& one : c.also)
    pairs.push_back({text_value("what", name_of(one.kind)), text_value("value", one.text)});
  for (const auto& pair : pairs) also.push_back({EAR_MAP, 2, {}, {}, 0, 0, pair.data()});
  if (!also.empty())
    attributes.push_back({EAR_LIST, static_cast<std::uint32_t>(also.size()), str("also"), {}, 0, 0, also.data()});
  attributes.insert(attributes.end(), why.attributes().begin(), why.attributes().end());
  alert.attributes = attributes.data(), alert.attribute_count = static_cast<std::uint32_t>(attributes.size());
  const std::vector<ear_evidence> evidence = why.evidence();
  alert.evidence = evidence.data(), alert.evidence_count = static_cast<std::uint32_t>(evidence.size());
  out.alert(alert);
}

void Novelty::erase(std::string_view platform, std::string_view author) {
  for (std::uint32_t slot = 0; slot < candidates_.size(); ++slot) {
    Candidate& c = candidates_[slot];
    if (c.key == 0) continue;
    const bool theirs = c.sample.erase(platform, author);
    if (theirs) unsaved_.insert(slot);
    const std::string name = std::string(platform).append("/").append(author);
    // A thing that nobody else is known to have said is their word.
    if ((theirs && c.sample.empty()) || (c.kind == Kind::author && c.text == name)) drop(slot, c.last);
  }
}

void Novelty::save(StateOut& out) {
  state::BytesOut clock;
  clock.integer(options().memory.count), clock.integer(options().remember.count()),
      clock.integer(options().within.count()), clock.integer(asked_), clock.integer(clock_);
  clock.number(fresh_.size());
  for (const std::uint32_t slot : fresh_) clock.number(slot);
  out.put("clock", clock.bytes());
  for (std::size_t i = 0; i < sketch::Rarity::kSlices; ++i) out.put("terms/" + std::to_string(i), rarity_.save(i));
  memory_.save(out);
  for (std::size_t number = 0; number < subjects_.size(); ++number) {
    Subject& s = subjects_[number];
    if (!out.whole() && !s.changed) continue;
    state::BytesOut bytes;
    bytes.text(s.id), bytes.integer(s.since), bytes.integer(s.last), bytes.real(s.posts), bytes.real(s.lately);
    bytes.integer(s.day), bytes.integer(s.last_alert), bytes.number(s.told);
    out.put("subject/" + std::to_string(number), bytes.bytes());
    s.changed = false;
  }
  const auto put = [&](std::uint32_t slot) {
    const std::string key = "candidate/" + std::to_string(slot);
    if (candidates_[slot].key != 0)
      out.put(key, candidates_[slot].save());
    else if (!out.whole())
      out.remove(key);
  };
  if (out.whole())
    for (std::uint32_t slot = 0; slot < candidates_.size(); ++slot) put(slot);
  else
    for (const std::uint32_t slot : unsaved_) put(slot);
  unsaved_.clear();
}

void Novelty::load(std::uint32_t, std::string_view key, std::string_view value) {
  const auto number = [&](std::string_view prefix) {
    std::uint32_t n = 0;
    std::from_chars(key.data() + prefix.size(), key.data() + key.size(), n);
    return n;
  };
  state::BytesIn in(value);
  if (key == "clock") {
    loaded_other_ = in.integer() != options().memory.count;
    loaded_other_ |= in.integer() != options().remember.count();
    loaded_other_ |= in.integer() != options().within.count();
    asked_ = in.integer(), clock_ = in.integer();
    for (std::size_t n = in.count(); n > 0; --n) fresh_.insert(static_cast<std::uint32_t>(in.number()));
  } else if (key.starts_with("terms/")) {
    rarity_.load(number("terms/"), value);
  } else if (key.starts_with("subject/")) {
    const std::uint32_t place = number("subject/");
    if (place >= kMostSubjects) return;
    if (subjects_.size() <= place) subjects_.resize(place + 1);
    Subject& s = subjects_[place];
    s.id = in.text(), s.since = in.integer(), s.last = in.integer(), s.posts = in.real(), s.lately = in.real();
    s.day = in.integer(), s.last_alert = in.integer(), s.told = static_cast<std::uint32_t>(in.number());
    subject_of_[model::hash(s.id)] = place;
  } else if (key.starts_with("candidate/")) {
    const std::uint32_t slot = number("candidate/");
    if (slot >= 20'000'000) return;
    while (candidates_.size() <= slot) candidates_.emplace_back(), due_of_.push_back(INT64_MAX);
    Candidate& c = candidates_[slot];
    c.sample = explain::Sample(&pool_);
    c.load(value);
    slot_of_[c.key] = slot;
    if (c.told) told_[c.subject].insert(slot);
    due_of_[slot] = due(c);
    due_.insert({due_of_[slot], slot});
  } else {
    memory_.load(key, value);
  }
}

}  // namespace earshot::novelty
