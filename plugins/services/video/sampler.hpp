// sampler.hpp: which frames of a video stand for it. Time is cut into stretches: a new one begins where the scene
// changes, where something changes after it was still, and at least every `spacing` while it moves. Of each stretch one
// frame is kept: the sharpest of its middle, so that what appears or goes between two stretches is off by three eighths
// of `spacing` at most, and a cross-fade or a frame blurred by motion is not taken where there is a better one.
//
// What is still counts as one stretch however long it lasts: frames are compared with the first one of their stretch,
// so that slow drift ends it too. One frame is held at a time. One thread.
#pragma once

#include <cstdint>
#include <optional>
#include <utility>

#include "video/look.hpp"

namespace earshot::video {

// `Held` is a frame, movable.
template <class Held>
class Sampler {
 public:
  explicit Sampler(std::int64_t spacing) : spacing_(spacing) {}

  // The next frame, at `t` nanoseconds, not before the last one. `hold()` gives it where it is to be kept; `show(held,
  // start, stop)` is called where a stretch has ended by it and answers whether to go on.
  template <class Hold, class Show>
  bool see(std::int64_t t, Look look, Hold&& hold, Show&& show) {
    bool more = true;
    if (held_ && ends(t, look)) more = close(t, show);
    if (!held_) {
      begin_ = t, moves_ = false, in_middle_ = false, sharpness_ = look.sharpness;
      held_ = hold(), reference_ = look;
    } else if (is_better(t, look)) {
      sharpness_ = look.sharpness, held_ = hold();
    }
    previous_ = std::move(look);
    return more;
  }
  // The video ends at `t`.
  template <class Show>
  bool end(std::int64_t t, Show&& show) {
    return !held_ || close(t, show);
  }

 private:
  bool ends(std::int64_t t, const Look& look) {
    const std::int64_t lasted = t - begin_;
    const Difference step = differ(look, previous_);
    // A cut stands out among the differences from frame to frame; a pan or flicker does not.
    const bool cut = step.share >= 0.5 && step.mean > 3 * std::max(last_step_, 2.0);
    last_step_ = step.mean;
    if (cut) return true;
    if (!differ(look, reference_).any) return moves_ && lasted >= spacing_;
    if (!moves_ && lasted >= spacing_ / 2) return true;
    moves_ = true;
    return lasted >= spacing_;
  }
  bool is_better(std::int64_t t, const Look& look) {
    const std::int64_t in = t - begin_;
    if (in < spacing_ / 4 || in > spacing_ - spacing_ / 4) return false;
    if (!in_middle_) return in_middle_ = true, moves_ || look.sharpness > sharpness_;
    return look.sharpness > sharpness_;
  }
  template <class Show>
  bool close(std::int64_t t, Show&& show) {
    Held held = std::move(*held_);
    held_.reset();
    return show(held, begin_, t);
  }

  std::int64_t spacing_;
  std::int64_t begin_ = 0;
  std::optional<Held> held_;
  double sharpness_ = 0;    // of the one that is held
  bool in_middle_ = false;  // was a frame in the middle of the stretch seen?
  bool moves_ = false;      // has it differed from its first frame?
  Look reference_, previous_;
  double last_step_ = 0;  // mean difference of the last two frames
};

}  // namespace earshot::video
