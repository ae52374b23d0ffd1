#include <fmt/format.h>

#include <algorithm>
#include <numeric>

#include "report.hpp"
#include "text/cells.hpp"

namespace earshot::eval {
namespace {

constexpr std::size_t kWidestConfusion = 12;  // classes

std::string safe(std::string_view text, std::size_t room) {
  return text::cells(text, room);
}

// Columns as wide as what stands in them; the first is text, the others are figures.
class Grid {
 public:
  void row(std::vector<std::string> cells) { rows_.push_back(std::move(cells)); }
  std::string text() const {
    std::vector<std::size_t> width;
    for (const auto& row : rows_) {
      width.resize(std::max(width.size(), row.size()));
      for (std::size_t i = 0; i < row.size(); ++i) width[i] = std::max(width[i], text::columns_of(row[i]));
    }
    std::string out;
    for (const auto& row : rows_) {
      std::string line = "  ";
      for (std::size_t i = 0; i < row.size(); ++i) {
        const std::string blanks(width[i] - text::columns_of(row[i]), ' ');
        line += i == 0 ? row[i] + blanks : "  " + blanks + row[i];
      }
      out += line.substr(0, line.find_last_not_of(' ') + 1) + '\n';
    }
    return out;
  }
  bool empty() const { return rows_.size() < 2; }

