#include "config/graph.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <queue>
#include <set>

namespace earshot::host {
namespace {

using Components = std::vector<ReadComponent>;

class GraphCheck {
 public:
  GraphCheck(ReadPipeline& pipeline, FaultReport& report) : pipeline_(pipeline), report_(report) {
    for (std::size_t i = 0; i < pipeline.detectors.size(); ++i) detectors_.emplace(pipeline.detectors[i].plan.id, i);
    for (const ReadComponent& source : pipeline.sources) readable_.push_back(source.plan.id);
    for (const ReadComponent& detector : pipeline.detectors) readable_.push_back(detector.plan.id);
    known_.insert(readable_.begin(), readable_.end());
  }

  void run() {
    for (const Components* part : {&pipeline_.detectors, &pipeline_.sinks})
      for (const ReadComponent& component : *part) check_from(component);
    // Where a `from` is wrong, or the sinks are, one fault more would say the same again.
    for (const Components* part : {&pipeline_.sources, &pipeline_.detectors})
      for (const ReadComponent& component : *part)
        if (!broken_ && !pipeline_.sinks.empty() && !read_.contains(component.plan.id))
          report_.warning(component.at, component.path, "nobody reads from it, so what it brings goes nowhere",
                          fmt::format("Name it in the `from` of a detector or sink: `from: {}`.", component.plan.id));
    sort();
  }

 private:
  void check_from(const ReadComponent& component) {
    if (component.plan.from.empty() && has_from(component.plan.kind)) broken_ = true;
    for (std::size_t i = 0; i < component.plan.from.size(); ++i) {
      const std::string& id = component.plan.from[i];
      const std::string path = joined(component.path, "from");
      const TextPlace at = component.from_at[i];
      read_.insert(id);
      if (id == component.plan.id)
        report_.error(at, path, "it reads from itself");
      else if (!known_.contains(id))
        tell_unknown(id, at, path);
    }
  }

  void tell_unknown(const std::string& id, TextPlace at, const std::string& path) {
    broken_ = true;
    if (pipeline_.sources.empty()) return;  // which is told already
    const auto has = [&](const Components& part) {
      return std::any_of(part.begin(), part.end(), [&](const ReadComponent& each) { return each.plan.id == id; });
    };
    if (!report_.full() && has(pipeline_.sinks))
      return report_.error(at, path, fmt::format("{} is a sink: nothing comes out of it", in_quotes(id)),
                           "Read from what the sink reads from.");
    if (!report_.full() && has(pipeline_.services))
      return report_.error(at, path, fmt::format("{} is a service: no posts come out of it", in_quotes(id)));
    std::string help = report_.suggestion(id, readable_);
    if (help.empty() && readable_.size() <= 20 && !readable_.empty())
      help = fmt::format("There are {}.", listed(readable_));
    report_.error(at, path, fmt::format("there is no source or detector {}", in_quotes(id)), help);
  }

  // Kahn 1962; among those that are ready, the one that is written first.
  void sort() {
    const std::size_t count = pipeline_.detectors.size();
    std::vector<std::vector<std::size_t>> readers(count), from(count);
    std::vector<std::size_t> waiting(count, 0), order;
    for (std::size_t i = 0; i < count; ++i)
      for (const std::string& id : pipeline_.detectors[i].plan.from)
        if (const auto other = detectors_.find(id); other != detectors_.end() && other->second != i) {
          readers[other->second].push_back(i);
          from[i].push_back(other->second);
          ++waiting[i];
        }
    std::priority_queue<std::size_t, std::vector<std::size_t>, std::greater<>> ready;
    for (std::size_t i = 0; i < count; ++i)
      if (waiting[i] == 0) ready.push(i);
    for (; !ready.empty();) {
      const std::size_t next = ready.top();
      ready.pop();
      order.push_back(next);
      for (const std::size_t reader : readers[next])
        if (--waiting[reader] == 0) ready.push(reader);
    }
    if (order.size() < count) return tell_loops(from, waiting);
    Components sorted;
    for (const std::size_t i : order) sorted.push_back(std::move(pipeline_.detectors[i]));
    pipeline_.detectors = std::move(sorted);
  }

  // Each detector that is left waits for another that is left: walking back from it must come into a loop.
  void tell_loops(const std::vector<std::vector<std::size_t>>& from, const std::vector<std::size_t>& waiting) {
    std::vector<std::size_t> walk(from.size(), 0);  // the number of the walk that came by; 0: none
    for (std::size_t start = 0; start < from.size(); ++start) {
      if (waiting[start] == 0 || walk[start] != 0) continue;
      std::vector<std::size_t> path;
      std::size_t at = start;
      for (; walk[at] == 0;) {
        walk[at] = start + 1;
        path.push_back(at);
        at = *std::find_if(from[at].begin(), from[at].end(), [&](std::size_t i) { return waiting[i] != 0; });
      }
      if (walk[at] == start + 1) tell_loop({std::find(path.begin(), path.end(), at), path.end()});
    }
  }

  void tell_loop(std::vector<std::size_t> loop) {
    std::reverse(loop.begin(), loop.end());  // the way that posts go
    std::rotate(loop.begin(), std::min_element(loop.begin(), loop.end()), loop.end());
    std::string names;
    for (std::size_t i = 0; i < std::min<std::size_t>(loop.size(), 50); ++i)
      names += pipeline_.detectors[loop[i]].plan.id + " -> ";
    if (loop.size() > 50) names += "… -> ";
    const ReadComponent& first = pipeline_.detectors[loop.front()];
    const std::string& last = pipeline_.detectors[loop.back()].plan.id;
    TextPlace at = first.at;
    for (std::size_t i = 0; i < first.plan.from.size(); ++i)
      if (first.plan.from[i] == last) at = first.from_at[i];
    report_.error(at, joined(first.path, "from"),
                  fmt::format("the detectors read from each other in a loop: {}{}", names, first.plan.id),
                  "Take one of these `from` out.");
  }

  ReadPipeline& pipeline_;
  FaultReport& report_;
  std::map<std::string, std::size_t> detectors_;
  std::vector<std::string> readable_;
  std::set<std::string> known_, read_;
  bool broken_ = false;
};

}  // namespace

void check_graph(ReadPipeline& pipeline, FaultReport& report) {
  GraphCheck(pipeline, report).run();
}

}  // namespace earshot::host
