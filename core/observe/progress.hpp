// progress.hpp: one line at the foot of a terminal that tells how far a run has got. On anything but a terminal it
// does nothing at all. Any thread; it gives way to lines of the log.
#pragma once

#include <unistd.h>

#include <chrono>
#include <cstdint>
#include <functional>
#include <mutex>
#include <optional>
#include <string>

#include "observe/log.hpp"

namespace earshot::host {

struct RunFigures {
  std::uint64_t posts = 0, alerts = 0;
  std::optional<double> share;  // of the work that is done, 0..1, where it is known how much there is
};

// The line as it would be drawn, at most `width` columns wide. `rate` is in posts a second.
std::string progress_line(const RunFigures& figures, double rate, std::chrono::nanoseconds elapsed, std::size_t width);

class Progress {
 public:
  using Clock = std::function<std::chrono::nanoseconds()>;  // monotonic

  explicit Progress(Log& log, int fd = STDERR_FILENO, Clock clock = {});
  ~Progress();  // leaves the line empty
  Progress(const Progress&) = delete;
  Progress& operator=(const Progress&) = delete;

  bool drawn() const { return terminal_; }  // ask before figures are gathered
  // Draws, unless that was done less than 100 ms ago.
  void show(const RunFigures& figures);
  void clear();

 private:
  void write(const std::string& text) const;

  Log& log_;
  const int fd_;
  const Clock clock_;
  const bool terminal_;
  std::mutex lock_;                                              // of what follows; taken after the log's
  std::chrono::nanoseconds started_, share_since_, drawn_at_{};  // share_since_: when what the share is of began
  double share_ = 0;
  std::uint64_t posts_ = 0;  // when last drawn
  double rate_ = 0;
  bool standing_ = false;  // something is on the line
  bool first_ = true;
};

}  // namespace earshot::host
