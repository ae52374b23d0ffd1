// instance.hpp: one configured component: what the plugin made, and the host as that plugin sees it. Main thread for
// making, starting and stopping; the calls of its kind come from one thread at a time.
#pragma once

#include <atomic>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/value.hpp"
#include "config/plan.hpp"
#include "runtime/environment.hpp"
#include "state/state_store.hpp"

namespace earshot::host {

class Services;

// What a call into a plugin came to.
struct Outcome {
  ear_status status = EAR_OK;
  std::uint32_t post = EAR_NONE;
  std::chrono::nanoseconds retry_after{0};
  std::string option, message;
  std::uint64_t offset = 0;

  bool ok() const { return status == EAR_OK; }
  bool retryable() const { return status == EAR_AGAIN || status == EAR_RATE_LIMITED || status == EAR_IO; }
  // "rate limited: …", for logs; never empty.
  std::string text() const;
};

// Makes `call(ear_error*)` with an error on the stack and reads what came of it.
template <class Call>
Outcome calling(Call&& call);

// What the components of one plan share. Constant once made.
struct Surroundings {
  std::string pipeline, state_dir;
  Frozen watchlist, config;
  std::map<std::string, std::string> secrets;
};
std::shared_ptr<const Surroundings> surroundings_of(const Plan& plan);

class Instance {
 public:
  // Calls `create`. Throws InstanceFault where the component refuses.
  Instance(const ComponentPlan& plan, Environment& environment, std::shared_ptr<const Surroundings> surroundings,
           Services* services);
  ~Instance();  // stop and destroy
  Instance(const Instance&) = delete;
  Instance& operator=(const Instance&) = delete;

  const std::string& id() const { return plan_.id; }
  const ComponentPlan& plan() const { return plan_; }
  const ear_component& table() const { return table_; }
  void* self() const { return self_; }
  bool has(std::uint32_t flag) const { return (table_.flags & flag) != 0; }

  Outcome load(const std::vector<StatePiece>& pieces);
  Outcome start();
  Outcome stop();
  bool saves() const { return table_.save != nullptr; }
  Outcome save(bool whole, std::vector<StatePiece>& out);
  ear_time next_tick();
  Outcome tick(ear_time now);
  // Forgets an author; only where the component can.
  Outcome erase(std::string_view platform, std::string_view author);

  // Can there be others with the same model, for other workers? They are made once this has started, and destroyed
  // before it.
  bool shares() const;
  Outcome share(void*& sibling);
  void destroy_shared(void* sibling) { table_.destroy(sibling); }

  void cancel(bool yes) { cancelled_.store(yes, std::memory_order_relaxed); }

 private:
  static Instance& of(void* ctx) { return *static_cast<Instance*>(ctx); }
  void fill_host();
  ear_status show_secret(std::string_view name, void (*use)(void*, ear_str), void* user);

  ComponentPlan plan_;
  Environment& environment_;
  std::shared_ptr<const Surroundings> surroundings_;
  Services* services_;
  PluginMeters meters_;
  const ear_component& table_;
  Frozen values_;
  ear_host host_{};
  std::atomic<bool> cancelled_{false};
  bool started_ = false;
  void* self_ = nullptr;
};

// A component that refuses its options or cannot begin.
class InstanceFault : public std::runtime_error {
 public:
  InstanceFault(const ComponentPlan& plan, Outcome why);
  Diagnostic diagnostic() const { return diagnostic_; }

 private:
  Diagnostic diagnostic_;
};

template <class Call>
Outcome calling(Call&& call) {
  ear_error error{};
  error.size = sizeof error;
  error.post = EAR_NONE;
  Outcome out;
  out.status = call(&error);
  if (out.status < EAR_INTERNAL || out.status > EAR_END) out.status = EAR_INTERNAL;
  out.post = error.post;
  out.retry_after = std::chrono::nanoseconds{error.retry_after < 0 ? 0 : error.retry_after};
  if (out.status == EAR_OK) return out;
  error.option[sizeof error.option - 1] = 0, error.message[sizeof error.message - 1] = 0;
  out.option = error.option, out.message = error.message, out.offset = error.offset;
  return out;
}

}  // namespace earshot::host
