#include "runtime/calls.hpp"

#include <algorithm>
#include <utility>

namespace earshot::host {
namespace {

thread_local CallSlot* current = nullptr;  // of the call that goes on in this thread

}  // namespace

std::int64_t steady_now() {
  return std::chrono::duration_cast<std::chrono::nanoseconds>(std::chrono::steady_clock::now().time_since_epoch())
      .count();
}

void note_asked() {
  if (current != nullptr) current->asked.store(steady_now(), std::memory_order_relaxed);
}

InCall::InCall(CallSlot& slot, const char* component, const char* call, std::chrono::nanoseconds deadline,
               Histogram* busy, const ear_post* const* posts, std::uint32_t post_count)
    : slot_(slot), before_(std::exchange(current, &slot)), busy_(busy) {
  slot.call.store(call, std::memory_order_relaxed);
  slot.since.store(steady_now(), std::memory_order_relaxed);
  slot.deadline.store(deadline.count(), std::memory_order_relaxed);
  slot.posts.store(posts, std::memory_order_relaxed);
  slot.post_count.store(post_count, std::memory_order_relaxed);
  slot.component.store(component, std::memory_order_release);
}

InCall::~InCall() {
  current = before_;
  slot_.component.store(nullptr, std::memory_order_release);
  if (busy_ != nullptr)
    busy_->add(static_cast<std::uint64_t>(steady_now() - slot_.since.load(std::memory_order_relaxed)));
}

CallSlot& Calls::add() {
  const std::lock_guard lock(mutex_);
  return slots_.emplace_back();
}

std::vector<Calls::Overdue> Calls::overdue() {
  const std::lock_guard lock(mutex_);
  const std::int64_t now = steady_now();
  std::vector<Overdue> out;
  for (CallSlot& slot : slots_) {
    const char* component = slot.component.load(std::memory_order_acquire);
    const std::int64_t deadline = slot.deadline.load(std::memory_order_relaxed);
    const std::int64_t running =
        now - std::max(slot.since.load(std::memory_order_relaxed), slot.asked.load(std::memory_order_relaxed));
    if (component == nullptr || deadline == 0 || running <= deadline) continue;
    out.push_back({component, slot.call.load(std::memory_order_relaxed), std::chrono::nanoseconds{running},
                   std::chrono::nanoseconds{deadline}, &slot});
  }
  return out;
}

}  // namespace earshot::host
