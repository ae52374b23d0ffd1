// net.hpp: how posts are meant, taken together: the shares of negative, neutral and positive, estimated as
// share/share.hpp tells, where posts of one author are not taken for independent of each other. One instance for one
// thread.
#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <unordered_map>
#include <utility>

#include "figures/types.hpp"
#include "store/fact.hpp"

namespace earshot::figures {

class Net {
 public:
  void add(const store::Fact& fact);
  Sentiment result() const;

 private:
  struct Sums {
    double posts = 0, net = 0;
  };
  // Posts that were judged alike, to one part in 32.
  struct Alike {
    double posts = 0;
    std::array<double, 3> probabilities{};  // summed
  };
  double independent() const;

  std::map<std::pair<int, int>, Alike> judged_;              // by negative and positive
  std::map<std::uint16_t, std::pair<double, double>> said_;  // by language: posts with a sentiment, and without
  std::unordered_map<std::uint32_t, Sums> authors_;
  Sums all_, nobody_;  // nobody_: posts without an author
  double squares_ = 0, squares_of_nobody_ = 0;
};

}  // namespace earshot::figures
