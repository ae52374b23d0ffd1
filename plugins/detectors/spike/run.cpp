#include "spike/run.hpp"

#include <cmath>

namespace earshot::spike {
namespace {

constexpr double kTimes = 3, kTenth = 0.1;

// ln P(observed | ratio * expected) - ln P(observed | expected)
double evidence_for(double ratio, double observed, double expected) {
  return observed * std::log(ratio) - (ratio - 1) * expected;
}

}  // namespace

Run::News Run::step(const Rules& rules, std::int64_t window, const Tally& tally, double expected, double dispersion,
                    const Samples& samples) {
  const bool up = rules.direction == Direction::up;
  const double score = score_ + evidence_for(up ? kTimes : kTenth, tally.observed, expected) / dispersion;
  if (!open_ && score <= 0) return reset(), News::nothing;
  if (is_idle()) reset(), begin_ = window;
  so_far_.observed += tally.observed, so_far_.expected += tally.expected, so_far_.variance += tally.variance;
  score_ = score;
  pending_.add(samples, rules.evidence);
  const bool grows = score > peak_;
  if (grows) {
    peak_ = score, last_ = window, at_peak_ = so_far_;
    samples_.add(pending_, rules.evidence), pending_.clear();
  }
  if (!open_) {
    open_ = peak_ >= rules.threshold && (!up || at_peak_.observed >= rules.min_count);
    return open_ ? News::opened : News::nothing;
  }
  was_long_ = window - begin_ + 1 >= rules.longest;
  if (was_long_ || score_ <= peak_ - rules.threshold / 2) return close(), News::closed;
  return grows ? News::grown : News::nothing;
}

bool Run::close() {
  const bool was_open = open_;
  open_ = false;
  score_ = 0;
  return was_open;
}

bool Run::erase(std::string_view platform, std::string_view author) {
  const bool shown = samples_.erase(platform, author);
  return pending_.erase(platform, author) || shown;
}

void Run::reset() {
  *this = Run();
}

void Run::save(BytesOut& out) const {
  out.number(static_cast<std::uint64_t>(open_) | static_cast<std::uint64_t>(score_ != 0) << 1);
  if (is_idle()) return;
  out.real(score_), out.real(peak_), out.integer(begin_), out.integer(last_);
  for (const Tally* t : {&so_far_, &at_peak_}) out.real(t->observed), out.real(t->expected), out.real(t->variance);
  samples_.save(out), pending_.save(out);
}

void Run::load(BytesIn& in) {
  reset();
  const std::uint64_t flags = in.number();
  open_ = (flags & 1) != 0;
  if (flags == 0) return;
  score_ = in.real(), peak_ = in.real(), begin_ = in.integer(), last_ = in.integer();
  for (Tally* t : {&so_far_, &at_peak_}) t->observed = in.real(), t->expected = in.real(), t->variance = in.real();
  samples_.load(in), pending_.load(in);
}

}  // namespace earshot::spike
