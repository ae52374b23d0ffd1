// sink_runner.hpp: one sink and the thread that writes to it. A local one takes batches as they come and flushes when a
// barrier passes; a remote one takes from the outbox at its own pace, after the checkpoint that wrote it. Any thread
// may push; the rest is the main thread's.
#pragma once

#include <condition_variable>
#include <deque>
#include <memory>
#include <mutex>
#include <set>
#include <string>
#include <thread>
#include <vector>

#include "runtime/calls.hpp"
#include "runtime/control.hpp"
#include "runtime/delivery.hpp"
#include "runtime/node_meters.hpp"
#include "runtime/record.hpp"

namespace earshot::host {

class SinkRunner {
 public:
  SinkRunner(std::uint32_t number, std::shared_ptr<const Graph> graph, std::shared_ptr<Instance> instance,
             Environment& environment, Control& control, Calls& calls, StateStore& state, Suspects suspects);
  ~SinkRunner();  // joins: after Control's abort, or when nothing more is to come
  SinkRunner(const SinkRunner&) = delete;
  SinkRunner& operator=(const SinkRunner&) = delete;

  const std::string& id() const { return instance_->id(); }
  const Node& node() const { return graph_->sinks[number_]; }
  Takes takes() const { return instance_->plan().takes; }
  bool remote() const { return instance_->has(EAR_REMOTE); }

  void run();  // begins the thread
  void push(BatchPtr batch);
  // The outbox has grown.
  void look_into_outbox();
  // A dead letter of this sink is to be tried again.
  void bring_back(DeadLetter letter);
  // Until everything in the outbox has been delivered; false: not within `limit`.
  bool wait_delivered(std::chrono::nanoseconds limit);

 private:
  struct Item {
    BatchPtr batch;
    std::vector<DeadLetter> letters;
  };
  void loop();
  bool next(Item& item);
  void take(Item& item);
  void write_all(const std::vector<ear_delivery>& deliveries);
  Outcome write(const ear_delivery* first, std::uint32_t count, std::uint32_t& taken);
  void set_aside(const ear_delivery& delivery, std::string reason);
  void flush();
  void pass(Barrier& barrier);
  void drain_outbox();
  std::vector<ear_delivery> read(const std::vector<OutboxRow>& rows, std::vector<Record>& records);
  void settle(std::int64_t up_to);
  void write_letter(const DeadLetter& letter);
  void tick();
  void give_up(const Outcome& why);
  Retrying retrying() { return {control_, environment_, meters_.retried, *health_}; }

  std::uint32_t number_;
  std::shared_ptr<const Graph> graph_;
  std::shared_ptr<Instance> instance_;
  Environment& environment_;
  Control& control_;
  CallSlot& slot_;
  StateStore& state_;
  Suspects suspects_;
  NodeMeters meters_;
  Histogram& latency_;
  std::shared_ptr<Health::Watched> health_;
  std::shared_ptr<TapPoint> tap_;

  std::mutex mutex_;
  std::condition_variable some_;
  std::deque<Item> queue_;
  bool outbox_grew_ = true;
  bool idle_ = false;  // remote: nothing is in hand, and the outbox was empty when last looked into
  bool closed_ = false;
  std::thread thread_;

  // The thread's own:
  Share share_;
  std::vector<const ear_post*> posts_in_hand_;
  std::vector<DeadLetter> dead_;
  std::vector<std::int64_t> returned_;
  bool given_up_ = false;
  bool saved_ = false;
};

}  // namespace earshot::host
