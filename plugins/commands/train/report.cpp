#include "report.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "text/cells.hpp"

namespace earshot::train {
namespace {

using model::Quality;

constexpr std::size_t kWidestConfusion = 12;  // classes

std::string shown(std::string_view text, std::size_t room) {
  return text::cells(text, room);
}

double mean_yes_f1(const std::vector<Quality>& all) {
  double sum = 0;
  for (const Quality& q : all) sum += q.classes()[1].f1();
  return sum / static_cast<double>(std::max<std::size_t>(1, all.size()));
}

// A table with columns as wide as they must be; Markdown where `card`.
class Grid {
 public:
  explicit Grid(bool card) : card_(card) {}
  void row(std::vector<std::string> cells) { rows_.push_back(std::move(cells)); }
  std::string text() const {
    std::vector<std::size_t> width(rows_.empty() ? 0 : rows_[0].size());
    for (const auto& row : rows_)
      for (std::size_t i = 0; i < row.size(); ++i) width[i] = std::max(width[i], text::columns_of(row[i]));
    std::string out;
    for (std::size_t r = 0; r < rows_.size(); ++r) {
      std::string line;
      for (std::size_t i = 0; i < rows_[r].size(); ++i) {
        const std::string pad(width[i] - text::columns_of(rows_[r][i]), ' ');
        const std::string cell = i == 0 ? rows_[r][i] + pad : pad + rows_[r][i];
        line += card_ ? "| " + cell + " " : (i == 0 ? "" : "  ") + cell;
      }
      out += line + (card_ ? "|\n" : "\n");
      if (card_ && r == 0) {
        for (std::size_t i = 0; i < width.size(); ++i) out += i == 0 ? "|---" : "|--:";
        out += "|\n";
      }
    }
    return out;
  }

 private:
  bool card_;
  std::vector<std::vector<std::string>> rows_;
};

std::string comparison(const Report& report, bool card) {
  Grid grid(card);
  if (report.info.any) {
    grid.row({"", "mean F1 of the classes"});
    for (const Line& line : report.lines) grid.row({line.name, fmt::format("{:.3f}", mean_yes_f1(line.quality))});
    return grid.text();
  }
  grid.row({"", "examples", "accuracy", "macro-F1", "95 %", "macro-recall"});
  for (const Line& line : report.lines) {
    const Quality& q = line.quality[0];
    double examples = 0;
    for (const model::ClassQuality& c : q.classes()) examples += c.truly;
    grid.row({line.name, fmt::format("{:.0f}", examples), fmt::format("{:.3f}", q.accuracy()),
              fmt::format("{:.3f}", q.macro_f1()),
              fmt::format("{:.3f} to {:.3f}", q.macro_f1_interval().low, q.macro_f1_interval().high),
              fmt::format("{:.3f}", q.macro_recall())});
  }
  return grid.text();
}

std::string by_class(const Report& report, bool card) {
  Grid grid(card);
  grid.row({"class", "examples", "precision", "recall", "F1", "95 %"});
  for (std::size_t c = 0; c < report.info.classes.size(); ++c) {
    const bool any = report.info.any;
    const model::ClassQuality& q =
        any ? report.trained.quality[c].classes()[1] : report.trained.quality[0].classes()[c];
    grid.row({shown(report.info.classes[c], 40), fmt::format("{:.0f}", q.truly), fmt::format("{:.3f}", q.precision()),
              fmt::format("{:.3f}", q.recall()), fmt::format("{:.3f}", q.f1()),
              fmt::format("{:.3f} to {:.3f}", q.f1_interval.low, q.f1_interval.high)});
  }
  return grid.text();
}

std::string confusion(const Report& report, bool card) {
  const std::size_t k = report.info.classes.size();
  if (report.info.any || k > kWidestConfusion) return {};
  Grid grid(card);
  std::vector<std::string> head{"truly \\ said"};
  for (const std::string& name : report.info.classes) head.push_back(shown(name, 20));
  grid.row(head);
  for (std::size_t t = 0; t < k; ++t) {
    std::vector<std::string> row{shown(report.info.classes[t], 20)};
    for (std::size_t s = 0; s < k; ++s) row.push_back(fmt::format("{:.0f}", report.trained.quality[0].count(t, s)));
    grid.row(row);
  }
  return "\n" + grid.text();
}

// The wrong answers that the model was surest of.
std::string worst_errors(const Report& report) {
  struct Wrong {
    std::size_t row;
    std::uint16_t said;
    float told;
  };
  const std::size_t k = report.info.classes.size();
  std::vector<Wrong> all;
  for (std::size_t i = 0; i < report.data.labels.size() && !report.info.any; ++i) {
    const std::uint16_t said = report.trained.said[i];
    if (said != report.data.labels[i][0]) all.push_back({i, said, report.trained.probabilities[i * k + said]});
  }
  std::stable_sort(all.begin(), all.end(), [](const Wrong& a, const Wrong& b) { return a.told > b.told; });
  if (all.size() > report.errors) all.resize(report.errors);
  if (all.empty()) return {};
  std::string out = "\nworst errors (each by a model that did not learn from it)\n";
  for (const Wrong& w : all)
    out +=
        fmt::format("  said {} ({:.2f}), truly {}: {}\n", shown(report.info.classes[w.said], 20), w.told,
                    shown(report.info.classes[report.data.labels[w.row][0]], 20), shown(report.data.texts[w.row], 90));
  return out;
}

}  // namespace

std::string as_text(const Report& report) {
  std::string out = fmt::format("{}: {} examples, {} classes, {} folds", shown(report.info.kind, 40),
                                report.data.texts.size(), report.info.classes.size(), report.folds);
  if (report.data.left_out > 0) out += fmt::format("; {} rows without text or label left out", report.data.left_out);
  out += "\n\n" + comparison(report, false) + "\n" + by_class(report, false) + confusion(report, false);
  out += fmt::format("\ncalibration error {:.3f}; C {:g}; {} bytes\n", report.trained.calibration_error,
                     report.trained.c, report.bytes);
  return out + worst_errors(report);
}

std::string as_card(const Report& report, const std::string& about) {
  std::string out = about;
  if (out.empty()) out = fmt::format("# Model card: {}\n", report.info.kind);
  if (!out.ends_with('\n')) out += '\n';
  const model::FeatureOptions& f = report.info.features;
  out += fmt::format(
      "\n## What it is\n\nA linear model over 2^{} buckets of hashed features: runs of up to {} words, runs of {} to "
      "{} "
      "characters{}{}{}{}. {} bytes. Classes: {}.\n",
      f.bits, f.words, f.shortest, f.longest, f.negation ? ", words behind a negation" : "",
      f.look ? ", the text's look" : "",
      f.lexicon == model::LexiconName::none
          ? ""
          : fmt::format(", a lexicon of {}", model::kLexiconNames[static_cast<std::size_t>(f.lexicon)]),
      report.data.target ? ", the words around the target" : "", report.bytes, fmt::join(report.info.classes, ", "));
  if (!report.info.learned_from.empty()) out += fmt::format("\nLearned from: {}\n", report.info.learned_from);
  out += fmt::format(
      "\n## Quality\n\n{} examples, {}-fold cross-validation; calibration and thresholds are of the other folds too. "
      "The floor is a plain class-weighted logistic regression over hashed n-grams.\n\n",
      report.data.texts.size(), report.folds);
  out += comparison(report, true) + "\n" + by_class(report, true) + confusion(report, true);
  return out + fmt::format("\nCalibration error (ten bins): {:.3f}. C: {:g}.\n", report.trained.calibration_error,
                           report.trained.c);
}

}  // namespace earshot::train
