// rarity.hpp: how rare each of 65,536 features is, learnt from the posts that came: log of all posts over those with
// the feature. Old posts count less and less: at a million all counts are halved. Half a megabyte, for ever. One
// thread.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace earshot::sketch {

class Rarity {
 public:
  Rarity();

  float of(std::uint16_t feature) const { return all_log_ - log_[feature]; }
  float most() const { return all_log_ - kNever; }  // of what never came
  // One more post with these, each named once.
  void count(std::span<const std::uint16_t> features);

  // Saved in slices of 4,096 features.
  static constexpr std::size_t kSlices = 16;
  std::string save(std::size_t slice) const;
  void load(std::size_t slice, std::string_view bytes);

 private:
  static constexpr float kNever = -0.6931472f;  // log of a half
  void halve();
  void set(std::size_t feature, std::uint32_t count);

  std::uint32_t posts_ = 0;
  float all_log_;
  std::vector<std::uint32_t> counts_;
  std::vector<float> log_;
};

}  // namespace earshot::sketch
