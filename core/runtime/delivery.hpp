// delivery.hpp: the end of the way: in the one order of batches, alerts get their ids and revisions, each sink gets its
// share, and what a checkpoint must keep is collected. One thread at a time (behind a gate).
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <unordered_map>
#include <vector>

#include "runtime/barrier.hpp"
#include "runtime/batch_pool.hpp"
#include "runtime/graph.hpp"

namespace earshot::host {

class SinkRunner;

// What one sink gets of a batch, as its plugin sees it. Scratch of whoever writes.
struct Share {
  Arena arena;
  View view;
  PostSet live, withdrawn;
  std::vector<ear_delivery> deliveries;
};

// Fills `share`. The deliveries point into the batch and the share.
void share_of(const Batch& batch, const Node& sink, const Graph& graph, Takes takes, Share& share);

class Delivery {
 public:
  // What goes to a run's summary, a call for each alert in its order.
  using OnAlert = std::function<void(const ear_alert&)>;

  Delivery(std::shared_ptr<const Graph> graph, std::vector<SinkRunner*> sinks, OnAlert on_alert);
  void restore(const std::vector<AlertRevision>& alerts);
  // The same with another graph and other sinks, while nothing is on its way.
  void replace(std::shared_ptr<const Graph> graph, std::vector<SinkRunner*> sinks);

  void deliver(BatchPtr batch);

 private:
  void name_alerts(Batch& batch);
  void collect(const Batch& batch);
  void pass(Barrier& barrier);

  std::shared_ptr<const Graph> graph_;
  std::vector<SinkRunner*> sinks_;
  OnAlert on_alert_;
  std::unordered_map<Id, std::uint64_t, IdHash> revisions_;
  Commit next_;  // what has come since the last barrier
  Share share_;
};

}  // namespace earshot::host
