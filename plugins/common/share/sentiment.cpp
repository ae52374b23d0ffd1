#include "share/share.hpp"

namespace earshot::share {

// The mix of training stands in the header of plugins/detectors/sentiment/sentiment.model. The others were chosen on
// the answers of `measure_perception` to topics that no model had seen: what stands between 0.5 and silence, and how
// far topics differ. What is neutral differs most, from one team's labels to another's.
const Kind& sentiment() {
  static const Kind kind{.values = {"negative", "neutral", "positive"},
                         .trained_on = {0.175, 0.383, 0.442},
                         .silent = {0.27, 0.39, 0.34},
                         .trust = {2, 0.03},
                         .apart = "neutral",
                         .of_apart = {3, 0.2}};
  return kind;
}

}  // namespace earshot::share
