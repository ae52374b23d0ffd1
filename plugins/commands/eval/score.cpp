#include "score.hpp"

#include <algorithm>
#include <random>

#include "cells.hpp"

namespace earshot::eval {
namespace {

// Standard distributions differ between libraries; the bias of a remainder of 64 bits does not matter here.
std::size_t draw(std::mt19937_64& random, std::size_t of) {
  return static_cast<std::size_t>(random() % of);
}

// Draws a task's groups with replacement (Efron 1979). Two tasks with as many groups are drawn alike.
class Bootstrap {
 public:
  Bootstrap(const Task& task, std::uint64_t seed) : task_(task), random_(seed), first_(task.groups + 1) {
    for (const Item& item : task.items) ++first_[item.group + 1];
    for (std::size_t g = 0; g < task.groups; ++g) first_[g + 1] += first_[g];
    sorted_.resize(task.items.size());
    std::vector<std::size_t> at(first_.begin(), first_.end() - 1);
    for (const Item& item : task.items) sorted_[at[item.group]++] = item;
  }

  std::vector<Measure> next() {
    std::vector<double> cells(cells_of(task_));
    for (std::size_t i = 0; i < task_.groups; ++i) {
      const std::size_t g = draw(random_, task_.groups);
      for (std::size_t k = first_[g]; k < first_[g + 1]; ++k) cells[sorted_[k].cell] += sorted_[k].weight;
    }
    return measures_of(task_, cells);
  }

