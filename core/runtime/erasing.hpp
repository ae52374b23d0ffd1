// erasing.hpp: how a pipeline forgets an author. While it runs, a barrier carries who it is: every stateful detector
// and every local sink forgets before it saves, so what is committed with that barrier has nothing of them any more.
// While it does not run, detectors are made of their saved state for the moment. Dead letters and the outbox follow.
#pragma once

#include <functional>
#include <string>

#include "runtime/barrier.hpp"
#include "runtime/instance.hpp"

namespace earshot::host {

// Has one component forget everybody whom the barrier names. `call` makes a call, as often as it takes.
using MakeCall = std::function<Outcome(const std::function<Outcome()>&)>;
void forget(Instance& instance, Barrier& barrier, const MakeCall& call);

// What is to become of a dead letter, or of a delivery in the outbox: those of the author go, an alert loses what it
// quotes of them. What a source could not read goes where one of the names stands in it as a word.
StateStore::Look forgetting(const Erasure& whom);

// For a pipeline that does not run. Sinks are left alone: they would reach outside. Throws Failure where the pipeline
// runs, and InstanceFault where a detector cannot take up its state.
Erased erase_at_rest(const Plan& plan, Environment& environment, const Erasure& whom);

}  // namespace earshot::host
