// pieces.hpp: cuts sound of any length into pieces of some seconds, where it is quietest, so that no more is held than
// one. The same sound gives the same pieces, however it comes. One thread.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace earshot::media {

inline constexpr std::size_t kRate = 16000;  // samples a second, as ear_sound has them

class Pieces {
 public:
  // Samples of the shortest and the longest piece; the last one may be shorter.
  Pieces(std::size_t shortest, std::size_t longest) : shortest_(shortest), longest_(longest) {}

  // Calls `take(piece, at)` for each piece that is whole; `at`: samples before it.
  template <class Take>
  void add(std::span<const std::int16_t> sound, Take&& take) {
    held_.insert(held_.end(), sound.begin(), sound.end());
    while (held_.size() >= longest_) give(quietest(), take);
  }
  // There is no more sound.
  template <class Take>
  void end(Take&& take) {
    if (!held_.empty()) give(held_.size(), take);
  }

 private:
  template <class Take>
  void give(std::size_t count, Take& take) {
    take(std::span<const std::int16_t>(held_).first(count), at_);
    held_.erase(held_.begin(), held_.begin() + static_cast<std::ptrdiff_t>(count));
    at_ += count;
  }
  // The middle of the quietest tenth of a second.
  std::size_t quietest() const {
    constexpr std::size_t kWindow = kRate / 10, kStep = kRate / 100;
    std::size_t best = longest_;
    double least = -1;
    for (std::size_t at = shortest_; at + kWindow <= longest_; at += kStep) {
      double energy = 0;
      for (std::size_t i = at; i < at + kWindow; ++i) energy += static_cast<double>(held_[i]) * held_[i];
      if (least < 0 || energy < least) least = energy, best = at + kWindow / 2;
    }
    return best;
  }

  std::size_t shortest_, longest_;
  std::vector<std::int16_t> held_;
  std::size_t at_ = 0;
};

}  // namespace earshot::media
