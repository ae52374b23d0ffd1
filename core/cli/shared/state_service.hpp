// state_service.hpp: the service earshot.state/1 for commands: a pipeline's state folder, whether it runs or not. It
// borrows plan and environment. Main thread.
#pragma once

#include "config/plan.hpp"
#include "earshot/services/state.h"
#include "runtime/environment.hpp"

namespace earshot::host {

class StateService {
 public:
  StateService(const Plan& plan, Environment& environment);
  StateService(const StateService&) = delete;
  StateService& operator=(const StateService&) = delete;
  const ear_state_1& table() const { return table_; }

 private:
  ear_status forget(const ear_whom& whom, std::chrono::nanoseconds patience, ear_forgotten& done) const;
  std::uint64_t drop_letters(ear_time before) const;

  const Plan& plan_;
  Environment& environment_;
  ear_state_1 table_{};
};

}  // namespace earshot::host