 private:
  std::vector<std::vector<std::string>> rows_;
};

std::string figures(const Part& part) {
  Grid grid;
  grid.row({"measure", "value", "95 %"});
  for (const Measure& m : part.score.measures)
    if (m.class_.empty()) {
      const bool whole = m.name.starts_with("pairs_");
      grid.row({m.name, whole ? fmt::format("{:.0f}", m.value) : shown(m.value), whole ? "" : shown(m.interval)});
    }
  return grid.text();
}

std::string classes(const Report& report, const Part& part) {
  Grid grid;
  grid.row({part.task.shape == Shape::choice ? "value" : "", "labelled", "precision", "95 %", "recall", "95 %", "F1",
            "95 %"});
  std::vector<std::pair<double, std::string>> order;
  for (const std::string& c : part.task.classes)
    if (const Measure* recall = measure(part.score, "recall", c)) order.emplace_back(-recall->of, c);
  if (part.task.shape != Shape::choice) std::stable_sort(order.begin(), order.end());
  std::size_t left = report.top;
  for (const auto& [labelled, c] : order) {
    if (left-- == 0) break;
    const Measure *p = measure(part.score, "precision", c), *r = measure(part.score, "recall", c),
                  *f = measure(part.score, "f1", c);
    grid.row({safe(c, 30), fmt::format("{:.0f}", r->of), shown(p->value), shown(p->interval), shown(r->value),
              shown(r->interval), shown(f->value), shown(f->interval)});
  }
  if (grid.empty()) return {};
  std::string out = '\n' + grid.text();
  if (order.size() > report.top) out += fmt::format("  and {} more; --top shows them\n", order.size() - report.top);
  return out;
}

std::vector<std::size_t> most_posts_first(const Part& part) {
  std::vector<std::size_t> order(part.subjects.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::stable_sort(order.begin(), order.end(),
                   [&](std::size_t a, std::size_t b) { return part.subjects[a].posts > part.subjects[b].posts; });
  return order;
}

std::string subjects(const Report& report, const Part& part) {
  if (part.subjects.empty()) return {};
  Grid grid;
  grid.row({"subject", "posts", "accuracy", "macro-F1", "95 %", "macro-recall", "coverage", "share divergence",
            "estimated"});
  const std::vector<std::size_t> order = most_posts_first(part);
  for (std::size_t k = 0; k < std::min(order.size(), report.top); ++k) {
    const Score& s = part.subject_scores[order[k]];
    const auto value = [&](const char* name) {
      const Measure* m = measure(s, name, "");
      return m == nullptr ? std::string("-") : shown(m->value);
    };
    const Measure* f = measure(s, "macro_f1", "");
    grid.row({safe(part.subjects[order[k]].subject, 30), std::to_string(part.subjects[order[k]].posts),
              value("accuracy"), value("macro_f1"), f == nullptr ? "" : shown(f->interval), value("macro_recall"),
              value("coverage"), value("share_divergence"), value("share_divergence_estimated")});
  }
  std::string out = '\n' + grid.text();
  if (order.size() > report.top) out += fmt::format("  and {} more; --top shows them\n", order.size() - report.top);
  return out;
}

// What a chart would show of each subject, beside what is true.
std::string shares(const Report& report, const Part& part) {
  Grid grid;
  grid.row({"share of", "truly", "counted", "estimated", "95 %"});
  const auto add = [&](const std::string& name, const Score& score) {
    for (const std::string& c : part.task.classes) {
      const Measure* estimated = measure(score, "share_estimated", c);
      if (estimated == nullptr) continue;
      grid.row({safe(c, 16) + (name.empty() ? "" : ", " + safe(name, 30)),
                shown(measure(score, "share_truly", c)->value), shown(measure(score, "share_said", c)->value),
                shown(estimated->value), shown(estimated->interval)});
    }
  };
  add({}, part.score);
  const std::vector<std::size_t> order = most_posts_first(part);
  for (std::size_t k = 0; k < std::min(order.size(), report.top); ++k)
    add(part.subjects[order[k]].subject, part.subject_scores[order[k]]);
  return grid.empty() ? std::string{} : '\n' + grid.text();
}

std::string confusion(const Part& part) {
  const Task& task = part.task;
  if (task.shape != Shape::choice || task.classes.size() > kWidestConfusion) return {};
  Grid grid;
  std::vector<std::string> head{"truly \\ said"};
  for (const std::string& c : task.classes) head.push_back(safe(c, 16));
  if (!task.nothing) head.emplace_back("no finding");
  grid.row(head);
  for (std::size_t t = 0; t < task.true_classes; ++t) {
    std::vector<std::string> row{safe(task.classes[t], 16)};
    for (std::size_t s = 0; s + 1 < head.size(); ++s) row.push_back(fmt::format("{:.0f}", count_of(part, t, s)));
    grid.row(row);
  }
  return '\n' + grid.text();
}

std::string worst(const Report& report, const Part& part) {
  const std::vector<Wrong>& all = part.task.wrong;
  if (all.empty() || report.errors == 0) return {};
  std::string out = fmt::format("\n  worst of {} errors\n", all.size());
  for (std::size_t i = 0; i < std::min(all.size(), report.errors); ++i) {
    const Wrong& w = all[i];
    const Case& one = report.labelled->cases[w.of];
    out += fmt::format("  {} said {} ({:.2f}), truly {}{}\n      {}\n", safe(one.key, 40), safe(w.said, 60), w.score,
                       safe(w.truly, 60), w.subject.empty() ? "" : ", of " + safe(w.subject, 40), safe(one.text, 140));
    if (!w.reason.empty()) out += fmt::format("      because of {}\n", safe(w.reason, 120));
  }
  return out;
}

std::string beside(const Report& report, const Part& part) {
  if (report.against.empty()) return {};
  Grid grid;
  grid.row({"against it", "this", "other", "other - this", "95 %", "p"});
  for (const Compared& c : part.against.measures)
    if (c.class_.empty() && !c.name.starts_with("pairs_"))
      grid.row({c.name, shown(c.first), shown(c.second), shown(c.second - c.first), shown(c.difference), shown(c.p)});
  std::string out = '\n' + grid.text();
  if (!std::isnan(part.against.mcnemar))
    out += fmt::format("  right here alone {:.0f}, there alone {:.0f}: McNemar p = {:.3g}\n", part.against.only_first,
                       part.against.only_second, part.against.mcnemar);
  return out;
}

}  // namespace

std::string as_text(const Report& report) {
  std::string out = fmt::format("{} over {} labelled posts", safe(report.pipeline, 100), report.labelled->cases.size());
  if (report.left_out > 0) out += fmt::format("; {} rows without text or label left out", report.left_out);
  out += '\n';
  if (!report.against.empty()) out += fmt::format("beside it: {}\n", safe(report.against, 100));
  for (const Part& part : report.parts)
    out += fmt::format("\n{}: {} posts\n", safe(part.task.kind, 40), part.task.posts) + figures(part) +
           classes(report, part) + subjects(report, part) + shares(report, part) + confusion(part) +
           beside(report, part) + worst(report, part);
  return out;
}

}  // namespace earshot::eval
