#include "task.hpp"

#include <algorithm>

#include "choice.hpp"
#include "clusters.hpp"
#include "sets.hpp"

namespace earshot::eval {
namespace {

bool holds(const std::vector<std::string>& list, const std::string& word) {
  return std::find(list.begin(), list.end(), word) != list.end();
}

Shape shape_of(const Labelled& labelled, const std::string& kind, const TaskOptions& options) {
  if (holds(options.clusters, kind)) return Shape::clusters;
  bool valued = false, several = false;
  for (const Case& one : labelled.cases) {
    std::map<std::string, std::string> value_of;
    for (const Label& label : one.labels) {
      if (label.kind != kind || label.none) continue;
      if (label.place) return Shape::spans;
      valued |= !label.value.empty();
      const auto [at, added] = value_of.try_emplace(label.subject, label.value);
      several |= !added && at->second != label.value;
    }
  }
  return valued && !several ? Shape::choice : Shape::sets;
}

}  // namespace

std::size_t cells_of(const Task& task) {
  if (task.shape == Shape::choice) return task.true_classes * columns_of(task);
  if (task.shape == Shape::clusters) return kPairCells;
  return task.classes.size() * kSetCells + 2;
}

Scope::Scope(const Labelled& labelled, const std::string& of) : kind(of) {
  std::map<std::string, std::uint32_t> numbers;
  for (std::size_t i = 0; i < labelled.cases.size(); ++i) {
    const Case& one = labelled.cases[i];
    const bool labels =
        std::any_of(one.labels.begin(), one.labels.end(), [&](const Label& l) { return l.kind == kind; });
    const bool complete = one.complete.contains(kind);
    if (!labels && !complete) continue;
    std::uint32_t group = groups;
    if (!one.group.empty()) group = numbers.try_emplace(one.group, groups).first->second;
    groups = std::max(groups, group + 1);
    posts.push_back({i, group, complete});
  }
}

void surest_first(std::vector<Wrong>& wrong) {
  std::stable_sort(wrong.begin(), wrong.end(), [](const Wrong& a, const Wrong& b) { return a.score > b.score; });
}

std::vector<Task> make_tasks(const Labelled& labelled, const Findings& findings, const TaskOptions& options) {
  std::set<std::string> kinds;
  for (const Case& one : labelled.cases) {
    for (const Label& label : one.labels) kinds.insert(label.kind);
    kinds.insert(one.complete.begin(), one.complete.end());
  }
  std::vector<Task> out;
  for (const std::string& kind : kinds) {
    const Scope scope(labelled, kind);
    const Shape shape = shape_of(labelled, kind, options);
    std::vector<Task> made = shape == Shape::choice     ? choice_tasks(labelled, findings, scope, options.values)
                             : shape == Shape::clusters ? std::vector{cluster_task(labelled, findings, scope)}
                                                        : std::vector{set_task(labelled, findings, scope, shape)};
    for (Task& task : made) {
      surest_first(task.wrong);
      out.push_back(std::move(task));
    }
  }
  return out;
}

}  // namespace earshot::eval
