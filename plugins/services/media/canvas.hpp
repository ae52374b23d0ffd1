// canvas.hpp: takes the rows of a picture one after the other and makes it smaller on the way, each pixel of the result
// the mean of the area that it covers; so a large picture is never whole in memory. Values; one thread.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

namespace earshot::media {

struct Size {
  std::uint32_t width = 0, height = 0;
  std::uint64_t pixels() const { return std::uint64_t{width} * height; }
  bool operator==(const Size&) const = default;
};

// The largest of at most `most` pixels in the proportions of `size`; `size` itself where that is no larger.
Size fitted(Size size, std::uint64_t most);

// A decoded picture: blue, green, red, a byte each, row by row without gaps; upright.
struct Still {
  Size size;
  std::vector<std::uint8_t> pixels;
  Size original;      // as stored, before it was made smaller
  std::string fault;  // not empty: the bytes are broken, and this is what was read before; a sentence
};

class Canvas {
 public:
  // Rows have 3 bytes a pixel (blue, green, red) or 4 (and how opaque it is).
  Canvas(Size from, Size to, int channels);

  // The next row, top first; rows beyond the last are ignored.
  void row(const std::uint8_t* pixels);
  std::uint32_t rows() const { return rows_; }
  Size from() const { return from_; }

  // What has no row is grey. What is not opaque stands on white, or, where what is opaque is light itself (a white logo
  // without ground), on dark grey.
  Still finish();

 private:
  struct Span {  // pixels of a row that one of the result covers
    std::uint32_t first, last;
    float weight_first, weight_last;
  };
  void across(const std::uint8_t* pixels);
  void put(const float* sums, float scale);
  std::vector<std::uint8_t> flat() const;

  Size from_, to_;
  std::size_t channels_;
  bool plain_;  // nothing to be made smaller
  std::uint32_t rows_ = 0, out_ = 0;
  std::vector<Span> spans_;
  std::vector<float> line_, sums_;
  std::vector<std::uint8_t> pixels_, premultiplied_;
};

}  // namespace earshot::media
