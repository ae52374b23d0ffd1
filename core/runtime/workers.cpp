#include "runtime/workers.hpp"

namespace earshot::host {

Workers::Workers(std::uint32_t count, std::vector<DetectorNode*> detectors, Delivery& delivery, Calls& calls,
                 Control& control, std::uint64_t first_number)
    : detectors_(std::move(detectors)), delivery_(delivery), control_(control), last_gate_(first_number) {
  for (std::uint32_t i = 0; i < count; ++i) slots_.push_back(&calls.add());
  for (std::uint32_t i = 0; i < count; ++i) threads_.emplace_back([this, i] { loop(i); });
}

Workers::~Workers() {
  {
    const std::lock_guard lock(mutex_);
    closed_ = true;
  }
  some_.notify_all();
  for (std::thread& thread : threads_) thread.join();
}

void Workers::push(BatchPtr batch) {
  {
    const std::lock_guard lock(mutex_);
    queue_.push_back({std::move(batch), 0, false});
  }
  some_.notify_one();
}

std::optional<Workers::Work> Workers::next() {
  std::unique_lock lock(mutex_);
  some_.wait(lock, [&] { return closed_ || !queue_.empty(); });
  if (queue_.empty() || (closed_ && control_.aborted())) return std::nullopt;
  Work work = std::move(queue_.front());
  queue_.pop_front();
  return work;
}

void Workers::loop(std::uint32_t worker) {
  CrashFile::watch(*slots_[worker]);
  DetectorNode::Scratch scratch{*slots_[worker], worker, {}, {}, {}, {}};
  try {
    while (std::optional<Work> work = next()) go_on(std::move(*work), scratch);
  } catch (const Aborted&) {
  } catch (const std::exception& fault) {
    control_.fail("earshot", fault.what());
  }
}

void Workers::go_on(Work work, DetectorNode::Scratch& scratch) {
  for (; work.stage < detectors_.size(); ++work.stage, work.inside = false) {
    DetectorNode& detector = *detectors_[work.stage];
    if (!detector.stateless() && !work.inside && !detector.gate().enter(work.batch->number, work.batch)) return;
    detector.run(*work.batch, scratch);
    if (!detector.stateless()) pass_on(detector.gate().leave(), work.stage);
  }
  if (!work.inside && !last_gate_.enter(work.batch->number, work.batch)) return;
  delivery_.deliver(std::move(work.batch));
  pass_on(last_gate_.leave(), detectors_.size());
}

// In front of all that is new: what is nearest to its end goes first.
void Workers::pass_on(std::optional<BatchPtr> next, std::size_t stage) {
  if (!next) return;
  {
    const std::lock_guard lock(mutex_);
    queue_.push_front({std::move(*next), stage, true});
  }
  some_.notify_one();
}

}  // namespace earshot::host
