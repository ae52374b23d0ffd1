// drawing.hpp: boxes with labels on pictures, and several pictures on one sheet. The seam around OpenCV.
// One thread.
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "earshot/services/media.h"

namespace earshot::annotate {

// A picture that is drawn on: a copy of what the media service shows.
class Canvas {
 public:
  // `most_width`: wider pictures are made smaller.
  Canvas(const ear_picture& picture, std::uint32_t most_width);
  Canvas(Canvas&&) noexcept;
  ~Canvas();

  // A box in a colour of its own for each `who`, with `label` beside it; empty `who`: a thin grey one, without label.
  void box(const ear_quad& box, std::string_view who, std::string_view label);
  // A line of text at the foot.
  void caption(std::string_view text);
  // Puts canvases of the same size side by side, `columns` in a row. REQUIRES: at least one.
  static Canvas sheet(const std::vector<Canvas>& canvases, std::uint32_t columns);
  // As JPEG, whole or not at all. Throws Error.
  void save(const std::filesystem::path& file) const;

 private:
  struct Pixels;
  explicit Canvas(std::unique_ptr<Pixels> pixels);
  std::unique_ptr<Pixels> pixels_;
};

}  // namespace earshot::annotate
