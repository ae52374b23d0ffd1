// pictures.hpp: pictures of files and of SVG for what measures ocr. Free functions; one thread.
#pragma once

#include <filesystem>
#include <opencv2/core.hpp>
#include <string>

namespace earshot::quality {

// Blue, green, red. Empty where it cannot be read.
cv::Mat picture_of(const std::filesystem::path& file);

// By rsvg-convert: blue, green, red, opacity, not multiplied. Empty where that program is not there.
cv::Mat drawn(const std::string& svg);

double cpu_seconds();

}  // namespace earshot::quality
