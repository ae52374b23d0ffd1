// source_runner.hpp: one source and its thread: polls, turns what is pushed into batches, waits for room, and hands
// them to the sequencer with the cursor that covers them. The thread's own, but for what is marked.
#pragma once

#include <condition_variable>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <thread>
#include <vector>

#include "runtime/batch_pool.hpp"
#include "runtime/calls.hpp"
#include "runtime/control.hpp"
#include "runtime/node_meters.hpp"
#include "runtime/sequencer.hpp"

namespace earshot::host {

class SourceRunner {
 public:
  // About so many posts are wanted in one poll. A picture takes as long as ten thousand texts, a video as a million:
  // one by one, what was found comes out soon, and all workers have some.
  static constexpr std::uint32_t kPosts = 1024, kPostsWithMedia = 1;
  static constexpr std::size_t kHeld = 16;  // batches kept back where the oldest may be dropped

  struct Services {
    BatchPool& pool;
    Budget& budget;
    Sequencer& sequencer;
    Control& control;
    Calls& calls;
    Environment& environment;
    StateStore& state;
    std::uint32_t posts = kPosts;  // that are wanted in one poll
  };

  SourceRunner(std::uint32_t number, std::shared_ptr<const Graph> graph, std::shared_ptr<Instance> instance,
               const Services& services);
  ~SourceRunner();  // stop() and join
  SourceRunner(const SourceRunner&) = delete;
  SourceRunner& operator=(const SourceRunner&) = delete;

  const std::string& id() const { return instance_->id(); }
  bool replays() const { return instance_->has(EAR_REPLAYS); }

  // `opened`: the instance goes on from where it is, since it was taken over from before a reload.
  void run(bool opened);
  // [any] No further poll; one that is going on is asked to come back.
  void stop();
  bool join(std::chrono::nanoseconds limit);  // [main] false: still inside a call
  // [any] A checkpoint covers this cursor now.
  void committed(std::string cursor);
  // [any] Dead letters of this source are to be read once more.
  void bring_back(DeadLetter letter);
  std::uint64_t taken_in() const { return meters_.sent.value(); }  // [any] posts
  bool stopped_for_good()
      const {  // [any] nothing more comes of it: ended or not allowed to go on, and nothing to reread
    return stopped_for_good_.load() && letters_left_.load() == 0;
  }
  bool was_opened() const { return opened_; }  // [main] after join

 private:
  void wake_up();
  void loop();
  void open();
  bool poll(Backoff& idle);  // false: there will be nothing more
  Outcome call_poll(Batch& batch);
  ear_source_out out_for(Batch& batch);
  void hand_on(BatchPtr batch);
  bool take_room(Batch& batch);
  void admit(BatchPtr batch);
  void let_in_held();
  void lose(Batch& batch, const char* reason);
  void look_at_wishes();
  void reread(const DeadLetter& letter);
  void tell_rejects(Batch& batch);
  void wait(std::chrono::nanoseconds time);
  bool stopping() const { return stop_.load(std::memory_order_relaxed) || services_.control.aborted(); }
  void fault(const Outcome& why);

  std::uint32_t number_;
  std::shared_ptr<const Graph> graph_;
  std::shared_ptr<Instance> instance_;
  Services services_;
  NodeMeters meters_;
  Counter& dropped_;
  std::shared_ptr<Health::Watched> health_;
  std::shared_ptr<TapPoint> tap_;
  CallSlot& slot_;

  std::mutex mutex_;
  std::condition_variable changed_;
  std::atomic<bool> stop_{false}, stopped_for_good_{false};
  bool running_ = false;
  std::optional<std::string> committed_;
  std::vector<DeadLetter> letters_;
  std::atomic<std::size_t> letters_left_{0};  // to be read once more
  std::thread thread_;
  bool opened_ = false;
  std::string last_cursor_;
  std::deque<BatchPtr> held_;  // polled, and no room yet
};

}  // namespace earshot::host
