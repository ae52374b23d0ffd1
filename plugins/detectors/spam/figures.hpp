// figures.hpp: what an author's figures say of whether a person writes: posts a day, followers against followed, the
// account's age, the handle. Free functions; any thread.
//
// No licensed data has these figures with labels, so the weights are set by hand, each for itself to be read and
// argued about, and their sum is no measured probability.
#pragma once

#include <earshot/types.hpp>
#include <string>

namespace earshot::spam {

struct Judgement {
  double log_odds = 0;  // of an automatic account; 0: nothing is known
  bool known = false;   // there were figures to judge by
};

// `published` is the time of the post, so that a replay judges as the day itself did. Where `reasons` is given, the
// figures that speak for an automatic account are appended: "310 posts a day, 2 followers of 900 followed".
Judgement judge(const ear_author& author, Time published, std::string* reasons = nullptr);

}  // namespace earshot::spam
