// workers.hpp: the threads that take batches through the detectors. A batch goes on in the same thread while it can; at
// a stateful detector it may have to be left for whoever is inside. Any thread may push.
#pragma once

#include <condition_variable>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <thread>
#include <vector>

#include "runtime/delivery.hpp"
#include "runtime/detector_node.hpp"

namespace earshot::host {

class Workers {
 public:
  // The nodes and the delivery outlive the workers.
  Workers(std::uint32_t count, std::vector<DetectorNode*> detectors, Delivery& delivery, Calls& calls, Control& control,
          std::uint64_t first_number);
  ~Workers();  // joins: after Control's abort, or when nothing is on its way
  Workers(const Workers&) = delete;
  Workers& operator=(const Workers&) = delete;

  void push(BatchPtr batch);

 private:
  struct Work {
    BatchPtr batch;
    std::size_t stage = 0;
    bool inside = false;  // of the stage's gate already
  };
  void loop(std::uint32_t worker);
  std::optional<Work> next();
  void go_on(Work work, DetectorNode::Scratch& scratch);
  void pass_on(std::optional<BatchPtr> next, std::size_t stage);

  std::vector<DetectorNode*> detectors_;
  Delivery& delivery_;
  Control& control_;
  Gate<BatchPtr> last_gate_;
  std::mutex mutex_;
  std::condition_variable some_;
  std::deque<Work> queue_;
  bool closed_ = false;
  std::vector<std::thread> threads_;
  std::vector<CallSlot*> slots_;
};

}  // namespace earshot::host
