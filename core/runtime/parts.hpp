// parts.hpp: the threads around an assembly: sources, workers, sinks. Made and taken down as a whole, while nothing is
// on its way; a reload does so in between two barriers. Main thread.
#pragma once

#include <map>
#include <memory>
#include <set>
#include <string>
#include <vector>

#include "runtime/assembly.hpp"
#include "runtime/delivery.hpp"
#include "runtime/sequencer.hpp"
#include "runtime/sink_runner.hpp"
#include "runtime/source_runner.hpp"
#include "runtime/workers.hpp"

namespace earshot::host {

// What of a pipeline outlives a reload.
struct Core {
  Environment& environment;
  StateStore& state;
  Control& control;
  Calls& calls;
  Budget& budget;
  BatchPool& pool;
  Sequencer& sequencer;
  Delivery& delivery;
};

class Parts {
 public:
  using Timers = std::map<std::string, std::set<ear_time>>;

  // `timers`: what each detector has asked for. Sinks and workers run when it returns; sources when told.
  Parts(const Assembly& assembly, const Core& core, std::uint32_t workers, const Timers& timers);
  ~Parts();
  Parts(const Parts&) = delete;
  Parts& operator=(const Parts&) = delete;

  void run_sources(const std::set<std::string>& opened);
  void stop_sources();
  bool join_sources(std::chrono::nanoseconds limit);  // false: one is still inside a call, and told
  std::set<std::string> opened_sources() const;

  Workers& workers() { return *workers_; }
  const std::vector<std::unique_ptr<SourceRunner>>& sources() const { return sources_; }
  const std::vector<std::unique_ptr<SinkRunner>>& sinks() const { return sinks_; }
  std::uint32_t local_sinks() const;
  bool any_ticks() const;
  Timers timers() const;
  // Of a dead letter. False: there is no such component now.
  bool bring_back(const DeadLetter& letter);

 private:
  bool enter_at(std::uint32_t node, const DeadLetter& letter);

  std::shared_ptr<const Graph> graph_;
  Core core_;
  std::vector<std::unique_ptr<SinkRunner>> sinks_;
  std::vector<std::unique_ptr<DetectorNode>> detectors_;
  std::unique_ptr<Workers> workers_;
  std::vector<std::unique_ptr<SourceRunner>> sources_;
};

}  // namespace earshot::host
