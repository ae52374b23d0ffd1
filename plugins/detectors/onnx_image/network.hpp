// network.hpp: a model of an ONNX file, run by OpenCV's dnn. The only place that sees it. One thread an instance.
#pragma once

#include <earshot/services/media.h>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <vector>

#include "onnx_image/heads.hpp"

namespace earshot::onnx_image {

struct Input {
  int width = 640, height = 640;
  double scale = 1;
  std::vector<double> mean;  // blue, green, red, or the other way round with `swap`; taken off before the scale
  bool swap = true;          // red, green, blue
};

class Network {
 public:
  // Throws `invalid` for a file that is no such model.
  Network(const std::filesystem::path& file, Input input);
  Network(Network&&) noexcept;
  ~Network();

  // The first answer to a picture that was stretched to the input's size. Throws `invalid`.
  void run(const ear_picture& picture, const std::function<void(const Answer&)>& use);
  // The same for a gray picture: does the model run at all?
  void rehearse(const std::function<void(const Answer&)>& use);

 private:
  struct Inside;
  std::unique_ptr<Inside> inside_;
};

}  // namespace earshot::onnx_image
