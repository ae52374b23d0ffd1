#include "logo/score.hpp"

#include <cmath>
#include <numeric>

namespace earshot::logo {

double score(const Evidence& e) {
  const std::array<float, 5> more{e[0] * e[2], e[7] * e[0], e[7] * e[7], e[0] * e[0], e[4] * e[0]};
  constexpr std::array<float, 12> w{6.948F, -1.749F, 0.074F, 8.945F, 0.03F,   0.258F,
                                    1.569F, 0.108F,  1.413F, 3.701F, -2.203F, 2.625F};
  constexpr std::array<float, 5> v{-8.17F, 2.062F, -0.292F, 2.179F, 3.222F};
  float z = -26.554F;
  z = std::inner_product(e.begin(), e.end(), w.begin(), z);
  z = std::inner_product(more.begin(), more.end(), v.begin(), z);
  return 1 / (1 + std::exp(-double{z}));
}

}  // namespace earshot::logo
