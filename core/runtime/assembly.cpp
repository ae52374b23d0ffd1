#include "runtime/assembly.hpp"

#include <algorithm>

namespace earshot::host {
namespace {

bool same(const Value& a, const Value& b) {
  return a.type == b.type && a.key == b.key && a.text == b.text && a.integer == b.integer && a.real == b.real &&
         std::equal(a.items.begin(), a.items.end(), b.items.begin(), b.items.end(), same);
}

// How a component is called, beside its options.
bool same_handling(const ComponentPlan& a, const ComponentPlan& b) {
  return a.deadline == b.deadline && a.lateness == b.lateness && a.when_full == b.when_full && a.takes == b.takes &&
         a.required == b.required;
}

template <class T>
std::shared_ptr<T> find(const std::vector<std::shared_ptr<T>>& all, const std::string& id) {
  for (const auto& one : all)
    if (one->plan().id == id) return one;
  return nullptr;
}

}  // namespace

bool Assembly::unchanged(const ComponentPlan& before, const ComponentPlan& now, bool same_watchlist) const {
  const bool watches = (now.found.component->flags & EAR_NEEDS_WATCHLIST) != 0;
  return before.kind == now.kind && before.plugin == now.plugin && same_handling(before, now) &&
         (same_watchlist || !watches) &&
         std::equal(before.values.begin(), before.values.end(), now.values.begin(), now.values.end(), same);
}

Assembly::Assembly(Plan plan, Environment& environment, std::uint32_t workers, const Assembly* running)
    : plan_(std::move(plan)), graph_(std::make_shared<const Graph>(plan_)), surroundings_(surroundings_of(plan_)) {
  const bool same_watchlist = running != nullptr && same(running->plan_.watchlist, plan_.watchlist);
  const bool same_secrets = running != nullptr && running->plan_.secrets == plan_.secrets;
  if (running != nullptr) services_ = running->services_;
  services_.push_back(std::make_shared<Services>(environment, surroundings_, plan_.services));
  const auto keep = [&](const auto& was, const ComponentPlan& now) {
    if (was == nullptr || !same_secrets || !unchanged(was->plan(), now, same_watchlist)) return false;
    return kept_.insert(now.id).second;
  };
  const auto instance = [&](const ComponentPlan& now, std::shared_ptr<Instance> was) {
    return keep(was, now) ? was : std::make_shared<Instance>(now, environment, surroundings_, services_.back().get());
  };
  for (const ComponentPlan& sink : plan_.sinks)
    sinks_.push_back(instance(sink, running == nullptr ? nullptr : find(running->sinks_, sink.id)));
  for (const ComponentPlan& detector : plan_.detectors) {
    auto was = running == nullptr ? nullptr : find(running->detectors_, detector.id);
    detectors_.push_back(keep(was, detector) ? was
                                             : std::make_shared<DetectorInstances>(detector, environment, surroundings_,
                                                                                   services_.back().get(), workers));
  }
  for (const ComponentPlan& source : plan_.sources)
    sources_.push_back(instance(source, running == nullptr ? nullptr : find(running->sources_, source.id)));
}

std::vector<Assembly::Part> Assembly::parts() const {
  std::vector<Part> out;
  const auto add = [&](const std::shared_ptr<Instance>& one) {
    out.push_back({&one->plan(), [one] { return one->start(); }, [one] { one->stop(); },
                   [one](const std::vector<StatePiece>& pieces) { return one->load(pieces); }});
  };
  for (const auto& sink : sinks_) add(sink);
  for (const auto& one : detectors_)
    out.push_back({&one->plan(), [one] { return one->start(); }, [one] { one->stop(); },
                   [one](const std::vector<StatePiece>& pieces) {
                     return one->stateless() ? Outcome{} : one->first().load(pieces);
                   }});
  for (const auto& source : sources_) add(source);
  return out;
}

void Assembly::start(StateStore& state) {
  std::vector<Part> started;
  for (Part& part : parts()) {
    if (kept(part.plan->id)) continue;
    Outcome outcome = part.plan->kind == EAR_SOURCE ? Outcome{} : part.load(state.pieces(part.plan->id));
    if (outcome.ok()) outcome = part.start();
    if (!outcome.ok()) {
      const InstanceFault fault(*part.plan, outcome);
      std::for_each(started.rbegin(), started.rend(), [](const Part& before) { before.stop(); });
      throw fault;
    }
    started.push_back(std::move(part));
  }
}

void Assembly::stop_all_but(const std::set<std::string>& kept) {
  const std::vector<Part> all = parts();
  std::for_each(all.rbegin(), all.rend(), [&](const Part& part) {
    if (!kept.contains(part.plan->id)) part.stop();
  });
}

void Assembly::start_again(const std::set<std::string>& kept) {
  for (const Part& part : parts()) {
    if (kept.contains(part.plan->id)) continue;
    if (const Outcome outcome = part.start(); !outcome.ok()) throw InstanceFault(*part.plan, outcome);
  }
}

void Assembly::try_state(Environment& environment, StateStore& state) const {
  for (const Part& part : parts()) {
    const std::vector<StatePiece> pieces =
        kept(part.plan->id) || part.plan->kind == EAR_SOURCE ? std::vector<StatePiece>{} : state.pieces(part.plan->id);
    if (pieces.empty() || (part.plan->found.component->flags & EAR_STATELESS) != 0) continue;
    Instance trial(*part.plan, environment, surroundings_, services_.back().get());
    if (const Outcome outcome = trial.load(pieces); !outcome.ok()) throw InstanceFault(*part.plan, outcome);
  }
}

}  // namespace earshot::host
