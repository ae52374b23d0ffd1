// state.hpp: the service of state.h in C++. For the thread of the command.
#pragma once

#include "earshot/host.hpp"
#include "earshot/services/state.h"

namespace earshot {

struct Whom {
  std::string_view platform, id, handle = {}, name = {};
};

class PipelineState {
 public:
  explicit PipelineState(const Host& host) : table_(host.service<ear_state_1>(EAR_STATE_1)) {}

  ear_forgotten forget(const Whom& whom, Duration patience) const {
    const ear_whom raw{sizeof(ear_whom), 0, str(whom.platform), str(whom.id), str(whom.handle), str(whom.name)};
    ear_forgotten done{};
    done.size = sizeof done;
    check([&](ear_error* error) { return table_.forget(table_.ctx, &raw, patience.count(), &done, error); });
    return done;
  }
  std::uint64_t drop_letters(Time before) const {
    std::uint64_t dropped = 0;
    check([&](ear_error* error) { return table_.drop_letters(table_.ctx, ticks(before), &dropped, error); });
    return dropped;
  }

 private:
  template <class Call>
  static void check(Call&& call) {
    ear_error error{};
    error.size = sizeof error;
    error.post = EAR_NONE;
    if (const ear_status status = call(&error); status != EAR_OK) throw Error(status, error.message);
  }

  const ear_state_1& table_;
};

}  // namespace earshot
