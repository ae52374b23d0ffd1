// nab.hpp: series of the Numenta Anomaly Benchmark, the score that it gives, and the score of each row by the baseline
// that `spike` runs. Free functions; any thread.
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <string>
#include <utility>
#include <vector>

namespace earshot::quality {

struct NabSeries {
  std::string name;
  bool counts = true;
  std::vector<std::int64_t> times;  // seconds
  std::vector<double> values;
  std::vector<std::pair<std::size_t, std::size_t>> windows;  // rows with an anomaly, both ends inclusive
};

// The series of `labels` (combined_windows.json) that stand below `folder`. Those in realTweets are counts, the others
// measured values.
std::vector<NabSeries> read_nab(const std::filesystem::path& folder, const std::filesystem::path& labels);

struct Profile {
  double hit = 1, miss = 1, false_alarm = 0.11;
};

struct NabScore {
  double raw = 0;
  std::size_t windows = 0, hits = 0, false_alarms = 0;  // rows
  double score(const Profile& profile = {}) const;      // 100: perfect; 0: as good as silence
  NabScore& operator+=(const NabScore& other);
};

// Rows with a score of at least `threshold` are alarms.
NabScore score(const NabSeries& series, const std::vector<double>& scores, double threshold, const Profile& = {});
// The threshold at which all together score highest.
double best_threshold(const std::vector<const NabSeries*>& series,
                      const std::vector<const std::vector<double>*>& scores, const Profile& = {});

// 1/(1 + alarms a week) where a row would open an alert, else 0; in one pass that looks at no later row.
std::vector<double> scores_of(const NabSeries& series);
inline double score_at(double a_week) {
  return 1 / (1 + a_week);
}

}  // namespace earshot::quality
