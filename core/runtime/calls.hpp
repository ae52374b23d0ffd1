// calls.hpp: which call into which component is going on in each thread, so that a hang and a crash can be named. A
// thread that calls components has one CallSlot; writing to it costs a few stores.
#pragma once

#include <atomic>
#include <chrono>
#include <cstdint>
#include <deque>
#include <filesystem>
#include <mutex>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "base/identity.hpp"
#include "earshot/abi.h"
#include "observe/meters.hpp"

namespace earshot::host {

struct CallSlot {
  std::atomic<const char*> component{nullptr};  // NULL: no call; else a text that outlives the pipeline's threads
  std::atomic<const char*> call{nullptr};       // "detect", a literal
  std::atomic<std::int64_t> since{0};           // steady nanoseconds
  std::atomic<std::int64_t> asked{0};           // when it last asked whether it is to stop: whoever asks does not hang
  std::atomic<std::int64_t> deadline{0};        // nanoseconds; 0: none
  std::atomic<const ear_post* const*> posts{nullptr};
  std::atomic<std::uint32_t> post_count{0};
};

std::int64_t steady_now();

// What goes on in this thread has asked ear_host.cancelled. It may look at an hour of video in one call, as long as it
// asks meanwhile.
void note_asked();

// The call of one scope. `busy` takes how long it was, in nanoseconds.
class InCall {
 public:
  InCall(CallSlot& slot, const char* component, const char* call, std::chrono::nanoseconds deadline,
         Histogram* busy = nullptr, const ear_post* const* posts = nullptr, std::uint32_t post_count = 0);
  ~InCall();
  InCall(const InCall&) = delete;
  InCall& operator=(const InCall&) = delete;

 private:
  CallSlot& slot_;
  CallSlot* before_;  // what this thread was in
  Histogram* busy_;
};

// All slots of a process. Any thread.
class Calls {
 public:
  CallSlot& add();  // for a new thread; stays until Calls goes

  struct Overdue {
    std::string component, call;
    std::chrono::nanoseconds running, deadline;
    CallSlot* slot;
  };
  std::vector<Overdue> overdue();

 private:
  std::mutex mutex_;
  std::deque<CallSlot> slots_;
};

// What a crash left in `folder`: which component had which posts in its hands.
struct Crash {
  std::string component;
  std::vector<Id> posts;
};

// What a component must be careful with.
struct Suspects {
  std::set<Id> tried_alone;  // in hand at a crash: looked at one by one
  std::set<Id> poison;       // has crashed it alone: never again
};

// Sees to it that a fatal signal in this thread's call is written down. [main] once; then `watch` in each thread.
class CrashFile {
 public:
  // Installs handlers for SIGSEGV, SIGBUS, SIGFPE, SIGILL and SIGABRT, which write and then let the process die as
  // before. One for a process, since signal handlers are.
  explicit CrashFile(const std::filesystem::path& folder);
  ~CrashFile();
  CrashFile(const CrashFile&) = delete;
  CrashFile& operator=(const CrashFile&) = delete;

  static void watch(CallSlot& slot);        // this thread's slot
  static void write(const CallSlot& slot);  // now: a hang
  // Reads what is there and removes it. Nothing: no crash, or none inside a component.
  static std::optional<Crash> take(const std::filesystem::path& folder);
};

}  // namespace earshot::host
