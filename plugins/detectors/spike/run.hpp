// run.hpp: a run of windows with more posts than usual, or fewer. Each window adds how much better the counts fit
// three times (or a tenth of) the usual than the usual itself, as a logarithm; below zero a run is over (Page's
// CUSUM of Poisson counts, 1954). Values; any thread.
#pragma once

#include <cstdint>

#include "spike/samples.hpp"
#include "state/bytes.hpp"

namespace earshot::spike {

using state::BytesIn, state::BytesOut;

enum class Direction { up, down };

// A count beside what was expected of it.
struct Tally {
  double observed = 0, expected = 0, variance = 0;
};

class Run {
 public:
  struct Rules {
    Direction direction = Direction::up;
    double threshold = 12;
    double min_count = 10;       // of a run that goes up
    std::int64_t longest = 168;  // windows
    std::size_t evidence = 5;
  };
  enum class News { nothing, opened, grown, closed };

  // One more window. `expected` is the side of the expectation that is harder to pass.
  News step(const Rules& rules, std::int64_t window, const Tally& tally, double expected, double dispersion,
            const Samples& samples);
  // Event time makes a leap: what is open is closed as it stands. False: nothing was.
  bool close();

  bool is_open() const { return open_; }
  bool is_idle() const { return score_ == 0 && !open_; }
  bool was_long() const { return was_long_; }  // of the last that closed: it had gone on for too long
  std::int64_t begin() const { return begin_; }
  std::int64_t end() const { return last_ + 1; }  // behind the window up to which it is unusual
  double peak() const { return peak_; }
  const Tally& tally() const { return at_peak_; }
  const Samples& samples() const { return samples_; }
  bool erase(std::string_view platform, std::string_view author);
  void reset();

  void save(BytesOut& out) const;
  void load(BytesIn& in);

 private:
  bool open_ = false, was_long_ = false;
  double score_ = 0, peak_ = 0;
  std::int64_t begin_ = 0, last_ = 0;  // windows
  Tally so_far_, at_peak_;
  Samples samples_, pending_;  // up to the peak, and behind it
};

}  // namespace earshot::spike
