// tail.hpp: how surprising a figure is: -ln of the chance to see one as far out or farther, for counts (negative
// binomial; Poisson where the variance is no more than the mean) and for measured values (normal). Free functions; any
// thread.
#pragma once

namespace earshot::baseline {

// Of a count of at least, or at most, `observed`. 0: it is on the other side of the mean.
double surprise_above(double observed, double mean, double variance);
double surprise_below(double observed, double mean, double variance);
// Of a value at least so far from the mean, on its side.
double surprise_apart(double observed, double mean, double variance);

}  // namespace earshot::baseline
