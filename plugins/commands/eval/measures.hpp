// measures.hpp: the measures of eval, from counts alone. Free functions; any thread.
//
// Everything that is measured is first counted into cells (a confusion matrix, pairs right and wrong, ...), and every
// measure is a function of these cells: so one bootstrap serves them all.
#pragma once

#include <cmath>
#include <cstdint>
#include <limits>
#include <span>
#include <string>
#include <vector>

namespace earshot::eval {

inline constexpr double kUndefined = std::numeric_limits<double>::quiet_NaN();

struct Interval {
  double low = kUndefined, high = kUndefined;
};

// `value` is undefined (NaN) where nothing stands below the line. Where it is a share, `hits` of `of`.
struct Measure {
  std::string name;    // "recall", "macro_f1"
  std::string class_;  // of which class; empty: of all
  double value = kUndefined;
  double hits = 0, of = 0;
  Interval interval = {};  // 95 %
};

inline double ratio(double hits, double of) {
  return of > 0 ? hits / of : kUndefined;
}
// Of precision and recall; undefined where either is.
double f1(double precision, double recall);

// Wilson's interval of a share, 95 % (E. B. Wilson 1927).
Interval wilson(double hits, double of);

// Kullback-Leibler divergence of the shares that were said from the true ones, natural logarithm, both smoothed by
// 1 / (2 * all) as in SemEval-2017 task 4 D. 0: the same. Undefined where either side is empty.
double divergence(std::span<const double> truly, std::span<const double> said);

// Exact two-sided McNemar test (binomial): how likely are counts as uneven as these where both are equally good?
double mcnemar(double only_first, double only_second);

// Pairs of posts in one cluster, from the cluster of each post. Each post's share of the counts is given, so that a
// sum over all posts is twice the number of pairs.
struct PairCounts {
  double right = 0, said = 0, truly = 0;
};
std::vector<PairCounts> pairs(std::span<const std::uint32_t> truly, std::span<const std::uint32_t> said);

}  // namespace earshot::eval
