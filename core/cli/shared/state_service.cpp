#include "cli/shared/state_service.hpp"

#include <chrono>
#include <thread>

#include "base/error.hpp"
#include "earshot/error.hpp"
#include "earshot/types.hpp"
#include "runtime/erasing.hpp"
#include "state/dead_letters.hpp"
#include "state/erasures.hpp"

namespace earshot::host {
namespace {

using Clock = std::chrono::steady_clock;
constexpr std::chrono::milliseconds kLook{50};

std::string text(ear_str from) {
  return std::string(view(from));
}

// Puts the author into the letter box of the running pipeline, and waits.
Erased ask(const Plan& plan, const Erasure& whom, std::chrono::nanoseconds patience) {
  Erasures box(plan.state);
  const std::int64_t number = box.ask(whom);
  for (const auto until = Clock::now() + patience; Clock::now() < until; std::this_thread::sleep_for(kLook))
    if (const std::optional<Erased> answer = box.answer(number)) return *answer;
  box.withdraw(number);
  throw again("the pipeline runs, and did not come to a checkpoint in time; ask again, or stop it first");
}

}  // namespace

StateService::StateService(const Plan& plan, Environment& environment) : plan_(plan), environment_(environment) {
  table_.size = sizeof table_;
  table_.ctx = this;
  table_.forget = [](void* ctx, const ear_whom* whom, std::int64_t patience, ear_forgotten* done, ear_error* error) {
    return detail::guarded(error, [&] {
      return static_cast<const StateService*>(ctx)->forget(*whom, std::chrono::nanoseconds(patience), *done);
    });
  };
  table_.drop_letters = [](void* ctx, ear_time before, std::uint64_t* dropped, ear_error* error) {
    return detail::guarded(error, [&] {
      *dropped = static_cast<const StateService*>(ctx)->drop_letters(before);
      return ear_status{EAR_OK};
    });
  };
}

ear_status StateService::forget(const ear_whom& raw, std::chrono::nanoseconds patience, ear_forgotten& done) const {
  if (!std::filesystem::exists(plan_.state / "state.db")) return EAR_OK;  // it has not run yet
  const Erasure whom{text(raw.platform), text(raw.id), text(raw.handle), text(raw.name)};
  done.running = StateStore::in_use(plan_.state) ? 1 : 0;
  const Erased erased = done.running != 0 ? ask(plan_, whom, patience) : erase_at_rest(plan_, environment_, whom);
  done.components = static_cast<std::uint64_t>(erased.components);
  done.letters = static_cast<std::uint64_t>(erased.letters);
  done.deliveries = static_cast<std::uint64_t>(erased.deliveries);
  if (!erased.failed.empty()) throw Failure("not every component could forget: " + erased.failed);
  return EAR_OK;
}

std::uint64_t StateService::drop_letters(ear_time before) const {
  if (before == EAR_TIME_NONE && plan_.keep_dead_letters.count() == 0) return 0;
  if (before == EAR_TIME_NONE) before = environment_.now() - plan_.keep_dead_letters.count();
  if (!std::filesystem::exists(plan_.state / "state.db")) return 0;
  return static_cast<std::uint64_t>(DeadLetters(plan_.state).drop(before));
}

}  // namespace earshot::host
