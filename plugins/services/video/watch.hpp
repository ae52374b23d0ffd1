// watch.hpp: watches over one call: was it cancelled, does it take too long, and how far has it got. One thread.
#pragma once

#include <earshot/host.hpp>

#include <algorithm>
#include <chrono>
#include <cstdint>

namespace earshot::video {

class Watch {
 public:
  using Clock = std::chrono::steady_clock;

  // The call may take `limit` of time, without that in which its caller looks at what it is shown.
  Watch(const Host& host, Duration limit) : host_(host), limit_(limit) {}

  const Host& host() const { return host_; }
  bool over() const noexcept { return host_.cancelled() || late(); }
  // Throws where it is over.
  void check() const {
    if (host_.cancelled()) throw cancelled();
    if (late())
      throw unsupported("it takes longer than " +
                        std::to_string(std::chrono::duration_cast<std::chrono::seconds>(limit_).count()) +
                        " s to take apart; the service's option 'time_limit' allows more");
  }

  // Runs what is not counted.
  template <class Show>
  bool shown(Show&& show) {
    const Clock::time_point begin = Clock::now();
    const bool more = show();
    begin_ += Clock::now() - begin;
    return more;
  }

  // `at` of `all` nanoseconds are done. Told at most five times a second, and the end of what was told.
  void progress(std::int64_t at, std::int64_t all) {
    if (all <= 0 || Clock::now() < next_told_) return;
    next_told_ = Clock::now() + std::chrono::milliseconds(200), told_ = true;
    host_.gauge("progress", std::clamp(static_cast<double>(at) / static_cast<double>(all), 0.0, 1.0));
  }
  void done() {
    if (told_) host_.gauge("progress", 1);
  }

 private:
  bool late() const noexcept { return Clock::now() - begin_ > limit_; }

  const Host& host_;
  Duration limit_;
  Clock::time_point begin_ = Clock::now();
  Clock::time_point next_told_ = begin_ + std::chrono::milliseconds(200);
  bool told_ = false;
};

}  // namespace earshot::video
