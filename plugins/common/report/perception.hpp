// perception.hpp: how posts with one phrase, topic or hashtag are meant. A free function; any thread.
#pragma once

#include "figures/types.hpp"

namespace earshot::report {

// (positive − negative) / posts, with an interval of 95 %: that of a difference of two shares of one sample, with z² /
// 3 posts of each of the three kinds added, so that a few posts that agree are not taken for certain.
figures::Sentiment::Part net_of(const figures::Ranked& row);

}  // namespace earshot::report
