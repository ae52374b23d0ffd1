// log.hpp: what the host and its components tell, a line at a time, on standard error. Every line passes one place
// that hides secrets, shows control characters as text and bounds the length. Any thread; lines never mix.
#pragma once

#include <fmt/core.h>

#include <atomic>
#include <functional>
#include <memory>
#include <string>
#include <string_view>

#include "earshot/abi.h"

namespace earshot::host {

enum class Level : int { debug = EAR_LOG_DEBUG, info = EAR_LOG_INFO, warning = EAR_LOG_WARNING, error = EAR_LOG_ERROR };

struct LogOptions {
  Level level = Level::info;
  bool json = false;  // one object a line, for programs
  // Takes each finished line, without time and line end, in place of standard error: for tests. Called under the lock.
  std::function<void(std::string_view line)> capture;
};

class Log {
 public:
  static constexpr std::size_t kLongest = 4096;  // bytes of a message
  static constexpr std::size_t kKinds = 1000;    // of repeated messages that are told apart

  explicit Log(const LogOptions& options = {});
  ~Log();
  Log(const Log&) = delete;
  Log& operator=(const Log&) = delete;

  // Asked before a message is made: a level that is off costs this one load.
  bool on(Level level) const noexcept { return static_cast<int>(level) >= level_.load(std::memory_order_relaxed); }
  void set_level(Level level) noexcept { level_.store(static_cast<int>(level), std::memory_order_relaxed); }

  // `component` is the id that the user gave, or empty for the host itself.
  void say(Level level, std::string_view component, std::string_view message);

  template <class... Args>
  void debug(std::string_view component, fmt::format_string<Args...> text, Args&&... args) {
    if (on(Level::debug)) format(Level::debug, component, text, fmt::make_format_args(args...));
  }
  template <class... Args>
  void info(std::string_view component, fmt::format_string<Args...> text, Args&&... args) {
    if (on(Level::info)) format(Level::info, component, text, fmt::make_format_args(args...));
  }
  template <class... Args>
  void warning(std::string_view component, fmt::format_string<Args...> text, Args&&... args) {
    if (on(Level::warning)) format(Level::warning, component, text, fmt::make_format_args(args...));
  }
  template <class... Args>
  void error(std::string_view component, fmt::format_string<Args...> text, Args&&... args) {
    if (on(Level::error)) format(Level::error, component, text, fmt::make_format_args(args...));
  }

  // For what may come a million times. The first of a kind (component, kind and key together) is told in full as
  // `message`, which names file and line; those after it are counted, and the total is told at the 10th, 100th,
  // 1,000th and so on. `kind` is one of few ("wrong type"); `key` tells places apart ("posts.ndjson"), or is empty.
  void once_per(Level level, std::string_view component, std::string_view kind, std::string_view key,
                std::string_view message);
  // Tells the totals that have grown since they were last told. At the end of a run.
  void summary();

  // From now on `secret` stands as *** in every line. Texts of fewer than 4 bytes are not hidden, since that would
  // blacken innocent words and give the secret away.
  void hide(std::string secret);

  // Called under the lock before a line is written, so that a progress bar can leave the line first. Empty: nobody.
  void before_each(std::function<void()> leave_line);

 private:
  void format(Level level, std::string_view component, fmt::string_view text, fmt::format_args args);

  struct Impl;
  std::atomic<int> level_;
  std::unique_ptr<Impl> impl_;
};

}  // namespace earshot::host
