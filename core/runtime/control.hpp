// control.hpp: how the threads of a run are told to stop, and how one of them says that the run cannot go on. Any
// thread.
#pragma once

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <mutex>
#include <optional>
#include <string>

#include "runtime/backoff.hpp"
#include "runtime/instance.hpp"

namespace earshot::host {

// Thrown in a thread of the run when it must end at once, without finishing what it holds.
struct Aborted {};

class Control {
 public:
  void abort() {
    {
      const std::lock_guard lock(mutex_);
      aborted_ = true;
    }
    changed_.notify_all();
  }
  bool aborted() const { return aborted_.load(std::memory_order_relaxed); }

  // The run cannot go on: `component` stopped. The first one counts.
  void fail(const std::string& component, const std::string& reason) {
    {
      const std::lock_guard lock(mutex_);
      if (!failure_) failure_ = component + ": " + reason;
      aborted_ = true;
    }
    changed_.notify_all();
  }
  std::optional<std::string> failure() const {
    const std::lock_guard lock(mutex_);
    return failure_;
  }
  // Waits; throws Aborted where the run ends meanwhile.
  void pause(std::chrono::nanoseconds time) {
    std::unique_lock lock(mutex_);
    if (changed_.wait_for(lock, time, [&] { return aborted_.load(); })) throw Aborted{};
  }

 private:
  mutable std::mutex mutex_;
  std::condition_variable changed_;
  std::atomic<bool> aborted_{false};
  std::optional<std::string> failure_;
};

// Where a call is tried again and again.
struct Retrying {
  Control& control;
  Environment& environment;
  Counter& retried;
  Health::Watched& health;
};

// Makes `call` until it comes to something that is not to be tried again. Throws Aborted.
template <class Call>
Outcome persist(const Retrying& with, const std::string& id, Call&& call) {
  Backoff backoff;
  for (;;) {
    if (with.control.aborted()) throw Aborted{};
    Outcome outcome = call();
    if (!outcome.retryable()) {
      if (backoff.tries() > 1) with.environment.log.info(id, "goes on after {} tries", backoff.tries() + 1);
      with.health.progress(with.environment.health.now());
      return outcome;
    }
    const auto wait = backoff.next(outcome.retry_after);
    with.retried.add();
    with.environment.log.once_per(Level::warning, id, "tried again", outcome.text(), outcome.text() + "; trying again");
    with.control.pause(wait);
  }
}

}  // namespace earshot::host
