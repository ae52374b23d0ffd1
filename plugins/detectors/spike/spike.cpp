#include "spike/spike.hpp"

#include <algorithm>
#include <cmath>

#include "spike/summary.hpp"

namespace earshot::spike {
namespace {

constexpr std::size_t kMaxSubjects = 10000;
constexpr std::int64_t kLongest = 7 * kDay;  // of an alert, and of event time in which no post comes at all

constexpr double kThresholds[][2] = {{16, 12}, {12, 9}, {8, 7}};  // by sensitivity: up, down

// The text that a finding stands in, else the first.
std::string_view text_of(const Post& post, std::uint32_t segment) {
  std::string_view first;
  for (const Segment s : post.segments()) {
    if (s.number() == segment) return s.text();
    if (first.empty()) first = s.text();
  }
  return first;
}

}  // namespace

void Spike::prepare() {
  const std::int64_t season = options().season.count();
  if (kDay % options().window.count() != 0)
    throw invalid("a day is no multiple of this window: take 5m, 1h, 6h or 1d").at_option("window");
  if (season != 0 && season != kDay && season != 7 * kDay)
    throw invalid("a season is 0s, 1d or 7d").at_option("season");
  if (options().learn > options().history)
    throw invalid("more is to be learnt from than `history` keeps: make it shorter").at_option("learn");
  if (options().of.empty()) throw invalid("there is no kind of finding to count").at_option("of");
  grid_.window = options().window.count();
  season_ = season == 0 ? Season::none : season == kDay ? Season::day : Season::week;
}

// A watch item that came with a reload has not been silent before: nobody looked.
void Spike::start() {
  if (loaded_window_ != 0 && loaded_window_ != grid_.window) {
    host().warn("the windows have another length than in the saved state: what is usual is learnt anew");
    for (const auto& [id, subject] : subjects_) gone_.insert(id);
    subjects_.clear(), seen_.clear(), begun_ = settled_ = asleep_ = false;
  }
  for (const Value item : host().watchlist().items()) {
    const std::string id(item["id"].text());
    if (id.empty() || (!subjects_.contains(id) && subjects_.size() >= kMaxSubjects)) continue;
    const auto [found, is_new] = subjects_.try_emplace(id);
    if (is_new) found->second.since = begun_ ? next_ : kFromStart;
    found->second.watched = true;
  }
}

void Spike::detect(const Batch& batch, Out& out) {
  for (const Gap gap : batch.gaps()) blind_.add({ticks(gap.from()), ticks(gap.to())});
  std::int64_t asked = INT64_MIN;
  for (std::uint32_t i = 0; i < batch.size(); ++i) {
    const Post post = batch[i];
    if (!post.is_new() || post.is_late() || post.published() == no_time) continue;
    const std::int64_t window = grid_.window_at(post.raw().published);
    if (settled_ && window < next_) continue;  // over already
    if (!begun_ || (!settled_ && window < first_)) first_ = next_ = active_ = window;
    begun_ = true;
    seen_.insert(window);
    count(post, window);
    if (window == asked) continue;
    asked = window;
    out.wake_at(time(grid_.start(window + 1)));
  }
}

void Spike::count(const Post& post, std::int64_t window) {
  std::vector<std::string_view> counted;
  for (const FoundBefore finding : post.findings()) {
    if (finding.kind() != options().of) continue;
    if (std::find(counted.begin(), counted.end(), finding.subject()) != counted.end()) continue;
    counted.push_back(finding.subject());
    Subject* subject = this->subject(finding.subject());
    if (subject == nullptr) continue;
    Window& content = subject->open[window];
    ++content.posts;
    content.samples.add(post, text_of(post, finding.segment()), static_cast<std::size_t>(options().evidence));
    subject->changed = true;
  }
}

Subject* Spike::subject(std::string_view id) {
  if (const auto found = subjects_.find(id); found != subjects_.end()) return &found->second;
  if (subjects_.size() < kMaxSubjects) return gone_.erase(std::string(id)), &subjects_[std::string(id)];
  if (!told_full_) host().warn("there are more than 10,000 subjects: the others are not counted");
  told_full_ = true;
  return nullptr;
}

void Spike::advance(Time watermark, Out& out) {
  if (!begun_) return;
  settled_ = true;
  const bool ended = watermark == end_of_time;
  const std::int64_t limit = ended ? (seen_.empty() ? next_ : *seen_.rbegin() + 1) : grid_.window_at(ticks(watermark));
  while (next_ < limit) {
    const bool has_post = !seen_.empty() && *seen_.begin() == next_;
    if (!asleep_ && !has_post && next_ - active_ > kLongest / grid_.window) fall_asleep(out);
    if (asleep_ && !has_post) {
      const std::int64_t to = seen_.empty() ? limit : std::min(limit, *seen_.begin());
      blind_.add({grid_.start(next_), grid_.start(to)});
      next_ = to;
      continue;
    }
    asleep_ = false;
    close(next_, out);
    ++next_;
  }
  if (!ended && !asleep_) out.wake_at(time(grid_.start(std::max(next_, limit) + 1)));
}

// Nothing at all has come for a week: that is no news about a subject. Until a post comes windows are passed over.
void Spike::fall_asleep(Out& out) {
  asleep_ = true;
  for (auto& [id, subject] : subjects_)
    for (const Direction direction : {Direction::up, Direction::down}) {
      Run& run = direction == Direction::up ? subject.up : subject.down;
      if (run.close()) take_news(Run::News::closed, id, subject, run, direction, out);
      if (!run.is_idle()) subject.changed = true;
      run.reset();
    }
}

void Spike::close(std::int64_t window, Out& out) {
  if (seen_.erase(window) != 0) active_ = window;
  blind_.forget_before(grid_.start(window) - options().history.count() - kDay);
  for (auto at = subjects_.begin(); at != subjects_.end();) {
    Subject& subject = at->second;
    step(at->first, subject, window, out);
    const bool empty =
        subject.history.empty() && subject.open.empty() && subject.up.is_idle() && subject.down.is_idle();
    if (subject.watched || !empty) {
      ++at;
      continue;
    }
    gone_.insert(at->first);
    at = subjects_.erase(at);
  }
}

void Spike::step(const std::string& id, Subject& subject, std::int64_t window, Out& out) {
  const std::int64_t day = grid_.day_of(window);
  if (subject.learnt_on != day) learn_day(subject, day);
  const Window content = subject.take(grid_, window);
  const bool enough = subject.profile.days >= static_cast<std::uint64_t>(options().learn.count() / kDay);
  if (enough) judge(id, subject, window, content, out);
}

void Spike::learn_day(Subject& subject, std::int64_t day) const {
  const std::int64_t since = subject.since == kFromStart ? first_ : subject.since;
  const std::int64_t whole_days_from = -floor_div(-grid_.start(since), kDay);
  const std::int64_t oldest = day - options().history.count() / kDay;
  subject.forget_before(oldest * grid_.slots_a_day());
  const auto is_clean = [&](std::int64_t slot) {
    return subject.is_clean(slot, grid_) &&
           !blind_.overlaps(slot * grid_.slot_length(), (slot + 1) * grid_.slot_length());
  };
  subject.profile = learn(grid_, season_, subject.history, std::max(oldest, whole_days_from), day, is_clean);
  subject.learnt_on = day;
  subject.changed = true;
}

void Spike::judge(const std::string& id, Subject& subject, std::int64_t window, const Window& content, Out& out) {
  const Profile& profile = subject.profile;
  const double expected = profile.expected(grid_, window);
  const Tally tally{static_cast<double>(content.posts), expected, profile.dispersion * expected};
  const bool blind = is_blind(window);
  const bool was_idle = subject.up.is_idle() && subject.down.is_idle();
  if (!blind || tally.observed > expected)
    take_news(subject.up.step(rules(Direction::up), window, tally, expected * (1 + profile.uncertainty),
                              profile.dispersion, content.samples),
              id, subject, subject.up, Direction::up, out);
  if (!blind && options().drops)
    take_news(subject.down.step(rules(Direction::down), window, tally,
                                expected * (1 - std::min(profile.uncertainty, 0.5)), profile.dispersion, Samples()),
              id, subject, subject.down, Direction::down, out);
  subject.changed |= !was_idle || !subject.up.is_idle() || !subject.down.is_idle();
}

Run::Rules Spike::rules(Direction direction) const {
  const auto [up, down] = kThresholds[static_cast<std::size_t>(options().sensitivity)];
  return {direction, direction == Direction::up ? up : down, static_cast<double>(options().min_count),
          kLongest / grid_.window, static_cast<std::size_t>(options().evidence)};
}

void Spike::take_news(Run::News news, const std::string& id, Subject& subject, Run& run, Direction direction,
                      Out& out) {
  if (news == Run::News::nothing) return;
  const bool closed = news == Run::News::closed;
  tell(id, subject, run, direction, closed, out);
  if (!closed) return;
  // What goes on for a week is the new usual, and is learnt from.
  if (!run.was_long()) subject.unusual.add({grid_.slot_of(run.begin()), grid_.slot_of(run.end() - 1) + 1});
  run.reset();
}

void Spike::tell(const std::string& id, const Subject& subject, const Run& run, Direction direction, bool closed,
                 Out& out) {
  const bool up = direction == Direction::up;
  const Tally& tally = run.tally();
  const double unsure = subject.profile.uncertainty * tally.expected;
  const double spread = 3 * std::sqrt(tally.variance + unsure * unsure);
  ear_alert alert = make_alert(up ? "spike" : "drop", id);
  alert.state = closed ? EAR_ALERT_CLOSED : EAR_ALERT_OPEN;
  alert.start = grid_.start(run.begin()), alert.end = grid_.start(run.end());
  alert.observed = tally.observed, alert.expected = tally.expected;
  alert.lower = std::max(0.0, tally.expected - spread), alert.upper = tally.expected + spread;
  alert.severity = severity(run.peak(), rules(direction).threshold);
  const std::string text = summary(id, options().of, period(alert.start, alert.end), alert);
  alert.summary = str(text);
  const std::vector<ear_evidence> evidence = run.samples().evidence(tally.observed);
  alert.evidence = evidence.data(), alert.evidence_count = static_cast<std::uint32_t>(evidence.size());
  out.alert(alert);
}

void Spike::erase(std::string_view platform, std::string_view author) {
  for (auto& [id, subject] : subjects_) subject.erase(platform, author);
}

void Spike::save(StateOut& out) {
  out.put("clock", save_clock());
  for (auto& [id, subject] : subjects_)
    if (out.whole() || subject.changed) out.put("subject/" + id, subject.save()), subject.changed = false;
  for (const std::string& id : gone_) out.remove("subject/" + id);
  gone_.clear();
}

void Spike::load(std::uint32_t, std::string_view key, std::string_view value) {
  constexpr std::string_view subject = "subject/";
  if (key == "clock") load_clock(value);
  if (key.starts_with(subject)) subjects_[std::string(key.substr(subject.size()))].load(value);
}

std::string Spike::save_clock() const {
  BytesOut out;
  out.integer(grid_.window);
  out.number(static_cast<std::uint64_t>(begun_) | static_cast<std::uint64_t>(settled_) << 1 |
             static_cast<std::uint64_t>(asleep_) << 2);
  out.integer(first_), out.integer(next_), out.integer(active_);
  out.number(seen_.size());
  for (const std::int64_t window : seen_) out.integer(window);
  out.number(blind_.all().size());
  for (const Span& span : blind_.all()) out.integer(span.from), out.integer(span.to);
  return out.bytes();
}

void Spike::load_clock(std::string_view bytes) {
  BytesIn in(bytes);
  loaded_window_ = in.integer();
  const std::uint64_t flags = in.number();
  begun_ = (flags & 1) != 0, settled_ = (flags & 2) != 0, asleep_ = (flags & 4) != 0;
  first_ = in.integer(), next_ = in.integer(), active_ = in.integer();
  for (std::size_t n = in.count(); n > 0; --n) seen_.insert(in.integer());
  for (std::size_t n = in.count(); n > 0; --n) {
    const std::int64_t from = in.integer();
    blind_.add({from, in.integer()});
  }
}

}  // namespace earshot::spike

EARSHOT_PLUGIN("org.earshot.spike", "0.1.0", "Earshot", "Apache-2.0",
               "Says where a subject is talked about much more than usual, or hardly any more", earshot::spike::Spike)
