#include "observe/progress.hpp"

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <string_view>
#include <utility>
#include <vector>

#include "base/utf8.hpp"
#include "observe/table.hpp"

namespace earshot::host {
namespace {

using std::chrono::nanoseconds;
using Seconds = std::chrono::duration<double>;

constexpr nanoseconds kPause = std::chrono::milliseconds{100};
constexpr std::size_t kBar = 24;        // columns
constexpr double kMemory = 3;           // seconds that the rate looks back
constexpr double kLongest = 99 * 3600;  // a guess beyond that says nothing

bool draws(int fd) {
  const char* terminal = std::getenv("TERM");
  return ::isatty(fd) != 0 && (terminal == nullptr || std::string_view(terminal) != "dumb");
}

// 0:07, 12:40, 3:05:00
std::string clock_time(double seconds) {
  const auto all = static_cast<std::int64_t>(seconds);
  const std::int64_t hours = all / 3600;
  if (hours > 0) return fmt::format("{}:{:02}:{:02}", hours, all / 60 % 60, all % 60);
  return fmt::format("{}:{:02}", all / 60, all % 60);
}

std::string bar(double share) {
  const auto full = static_cast<std::size_t>(share * static_cast<double>(kBar));
  std::string out;
  for (std::size_t i = 0; i < kBar; ++i) out += i < full ? "█" : "░";
  return out;
}

}  // namespace

std::string progress_line(const RunFigures& figures, double rate, nanoseconds elapsed, std::size_t width) {
  const double seconds = Seconds(elapsed).count();
  std::vector<std::string> parts;
  if (figures.share) {
    const double share = std::clamp(*figures.share, 0.0, 1.0);
    parts.push_back(fmt::format("{} {:3.0f} %", bar(share), std::floor(share * 100)));
    const double left = share > 0 ? seconds * (1 - share) / share : kLongest;
    if (left < kLongest) parts.push_back(clock_time(std::ceil(left)) + " left");
  } else {
    parts.push_back(clock_time(seconds));
  }
  const auto of = [](std::uint64_t n, const char* one) {
    return fmt::format("{} {}{}", grouped(n), one, n == 1 ? "" : "s");
  };
  parts.push_back(of(figures.posts, "post"));
  parts.push_back(grouped(static_cast<std::uint64_t>(std::llround(std::max(0.0, rate)))) + "/s");
  parts.push_back(of(figures.alerts, "alert"));
  std::string out;
  for (const std::string& part : parts) {
    if (display_width(out) + display_width(part) + 2 > width) break;  // a line that wraps could not be cleared
    if (!out.empty()) out += "  ";
    out += part;
  }
  return out;
}

Progress::Progress(Log& log, int fd, Clock clock)
    : log_(log),
      fd_(fd),
      clock_(clock ? std::move(clock)
                   : [] { return nanoseconds(std::chrono::steady_clock::now().time_since_epoch()); }),
      terminal_(draws(fd)),
      started_(clock_()),
      share_since_(started_) {
  if (terminal_) log_.before_each([this] { clear(); });
}

Progress::~Progress() {
  if (!terminal_) return;
  log_.before_each({});
  clear();
}

void Progress::show(const RunFigures& figures) {
  if (!terminal_) return;
  const std::lock_guard hold(lock_);
  const nanoseconds now = clock_();
  if (!first_ && now - drawn_at_ < kPause) return;
  const double passed = Seconds(now - (first_ ? started_ : drawn_at_)).count();
  if (passed > 0) {
    const double latest = static_cast<double>(figures.posts - std::min(posts_, figures.posts)) / passed;
    rate_ += (latest - rate_) * (first_ ? 1 : 1 - std::exp(-passed / kMemory));
  }
  if (!figures.share || *figures.share < share_) share_since_ = figures.share ? now : started_;  // something new
  share_ = figures.share.value_or(0);
  first_ = false;
  drawn_at_ = now;
  posts_ = figures.posts;
  standing_ = true;
  write(fmt::format("\r{}\x1b[K", progress_line(figures, rate_, now - share_since_, terminal_width(fd_))));
}

void Progress::clear() {
  const std::lock_guard hold(lock_);
  if (std::exchange(standing_, false)) write("\r\x1b[K");
}

void Progress::write(const std::string& text) const {
  // A terminal that takes nothing any more is no reason to stop a run.
  [[maybe_unused]] const ssize_t written = ::write(fd_, text.data(), text.size());
}

}  // namespace earshot::host
