// sequencer.hpp: the one door through which batches enter: it puts those of all sources in one order, follows event
// time, marks late posts, and stops repeats. The same order of one source's posts gives the same marks however they
// were cut into batches. Any thread; one at a time gets in.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "runtime/barrier.hpp"
#include "runtime/batch_pool.hpp"
#include "runtime/graph.hpp"
#include "runtime/seen_posts.hpp"

namespace earshot::host {

class Sequencer {
 public:
  static constexpr std::int64_t kFuture = 300'000'000'000;  // ns: a post may be so far ahead of the clock

  struct Counts {  // since the start
    std::uint64_t clamped = 0, late = 0, repeats = 0;
  };
  struct SourceSettings {
    std::string id;
    std::int64_t lateness = 0;  // nanoseconds
    bool repeats = false;       // EAR_REPEATS
    bool replays = false;       // EAR_REPLAYS: a post that was late is so again
  };

  // `ready` takes each batch in its order, under the lock.
  Sequencer(std::shared_ptr<const Graph> graph, std::vector<SourceSettings> sources, std::function<ear_time()> now,
            std::function<void(BatchPtr)> ready);

  void restore(const Restored& restored);
  // Another graph and other sources, while nothing is on its way; those that stay keep their place in event time.
  void replace(std::shared_ptr<const Graph> graph, std::vector<SourceSettings> sources, const Restored& restored = {});

  void admit(BatchPtr batch);
  // A batch with posts that enter at `batch->entry`, beside the stream.
  void admit_directly(BatchPtr batch);
  void source_ended(std::uint32_t source);
  // It brings nothing for now, and holds no one up; unlike one that has ended, it is opened again by the next run.
  void source_stopped(std::uint32_t source);
  bool all_ended() const;
  // Sends the barrier after everything admitted so far and notes how far each source had got.
  void send(const std::shared_ptr<Barrier>& barrier, BatchPtr carrier);
  // Every source has ended: event time is over.
  void send_end_of_time(BatchPtr carrier);
  // Only lets components look at the clock.
  void send_tick(BatchPtr carrier);

  std::string cursor(std::uint32_t source) const;  // the last one admitted
  Counts counts(std::uint32_t source) const;
  ear_time watermark(std::uint32_t source) const;
  std::uint64_t sent() const;

 private:
  struct Source {
    SourceSettings settings;
    ear_time newest = EAR_TIME_NONE;  // published, of what is not in the future
    ear_time watermark = EAR_TIME_NONE;
    bool ended = false, stopped = false;
    std::string cursor;
    Counts counts;
  };
  ear_time others(std::uint32_t source) const;
  void follow_time(Batch& batch, Source& source);
  void stop_repeats(Batch& batch, Source& source);
  void move(Source& source, ear_time to);
  void send(BatchPtr batch);

  mutable std::mutex mutex_;
  std::shared_ptr<const Graph> graph_;
  std::vector<Source> sources_;
  std::function<ear_time()> now_;
  std::function<void(BatchPtr)> ready_;
  std::uint64_t next_ = 0;
  bool any_repeats_ = false;
  SeenPosts seen_;
};

}  // namespace earshot::host
