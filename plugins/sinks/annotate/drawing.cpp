#include "drawing.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>
#include <earshot/error.hpp>
#include <opencv2/core.hpp>
#include <opencv2/imgproc.hpp>

#include "jpeg/encode.hpp"

namespace earshot::annotate {
namespace {

// Colours that can be told apart, also by most who see fewer (Okabe and Ito 2008), as blue, green, red.
constexpr std::array<std::array<int, 3>, 7> kColours{
    {{0, 159, 230}, {233, 180, 86}, {115, 158, 0}, {66, 228, 240}, {178, 114, 0}, {0, 94, 213}, {167, 121, 204}}};

constexpr int kQuality = 85;

cv::Scalar colour_of(std::string_view who) {
  std::uint32_t sum = 2166136261u;  // FNV-1a: the same brand has the same colour in every picture
  for (const char c : who) sum = (sum ^ static_cast<unsigned char>(c)) * 16777619u;
  const auto& c = kColours[sum % kColours.size()];
  return {static_cast<double>(c[0]), static_cast<double>(c[1]), static_cast<double>(c[2])};
}

// OpenCV's fonts have ASCII alone.
std::string ascii(std::string_view text) {
  std::string out;
  for (const char c : text)
    if (const auto byte = static_cast<unsigned char>(c); byte < 0x80)
      out += byte < 0x20 || byte == 0x7F ? ' ' : c;
    else if (byte >= 0xC0)
      out += '?';
  return out;
}

// A dark plate under light letters, inside of the picture.
void plate(cv::Mat& image, const std::string& text, cv::Point at, const cv::Scalar& colour) {
  const double size = std::clamp(image.cols / 1400.0, 0.4, 1.0);
  int below = 0;
  const cv::Size extent = cv::getTextSize(text, cv::FONT_HERSHEY_SIMPLEX, size, 1, &below);
  at.x = std::clamp(at.x, 0, std::max(0, image.cols - extent.width - 6));
  at.y = std::clamp(at.y, extent.height + 6, std::max(extent.height + 6, image.rows - below - 2));
  cv::rectangle(image, {at.x, at.y - extent.height - 6}, {at.x + extent.width + 6, at.y + below}, {24, 24, 24},
                cv::FILLED);
  cv::putText(image, text, {at.x + 3, at.y - 3}, cv::FONT_HERSHEY_SIMPLEX, size, colour, 1, cv::LINE_AA);
}

}  // namespace

struct Canvas::Pixels {
  cv::Mat image;
};

Canvas::Canvas(std::unique_ptr<Pixels> pixels) : pixels_(std::move(pixels)) {}
Canvas::Canvas(Canvas&&) noexcept = default;
Canvas::~Canvas() = default;

Canvas::Canvas(const ear_picture& picture, std::uint32_t most_width) : pixels_(std::make_unique<Pixels>()) {
  cv::setNumThreads(1);  // the host's sinks are the threads
  const cv::Mat shown(static_cast<int>(picture.height), static_cast<int>(picture.width), CV_8UC3,
                      const_cast<std::uint8_t*>(picture.pixels), picture.stride);
  if (picture.width <= most_width) {
    shown.copyTo(pixels_->image);
    return;
  }
  const double scale = static_cast<double>(most_width) / picture.width;
  const auto rows = std::max(1, static_cast<int>(std::lround(picture.height * scale)));
  cv::resize(shown, pixels_->image, {static_cast<int>(most_width), rows}, 0, 0, cv::INTER_AREA);
}

void Canvas::box(const ear_quad& box, std::string_view who, std::string_view label) {
  cv::Mat& image = pixels_->image;
  std::vector<cv::Point> corners;
  for (int i = 0; i < 4; ++i)
    corners.emplace_back(
        static_cast<int>(std::lround(std::clamp(box.x[i], -1.0f, 2.0f) * static_cast<float>(image.cols))),
        static_cast<int>(std::lround(std::clamp(box.y[i], -1.0f, 2.0f) * static_cast<float>(image.rows))));
  const bool quiet = who.empty();
  const cv::Scalar colour = quiet ? cv::Scalar(170, 170, 170) : colour_of(who);
  const int width = quiet ? 1 : std::max(2, image.cols / 300);
  if (!quiet) cv::polylines(image, corners, true, {20, 20, 20}, width + 2, cv::LINE_AA);  // seen on any ground
  cv::polylines(image, corners, true, colour, width, cv::LINE_AA);
  if (label.empty()) return;
  cv::Point top = corners[0];
  for (const cv::Point& corner : corners) top = {std::min(top.x, corner.x), std::min(top.y, corner.y)};
  plate(image, ascii(label), {top.x, top.y - 4}, colour);
}

void Canvas::caption(std::string_view text) {
  plate(pixels_->image, ascii(text), {0, pixels_->image.rows}, {255, 255, 255});
}

Canvas Canvas::sheet(const std::vector<Canvas>& canvases, std::uint32_t columns) {
  const cv::Mat& first = canvases.front().pixels_->image;
  const int across = static_cast<int>(std::min<std::size_t>(columns, canvases.size()));
  const int down = (static_cast<int>(canvases.size()) + across - 1) / across;
  auto pixels = std::make_unique<Pixels>();
  pixels->image = cv::Mat(first.rows * down, first.cols * across, CV_8UC3, cv::Scalar(32, 32, 32));
  for (std::size_t i = 0; i < canvases.size(); ++i) {
    const cv::Mat& one = canvases[i].pixels_->image;
    const int at = static_cast<int>(i);
    const cv::Rect place(at % across * first.cols, at / across * first.rows, std::min(one.cols, first.cols),
                         std::min(one.rows, first.rows));
    one(cv::Rect(0, 0, place.width, place.height)).copyTo(pixels->image(place));
  }
  return Canvas(std::move(pixels));
}

void Canvas::save(const std::filesystem::path& file) const {
  const cv::Mat& image = pixels_->image;
  const std::string bytes = jpeg::encode(static_cast<std::uint32_t>(image.cols), static_cast<std::uint32_t>(image.rows),
                                         image.ptr(), image.step, kQuality, jpeg::Colours::quarter);

  std::filesystem::path half = file;
  half += ".part";
  const std::unique_ptr<FILE, int (*)(FILE*)> out(std::fopen(half.c_str(), "wb"), std::fclose);
  const bool written =
      out && std::fwrite(bytes.data(), 1, bytes.size(), out.get()) == bytes.size() && std::fflush(out.get()) == 0;
  std::error_code error;
  if (written) std::filesystem::rename(half, file, error);
  if (!written || error) throw io_failure("cannot write '" + file.string() + "'");
}

}  // namespace earshot::annotate
