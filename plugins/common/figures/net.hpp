// net.hpp: how posts are meant, taken together: the shares of negative, neutral and positive, with intervals that know
// that posts of one author are not independent of each other. One instance for one thread.
#pragma once

#include <array>
#include <cstdint>
#include <unordered_map>

#include "figures/types.hpp"
#include "store/fact.hpp"

namespace earshot::figures {

class Net {
 public:
  void add(const store::Fact& fact);
  Sentiment result() const;

 private:
  // Of one author: how many posts, and the sums of what is averaged.
  struct Sums {
    double posts = 0;
    std::array<double, 4> of{};  // negative, neutral, positive, net
  };
  static void add(Sums& to, const store::Fact& fact);

  std::unordered_map<std::uint32_t, Sums> authors_;
  Sums all_;
  std::array<double, 4> alone_{};  // squares of posts without an author
  double without_ = 0;
  Sums without_sums_;
};

}  // namespace earshot::figures
