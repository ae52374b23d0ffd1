#include "pictures.hpp"

#include <leptonica/allheaders.h>
#include <unistd.h>

#include <cstdio>
#include <ctime>
#include <fstream>
#include <memory>
#include <vector>

namespace earshot::quality {
namespace {

struct Freed {
  void operator()(PIX* pix) const { pixDestroy(&pix); }
};
using Pix = std::unique_ptr<PIX, Freed>;

cv::Mat pixels_of(PIX* raw) {
  if (raw == nullptr) return {};
  const Pix pix(pixConvertTo32(raw));
  cv::Mat out(pixGetHeight(pix.get()), pixGetWidth(pix.get()), CV_8UC4);
  const bool opaque = pixGetSpp(raw) != 4;
  for (int y = 0; y < out.rows; ++y) {
    const l_uint32* row = pixGetData(pix.get()) + std::ptrdiff_t{y} * pixGetWpl(pix.get());
    for (int x = 0; x < out.cols; ++x) {
      l_int32 r = 0, g = 0, b = 0, a = 255;
      extractRGBAValues(row[x], &r, &g, &b, &a);
      out.at<cv::Vec4b>(y, x) = {static_cast<std::uint8_t>(b), static_cast<std::uint8_t>(g),
                                 static_cast<std::uint8_t>(r), static_cast<std::uint8_t>(opaque ? 255 : a)};
    }
  }
  return out;
}

}  // namespace

cv::Mat picture_of(const std::filesystem::path& file) {
  const cv::Mat pixels = pixels_of(Pix(pixRead(file.c_str())).get());
  if (pixels.empty()) return {};
  cv::Mat out(pixels.size(), CV_8UC3);
  const int from_to[] = {0, 0, 1, 1, 2, 2};
  cv::mixChannels(&pixels, 1, &out, 1, from_to, 3);
  return out;
}

cv::Mat drawn(const std::string& svg) {
  std::string name = (std::filesystem::temp_directory_path() / "earshot-svg-XXXXXX").string();
  const int file = mkstemp(name.data());
  if (file < 0) return {};
  close(file);
  std::ofstream(name) << svg;
  std::vector<l_uint8> png;
  const std::unique_ptr<FILE, int (*)(FILE*)> pipe(popen(("rsvg-convert -f png " + name).c_str(), "r"), pclose);
  l_uint8 chunk[65536];
  for (std::size_t n; pipe && (n = std::fread(chunk, 1, sizeof chunk, pipe.get())) > 0;)
    png.insert(png.end(), chunk, chunk + n);
  std::filesystem::remove(name);
  return png.empty() ? cv::Mat{} : pixels_of(Pix(pixReadMem(png.data(), png.size())).get());
}

double cpu_seconds() {
  timespec now{};
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
  return static_cast<double>(now.tv_sec) + 1e-9 * static_cast<double>(now.tv_nsec);
}

}  // namespace earshot::quality
