// host.hpp: what the host offers to a component. Any thread may use it, from create until destroy.
#pragma once

#include <concepts>
#include <exception>
#include <string>
#include <string_view>

#include "earshot/abi.h"
#include "earshot/error.hpp"
#include "earshot/options.hpp"
#include "earshot/types.hpp"

namespace earshot {

class Host {
 public:
  Host() = default;
  explicit Host(const ear_host& raw) : raw_(&raw) {}
  const ear_host& raw() const { return *raw_; }

  std::string_view component() const { return view(raw_->component); }  // the id in the pipeline
  std::string_view pipeline() const { return view(raw_->pipeline); }
  std::string_view state_dir() const { return view(raw_->state_dir); }

  void debug(std::string_view message) const { raw_->log(raw_->ctx, EAR_LOG_DEBUG, str(message)); }
  void info(std::string_view message) const { raw_->log(raw_->ctx, EAR_LOG_INFO, str(message)); }
  void warn(std::string_view message) const { raw_->log(raw_->ctx, EAR_LOG_WARNING, str(message)); }
  void fail(std::string_view message) const { raw_->log(raw_->ctx, EAR_LOG_ERROR, str(message)); }

  void count(std::string_view metric, double more = 1) const {
    raw_->metric(raw_->ctx, EAR_COUNTER, str(metric), more);
  }
  void gauge(std::string_view metric, double value) const { raw_->metric(raw_->ctx, EAR_GAUGE, str(metric), value); }

  Time now() const { return time(raw_->now(raw_->ctx)); }
  bool cancelled() const { return raw_->cancelled(raw_->ctx) != 0; }

  // The watch items: each a map with `id`, `names` (none, where there is a `query`) and whatever else the user wrote.
  Value watchlist() const {
    const ear_value* list = raw_->watchlist(raw_->ctx);
    return list == nullptr ? Value{} : Value{*list};
  }
  // The pipeline as configured, for commands.
  Value config() const {
    const ear_value* tree = raw_->config(raw_->ctx);
    return tree == nullptr ? Value{} : Value{*tree};
  }

  // Shows the secret to `use`, which must not keep it. Throws `invalid` where there is no such secret.
  template <std::invocable<std::string_view> Use>
  void secret(const Secret& secret, Use&& use) const {
    struct Call {
      Use& use;
      std::exception_ptr thrown;
    } call{use, nullptr};
    const auto show = [](void* user, ear_str value) {
      auto& c = *static_cast<Call*>(user);
      try {
        c.use(view(value));
      } catch (...) {
        c.thrown = std::current_exception();
      }
    };
    if (raw_->secret(raw_->ctx, str(secret.name), show, &call) != EAR_OK)
      throw invalid("there is no secret named '" + secret.name + "'");
    if (call.thrown) std::rethrow_exception(call.thrown);
  }

  // The table of a service: `Table` names it as `static constexpr const char* id` or by `service_id<Table>`.
  template <class Table>
  const Table& service(const char* id) const {
    const void* table = raw_->service(raw_->ctx, str(id));
    if (table == nullptr)
      throw unsupported(std::string("no plugin offers the service ") + id +
                        "; `earshot plugins` lists what there is, and what was not built");
    return *static_cast<const Table*>(table);
  }

 private:
  const ear_host* raw_ = nullptr;
};

}  // namespace earshot
