#include "runtime/checkpointer.hpp"

#include <algorithm>
#include <thread>

#include "base/error.hpp"
#include "runtime/erasing.hpp"

namespace earshot::host {
namespace {

using Clock = std::chrono::steady_clock;
constexpr int kShare = 20;  // a checkpoint may take one part in so many of the time

}  // namespace

Checkpointer::Checkpointer(StateStore& state, Sequencer& sequencer, BatchPool& pool, Budget& budget,
                           Environment& environment, Control& control, Duration every,
                           std::function<void(const Barrier&)> committed)
    : state_(state),
      sequencer_(sequencer),
      pool_(pool),
      budget_(budget),
      environment_(environment),
      control_(control),
      every_(every),
      committed_(std::move(committed)),
      failures_(environment.meters.counter("earshot_checkpoint_failures_total",
                                           "Checkpoints that could not be written and were tried again")),
      took_(
          environment.meters.histogram("earshot_checkpoint_seconds", "From sending a barrier to having committed it")),
      due_(Clock::now() + every),
      ended_(Clock::now()) {}

Checkpointer::Duration Checkpointer::since_last() const {
  return Clock::now() - ended_;
}

void Checkpointer::begin() {
  barrier_ = std::make_shared<Barrier>(local_sinks_ + 1, state_.erasures());
  began_ = Clock::now();
  try_again_ = began_;
  BatchPtr carrier = pool_.take();
  budget_.force(sizeof(Batch));
  carrier->charged = sizeof(Batch);
  sequencer_.send(barrier_, std::move(carrier));
}

bool Checkpointer::commit() {
  if (Clock::now() < try_again_) return false;
  barrier_->commit.finished = finished_;
  try {
    state_.commit(barrier_->commit);
  } catch (const Failure& fault) {
    failures_.add();
    environment_.health.trouble("checkpoint", fault.what());
    environment_.log.once_per(Level::error, "", "checkpoint", fault.what(),
                              std::string("the checkpoint cannot be written, and is tried again: ") + fault.what());
    try_again_ = Clock::now() + backoff_.next();
    return false;
  }
  finish_erasures(*barrier_);
  if (backoff_.tries() > 0) environment_.health.clear("checkpoint");
  backoff_.reset();
  ended_ = Clock::now();
  const Duration took = ended_ - began_;
  took_.add(static_cast<std::uint64_t>(took.count()));
  due_ = ended_ + std::max<Duration>(every_, took * kShare);
  ++count_;
  const std::shared_ptr<Barrier> done = std::exchange(barrier_, nullptr);
  committed_(*done);
  return true;
}

// What components have forgotten is safe. Where the rest fails, the next checkpoint does all of it once more, which
// changes nothing.
void Checkpointer::finish_erasures(Barrier& barrier) {
  for (std::size_t i = 0; i < barrier.erase.size(); ++i) {
    try {
      const Erased done = state_.erase(barrier.erase[i], barrier.erased[i], forgetting(barrier.erase[i]));
      environment_.log.info("", "an author was forgotten by {} components, {} dead letters and {} deliveries in wait",
                            done.components, done.letters, done.deliveries);
    } catch (const Failure& fault) {
      environment_.log.once_per(
          Level::error, "", "erase", fault.what(),
          std::string("an author cannot be forgotten yet, and it is tried again: ") + fault.what());
    }
  }
}

void Checkpointer::step() {
  if (barrier_) {
    if (barrier_->wait(Duration{0})) commit();
  } else if (Clock::now() >= due_) {
    begin();
  }
}

bool Checkpointer::run(Duration limit, bool finished, const std::function<bool()>& give_up) {
  const auto until = Clock::now() + limit;
  for (const bool last : {false, true}) {
    if (last) {
      finished_ = finished;
      begin();
    }
    while (barrier_) {
      if (control_.aborted() || Clock::now() > until || give_up()) return false;
      if (barrier_->wait(std::chrono::milliseconds{10}) && !commit())
        std::this_thread::sleep_for(std::chrono::milliseconds{10});
    }
  }
  return true;
}

}  // namespace earshot::host
