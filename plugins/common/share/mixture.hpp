// mixture.hpp: the mix of classes that makes the given probabilities likeliest, and how sure it is. A value; any
// thread.
#pragma once

#include <span>
#include <vector>

namespace earshot::share {

class Mixture {
 public:
  // `probabilities`: rows of as many as `trained_on` has, which are calibrated for that mix and expect it too, as
  // `strength` posts would. Of `posts` posts together n / (1 + n * unlike) count.
  Mixture(std::span<const double> probabilities, std::span<const double> posts, std::span<const double> trained_on,
          double strength, double unlike);

  const std::vector<double>& mix() const { return mix_; }
  const std::vector<double>& variance() const { return variance_; }

 private:
  void maximise();
  void look_around();
  double expects(std::size_t c) const;

  std::size_t classes_;
  std::vector<double> likelihoods_;
  std::vector<double> posts_;
  std::vector<double> expected_;
  double strength_;
  std::vector<double> mix_, variance_;
};

}  // namespace earshot::share
