// heads.hpp: what the numbers that a network answers with mean. Pure functions; any thread.
#pragma once

#include <cstddef>
#include <span>
#include <vector>

namespace earshot::onnx_image {

// A tensor as a network answers it; borrowed.
struct Answer {
  std::vector<int> shape;
  std::span<const float> numbers;
};

// A thing seen, in fractions of the picture; the whole of it for what a classifier says.
struct Sight {
  std::size_t label = 0;
  double score = 0;
  float left = 0, top = 0, right = 1, bottom = 1;
};

// The probability of each label: as answered where the numbers are probabilities, by softmax else.
std::vector<Sight> read_classes(const Answer& answer, double threshold);

// Boxes [1,N,5+C] (middle, size, objectness, C labels: YOLOv5) or [1,4+C,N] (without objectness, lying: YOLOv8), in
// units of the input, which is `width` by `height`. `labels`: how many there are; it tells the two layouts apart. Where
// boxes of one label cover one another by more than `overlap` of their union, the surest stays. Throws `invalid` for
// what has neither shape.
std::vector<Sight> read_yolo(const Answer& answer, std::size_t labels, int width, int height, double threshold,
                             double overlap);

}  // namespace earshot::onnx_image
