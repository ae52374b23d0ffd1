#include "novelty/novelty.hpp"

#include <algorithm>
#include <cmath>

#include "model/hash.hpp"

namespace earshot::novelty {
namespace {

constexpr std::int64_t kSecond = 1'000'000'000, kDay = 86'400 * kSecond;
constexpr double kLately = 3.0 * static_cast<double>(kDay);  // half-life
constexpr double kLeastHistory = 20;                         // posts of a subject before anything is new
constexpr std::uint32_t kLongest = 3;                        // times `within`: then it is new no more
constexpr std::size_t kSampled = 16;                         // posts of a candidate

bool is_copy(const Post& post) {
  if (post.raw().repost_of.len != 0) return true;
  for (const FoundBefore f : post.findings())
    if (f.kind() == "duplicate") return true;
  for (const Segment s : post.segments())
    if (s.origin() == EAR_BODY) return s.text().starts_with("RT @");
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
      {0, model::short_hash(author, model::hash(post.platform())),
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

}  // namespace earshot::novelty
