#include "query/evaluate.hpp"

#include <algorithm>

#include "query/search.hpp"

namespace earshot::query {

bool Evaluator::holds(const Part& part) {
  const auto child_holds = [&](const Part& child) { return holds(child); };
  switch (part.type) {
    case Part::Type::all:
      return std::all_of(part.children.begin(), part.children.end(), child_holds);
    case Part::Type::any:
      return std::any_of(part.children.begin(), part.children.end(), child_holds);
    case Part::Type::none_of:
      return !holds(part.children.front());
    case Part::Type::field:
      return field_holds(part, document_);
    case Part::Type::said:
      return true;
    case Part::Type::text: {
      one_.clear();
      return find_text(part, document_, 1, one_), !one_.empty();
    }
    case Part::Type::near: {
      Hits all;
      return near_places(part, all), !all.empty();
    }
  }
  return false;
}

void Evaluator::places(const Part& part, Hits& to) {
  if (to.size() >= kMostHits) return;
  switch (part.type) {
    case Part::Type::all:
      if (!holds(part)) return;
      [[fallthrough]];
    case Part::Type::any:
      for (const Part& child : part.children) places(child, to);
      return;
    case Part::Type::text:
      return find_text(part, document_, kMostHits - to.size(), to);
    case Part::Type::field:
      return find_findings(part, document_, to);
    case Part::Type::near:
      return near_places(part, to);
    case Part::Type::none_of:
    case Part::Type::said:
      return;
  }
}

void Evaluator::near_places(const Part& part, Hits& to) {
  std::vector<Hits> lists;
  if (!spare_.empty()) lists = std::move(spare_.back()), spare_.pop_back();
  lists.resize(std::max(lists.size(), part.children.size()));
  for (Hits& list : lists) list.clear();
  bool all = true;
  for (std::size_t i = 0; i < part.children.size() && all; ++i) {
    places(part.children[i], lists[i]);
    all = !lists[i].empty();
  }
  if (all) {
    const std::size_t kept = lists.size();
    lists.resize(part.children.size());
    join_near(part, lists, to);
    lists.resize(kept);
  }
  spare_.push_back(std::move(lists));
}

}  // namespace earshot::query
