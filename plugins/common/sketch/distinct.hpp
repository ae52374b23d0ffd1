// distinct.hpp: how many different things there were: exact up to 64, an estimate from the lowest hashes of more, a
// standard error of an eighth (Bar-Yossef et al. 2002). A value; one thread.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "state/bytes.hpp"

namespace earshot::sketch {

class Distinct {
 public:
  static constexpr std::size_t kMost = 64;
  void add(std::uint32_t hash);
  double count() const;
  // The part of the smaller set that is in the other, 0 to 1.
  double overlap(const Distinct& other) const;
  void save(state::BytesOut& out) const;
  void load(state::BytesIn& in);

 private:
  std::vector<std::uint32_t> lowest_;
};

}  // namespace earshot::sketch
