#include <fmt/format.h>

#include "base/error.hpp"
#include "runtime/pipeline.hpp"

// A reload builds the new beside the old, waits until nothing is on its way, and switches. Whatever fails before the
// switch leaves the old as it was; if the new cannot start, the old starts again.

namespace earshot::host {

void Pipeline::reload() {
  environment_.log.info("", "reading the config again");
  if (!settings_.read_again) return;
  std::optional<Plan> plan = settings_.read_again();
  if (!plan) return environment_.log.error("", "the new config has faults; the old one runs on");
  if (plan->state != plan_.state || plan->name != plan_.name)
    return environment_.log.error("", "`pipeline` and `state` cannot change while it runs; the old config runs on");
  try {
    auto next = std::make_unique<Assembly>(std::move(*plan), environment_, workers_, assembly_.get());
    next->try_state(environment_, state_);
    if (switch_to(std::move(next)))
      environment_.log.info("", "the new config runs");
    else
      environment_.log.error("", "the old config runs on");
  } catch (const InstanceFault& fault) {
    environment_.log.error("", "the new config cannot run, and the old one runs on: {}", fault.what());
  }
}

bool Pipeline::switch_to(std::unique_ptr<Assembly> next) {
  const auto until = std::chrono::steady_clock::now() + plan_.drain;
  const auto left = [&] {
    return std::max<std::chrono::nanoseconds>(until - std::chrono::steady_clock::now(), std::chrono::nanoseconds{0});
  };
  parts_->stop_sources();
  if (!parts_->join_sources(left())) {
    parts_->run_sources(parts_->opened_sources());
    return false;
  }
  if (!checkpointer_->run(left(), false, [] { return false; }) || !budget_.wait_empty(left())) {
    if (!control_.failure()) parts_->run_sources(parts_->opened_sources());
    return false;
  }
  std::set<std::string> opened = parts_->opened_sources();
  timers_ = parts_->timers();
  parts_.reset();

  const std::set<std::string> kept = next->kept();
  assembly_->stop_all_but(kept);
  bool switched = true;
  try {
    next->start(state_);
  } catch (const InstanceFault& fault) {
    environment_.log.error("", "the new config cannot start: {}", fault.what());
    assembly_->start_again(kept);
    switched = false;
  }
  std::erase_if(opened, [&](const std::string& id) { return !kept.contains(id); });
  if (switched) {
    measured_.clear();
    assembly_ = std::move(next);
    plan_ = assembly_->plan();
    sequencer_->replace(assembly_->graph(), source_settings(*assembly_), state_.restore());
    measure();
  }
  make_parts(opened);
  return switched;
}

}  // namespace earshot::host
