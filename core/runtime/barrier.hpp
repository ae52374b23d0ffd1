// barrier.hpp: one checkpoint on its way through the pipeline. It stands at one place of the one order of batches:
// every detector saves when it comes by, every local sink flushes, and when all have, what they gave is committed
// together (aligned snapshots: Carbone et al. 2015; one order of batches makes the alignment). Any thread.
#pragma once

#include <condition_variable>
#include <cstdint>
#include <mutex>
#include <utility>
#include <vector>

#include "state/state_store.hpp"

namespace earshot::host {

struct Barrier {
  explicit Barrier(std::uint32_t sinks, std::vector<Erasure> authors = {})
      : waiting(sinks), erase(std::move(authors)), erased(erase.size()) {}

  // Adds to what will be committed.
  template <class Add>
  void add(Add&& change) {
    const std::lock_guard lock(mutex);
    change(commit);
  }
  // A local sink has flushed.
  void done() {
    {
      const std::lock_guard lock(mutex);
      --waiting;
    }
    all_done.notify_all();
  }
  bool wait(std::chrono::nanoseconds limit) {
    std::unique_lock lock(mutex);
    return all_done.wait_for(lock, limit, [&] { return waiting == 0; });
  }

  std::mutex mutex;
  std::condition_variable all_done;
  std::uint32_t waiting;  // sinks, and the delivery stage itself
  Commit commit;
  std::vector<Erasure> erase;                                  // constant on its way
  std::vector<Erased> erased;                                  // what came of each
  std::vector<std::pair<std::uint32_t, std::string>> cursors;  // of sources, to be told once it is committed
};

}  // namespace earshot::host
