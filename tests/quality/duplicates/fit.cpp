// fit_duplicates: fits the numbers by which `duplicates` judges (likeness.hpp) to labelled clusters of texts, and
// tells what numbers fitted in the same way reach on clusters that they were not fitted to: five folds, each of whole
// clusters. The texts come in three random orders, since which post is the first of a cluster depends on it.
//
//   fit_duplicates [CLUSTERS.csv]     of columns doc_id, cluster, entity, text; else neardup/clusters.csv
#include <algorithm>
#include <cstdio>
#include <earshot/testing.hpp>
#include <map>
#include <random>
#include <string>
#include <vector>

#include "../clusters.hpp"
#include "../data.hpp"
#include "duplicates/duplicates.hpp"

namespace {

using namespace earshot::duplicates;
using earshot::quality::Pairwise;

constexpr int kFolds = 5, kOrders = 3;
constexpr double kPrecision = 0.97;  // on the clusters that are fitted to: one template of posts costs two hundredths

struct Text {
  std::string cluster, text;
  int fold = 0;
};

// The detector, judging by other numbers.
Likeness tried = kFitted;
class Tried : public Duplicates {
 public:
  Tried() { likeness_ = tried; }
};

std::vector<Text> read(const std::filesystem::path& file) {
  std::vector<Text> texts;
  const auto rows = earshot::quality::read_csv(file);
  std::map<std::string, int> folds;
  for (std::size_t i = 1; i < rows.size(); ++i) folds[rows[i].at(1)] = 0;
  std::vector<std::string> clusters;
  for (const auto& [cluster, fold] : folds) clusters.push_back(cluster);
  std::shuffle(clusters.begin(), clusters.end(), std::mt19937_64(5));
  for (std::size_t i = 0; i < clusters.size(); ++i) folds[clusters[i]] = static_cast<int>(i) % kFolds;
  for (std::size_t i = 1; i < rows.size(); ++i)
    if (rows[i].at(3).find_first_not_of(" \t\n") != std::string::npos)
      texts.push_back({rows[i].at(1), rows[i].at(3), folds[rows[i].at(1)]});
  return texts;
}

std::vector<std::string> found(const std::vector<Text>& texts, const Likeness& likeness) {
  tried = likeness;
  earshot::testing::Harness<Tried> h;
  h.chunking({256, false});
  for (const Text& t : texts) h.post(t.text);
  h.run();
  std::vector<std::string> clusters;
  for (const auto& post : h.posts()) clusters.push_back("test/" + post.id);
  for (const auto& f : h.findings("duplicate")) clusters[f.post] = f.value;
  return clusters;
}

// Pairs, of which one half counts for the fold of each of the two.
struct Pairs {
  double right = 0, said = 0, wanted = 0;
  void operator+=(const Pairs& other) { right += other.right, said += other.said, wanted += other.wanted; }
  Pairwise measures() const {
    const double p = said > 0 ? right / said : 1, r = right / wanted;
    return {p, r, 2 * p * r / std::max(p + r, 1e-9)};
  }
};
std::array<Pairs, kFolds> pairs(const std::vector<Text>& texts, const std::vector<std::string>& found) {
  std::array<Pairs, kFolds> all;
  std::map<std::string, std::vector<const Text*>> said, wanted;
  for (std::size_t i = 0; i < texts.size(); ++i)
    said[found[i]].push_back(&texts[i]), wanted[texts[i].cluster].push_back(&texts[i]);
  for (const auto& [name, of] : said)
    for (std::size_t a = 0; a < of.size(); ++a)
      for (std::size_t b = 0; b < a; ++b)
        for (const Text* t : {of[a], of[b]}) {
          all[static_cast<std::size_t>(t->fold)].said += 0.5;
          if (of[a]->cluster == of[b]->cluster) all[static_cast<std::size_t>(t->fold)].right += 0.5;
        }
  for (const auto& [name, of] : wanted)
    all[static_cast<std::size_t>(of[0]->fold)].wanted += static_cast<double>(of.size() * (of.size() - 1)) / 2;
  return all;
}

struct Fit {
  Likeness likeness;
  Pairs within, held_out;
};

double value_of(const Pairs& pairs) {
  const Pairwise p = pairs.measures();
  return p.f1 - 2 * std::max(0.0, kPrecision - p.precision);
}

// From what is shared alone each number is moved, by smaller and smaller steps, as long as the detector gets better on
// the clusters that are fitted to.
Fit fitted(const std::vector<std::vector<Text>>& orders, int without) {
  const auto measured = [&](const Likeness& likeness) {
    Fit fit{likeness, {}, {}};
    for (const auto& texts : orders) {
      const auto of = pairs(texts, found(texts, likeness));
      for (int fold = 0; fold < kFolds; ++fold)
        (fold == without ? fit.held_out : fit.within) += of[static_cast<std::size_t>(fold)];
    }
    return fit;
  };
  // The last: a steeper curve through about the same place.
  constexpr Features kDirections[] = {{1, 0, 0}, {0, 2, 0}, {0, 0, 1}, {-1, 3, 0}};
  Fit best = measured({{-4, 12, -2}});
  for (const float step : {1.0f, 0.5f, 0.25f}) {
    bool better = true;
    for (int sweep = 0; sweep < 4 && better; ++sweep) {
      better = false;
      for (const Features& direction : kDirections)
        for (const float by : {-step, step}) {
          Likeness likeness = best.likeness;
          for (std::size_t i = 0; i < kFeatures; ++i) likeness.weights[i] += by * direction[i];
          const Fit fit = measured(likeness);
          if (value_of(fit.within) > value_of(best.within)) best = fit, better = true;
        }
    }
  }
  return best;
}

void row(const std::string& name, const Likeness& likeness, const Pairwise& p) {
  std::printf("%-28s P %.4f  R %.4f  F1 %.4f  ", name.c_str(), p.precision, p.recall, p.f1);
  for (const float weight : likeness.weights) std::printf(" %.3f", static_cast<double>(weight));
  std::printf("\n");
  std::fflush(stdout);
}

}  // namespace

int main(int argc, char** argv) {
  const auto file = argc > 1 ? std::filesystem::path(argv[1]) : earshot::quality::data("neardup/clusters.csv");
  if (!file) return std::fprintf(stderr, "there is no neardup/clusters.csv below EARSHOT_DATA\n"), 1;
  std::vector<std::vector<Text>> orders;
  for (unsigned order = 0; order < kOrders; ++order) {
    orders.push_back(read(*file));
    if (order > 0) std::shuffle(orders.back().begin(), orders.back().end(), std::mt19937_64(order));
  }
  std::printf("%zu texts in %d orders\n", orders[0].size(), kOrders);
  Pairs shipped;
  for (const auto& texts : orders)
    for (const Pairs& p : pairs(texts, found(texts, kFitted))) shipped += p;
  row("as it ships", kFitted, shipped.measures());
  Pairs held_out;
  for (int fold = 0; fold < kFolds; ++fold) {
    const Fit fit = fitted(orders, fold);
    held_out += fit.held_out;
    row("fold " + std::to_string(fold) + ", held out", fit.likeness, fit.held_out.measures());
  }
  row("all folds, held out", {}, held_out.measures());
  const Fit all = fitted(orders, -1);
  row("fitted to all: to be shipped", all.likeness, all.within.measures());
}
