#include "runtime/delivery.hpp"

#include "earshot/types.hpp"
#include "runtime/record.hpp"
#include "runtime/sink_runner.hpp"

namespace earshot::host {
namespace {

ear_delivery make_delivery(std::uint32_t kind, ear_id id, std::uint64_t revision) {
  ear_delivery delivery{};
  delivery.size = sizeof delivery;
  delivery.kind = kind, delivery.id = id, delivery.revision = revision;
  return delivery;
}

}  // namespace

void share_of(const Batch& batch, const Node& sink, const Graph& graph, Takes takes, Share& share) {
  share.arena.reset();
  share.deliveries.clear();
  share.view.posts.clear(), share.view.index.clear();
  if (takes != Takes::alerts) {
    batch.incoming(sink, Batch::kNoNode, share.live, share.withdrawn);
    batch.view(sink, share.live, share.withdrawn, graph, share.arena, share.view);
    for (const ear_post* post : share.view.posts) {
      ear_delivery& delivery =
          share.deliveries.emplace_back(make_delivery(EAR_DELIVERY_POST, post->key, post->revision));
      delivery.post = post;
    }
  }
  if (takes == Takes::posts) return;
  for (const Batch::AlertHere& here : batch.alerts) {
    if ((sink.sees >> here.detector & 1) == 0) continue;
    share.deliveries.push_back(make_delivery(EAR_DELIVERY_ALERT, here.alert.id, here.alert.revision));
    share.deliveries.back().alert = &here.alert;
  }
  if (takes == Takes::alerts || batch.source == Batch::kNoNode || !sink.hears[batch.source]) return;
  for (const Batch::GapHere& here : batch.gaps) {
    share.deliveries.push_back(
        make_delivery(EAR_DELIVERY_GAP, gap_id(view(here.gap.source), here.gap.from, here.gap.to), 0));
    share.deliveries.back().gap = &here.gap;
  }
}

Delivery::Delivery(std::shared_ptr<const Graph> graph, std::vector<SinkRunner*> sinks, OnAlert on_alert)
    : graph_(std::move(graph)), sinks_(std::move(sinks)), on_alert_(std::move(on_alert)) {}

void Delivery::restore(const std::vector<AlertRevision>& alerts) {
  for (const AlertRevision& alert : alerts) revisions_[alert.id] = alert.revision;
}

void Delivery::replace(std::shared_ptr<const Graph> graph, std::vector<SinkRunner*> sinks) {
  graph_ = std::move(graph), sinks_ = std::move(sinks);
}

void Delivery::name_alerts(Batch& batch) {
  for (Batch::AlertHere& here : batch.alerts) {
    ear_alert& alert = here.alert;
    const Id id = alert_id(view(alert.detector), view(alert.subject), view(alert.kind), alert.start);
    alert.id = id;
    alert.revision = ++revisions_[id];
    const bool closed = alert.state == EAR_ALERT_CLOSED;
    next_.alerts.push_back({id, alert.revision, closed});
    if (closed) revisions_.erase(id);
    if (on_alert_) on_alert_(alert);
  }
}

void Delivery::collect(const Batch& batch) {
  next_.dead.insert(next_.dead.end(), batch.dead.begin(), batch.dead.end());
  if (batch.replayed != 0) next_.returned.push_back(batch.replayed);
  for (SinkRunner* sink : sinks_) {
    if (!sink->remote()) continue;
    share_of(batch, sink->node(), *graph_, sink->takes(), share_);
    for (const ear_delivery& delivery : share_.deliveries) next_.outbox.push_back({0, sink->id(), encode(delivery)});
  }
}

void Delivery::pass(Barrier& barrier) {
  barrier.add([&](Commit& commit) {
    commit.alerts = std::move(next_.alerts);
    commit.outbox = std::move(next_.outbox);
    commit.returned.insert(commit.returned.end(), next_.returned.begin(), next_.returned.end());
    commit.dead.insert(commit.dead.end(), std::make_move_iterator(next_.dead.begin()),
                       std::make_move_iterator(next_.dead.end()));
  });
  next_ = {};
}

void Delivery::deliver(BatchPtr batch) {
  if (batch->barrier) {
    pass(*batch->barrier);
  } else {
    name_alerts(*batch);
    collect(*batch);
  }
  for (SinkRunner* sink : sinks_)
    if (!sink->remote()) sink->push(batch);
  if (batch->barrier) batch->barrier->done();  // its own part
}

}  // namespace earshot::host
