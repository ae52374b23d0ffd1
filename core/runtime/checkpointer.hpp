// checkpointer.hpp: sends a barrier every so often, and commits what comes of it once every local sink has flushed. One
// at a time; the next after the larger of the configured time and 20 times what the last one took. Main thread.
#pragma once

#include <algorithm>
#include <chrono>
#include <functional>
#include <memory>
#include <optional>
#include <set>

#include "runtime/barrier.hpp"
#include "runtime/control.hpp"
#include "runtime/sequencer.hpp"

namespace earshot::host {

class Checkpointer {
 public:
  using Duration = std::chrono::nanoseconds;
  // `committed` is told of each that is safe.
  Checkpointer(StateStore& state, Sequencer& sequencer, BatchPool& pool, Budget& budget, Environment& environment,
               Control& control, Duration every, std::function<void(const Barrier&)> committed);

  void set_interval(Duration every) { every_ = every; }
  // How many local sinks a barrier waits for, from now on.
  void set_sinks(std::uint32_t local_sinks) { local_sinks_ = local_sinks; }
  // The next one is due now.
  void hurry() { due_ = std::min(due_, std::chrono::steady_clock::now()); }
  // Goes on by what can be done without waiting.
  void step();
  // One more, now, after any that is on its way. False: not within `limit`, or `give_up` said so, or the run has
  // failed.
  bool run(Duration limit, bool finished, const std::function<bool()>& give_up);
  std::uint64_t count() const { return count_; }
  Duration since_last() const;

 private:
  void begin();
  bool commit();  // false: it has to be tried again
  void finish_erasures(Barrier& barrier);

  StateStore& state_;
  Sequencer& sequencer_;
  BatchPool& pool_;
  Budget& budget_;
  Environment& environment_;
  Control& control_;
  Duration every_;
  std::function<void(const Barrier&)> committed_;
  Counter& failures_;
  Histogram& took_;
  std::uint32_t local_sinks_ = 0;
  std::shared_ptr<Barrier> barrier_;
  std::chrono::steady_clock::time_point began_, due_, ended_, try_again_;
  Backoff backoff_;
  bool finished_ = false;
  std::uint64_t count_ = 0;
};

}  // namespace earshot::host
