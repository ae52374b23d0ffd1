// testing/host.hpp: a host for one component: a clock that the test turns, secrets, a watchlist, services, and a
// record of logs and metrics. What a component may call, it may call from any thread; the rest is the test's thread.
#pragma once

#include <atomic>
#include <cstdint>
#include <map>
#include <memory_resource>
#include <mutex>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "earshot/abi.h"
#include "earshot/testing/values.hpp"
#include "earshot/types.hpp"

namespace earshot::testing {

struct LogLine {
  std::int32_t level = EAR_LOG_INFO;
  std::string text;
};

class TestHost {
 public:
  TestHost() {
    raw_.size = sizeof raw_;
    raw_.abi = EAR_ABI(EAR_ABI_MAJOR, EAR_ABI_MINOR);
    raw_.ctx = this;
    raw_.component = str("test"), raw_.pipeline = str("test");
    raw_.log = [](void* ctx, std::int32_t level, ear_str text) { self(ctx).log(level, view(text)); };
    raw_.metric = [](void* ctx, std::int32_t kind, ear_str name, double v) { self(ctx).metric(kind, view(name), v); };
    raw_.now = [](void* ctx) { return self(ctx).now_.load(); };
    raw_.cancelled = [](void* ctx) { return ++self(ctx).asked_, std::int32_t{self(ctx).cancelled_.load()}; };
    raw_.secret = [](void* ctx, ear_str name, void (*use)(void*, ear_str), void* user) {
      return self(ctx).secret(view(name), use, user);
    };
    raw_.watchlist = [](void* ctx) { return self(ctx).frozen_watchlist(); };
    raw_.config = [](void* ctx) { return self(ctx).frozen_config(); };
    raw_.service = [](void* ctx, ear_str id) { return self(ctx).service(view(id)); };
  }
  TestHost(const TestHost&) = delete;
  TestHost& operator=(const TestHost&) = delete;

  const ear_host& raw() const { return raw_; }
  ear_host& raw() { return raw_; }

  Time now() const { return time(now_.load()); }
  void set_now(Time t) { now_ = ticks(t); }
  void cancel(bool yes = true) { cancelled_ = yes; }
  std::uint64_t times_asked_for_cancellation() const { return asked_; }
  void set_state_dir(std::string folder) { state_dir_ = std::move(folder), raw_.state_dir = str(state_dir_); }
  void add_secret(std::string name, std::string value) { secrets_[std::move(name)] = std::move(value); }
  void add_service(std::string id, const void* table) { services_[std::move(id)] = table; }

  // The lists are frozen when a component first asks; what comes after that is for the next component.
  void watch(Tree item) { watchlist_.push_back(std::move(item)), watchlist_raw_ = nullptr; }
  void set_config(Tree tree) { config_ = std::move(tree), config_raw_ = nullptr; }
  const std::vector<Tree>& watchlist() const { return watchlist_; }

  std::vector<LogLine> logged() const {
    const std::lock_guard lock(mutex_);
    return log_;
  }
  // The sum of a counter, the last value of a gauge; 0 where nothing was said.
  double metric(std::string_view name) const {
    const std::lock_guard lock(mutex_);
    const auto found = metrics_.find(name);
    return found == metrics_.end() ? 0 : found->second;
  }

 private:
  static TestHost& self(void* ctx) { return *static_cast<TestHost*>(ctx); }

  void log(std::int32_t level, std::string_view text) {
    const std::lock_guard lock(mutex_);
    log_.push_back({level, std::string(text)});
  }
  void metric(std::int32_t kind, std::string_view name, double value) {
    const std::lock_guard lock(mutex_);
    double& stored = metrics_[std::string(name)];
    stored = kind == EAR_COUNTER ? stored + value : value;
  }
  ear_status secret(std::string_view name, void (*use)(void*, ear_str), void* user) const {
    const auto found = secrets_.find(name);
    if (found == secrets_.end()) return EAR_INVALID;
    use(user, str(found->second));
    return EAR_OK;
  }
  const void* service(std::string_view id) const {
    const auto found = services_.find(id);
    return found == services_.end() ? nullptr : found->second;
  }
  const ear_value* frozen_watchlist() {
    const std::lock_guard lock(mutex_);
    if (watchlist_raw_ == nullptr) {
      Tree list;
      list.type = EAR_LIST, list.items = watchlist_;
      watchlist_raw_ = freeze(std::vector<Tree>(1, list), memory_);
    }
    return watchlist_raw_;
  }
  const ear_value* frozen_config() {
    const std::lock_guard lock(mutex_);
    if (config_raw_ == nullptr && config_.type != EAR_UNSET)
      config_raw_ = freeze(std::vector<Tree>(1, config_), memory_);
    return config_raw_;
  }

  ear_host raw_{};
  std::atomic<ear_time> now_{ticks(at("2026-05-01T12:00:00Z"))};
  std::atomic<bool> cancelled_{false};
  std::atomic<std::uint64_t> asked_{0};
  std::string state_dir_;
  std::map<std::string, std::string, std::less<>> secrets_;
  std::map<std::string, const void*, std::less<>> services_;
  std::vector<Tree> watchlist_;
  Tree config_;

  mutable std::mutex mutex_;  // guards what follows
  std::pmr::monotonic_buffer_resource memory_;
  const ear_value* watchlist_raw_ = nullptr;
  const ear_value* config_raw_ = nullptr;
  std::vector<LogLine> log_;
  std::map<std::string, double, std::less<>> metrics_;
};

}  // namespace earshot::testing
