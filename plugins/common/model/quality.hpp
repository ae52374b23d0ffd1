// quality.hpp: how good answers are, where the right ones are known. Values; any thread.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

namespace earshot::model {

struct Interval {
  double low = 0, high = 0;
};

// Wilson's interval of a share, 95 % (E. B. Wilson 1927).
Interval wilson(double hits, double of);

struct ClassQuality {
  double truly = 0, said = 0, right = 0;  // counts
  double precision() const { return said > 0 ? right / said : 0; }
  double recall() const { return truly > 0 ? right / truly : 0; }
  double f1() const { return truly + said > 0 ? 2 * right / (truly + said) : 0; }
  Interval f1_interval;  // bootstrap, 95 %
};

// For one of several classes; `kNothing` is an answer that was withheld.
inline constexpr std::uint16_t kNothing = 0xFFFF;

class Quality {
 public:
  // Nothing is counted for a class that neither stands in `truly` nor in `said`.
  Quality(std::size_t classes, std::span<const std::uint16_t> truly, std::span<const std::uint16_t> said);

  double accuracy() const;
  double macro_f1() const;
  double macro_recall() const;
  double answered() const;  // share of examples with an answer
  Interval macro_f1_interval() const { return macro_interval_; }
  const std::vector<ClassQuality>& classes() const { return all_; }
  // How often `truly` was answered by `said`; the last column is "no answer".
  double count(std::size_t truly, std::size_t said) const { return confusion_[truly * (all_.size() + 1) + said]; }

 private:
  std::vector<ClassQuality> all_;
  std::vector<double> confusion_;
  double total_ = 0;
  Interval macro_interval_;
};

// Expected calibration error over ten bins of equal width (Naeini et al. 2015): how far, on average, the probability
// that was told for the answer is from the share of right answers.
double calibration_error(std::span<const float> told, std::span<const char> right);

}  // namespace earshot::model
