// net.hpp: how posts are meant, taken together: the shares of negative, neutral and positive, estimated as
// share/share.hpp tells, where posts of one author are not taken for independent of each other. One instance for one
// thread.
#pragma once

#include <array>
#include <cstdint>
#include <vector>

#include "figures/tally.hpp"
#include "figures/types.hpp"
#include "store/fact.hpp"

namespace earshot::figures {

class Net {
 public:
  void add(const store::Fact& fact);  // copies are left out
  // `authors`: of the same facts.
  Sentiment result(const AuthorTally& authors) const;

 private:
  // Posts that were judged alike, to one part in 32; probabilities summed, in 1/65535.
  struct Alike {
    std::uint64_t posts = 0, negative = 0, neutral = 0, positive = 0;
  };
  struct Said {
    std::uint64_t with = 0, without = 0;  // posts with a sentiment, and without
  };
  struct Sums {
    std::int64_t posts = 0, net = 0, squares = 0;  // in the unit of net_of()
  };
  double independent(const AuthorTally& authors) const;

  std::array<Alike, 1024> judged_{};  // by negative and positive
  std::vector<Said> said_;            // by language
  Sums all_, nobody_;                 // nobody_: posts without an author
};

}  // namespace earshot::figures
