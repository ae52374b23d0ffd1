#include <cstdio>
#include <fstream>
#include <iterator>
#include <stdexcept>

#include <jpeglib.h>

#include "jpeg/encode.hpp"
#include "logo/scenes.hpp"

namespace earshot::quality {
namespace {

void fail(j_common_ptr) {
  throw std::runtime_error("a JPEG file of the data is broken");
}

cv::Mat decoded(const unsigned char* bytes, unsigned long size) {
  jpeg_error_mgr errors{};
  jpeg_decompress_struct in{};
  in.err = jpeg_std_error(&errors), errors.error_exit = fail;
  jpeg_create_decompress(&in);
  jpeg_mem_src(&in, bytes, size);
  jpeg_read_header(&in, TRUE);
  in.out_color_space = JCS_EXT_BGR;
  jpeg_start_decompress(&in);
  cv::Mat out(static_cast<int>(in.output_height), static_cast<int>(in.output_width), CV_8UC3);
  while (in.output_scanline < in.output_height) {
    JSAMPROW row = out.ptr(static_cast<int>(in.output_scanline));
    jpeg_read_scanlines(&in, &row, 1);
  }
  jpeg_finish_decompress(&in), jpeg_destroy_decompress(&in);
  return out;
}

}  // namespace

cv::Mat read_jpeg(const std::filesystem::path& path) {
  std::ifstream in(path, std::ios::binary);
  const std::string all{std::istreambuf_iterator<char>(in), {}};
  return decoded(reinterpret_cast<const unsigned char*>(all.data()), all.size());
}

cv::Mat through_jpeg(const cv::Mat& picture, int quality) {
  const std::string bytes =
      jpeg::encode(static_cast<std::uint32_t>(picture.cols), static_cast<std::uint32_t>(picture.rows), picture.ptr(),
                   picture.step, quality, jpeg::Colours::quarter);
  return decoded(reinterpret_cast<const unsigned char*>(bytes.data()), bytes.size());
}

}  // namespace earshot::quality
