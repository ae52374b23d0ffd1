#include "runtime/parts.hpp"

#include <algorithm>

#include "earshot/types.hpp"
#include "runtime/record.hpp"

namespace earshot::host {

Parts::Parts(const Assembly& assembly, const Core& core, std::uint32_t workers, const Timers& timers)
    : graph_(assembly.graph()), core_(core) {
  std::map<std::string, Suspects> suspects;
  for (const StateStore::Suspect& suspect : core.state.suspects()) {
    Suspects& of = suspects[suspect.component];
    (suspect.poison ? of.poison : of.tried_alone).insert(suspect.post);
  }
  std::vector<SinkRunner*> sinks;
  for (std::uint32_t i = 0; i < assembly.sinks().size(); ++i) {
    const auto& instance = assembly.sinks()[i];
    sinks_.push_back(std::make_unique<SinkRunner>(i, graph_, instance, core.environment, core.control, core.calls,
                                                  core.state, suspects[instance->id()]));
    sinks.push_back(sinks_.back().get());
  }
  core.delivery.replace(graph_, sinks);
  std::vector<DetectorNode*> nodes;
  for (std::uint32_t i = 0; i < assembly.detectors().size(); ++i) {
    const auto& instances = assembly.detectors()[i];
    const std::string& id = instances->plan().id;
    auto node = std::make_unique<DetectorNode>(i, graph_, instances, core.environment, core.control, suspects[id],
                                               core.sequencer.sent());
    if (const auto saved = timers.find(id); saved != timers.end()) node->restore(saved->second);
    nodes.push_back(node.get());
    detectors_.push_back(std::move(node));
  }
  workers_ = std::make_unique<Workers>(workers, std::move(nodes), core.delivery, core.calls, core.control,
                                       core.sequencer.sent());
  for (auto& sink : sinks_) sink->run();
  const bool media = std::any_of(assembly.detectors().begin(), assembly.detectors().end(), [](const auto& one) {
    return (one->plan().found.component->flags & EAR_NEEDS_MEDIA) != 0;
  });
  const std::uint32_t posts = media ? SourceRunner::kPostsWithMedia : SourceRunner::kPosts;
  for (std::uint32_t i = 0; i < assembly.sources().size(); ++i)
    sources_.push_back(
        std::make_unique<SourceRunner>(i, graph_, assembly.sources()[i],
                                       SourceRunner::Services{core.pool, core.budget, core.sequencer, core.control,
                                                              core.calls, core.environment, core.state, posts}));
}

// Each waits for those before it: sources, workers, sinks.
Parts::~Parts() {
  sources_.clear();
  workers_.reset();
  sinks_.clear();
}

void Parts::run_sources(const std::set<std::string>& opened) {
  for (auto& source : sources_) source->run(opened.contains(source->id()));
}

void Parts::stop_sources() {
  for (auto& source : sources_) source->stop();
}

bool Parts::join_sources(std::chrono::nanoseconds limit) {
  const auto until = std::chrono::steady_clock::now() + limit;
  bool all = true;
  for (auto& source : sources_) {
    const auto left =
        std::max<std::chrono::nanoseconds>(until - std::chrono::steady_clock::now(), std::chrono::nanoseconds{0});
    if (source->join(left)) continue;
    core_.environment.log.warning(source->id(), "does not come back from its call although it was asked to");
    all = false;
  }
  return all;
}

std::set<std::string> Parts::opened_sources() const {
  std::set<std::string> out;
  for (const auto& source : sources_)
    if (source->was_opened()) out.insert(source->id());
  return out;
}

std::uint32_t Parts::local_sinks() const {
  return static_cast<std::uint32_t>(
      std::count_if(sinks_.begin(), sinks_.end(), [](const auto& sink) { return !sink->remote(); }));
}

bool Parts::any_ticks() const {
  return std::any_of(detectors_.begin(), detectors_.end(), [](const auto& detector) { return detector->ticks(); });
}

Parts::Timers Parts::timers() const {
  Timers out;
  for (const auto& detector : detectors_) out[detector->id()] = detector->timers();
  return out;
}

bool Parts::bring_back(const DeadLetter& letter) {
  for (auto& source : sources_)
    if (source->id() == letter.component) return source->bring_back(letter), true;
  for (auto& sink : sinks_)
    if (sink->id() == letter.component) return sink->bring_back(letter), true;
  for (std::uint32_t i = 0; i < graph_->detector_count(); ++i)
    if (graph_->nodes[graph_->node_of_detector(i)].id == letter.component)
      return enter_at(graph_->node_of_detector(i), letter);
  return false;
}

bool Parts::enter_at(std::uint32_t node, const DeadLetter& letter) {
  BatchPtr batch = core_.pool.take();
  Record record;
  if (!decode(letter.payload, batch->arena, record) || record.kind != EAR_DELIVERY_POST) return false;
  Slot& slot = batch->add(record.post);
  // What was found before it got here; by its detector's name where that is still there.
  for (std::uint32_t i = 0; i < record.post.finding_count; ++i) {
    ear_finding finding = record.post.findings[i];
    for (std::uint32_t d = 0; d < graph_->detector_count(); ++d) {
      const std::string& id = graph_->nodes[graph_->node_of_detector(d)].id;
      if (view(finding.detector) == id) finding.detector = str(id), batch->said |= DetectorSet{1} << d;
    }
    batch->add_finding(0, finding);
  }
  for (const Node& source : graph_->nodes)
    if (source.id == view(record.post.source)) slot.post.source = str(source.id);
  batch->entry = node;
  batch->replayed = letter.number;
  core_.budget.force(sizeof(Batch));
  batch->charged = sizeof(Batch);
  core_.sequencer.admit_directly(std::move(batch));
  return true;
}

}  // namespace earshot::host
