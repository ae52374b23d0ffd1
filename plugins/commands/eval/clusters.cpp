#include "clusters.hpp"

#include "measures.hpp"

namespace earshot::eval {
namespace {

std::uint32_t number(std::map<std::string, std::uint32_t>& numbers, const std::string& name) {
  return numbers.try_emplace(name, static_cast<std::uint32_t>(numbers.size())).first->second;
}

}  // namespace

Task cluster_task(const Labelled& labelled, const Findings& findings, const Scope& scope) {
  Task task;
  task.kind = scope.kind, task.shape = Shape::clusters, task.posts = scope.posts.size();
  std::map<std::string, std::uint32_t> true_names, said_names;
  std::vector<std::uint32_t> truly, said;
  std::map<std::uint32_t, std::size_t> first;  // post of a cluster that was said
  for (const Scope::Post& post : scope.posts) {
    const Case& one = labelled.cases[post.of];
    std::string is = "\n" + one.key, told = one.key;  // a cluster of its own
    double score = 0;
    for (const Label& label : one.labels)
      if (label.kind == scope.kind && !label.none) is = label.value;
    for (const Said& s : findings[post.of])
      if (s.kind == scope.kind && !s.value.empty()) told = s.value, score = s.score;
    truly.push_back(number(true_names, is)), said.push_back(number(said_names, told));
    const auto [at, added] = first.try_emplace(said.back(), truly.size() - 1);
    if (!added && truly[at->second] != truly.back())
      task.wrong.push_back(
          {post.of, "", "with " + labelled.cases[scope.posts[at->second].of].text, "another cluster", "", score});
  }
  task.groups = true_names.size();  // the bootstrap draws whole clusters
  const std::vector<PairCounts> counts = pairs(truly, said);
  for (std::size_t i = 0; i < counts.size(); ++i) {
    task.items.push_back({truly[i], kPairRight, counts[i].right});
    task.items.push_back({truly[i], kPairSaid, counts[i].said});
    task.items.push_back({truly[i], kPairTruly, counts[i].truly});
    task.right.push_back(counts[i].right == counts[i].said && counts[i].right == counts[i].truly ? 1 : 0);
  }
  return task;
}

}  // namespace earshot::eval
