// What is over: rows and slots of event time, one after the other, first of the sources and then of the subjects.
#include <algorithm>
#include <cmath>

#include "model/hash.hpp"
#include "spike/spike.hpp"

namespace earshot::spike {

using baseline::kDay, baseline::kHour;

namespace {

constexpr std::int64_t kAsleep = 7 * kDay;     // of event time in which no post comes at all
constexpr std::int64_t kLookBack = 14 * kDay;  // for a subject that was not known, nothing is what was seen before
constexpr std::int64_t kForget = 28 * kDay;
constexpr double kSuspicious = 100;         // alerts a week: posts are kept that may come to be shown
constexpr double kShareMemory = 14 * kDay;  // of which source brings what, as of the level of the baseline

// What is usual of a subject is learnt from a post a row, and where there are many subjects, of each only in some
// hours: reading a post takes longer than counting it.
constexpr std::size_t kLearners = 4096;          // subjects that learn in the same slot
constexpr std::size_t kUsualValues = 2'000'000;  // of all subjects
constexpr std::size_t kLeastValues = 16;
constexpr double kHalfLife = 14 * kDay;

}  // namespace

void Spike::advance(Time watermark, Out& out) {
  if (!begun_) return;
  settled_ = true;
  const bool ended = watermark == end_of_time;
  const std::int64_t limit = ended ? (seen_.empty() ? next_ : *seen_.rbegin() + 1) : row_at(ticks(watermark));
  if (ended && limit > next_) sources_.blind(kAll, time_of(limit - 1));  // nobody knows what was to come
  while (next_ < limit) {
    const bool has_post = !seen_.empty() && *seen_.begin() == next_;
    if (!asleep_ && !has_post && next_ - active_ > kAsleep / shape_.window) fall_asleep(out);
    if (asleep_ && !has_post) {
      next_ = seen_.empty() ? limit : std::min(limit, *seen_.begin());
      continue;
    }
    if (asleep_) wake_up(next_);
    close_row(next_, out);
    ++next_;
  }
  if (!ended && !asleep_) out.wake_at(time(start_of(std::max(next_, limit) + 1)));
}

// Nothing at all has come for a week: that is no news about a subject. Until a post comes rows are passed over.
void Spike::fall_asleep(Out& out) {
  asleep_ = true;
  for (const Source* source : sources_.dead()) tell_gap(*source, source->lull, true, out);
  for (Entry& entry : subjects_) {
    if (entry.second.watch.is_open()) take(entry.second.watch.close(), entry, out);
    entry.second.samples.clear();
  }
}

void Spike::wake_up(std::int64_t row) {
  asleep_ = false;
  sources_.leap(row);
  for (auto& [id, subject] : subjects_) {
    subject.watch.leap(shape_, row);
    subject.next_slot = std::max(subject.next_slot, shape_.slot_of(row));
    subject.last_row = std::max(subject.last_row, row), subject.changed = true;
  }
}

void Spike::close_row(std::int64_t row, Out& out) {
  if (seen_.erase(row) != 0) active_ = row;
  if (!shape_.values) step_sources(row, out);
  std::vector<Entry*> now(awake_.begin(), awake_.end());
  if (const auto filled = filled_.find(row); filled != filled_.end()) {
    now.insert(now.end(), filled->second.begin(), filled->second.end());
    filled_.erase(filled);
  }
  std::sort(now.begin(), now.end(), ById());
  now.erase(std::unique(now.begin(), now.end()), now.end());
  for (Entry* entry : now) step(*entry, row, out);
  if ((row + 1) % shape_.rows_a_slot == 0) close_slot(shape_.slot_of(row), out);
}

void Spike::step_sources(std::int64_t row, Out& out) {
  for (const auto& [source, news, lull] : sources_.close_row(local(shape_.slot_of(row)), row, time_of(row))) {
    const SourceId id = source_id(source->name);
    if (news != SourceNews::suspected) tell_gap(*source, lull, news != SourceNews::died, out);
    if (news == SourceNews::back || news == SourceNews::died) continue;
    for (auto& [name, subject] : subjects_) {
      const double share = subject.begun ? subject.shares.of({id}) : 0;
      if (share <= 0) continue;
      subject.changed = true;
      if (news == SourceNews::suspected) {
        subject.watch.forgive(shape_, lull.from, share);
      } else {
        subject.watch.adopt(1 - share);
        subject.shares.remove(id);
      }
    }
    if (news == SourceNews::settled) sources_.remove(*source);
  }
}

void Spike::step(Entry& entry, std::int64_t row, Out& out) {
  Subject& subject = entry.second;
  if (!subject.begun) subject.begin(shape_, std::max(first_, row - kLookBack / shape_.window));
  catch_up(entry, shape_.slot_of(row), out);
  Cell cell(&pool_);
  if (const auto found = subject.open.find(row); found != subject.open.end()) {
    cell = std::move(found->second);
    subject.open.erase(found);
    cell.figure.value += static_cast<double>(cell.once.move_into(subject.once));
  }
  subject.changed = true;
  const baseline::LocalTime at = local(shape_.slot_of(row));
  const double unseen = subject.shares.of(sources_.unseen(time_of(row)));
  const baseline::News news = subject.watch.row(shape_, rules_, at, row, cell.figure, unseen);
  const bool had_posts = cell.figure.posts > 0;
  const bool suspicious = news != baseline::News::nothing || subject.watch.verdict().a_week <= kSuspicious;
  if (had_posts) take_in(entry, std::move(cell), row, suspicious);
  take(news, entry, out);
  wake(entry, shape_.slot_of(row));
}

// Posts are kept while something may be going on; else they tell what is usual. What is judged by slots alone is not
// known yet.
void Spike::take_in(Entry& entry, Cell cell, std::int64_t row, bool suspicious) {
  Subject& subject = entry.second;
  const double since = static_cast<double>(row - subject.last_row) * static_cast<double>(shape_.window);
  subject.shares.add(cell.shares, std::exp(-since / kShareMemory));
  subject.last_row = row;
  subject.suspicious |= suspicious;
  if (subject.suspicious || subject.watch.is_open() || shape_.rows_a_slot == 1) {
    if (subject.samples.up.empty() && subject.samples.down.empty())
      subject.samples = std::move(cell.samples);
    else
      subject.samples.add(cell.samples);
    return;
  }
  subject.samples.clear();
  learn_usual(entry, cell.samples, row);
}

void Spike::learn_usual(Entry& entry, const Samples& samples, std::int64_t row) {
  const std::size_t turns = 1 + subjects_.size() / kLearners;
  const auto slot = static_cast<std::uint64_t>(shape_.slot_of(row));
  if ((model::hash(entry.first) + slot) % turns != 0) return;
  const std::size_t most =
      std::clamp(kUsualValues / std::max<std::size_t>(subjects_.size(), 1), kLeastValues, explain::Background::kMost);
  for (const explain::Sample* sample : {&samples.up, &samples.down})
    entry.second.background.learn(*sample, start_of(row), kHalfLife, values_, 1, most);
}

// A subject whose posts are hours apart is looked at so seldom, unless something may be going on: its slots are closed
// together, which says the same.
std::int64_t Spike::patience(const Entry& entry, std::int64_t slot) {
  if (entry.second.awake || entry.second.watched || entry.second.suspicious) return 1;
  const double an_hour = entry.second.watch.series().rate(shape_, local(slot)) * static_cast<double>(kHour) /
                         static_cast<double>(shape_.slot);
  const std::int64_t hours = an_hour >= 1 ? 1 : an_hour >= 0.2 ? 6 : 24;
  return std::max<std::int64_t>(1, hours * kHour / shape_.slot);
}

void Spike::wake(Entry& entry, std::int64_t slot) {
  Subject& subject = entry.second;
  const double a_row = subject.watch.series().rate(shape_, local(slot)) / shape_.rows_a_slot;
  const bool often = !shape_.values && shape_.rows_a_slot > 1 && a_row >= 1;
  const bool awake = subject.watch.is_open() || often;
  if (awake == subject.awake) return;
  subject.awake = awake, subject.changed = true;
  if (awake)
    awake_.insert(&entry);
  else
    awake_.erase(&entry);
}

void Spike::close_slot(std::int64_t slot, Out& out) {
  sources_.close_slot(local(slot), slot);
  for (const Source* source : sources_.dead()) tell_gap(*source, source->lull, false, out);
  sources_.forget_blind_before(start_of(shape_.first_row(slot)) - 2 * kDay);
  for (auto at = subjects_.begin(); at != subjects_.end();) {
    Entry& entry = *at++;
    Subject& subject = entry.second;
    if (!subject.begun) continue;
    if (subject.next_slot <= slot && (slot + 1) % patience(entry, slot) == 0) catch_up(entry, slot + 1, out);
    const bool old = (next_ - subject.last_row) * shape_.window > kForget;
    if (old && !subject.watched && !subject.watch.is_open() && subject.open.empty()) forget(entry);
  }
}

void Spike::catch_up(Entry& entry, std::int64_t end_slot, Out& out) {
  Subject& subject = entry.second;
  for (; subject.next_slot < end_slot; ++subject.next_slot) {
    const std::int64_t slot = subject.next_slot, first = shape_.first_row(slot), end = first + shape_.rows_a_slot;
    const baseline::LocalTime at = local(slot);
    if (!sources_.unseen({start_of(first), start_of(end)}).empty())
      for (std::int64_t row = std::max(first, subject.watch.series().next_row()); row < end; ++row)
        if (const double unseen = subject.shares.of(sources_.unseen(time_of(row))); unseen > 0)
          subject.watch.row(shape_, rules_, at, row, {}, unseen);
    take(subject.watch.close_slot(shape_, rules_, at, slot), entry, out);
    subject.once.clear();
    subject.suspicious = subject.watch.verdict().a_week <= kSuspicious;
    if (!subject.watch.is_open() && !subject.suspicious) {
      if (shape_.rows_a_slot == 1) learn_usual(entry, subject.samples, first);
      subject.samples.clear();
    }
    subject.changed = true;
    wake(entry, slot);
  }
}

}  // namespace earshot::spike
