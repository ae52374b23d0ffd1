// finder.hpp: finds logos in pictures. Enrol pictures of logos, build once, then find: read only and shared by any
// threads, each call on its own. No library's types show here.
#pragma once

#include <array>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace earshot::logo {

// Borrowed for the call: blue, green, red, a byte each, as ear_picture has them.
struct Picture {
  const std::uint8_t* pixels = nullptr;
  int width = 0, height = 0;
  std::size_t stride = 0;
};

// What a picture of a logo gives to go by.
struct Enrolled {
  int width = 0, height = 0;  // of the logo without its margin, pixels
  int points = 0, regions = 0, edges = 0;
};

// See score.cpp for what each is.
using Evidence = std::array<float, 12>;

struct Hit {
  std::uint32_t view = 0;         // as `enrol` numbered it
  std::array<float, 4> x{}, y{};  // corners from the logo's top left on, fractions of the picture
  double score = 0;               // 0..1: how sure
  int points = 0;                 // features that agree
  bool reversed = false;          // light and dark are exchanged
  Evidence evidence{};            // what the score is made of
};

struct Found {
  std::vector<Hit> hits;
  bool looked_closer = false;  // or was there nothing that a first look took for a logo?
};

class Finder {
 public:
  Finder();
  Finder(Finder&&) noexcept;
  Finder& operator=(Finder&&) noexcept;
  ~Finder();

  // Pictures of one `item` are views of the same thing. They are numbered from 0 in this order.
  Enrolled enrol(const Picture& logo, std::uint32_t item);
  void build();
  std::uint32_t item_of(std::uint32_t view) const;

  // All hits of `least` score and more, the best first; where several cover one another, the best alone. `stop` is
  // asked now and then and may throw.
  Found find(const Picture& picture, double least, const std::function<void()>& stop = {}) const;

 private:
  struct Inside;
  std::unique_ptr<Inside> inside_;
};

}  // namespace earshot::logo
