#include "spike/spike.hpp"

#include <algorithm>
#include <stdexcept>

namespace earshot::spike {

using baseline::kDay, baseline::kHour;

namespace {

constexpr std::size_t kMaxSubjects = 200'000;

}  // namespace

void Spike::prepare() {
  const std::int64_t window = options().window.count(), season = options().season.count();
  if (kDay % window != 0 || (window < kHour && kHour % window != 0))
    throw invalid("an hour and a day are no multiples of this window: take 5m, 1h, 6h or 1d").at_option("window");
  if (season != 0 && season != kDay && season != 7 * kDay)
    throw invalid("a season is 0s, 1d or 7d").at_option("season");
  if (options().of.empty()) throw invalid("there is no kind of finding to count").at_option("of");
  try {
    calendar_ = baseline::Calendar(options().time_zone);
  } catch (const std::invalid_argument& e) {
    throw invalid(std::string(e.what()) + ": write one as Europe/Berlin, or UTC").at_option("time_zone");
  }
  using baseline::Season;
  const Season repeats = season == 0 ? Season::none : season == kDay ? Season::day : Season::week;
  const bool values = is_value(options().measure);
  shape_ = Shape::of(window, repeats, values, values ? 0 : 6);
  rules_.a_week = static_cast<double>(7 * kDay) / static_cast<double>(options().one_alert_in.count());
  rules_.min_count = values ? 0 : static_cast<double>(options().min_count);
  rules_.drops = options().drops;
  sources_.setup(shape_, rules_.a_week);
  hours_.fill({INT64_MIN, {}});
}

// A watch item that came with a reload has not been silent before: nobody looked.
void Spike::start() {
  const std::string own =
      std::to_string(shape_.window) + ' ' + std::string(choices<Measure>[static_cast<std::size_t>(options().measure)]);
  if (!loaded_kind_.empty() && loaded_kind_ != own) {
    host().warn("the saved state is of windows of another length, or another measure: what is usual is learnt anew");
    for (const auto& [id, subject] : subjects_) gone_.insert(id);
    awake_.clear(), filled_.clear(), index_.clear(), subjects_.clear(), sources_.clear(), seen_.clear();
    begun_ = settled_ = asleep_ = false;
  }
  loaded_kind_ = own;
  for (const Value item : host().watchlist().items()) {
    const std::string_view id = item["id"].text();
    Entry* entry = id.empty() ? nullptr : subject(id);
    if (entry == nullptr) continue;
    entry->second.watched = true;
    if (begun_ && !entry->second.begun) entry->second.begin(shape_, next_);
  }
}

Spike::Entry* Spike::subject(std::string_view id) {
  if (const auto found = index_.find(id); found != index_.end()) return found->second;
  if (subjects_.size() >= kMaxSubjects) {
    if (!told_full_) host().warn("there are more than 200,000 subjects: the others are not counted");
    told_full_ = true;
    return nullptr;
  }
  Entry& entry = *subjects_.try_emplace(std::string(id), shape_, &pool_).first;
  index_[entry.first] = &entry;
  gone_.erase(entry.first);
  return &entry;
}

void Spike::forget(Entry& entry) {
  gone_.insert(entry.first);
  awake_.erase(&entry);
  index_.erase(entry.first);
  subjects_.erase(subjects_.find(entry.first));
}

// The first row of all. Nothing has been judged yet: whoever is watched begins there.
void Spike::begin(std::int64_t row) {
  first_ = next_ = active_ = row;
  begun_ = true;
  for (auto& [id, subject] : subjects_)
    if (subject.watched) subject.begin(shape_, row);
}

void Spike::detect(const Batch& batch, Out& out) {
  for (const Gap gap : batch.gaps()) sources_.blind(source_id(gap.source()), {ticks(gap.from()), ticks(gap.to())});
  std::int64_t asked = INT64_MIN;
  for (std::uint32_t i = 0; i < batch.size(); ++i) {
    const Post post = batch[i];
    if (!post.is_new() || post.is_late() || post.published() == no_time) continue;
    if (!begun_ && shape_.window > kHour) shift_ = calendar_.offset(post.raw().published) % shape_.window;
    const std::int64_t row = row_at(post.raw().published);
    if (settled_ && row < next_) continue;  // over already
    if (!begun_ || (!settled_ && row < first_)) begin(row);
    seen_.insert(row);
    count(post, row);
    if (row == asked) continue;
    asked = row;
    out.wake_at(time(start_of(row + 1)));
  }
}

void Spike::count(const Post& post, std::int64_t row) {
  sources_.count(post.source(), row);
  find(post, options().of, options().measure, found_);
  if (found_.empty()) return;
  const SourceId source = source_id(post.source());
  for (const Found& found : found_)
    if (Entry* entry = subject(found.subject)) count(*entry, post, source, found.value, row);
}

void Spike::count(Entry& entry, const Post& post, SourceId source, double value, std::int64_t row) {
  Subject& subject = entry.second;
  const auto [at, fresh] = subject.open.try_emplace(row, &pool_);
  if (fresh) filled_[row].push_back(&entry);
  Cell& cell = at->second;
  subject.changed = true;
  cell.figure.posts += 1;
  cell.shares.add(source);
  const Measure measure = options().measure;
  if (measure == Measure::contents || measure == Measure::authors) {
    std::uint64_t hash = 0;
    if (!hash_once(post, measure, hash)) return;
    cell.once.add(hash);
  } else {
    cell.figure.value += value, cell.figure.squares += value * value;
  }
  if (const double weight = weight_up(measure, value); weight > 0) cell.samples.up.add(post, entry.first, weight);
  if (measure != Measure::sentiment) return;
  if (const double weight = weight_down(measure, value); weight > 0) cell.samples.down.add(post, entry.first, weight);
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