 private:
  const Task& task_;
  std::mt19937_64 random_;
  std::vector<std::size_t> first_;  // item of each group, in `sorted_`
  std::vector<Item> sorted_;
};

// The middle 95 % of what is defined.
Interval middle(std::vector<double>& values) {
  std::erase_if(values, [](double v) { return std::isnan(v); });
  if (values.size() < 20) return {};
  std::sort(values.begin(), values.end());
  const double last = static_cast<double>(values.size() - 1);
  const auto at = [&](double share) { return values[static_cast<std::size_t>(std::lround(share * last))]; };
  return {at(0.025), at(0.975)};
}

// Only groups that a subject's task has something in are drawn.
Task dense(const Task& task) {
  Task out = task;
  std::vector<std::uint32_t> numbers(task.groups, 0xFFFFFFFF);
  out.groups = 0;
  for (Item& item : out.items) {
    std::uint32_t& number = numbers[item.group];
    if (number == 0xFFFFFFFF) number = static_cast<std::uint32_t>(out.groups++);
    item.group = number;
  }
  return out;
}

std::vector<double> count(const Task& task) {
  std::vector<double> cells(cells_of(task));
  for (const Item& item : task.items) cells[item.cell] += item.weight;
  return cells;
}

// The estimated shares with their intervals, and how far they are off.
void add_estimated(const Task& task, Score& to) {
  if (task.estimated.empty()) return;
  std::vector<double> truly(task.true_classes), said;
  for (std::size_t t = 0; t < task.true_classes; ++t)
    for (std::size_t s = 0; s < columns_of(task); ++s) truly[t] += to.cells[t * columns_of(task) + s];
  for (const share::Share& one : task.estimated) said.push_back(one.value);
  to.measures.push_back({"share_divergence_estimated", "", divergence(truly, said), 0, 0, {}});
  for (std::size_t c = 0; c < said.size(); ++c)
    to.measures.push_back(
        {"share_estimated", task.classes[c], said[c], 0, 0, {task.estimated[c].low, task.estimated[c].high}});
}

bool needs_bootstrap(const Measure& m, const ScoreOptions& options) {
  return options.grouped || m.of <= 0;
}

}  // namespace

Score score(const Task& task, const ScoreOptions& options) {
  Score out;
  out.cells = count(task);
  out.measures = measures_of(task, out.cells);
  std::vector<std::vector<double>> drawn(out.measures.size());
  const Task drawn_from = dense(task);
  if (drawn_from.groups > 1) {
    Bootstrap bootstrap(drawn_from, options.seed);
    for (std::size_t r = 0; r < options.resamples; ++r) {
      const std::vector<Measure> one = bootstrap.next();
      for (std::size_t m = 0; m < one.size(); ++m) drawn[m].push_back(one[m].value);
    }
  }
  for (std::size_t m = 0; m < out.measures.size(); ++m) {
    Measure& one = out.measures[m];
    if (std::isnan(one.value)) continue;
    one.interval = needs_bootstrap(one, options) ? middle(drawn[m]) : wilson(one.hits, one.of);
  }
  add_estimated(task, out);
  if (!task.told.empty()) out.measures.push_back({"calibration_error", "", calibration_error(task.told), 0, 0, {}});
  return out;
}

std::vector<Measure> means_over_subjects(std::span<const Score> subjects, const ScoreOptions& options) {
  std::vector<Measure> out;
  for (const char* name : {"macro_recall", "macro_f1", "share_divergence", "share_divergence_estimated"}) {
    std::vector<double> values;
    for (const Score& s : subjects)
      for (const Measure& m : s.measures)
        if (m.name == name && m.class_.empty() && !std::isnan(m.value)) values.push_back(m.value);
    if (values.empty()) continue;
    const auto mean = [&](auto&& pick) {
      double sum = 0;
      for (std::size_t i = 0; i < values.size(); ++i) sum += values[pick(i)];
      return sum / static_cast<double>(values.size());
    };
    std::mt19937_64 random(options.seed);
    std::vector<double> drawn;
    for (std::size_t r = 0; r < options.resamples && values.size() > 1; ++r)
      drawn.push_back(mean([&](std::size_t) { return draw(random, values.size()); }));
    out.push_back({std::string("subjects_") + name, "", mean([](std::size_t i) { return i; }), 0, 0, middle(drawn)});
  }
  return out;
}

Comparison compare(const Task& first, const Task& second, const ScoreOptions& options) {
  Comparison out;
  std::vector<Measure> a = measures_of(first, count(first)), b = measures_of(second, count(second));
  std::map<std::pair<std::string, std::string>, std::size_t> in_b;
  for (std::size_t i = 0; i < b.size(); ++i) in_b[{b[i].name, b[i].class_}] = i;
  std::vector<std::vector<double>> drawn(a.size());
  if (first.groups > 1 && first.groups == second.groups) {
    Bootstrap left(first, options.seed), right(second, options.seed);
    for (std::size_t r = 0; r < options.resamples; ++r) {
      const std::vector<Measure> l = left.next(), s = right.next();
      for (std::size_t m = 0; m < a.size(); ++m)
        if (const auto at = in_b.find({a[m].name, a[m].class_}); at != in_b.end())
          drawn[m].push_back(s[at->second].value - l[m].value);
    }
  }
  for (std::size_t m = 0; m < a.size(); ++m) {
    const auto at = in_b.find({a[m].name, a[m].class_});
    if (at == in_b.end()) continue;
    Compared one{a[m].name, a[m].class_, a[m].value, b[at->second].value, {}, kUndefined};
    one.difference = middle(drawn[m]);
    if (drawn[m].size() >= 20) {
      const double n = static_cast<double>(drawn[m].size());
      const auto below = std::count_if(drawn[m].begin(), drawn[m].end(), [](double d) { return d <= 0; });
      const auto above = std::count_if(drawn[m].begin(), drawn[m].end(), [](double d) { return d >= 0; });
      one.p = std::min(1.0, 2 * (static_cast<double>(std::min(below, above)) + 1) / (n + 1));
    }
    out.measures.push_back(std::move(one));
  }
  if (first.right.size() == second.right.size()) {
    for (std::size_t i = 0; i < first.right.size(); ++i) {
      out.only_first += first.right[i] > second.right[i] ? 1 : 0;
      out.only_second += second.right[i] > first.right[i] ? 1 : 0;
    }
    out.mcnemar = mcnemar(out.only_first, out.only_second);
  }
  return out;
}

}  // namespace earshot::eval
