// The score of the baseline on series of the Numenta Anomaly Benchmark.
//
//   nab_score FOLDER LABELS [A_WEEK]    FOLDER/realTweets/….csv and so on; LABELS: combined_windows.json
//
// Prints a line for each file and the total, at the threshold of A_WEEK false alarms a week, else at the best for all
// files together; then what each file scores with the threshold that is best for the others. With --rows a first
// argument, it prints file, row and score of each row that would open an alert instead.
#include <cstdio>
#include <cstdlib>
#include <cstring>

#include "nab.hpp"

using namespace earshot::quality;

namespace {

using Scores = std::vector<std::vector<double>>;

double best_without(const std::vector<NabSeries>& all, const Scores& scores, std::size_t left_out,
                    const Profile& profile = {}) {
  std::vector<const NabSeries*> series;
  std::vector<const std::vector<double>*> of;
  for (std::size_t i = 0; i < all.size(); ++i)
    if (i != left_out) series.push_back(&all[i]), of.push_back(&scores[i]);
  return best_threshold(series, of, profile);
}

NabScore row(const NabSeries& series, const std::vector<double>& scores, double threshold) {
  const NabScore s = score(series, scores, threshold);
  std::printf("%-48s %7.1f %3zu of %zu %12zu\n", series.name.c_str(), s.score(), s.hits, s.windows, s.false_alarms);
  return s;
}

void table(const std::vector<NabSeries>& all, const Scores& scores, double threshold) {
  std::printf("threshold: %.2f false alarms a week\n%-48s %7s %9s %12s\n", 1 / threshold - 1, "file", "score", "found",
              "false alarms");
  NabScore total;
  for (std::size_t i = 0; i < all.size(); ++i) total += row(all[i], scores[i], threshold);
  std::printf("%-48s %7.1f %3zu of %zu %12zu\n", "all", total.score(), total.hits, total.windows, total.false_alarms);
  constexpr std::pair<const char*, Profile> profiles[] = {{"reward low FP rate", {1, 1, 0.22}},
                                                          {"reward low FN rate", {1, 2, 0.11}}};
  for (const auto& [name, profile] : profiles) {
    NabScore sum;
    const double at = best_without(all, scores, all.size(), profile);
    for (std::size_t i = 0; i < all.size(); ++i) sum += score(all[i], scores[i], at, profile);
    std::printf("%-48s %7.1f   at %.2f a week, the best for it\n", name, sum.score(profile), 1 / at - 1);
  }
}

}  // namespace

int main(int argc, char** argv) {
  const bool rows = argc > 1 && std::strcmp(argv[1], "--rows") == 0;
  if (rows) --argc, ++argv;
  if (argc < 3) return std::fprintf(stderr, "nab_score [--rows] FOLDER LABELS [A_WEEK]\n"), 2;
  const std::vector<NabSeries> all = read_nab(argv[1], argv[2]);
  Scores scores;
  for (const NabSeries& series : all) scores.push_back(scores_of(series));
  if (rows) {
    for (std::size_t i = 0; i < all.size(); ++i)
      for (std::size_t r = 0; r < scores[i].size(); ++r)
        if (scores[i][r] > 0) std::printf("%s\t%zu\t%.9g\n", all[i].name.c_str(), r, scores[i][r]);
    return 0;
  }
  table(all, scores, argc > 3 ? score_at(std::atof(argv[3])) : best_without(all, scores, all.size()));
  NabScore left_out;
  for (std::size_t i = 0; i < all.size(); ++i) left_out += score(all[i], scores[i], best_without(all, scores, i));
  std::printf("%-48s %7.1f\n", "each with the threshold of the others", left_out.score());
}
