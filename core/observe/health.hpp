// health.hpp: whether the run makes progress. Healthy is not "the process is there" but: whatever has work pending has
// done some of it lately, and nothing has stopped for good. Any thread.
#pragma once

#include <atomic>
#include <chrono>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

namespace earshot::host {

class Health {
 public:
  using Time = std::chrono::nanoseconds;  // since any fixed moment; never goes back

  // One component, as long as somebody holds it. Its calls are a relaxed store or two.
  class Watched {
   public:
    explicit Watched(std::string id, Time now) : id_(std::move(id)), moved_(now.count()) {}

    // Some work was done.
    void progress(Time now) noexcept { moved_.store(now.count(), std::memory_order_relaxed); }
    // `count` pieces of work wait. The time without progress begins when the first one comes.
    void pending(std::int64_t count, Time now) noexcept {
      if (pending_.exchange(count, std::memory_order_relaxed) <= 0 && count > 0) progress(now);
    }

   private:
    friend class Health;
    std::string id_;
    std::atomic<std::int64_t> moved_;
    std::atomic<std::int64_t> pending_{0};
  };

  struct Trouble {
    std::string component, reason;
  };

  explicit Health(Time patience = std::chrono::seconds{60}, std::function<Time()> clock = steady);
  static Time steady();

  Time now() const { return clock_(); }
  std::shared_ptr<Watched> watch(std::string component);

  // Trouble told by hand ("stopped: auth: the token is refused"), until it is cleared. One reason a component.
  void trouble(std::string_view component, std::string reason);
  void clear(std::string_view component);

  std::vector<Trouble> troubles() const;  // none: healthy
  // {"status":"ok"} or {"status":"unhealthy","troubles":[{"component":"store","reason":"…"}]}
  static std::string json(const std::vector<Trouble>& troubles);

 private:
  const Time patience_;
  const std::function<Time()> clock_;
  mutable std::mutex lock_;
  mutable std::vector<std::weak_ptr<Watched>> watched_;
  std::map<std::string, std::string, std::less<>> by_hand_;
};

}  // namespace earshot::host
