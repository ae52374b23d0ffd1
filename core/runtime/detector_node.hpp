// detector_node.hpp: one detector of a pipeline: its instances, its place in event time, and how it is called: in
// pieces that end where it asked to be woken, again where a call may go well later, without the post that it cannot
// take. A stateful one is called by one thread at a time, in the order of its gate.
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "runtime/barrier.hpp"
#include "runtime/batch_pool.hpp"
#include "runtime/calls.hpp"
#include "runtime/control.hpp"
#include "runtime/gate.hpp"
#include "runtime/node_meters.hpp"
#include "runtime/said.hpp"

namespace earshot::host {

// A detector as plugins made it: the instance and one sibling for each further worker.
class DetectorInstances {
 public:
  DetectorInstances(const ComponentPlan& plan, Environment& environment,
                    std::shared_ptr<const Surroundings> surroundings, Services* services, std::uint32_t workers);
  ~DetectorInstances();
  DetectorInstances(const DetectorInstances&) = delete;
  DetectorInstances& operator=(const DetectorInstances&) = delete;

  Instance& first() { return *instances_.front(); }
  const ComponentPlan& plan() const { return instances_.front()->plan(); }
  bool stateless() const { return instances_.front()->has(EAR_STATELESS); }
  // REQUIRES: started
  void* self(std::uint32_t worker) const { return selves_[stateless() ? worker : 0]; }
  Outcome start();  // all; nothing is running where it fails
  void stop();
  void cancel(bool yes);

 private:
  std::vector<std::unique_ptr<Instance>> instances_;
  void drop_siblings();

  const std::uint32_t workers_;
  std::vector<void*> shared_;  // of the first, made once it has started and destroyed before it
  std::vector<void*> selves_;
};

class DetectorNode {
 public:
  // What a worker brings.
  struct Scratch {
    CallSlot& slot;
    std::uint32_t worker;
    View view;
    PostSet live, withdrawn;
    Said said;
  };
  DetectorNode(std::uint32_t detector, std::shared_ptr<const Graph> graph, std::shared_ptr<DetectorInstances> instances,
               Environment& environment, Control& control, Suspects suspects, std::uint64_t first_number);

  const std::string& id() const { return graph_->nodes[number_].id; }
  DetectorInstances& instances() { return *instances_; }
  bool stateless() const { return instances_->stateless(); }
  Gate<BatchPtr>& gate() { return gate_; }
  void restore(std::set<ear_time> timers) { timers_ = std::move(timers); }
  const std::set<ear_time>& timers() const { return timers_; }
  bool ticks() {
    return instances_->first().table().tick != nullptr && instances_->first().table().next_tick != nullptr;
  }

  // Lets the detector see the batch, and the barrier that it may be. Throws Aborted; a component that cannot go on is
  // told to Control first.
  void run(Batch& batch, Scratch& scratch);

 private:
  void look_at(Batch& batch, Scratch& scratch);
  void walk_time(Batch& batch, Scratch& scratch);
  std::uint32_t piece(const Batch& batch, const View& view, std::uint32_t begin) const;
  void detect(Batch& batch, Scratch& scratch, std::uint32_t begin, std::uint32_t end);
  Outcome call(Batch& batch, Scratch& scratch, std::uint32_t begin, std::uint32_t end);
  void keep(Batch& batch, Scratch& scratch);
  void set_aside(Batch& batch, Scratch& scratch, std::uint32_t post, std::string reason);
  void wake(Batch& batch, Scratch& scratch, ear_time reached);
  void advance(Batch& batch, Scratch& scratch, ear_time to);
  void pass(Barrier& barrier, Scratch& scratch);
  void tick(Scratch& scratch);
  [[noreturn]] void give_up(const Outcome& why);
  std::vector<ear_gap> gaps_for(const Batch& batch) const;

  std::uint32_t detector_, number_;
  std::shared_ptr<const Graph> graph_;
  std::shared_ptr<DetectorInstances> instances_;
  Environment& environment_;
  Control& control_;
  Suspects suspects_;
  NodeMeters meters_;
  std::shared_ptr<Health::Watched> health_;
  std::shared_ptr<TapPoint> tap_in_, tap_out_;
  Gate<BatchPtr> gate_;
  std::set<ear_time> timers_;
  bool saved_ = false;  // a save of everything has been committed or is on its way
};

}  // namespace earshot::host
