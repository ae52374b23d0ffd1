#include "cells.hpp"

#include <algorithm>
#include <array>

namespace earshot::eval {
namespace {

Measure share(std::string name, std::string class_, double hits, double of) {
  return {std::move(name), std::move(class_), ratio(hits, of), hits, of, {}};
}
Measure figure(std::string name, std::string class_, double value) {
  return {std::move(name), std::move(class_), value, 0, 0, {}};
}

// The mean of what is defined.
class Mean {
 public:
  void add(double value) {
    if (!std::isnan(value)) sum_ += value, ++n_;
  }
  double value() const { return ratio(sum_, n_); }

 private:
  double sum_ = 0, n_ = 0;
};

std::vector<Measure> of_choice(const Task& task, std::span<const double> cells) {
  const std::size_t columns = columns_of(task), all_classes = task.classes.size();
  std::vector<double> truly(all_classes), said(all_classes), right(all_classes);
  double total = 0, answered = 0, hits = 0;
  for (std::size_t t = 0; t < task.true_classes; ++t)
    for (std::size_t s = 0; s < columns; ++s) {
      const double n = cells[t * columns + s];
      total += n, truly[t] += n;
      if (s < all_classes) answered += n, said[s] += n;
      if (s == t) hits += n, right[t] += n;
    }
  Mean recall, precision, f;
  std::vector<Measure> by_class;
  for (std::size_t c = 0; c < task.true_classes; ++c) {
    const std::string& name = task.classes[c];
    by_class.push_back(share("precision", name, right[c], said[c]));
    by_class.push_back(share("recall", name, right[c], truly[c]));
    by_class.push_back(figure("f1", name, ratio(2 * right[c], truly[c] + said[c])));
    by_class.push_back(share("false_positive_rate", name, said[c] - right[c], total - truly[c]));
    by_class.push_back(share("share_truly", name, truly[c], total));
    by_class.push_back(share("share_said", name, said[c], answered));
    if (truly[c] <= 0) continue;  // not there: nothing to be found or missed
    recall.add(ratio(right[c], truly[c])), f.add(ratio(2 * right[c], truly[c] + said[c]));
    precision.add(said[c] > 0 ? right[c] / said[c] : 0);
  }
  std::vector<Measure> out{share("accuracy", "", hits, total)};
  if (!task.nothing) {
    out.push_back(share("coverage", "", answered, total));
    out.push_back(share("accuracy_where_said", "", hits, answered));
  }
  out.push_back(figure("macro_f1", "", f.value()));
  out.push_back(figure("macro_recall", "", recall.value()));
  out.push_back(figure("macro_precision", "", precision.value()));
  const std::size_t first = task.nothing && task.true_classes > 2 ? 1 : 0;  // shares among what is said
  out.push_back(figure("share_divergence", "",
                       divergence(std::span(truly).subspan(first, task.true_classes - first),
                                  std::span(said).subspan(first, task.true_classes - first))));
  out.insert(out.end(), by_class.begin(), by_class.end());
  return out;
}

// Hits of all labels for the recall; those in posts where everything is labelled for the precision.
struct Counts {
  double hit = 0, hit_complete = 0, wrong = 0, missed = 0, said_overlaps = 0, true_overlapped = 0;
  void add(const double* cells) {
    hit += cells[kHit], hit_complete += cells[kHitComplete], wrong += cells[kFalse], missed += cells[kMissed];
    said_overlaps += cells[kSaidOverlaps], true_overlapped += cells[kTrueOverlapped];
  }
  double said() const { return hit_complete + wrong; }
  double truly() const { return hit + missed; }
  // As for a choice: what is there and never said, or said and never there, counts as 0.
  double f(bool complete) const {
    if (!complete || said() + truly() <= 0) return kUndefined;
    return f1(said() > 0 ? hit_complete / said() : 0, truly() > 0 ? hit / truly() : 0);
  }
};

void add_counts(std::vector<Measure>& out, const Counts& n, const std::string& name, bool spans, bool complete) {
  out.push_back(share("precision", name, n.hit_complete, n.said()));
  out.push_back(share("recall", name, n.hit, n.truly()));
  out.push_back(figure("f1", name, n.f(complete)));
  if (!spans) return;
  out.push_back(share("overlap_precision", name, n.said_overlaps, n.said()));
  out.push_back(share("overlap_recall", name, n.true_overlapped, n.truly()));
  out.push_back(figure("overlap_f1", name, f1(ratio(n.said_overlaps, n.said()), ratio(n.true_overlapped, n.truly()))));
}

std::vector<Measure> of_sets(const Task& task, std::span<const double> cells) {
  const std::size_t behind = task.classes.size() * kSetCells;
  const bool complete = cells[behind + 1] > 0;
  Counts all;
  Mean f, recall;
  std::vector<Measure> out, by_class;
  for (std::size_t c = 0; c < task.classes.size(); ++c) {
    Counts n;
    n.add(cells.data() + c * kSetCells), all.add(cells.data() + c * kSetCells);
    if (!task.classes[c].empty()) add_counts(by_class, n, task.classes[c], task.shape == Shape::spans, complete);
    if (n.truly() > 0) recall.add(ratio(n.hit, n.truly())), f.add(n.f(complete));
  }
  add_counts(out, all, "", task.shape == Shape::spans, complete);
  out.push_back(figure("macro_f1", "", f.value()));
  out.push_back(figure("macro_recall", "", recall.value()));
  out.push_back(share("posts_right", "", cells[behind], cells[behind + 1]));
  out.insert(out.end(), by_class.begin(), by_class.end());
  return out;
}

std::vector<Measure> of_clusters(std::span<const double> cells) {
  const double right = cells[kPairRight], said = cells[kPairSaid], truly = cells[kPairTruly];
  return {figure("precision", "", ratio(right, said)), figure("recall", "", ratio(right, truly)),
          figure("f1", "", ratio(2 * right, said + truly)), figure("pairs_truly", "", truly / 2),
          figure("pairs_said", "", said / 2)};
}

}  // namespace

std::vector<Measure> measures_of(const Task& task, std::span<const double> cells) {
  return task.shape == Shape::choice     ? of_choice(task, cells)
         : task.shape == Shape::clusters ? of_clusters(cells)
                                         : of_sets(task, cells);
}

double calibration_error(const std::vector<std::pair<double, bool>>& told) {
  struct Bin {
    double n = 0, score = 0, right = 0;
  };
  std::array<Bin, 10> bins{};
  for (const auto& [score, right] : told) {
    Bin& bin = bins[static_cast<std::size_t>(std::clamp(score * 10, 0.0, 9.0))];
    ++bin.n, bin.score += score, bin.right += right ? 1 : 0;
  }
  double sum = 0;
  for (const Bin& bin : bins) sum += std::abs(bin.score - bin.right);
  return ratio(sum, static_cast<double>(told.size()));
}

}  // namespace earshot::eval
