// streams.hpp: made-up streams of posts about one subject, 120 days in windows of five minutes: four times as many by
// day as by night and more, fewer on weekends, a trend that doubles, noise that goes on for hours, and planted events;
// and what the baseline says of them. Values; any thread.
#pragma once

#include <cstdint>

namespace earshot::quality {

struct Plan {
  double a_day = 1000;       // posts, in the mean of the first days
  double times = 2;          // of the planted events; 0: silence
  double a_week = 1;         // the budget
  double noise = 0.1;        // standard deviation of the logarithm of what is expected, correlated over six hours
  double copies_a_week = 0;  // bursts of about 25 copies
  int streams = 20;
};

struct Outcome {
  double false_alarms_a_week = 0;
  int planted = 0, found = 0;  // found: told of before two windows are over, in which 30 posts or more are expected
  double share() const { return planted == 0 ? 0 : static_cast<double>(found) / planted; }
};

Outcome simulate(const Plan& plan, std::uint64_t seed = 1);

}  // namespace earshot::quality
