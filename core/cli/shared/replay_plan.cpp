#include "cli/shared/replay_plan.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <vector>

#include "base/error.hpp"
#include "cli/shared/own_component.hpp"

namespace earshot::host {
namespace {

const Value* option_of(const ComponentPlan& component, std::string_view name) {
  const auto& options = component.found.component->options;
  for (std::size_t i = 0; i < options.size() && i < component.values.size(); ++i)
    if (options[i].name == name) return &component.values[i];
  return nullptr;
}

// Makes the graph anew: what is not run again is a mere connection.
class Splice {
 public:
  Splice(const Plan& plan, Catalog& catalog, const std::set<std::string>& also) : plan_(plan), catalog_(catalog) {
    for (const ComponentPlan& source : plan.sources) sources_.insert(source.id);
    for (const ComponentPlan& detector : plan.detectors) {
      detectors_.emplace(detector.id, &detector);
      const bool adds = (detector.found.component->flags & EAR_ADDS_NOTHING) == 0;
      if (!adds || also.contains(detector.id)) kept_.insert(detector.id);
    }
    for (const std::string& id : also)
      if (!detectors_.contains(id))
        throw Failure(fmt::format("there is no detector '{}' in {}", id, plan.file.string()));
  }

  std::vector<ComponentPlan> detectors() {
    for (const ComponentPlan& detector : plan_.detectors) {
      if (!kept_.contains(detector.id)) continue;
      ComponentPlan kept = detector;
      kept.from = from(detector);
      std::set<std::string> before;
      see(detector, before);
      kept.sees.assign(before.begin(), before.end());
      out_.push_back(std::move(kept));
    }
    return std::move(out_);
  }
  // Those that do not run again.
  std::vector<std::string> earlier() const {
    std::vector<std::string> all;
    for (const ComponentPlan& detector : plan_.detectors)
      if (!kept_.contains(detector.id)) all.push_back(detector.id);
    return all;
  }

 private:
  // As in a run, a detector sees what those on some way before it have found, and nothing else.
  void see(const ComponentPlan& detector, std::set<std::string>& before) const {
    for (const std::string& id : detector.from) {
      if (sources_.contains(id)) continue;
      if (kept_.contains(id) || before.insert(id).second) see(*detectors_.at(id), before);
    }
  }

  std::vector<std::string> from(const ComponentPlan& detector) {
    std::set<std::string> before;
    for (const std::string& id : detector.from) resolve(id, before);
    std::set<std::string> heard, others;
    for (const std::string& id : before) (sources_.contains(id) ? heard : others).insert(id);
    std::vector<std::string> all(others.begin(), others.end());
    if (heard.size() == sources_.size()) {
      all.emplace_back(kStoreSource);
    } else {
      for (const std::string& source : heard) all.push_back(only(source));
    }
    return all;
  }

  // Sources and kept detectors that lead to it.
  void resolve(const std::string& id, std::set<std::string>& to) const {
    if (sources_.contains(id) || kept_.contains(id)) {
      to.insert(id);
      return;
    }
    for (const std::string& before : detectors_.at(id)->from) resolve(before, to);
  }

  // The posts of one source alone.
  std::string only(const std::string& source) {
    const std::string id = fmt::format("(from {})", source);
    if (filters_.insert(id).second) {
      out_.push_back(own_component(catalog_, EAR_DETECTOR, "filter", id, {{"where", "source:\"" + source + "\""}}));
      out_.back().from = {kStoreSource};
    }
    return id;
  }

  const Plan& plan_;
  Catalog& catalog_;
  std::set<std::string> sources_, kept_, filters_;
  std::map<std::string, const ComponentPlan*> detectors_;
  std::vector<ComponentPlan> out_;
};

}  // namespace

std::string store_of(const Plan& plan, const std::string& given) {
  if (!given.empty()) return given;
  for (const ComponentPlan& sink : plan.sinks)
    if (const Value* path = sink.plugin == "sqlite" ? option_of(sink, "path") : nullptr) return path->text;
  throw Failure(fmt::format("{} has no sqlite sink: say which store to replay, --store PATH", plan.file.string()));
}

Plan replay_plan(Plan plan, Catalog& catalog, const ReplayWishes& wishes) {
  Splice splice(plan, catalog, wishes.also);
  std::vector<ComponentPlan> detectors = splice.detectors();
  const bool raises = std::any_of(detectors.begin(), detectors.end(), [](const ComponentPlan& one) {
    return (one.found.component->flags & (EAR_ADDS_NOTHING | EAR_STATELESS)) == EAR_ADDS_NOTHING;
  });
  if (!raises)
    throw Failure(fmt::format("{} has no detector that raises alerts, as spike, novelty or rule", plan.file.string()));
  std::map<std::string, std::string> options{{"path", store_of(plan, wishes.store)}};
  if (wishes.from) options["from"] = *wishes.from;
  if (wishes.to) options["to"] = *wishes.to;
  std::string& without = options["without"];
  for (const ComponentPlan& one : detectors) without += (without.empty() ? "" : ",") + one.id;
  ComponentPlan source = own_component(catalog, EAR_SOURCE, "replay", kStoreSource, options);
  for (const ComponentPlan& one : plan.sources) source.lateness = std::max(source.lateness, one.lateness);
  plan.earlier = splice.earlier();
  plan.sources = {std::move(source)};
  plan.detectors = std::move(detectors);
  plan.sinks.clear();
  plan.state.clear();
  plan.listen = "off";
  return plan;
}

}  // namespace earshot::host
