// testing/component.hpp: one component driven through its C tables: created with options, given its state, started,
// saved and destroyed in the order that abi.h promises. One thread.
#pragma once

#include <map>
#include <memory_resource>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "earshot/abi.h"
#include "earshot/testing/host.hpp"
#include "earshot/testing/values.hpp"

namespace earshot::testing {

// A call that was answered with an error, with what the component said of it.
struct CallFailed : std::runtime_error {
  CallFailed(const std::string& call, ear_status code, const ear_error& error)
      : std::runtime_error(call + " answered " + std::to_string(code) + ": " + error.message),
        status(code),
        message(error.message),
        option(error.option),
        offset(error.offset),
        post(error.post),
        retry_after(error.retry_after) {}
  ear_status status;
  std::string message, option;
  std::uint64_t offset;
  std::uint32_t post;
  Duration retry_after;
};

// The component said something that abi.h does not allow.
struct ContractBroken : std::logic_error {
  using std::logic_error::logic_error;
};

inline ear_error make_error() {
  ear_error error{};
  error.size = sizeof error;
  error.post = EAR_NONE;
  return error;
}

// State as the host keeps it: what `save` put, less what it removed.
using State = std::map<std::string, std::string, std::less<>>;

class ComponentUnderTest {
 public:
  explicit ComponentUnderTest(const ear_component& table, std::vector<Setting> options = {})
      : table_(table), options_(std::move(options)) {}
  ~ComponentUnderTest() { destroy(); }
  ComponentUnderTest(const ComponentUnderTest&) = delete;
  ComponentUnderTest& operator=(const ComponentUnderTest&) = delete;

  const ear_component& table() const { return table_; }
  TestHost& host() { return host_; }
  void* self() const { return self_; }
  bool is_started() const { return started_; }
  void set_option(Setting setting) { options_.push_back(std::move(setting)); }
  const State& state() const { return state_; }
  State& state() { return state_; }

  // Throws CallFailed, and std::invalid_argument for an option that the host would refuse.
  void create() {
    if (self_ != nullptr) return;
    // The values die with the call, so that a component which keeps one is found by the sanitizers.
    std::pmr::monotonic_buffer_resource memory;
    const ear_value* values = freeze(option_values(table_, options_), memory);
    ear_error error = make_error();
    const ear_status status = table_.create(&host_.raw(), values, &self_, &error);
    if (status != EAR_OK) throw CallFailed("create", status, error);
  }
  void start() {
    create();
    if (!started_ && table_.start != nullptr) call("start", [&](ear_error* e) { return table_.start(self_, e); });
    started_ = true;
  }
  void stop() {
    if (started_ && table_.stop != nullptr) call("stop", [&](ear_error* e) { return table_.stop(self_, e); });
    started_ = false;
  }
  void destroy() noexcept {
    if (self_ == nullptr) return;
    ear_error error = make_error();
    if (started_ && table_.stop != nullptr) table_.stop(self_, &error);
    table_.destroy(self_);
    self_ = nullptr, started_ = false;
  }

  // Asks for everything the first time (and where `whole`), then for what changed.
  const State& save(bool whole = false) {
    if (table_.save == nullptr) return state_;
    if (whole || !saved_before_) state_.clear();
    ear_state_out out{sizeof(ear_state_out), whole || !saved_before_ ? 1u : 0u, &state_,
                      [](void* ctx, ear_str key, ear_bytes value) {
                        (*static_cast<State*>(ctx))[std::string(view(key))] = view(value);
                      },
                      [](void* ctx, ear_str key) { static_cast<State*>(ctx)->erase(std::string(view(key))); }};
    call("save", [&](ear_error* e) { return table_.save(self_, &out, e); });
    saved_before_ = true;
    return state_;
  }
  // Another instance takes over from the saved state.
  void reload() {
    const bool was_started = started_;
    destroy();
    saved_before_ = false;
    create();
    if (table_.load != nullptr)
      for (const auto& piece : state_) load(piece.first, piece.second);
    if (was_started) start();
  }

  void load(std::string_view key, std::string_view value) {
    call("load", [&](ear_error* e) { return table_.load(self_, table_.state_version, str(key), bytes(value), e); });
  }

  // Makes a call and throws what it was answered with, unless that is EAR_OK.
  template <class Call>
  void call(const char* name, Call&& call) {
    ear_error error = make_error();
    const ear_status status = call(&error);
    if (status != EAR_OK) throw CallFailed(name, status, error);
  }

 private:
  const ear_component& table_;
  std::vector<Setting> options_;
  TestHost host_;
  State state_;
  void* self_ = nullptr;
  bool started_ = false, saved_before_ = false;
};

}  // namespace earshot::testing
