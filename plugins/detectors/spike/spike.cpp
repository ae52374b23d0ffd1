#include "spike/spike.hpp"

#include <algorithm>
#include <cmath>
#include <stdexcept>

#include "spike/summary.hpp"

namespace earshot::spike {

using baseline::floor_div, baseline::kDay, baseline::kHour, baseline::News;

namespace {

constexpr std::size_t kMaxSubjects = 200'000;
constexpr std::int64_t kAsleep = 7 * kDay;     // of event time in which no post comes at all
constexpr std::int64_t kLookBack = 14 * kDay;  // for a subject that was not known, nothing is what was seen before
constexpr std::int64_t kForget = 28 * kDay;
constexpr double kSuspicious = 100;        // alerts a week: posts are kept that may come to be shown
const std::string kStream = "\x01stream";  // all posts, whatever they are about

}  // namespace

void Spike::prepare() {
  const std::int64_t window = options().window.count(), season = options().season.count();
  if (kDay % window != 0 || (window < kHour && kHour % window != 0))
    throw invalid("an hour and a day are no multiples of this window: take 5m, 1h, 6h or 1d").at_option("window");
  if (season != 0 && season != kDay && season != 7 * kDay)
    throw invalid("a season is 0s, 1d or 7d").at_option("season");
  if (options().of.empty()) throw invalid("there is no kind of finding to count").at_option("of");
  try {
    calendar_ = baseline::Calendar(options().timezone);
  } catch (const std::invalid_argument& e) {
    throw invalid(std::string(e.what()) + ": take a name as Europe/Berlin or America/New_York").at_option("timezone");
  }
  using baseline::Season;
  shape_ = Shape::of(window,
                     season == 0      ? Season::none
                     : season == kDay ? Season::day
                                      : Season::week,
                     is_value(options().measure), is_value(options().measure) ? 0 : 6);
  rules_.a_week = static_cast<double>(7 * kDay) / static_cast<double>(options().one_alert_in.count());
  rules_.min_count = is_value(options().measure) ? 0 : static_cast<double>(options().min_count);
  rules_.drops = options().drops;
  hours_.fill({INT64_MIN, {}});
}

// A watch item that came with a reload has not been silent before: nobody looked.
void Spike::start() {
  const std::string own =
      std::to_string(shape_.window) + ' ' + std::string(choices<Measure>[static_cast<std::size_t>(options().measure)]);
  if (!loaded_kind_.empty() && loaded_kind_ != own) {
    host().warn("the saved state is of windows of another length, or another measure: what is usual is learnt anew");
    for (const auto& [id, subject] : subjects_) gone_.insert(id);
    subjects_.clear(), index_.clear(), filled_.clear(), awake_.clear(), seen_.clear();
    begun_ = settled_ = asleep_ = false;
  }
  loaded_kind_ = own;
  for (const Value item : host().watchlist().items()) {
    const std::string_view id = item["id"].text();
    if (id.empty()) continue;
    const bool known = index_.contains(id);
    Entry* entry = known ? index_.at(id) : begun_ ? add(id, next_) : add(id, INT64_MIN);
    if (entry != nullptr) entry->second.watched = true;
  }
}

Spike::Entry* Spike::add(std::string_view id, std::int64_t first_row) {
  if (subjects_.size() >= kMaxSubjects) {
    if (!told_full_) host().warn("there are more than 200,000 subjects: the others are not counted");
    told_full_ = true;
    return nullptr;
  }
  Entry& entry = *subjects_.try_emplace(std::string(id), shape_, first_row == INT64_MIN ? 0 : first_row).first;
  index_[entry.first] = &entry;
  gone_.erase(entry.first);
  return &entry;
}

Spike::Entry* Spike::subject(std::string_view id) {
  if (const auto found = index_.find(id); found != index_.end()) return found->second;
  const std::int64_t back = next_ - kLookBack / shape_.window;
  return add(id, std::max(first_, back));
}

void Spike::forget(Entry& entry) {
  gone_.insert(entry.first);
  awake_.erase(&entry);
  index_.erase(entry.first);
  subjects_.erase(subjects_.find(entry.first));
}

// The first row of all. Nothing has been judged yet: whoever is known begins there.
void Spike::begin(std::int64_t row) {
  first_ = next_ = active_ = row;
  begun_ = true;
  for (auto& [id, subject] : subjects_) {
    subject.watch = baseline::Watch(shape_, row);
    subject.next_slot = shape_.slot_of(row);
    subject.last_row = row, subject.changed = true;
  }
}

void Spike::detect(const Batch& batch, Out& out) {
  for (const Gap gap : batch.gaps()) blind_.add({ticks(gap.from()), ticks(gap.to())});
  std::int64_t asked = INT64_MIN;
  for (std::uint32_t i = 0; i < batch.size(); ++i) {
    const Post post = batch[i];
    if (!post.is_new() || post.is_late() || post.published() == no_time) continue;
    if (!begun_ && shape_.window > kHour) shift_ = calendar_.offset(post.raw().published) % shape_.window;
    const std::int64_t row = row_at(post.raw().published);
    if (settled_ && row < next_) continue;  // over already
    if (!begun_ || (!settled_ && row < first_)) begin(row);
    if (seen_.insert(row).second) newest_ = std::max(newest_, row);
    count(post, row);
    if (row == asked) continue;
    asked = row;
    out.wake_at(time(start_of(row + 1)));
  }
}

void Spike::count(const Post& post, std::int64_t row) {
  if (Entry* stream = shape_.values ? nullptr : subject(kStream)) count(*stream, post, none, 1, row);
  find(post, options().of, options().measure, found_);
  for (const Found& found : found_)
    if (Entry* entry = subject(found.subject)) count(*entry, post, found.segment, found.value, row);
}

void Spike::count(Entry& entry, const Post& post, std::uint32_t segment, double value, std::int64_t row) {
  Subject& subject = entry.second;
  const auto [at, fresh] = subject.open.try_emplace(row);
  if (fresh) filled_[row].push_back(&entry);
  Cell& cell = at->second;
  subject.changed = true;
  const bool is_stream = entry.first == kStream;
  const Measure measure = options().measure;
  if (!is_stream && (measure == Measure::contents || measure == Measure::authors)) {
    if (std::uint64_t hash = 0; hash_once(post, measure, hash)) cell.once.add(hash);
  } else {
    cell.figure.value += value, cell.figure.squares += value * value;
  }
  cell.figure.posts += 1;
  if (!is_stream) cell.samples.add(post, text_of(post, segment), static_cast<std::size_t>(options().evidence));
}

void Spike::advance(Time watermark, Out& out) {
  if (!begun_) return;
  settled_ = true;
  const bool ended = watermark == end_of_time;
  const std::int64_t limit = ended ? (seen_.empty() ? next_ : *seen_.rbegin() + 1) : row_at(ticks(watermark));
  if (ended && limit > next_) blind_.add({start_of(limit - 1), start_of(limit)});  // nobody knows what was to come
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
  for (Entry& entry : subjects_) {
    if (entry.second.watch.is_open()) take(entry.second.watch.close(), entry, out);
    entry.second.samples.clear();
  }
}

void Spike::wake_up(std::int64_t row) {
  asleep_ = false;
  for (auto& [id, subject] : subjects_) {
    subject.watch.leap(shape_, row);
    subject.next_slot = std::max(subject.next_slot, shape_.slot_of(row));
    subject.last_row = std::max(subject.last_row, row), subject.changed = true;
  }
}

void Spike::close_row(std::int64_t row, Out& out) {
  if (seen_.erase(row) != 0) active_ = row;
  std::vector<Entry*> now(awake_.begin(), awake_.end());
  if (const auto filled = filled_.find(row); filled != filled_.end()) {
    now.insert(now.end(), filled->second.begin(), filled->second.end());
    filled_.erase(filled);
  }
  std::sort(now.begin(), now.end(), ById());  // the stream is the first of all
  now.erase(std::unique(now.begin(), now.end()), now.end());
  for (Entry* entry : now) step(*entry, row, out);
  if ((row + 1) % shape_.rows_a_slot == 0) close_slot(shape_.slot_of(row), out);
}

void Spike::step(Entry& entry, std::int64_t row, Out& out) {
  Subject& subject = entry.second;
  catch_up(entry, shape_.slot_of(row), out);
  Cell cell;
  if (const auto found = subject.open.find(row); found != subject.open.end()) {
    cell = std::move(found->second);
    subject.open.erase(found);
    cell.figure.value += static_cast<double>(cell.once.move_into(subject.once));
    subject.samples.add(cell.samples, static_cast<std::size_t>(options().evidence));
    subject.last_row = row;
  }
  subject.changed = true;
  take(subject.watch.row(shape_, rules_, local(shape_.slot_of(row)), row, cell.figure, is_unseen(row)), entry, out);
  wake(entry, shape_.slot_of(row));
  // While nothing at all comes, no subject is silent by itself.
  const baseline::Watch& watch = subject.watch;
  if (entry.first == kStream && watch.is_open() && subject.silent && watch.series().observed() == 0)
    blind_.add({start_of(watch.event().begin), start_of(row + 1)});
}

// A subject whose posts are hours apart is looked at so seldom: its slots are closed together, which says the same.
std::int64_t Spike::patience(const Entry& entry, std::int64_t slot) {
  if (entry.second.awake || entry.second.watched) return 1;
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
  blind_.forget_before(start_of(shape_.first_row(slot)) - 2 * kDay);
  for (auto at = subjects_.begin(); at != subjects_.end();) {
    Entry& entry = *at++;
    if (entry.second.next_slot <= slot && (slot + 1) % patience(entry, slot) == 0) catch_up(entry, slot + 1, out);
    const bool old = (next_ - entry.second.last_row) * shape_.window > kForget;
    if (old && !entry.second.watched && !entry.second.watch.is_open() && entry.second.open.empty()) forget(entry);
  }
}

void Spike::catch_up(Entry& entry, std::int64_t end_slot, Out& out) {
  Subject& subject = entry.second;
  for (; subject.next_slot < end_slot; ++subject.next_slot) {
    const std::int64_t slot = subject.next_slot, first = shape_.first_row(slot), end = first + shape_.rows_a_slot;
    const baseline::LocalTime at = local(slot);
    if (blind_.overlaps(start_of(first), start_of(end)))
      for (std::int64_t row = std::max(first, subject.watch.series().next_row()); row < end; ++row)
        if (is_unseen(row)) subject.watch.row(shape_, rules_, at, row, {}, true);
    take(subject.watch.close_slot(shape_, rules_, at, slot), entry, out);
    subject.once.clear();
    if (!subject.watch.is_open() && subject.watch.verdict().a_week > kSuspicious) subject.samples.clear();
    subject.changed = true;
    wake(entry, slot);
  }
}

baseline::LocalTime Spike::local(std::int64_t slot) {
  auto& [known, at] = hours_[static_cast<std::size_t>(slot & 127)];
  if (known != slot) known = slot, at = calendar_.at(start_of(shape_.first_row(slot)));
  return at;
}

void Spike::erase(std::string_view platform, std::string_view author) {
  for (auto& [id, subject] : subjects_) subject.erase(platform, author);
}

}  // namespace earshot::spike

EARSHOT_PLUGIN("org.earshot.spike", "0.2.0", "Earshot", "Apache-2.0",
               "Says where a subject is talked about more than usual, otherwise, or no more", earshot::spike::Spike)
