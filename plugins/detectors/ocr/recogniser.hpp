// recogniser.hpp: the seam around Tesseract: reads one prepared piece of a picture. One thread.
#pragma once

#include <memory>
#include <opencv2/core.hpp>
#include <string>
#include <vector>

namespace earshot::ocr {

struct ReadWord {
  std::string text;   // UTF-8
  cv::Rect box;       // in the piece
  double confidence;  // 0..1
  bool known;         // in the language's dictionary
  bool begins_line, begins_block;
};

enum class Layout { page, block, line };

class Recogniser {
 public:
  // Throws Error (unsupported) where a language cannot be loaded, with what to install.
  explicit Recogniser(const std::vector<std::string>& languages);
  ~Recogniser();
  Recogniser(Recogniser&&) noexcept;

  // Dark on light, 8 bits. A line takes a few milliseconds.
  std::vector<ReadWord> read(const cv::Mat& grey, Layout layout);

  // Throws as the constructor does, and loads nothing.
  static void check(const std::vector<std::string>& languages);

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace earshot::ocr
