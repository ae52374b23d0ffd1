#include "floor.hpp"

#include <cstdio>
// jpeglib.h wants it first
#include <jpeglib.h>
#include <png.h>
#include <webp/decode.h>

namespace earshot::bench {

std::vector<unsigned char> plain_jpeg(const std::string& bytes) {
  jpeg_decompress_struct info;
  jpeg_error_mgr errors;
  info.err = jpeg_std_error(&errors);
  jpeg_create_decompress(&info);
  jpeg_mem_src(&info, reinterpret_cast<const unsigned char*>(bytes.data()), bytes.size());
  jpeg_read_header(&info, TRUE);
  info.out_color_space = JCS_EXT_BGR;
  jpeg_start_decompress(&info);
  std::vector<unsigned char> pixels(std::size_t{info.output_width} * info.output_height * 3);
  while (info.output_scanline < info.output_height) {
    JSAMPROW rows[] = {pixels.data() + std::size_t{info.output_scanline} * info.output_width * 3};
    jpeg_read_scanlines(&info, rows, 1);
  }
  jpeg_finish_decompress(&info);
  jpeg_destroy_decompress(&info);
  return pixels;
}

std::vector<unsigned char> plain_png(const std::string& bytes) {
  png_image image{};
  image.version = PNG_IMAGE_VERSION;
  png_image_begin_read_from_memory(&image, bytes.data(), bytes.size());
  image.format = PNG_FORMAT_BGR;
  std::vector<unsigned char> pixels(PNG_IMAGE_SIZE(image));
  png_image_finish_read(&image, nullptr, pixels.data(), 0, nullptr);
  return pixels;
}

std::vector<unsigned char> plain_webp(const std::string& bytes) {
  const auto* data = reinterpret_cast<const std::uint8_t*>(bytes.data());
  int width = 0, height = 0;
  WebPGetInfo(data, bytes.size(), &width, &height);
  std::vector<unsigned char> pixels(static_cast<std::size_t>(width) * static_cast<std::size_t>(height) * 3);
  WebPDecodeBGRInto(data, bytes.size(), pixels.data(), pixels.size(), width * 3);
  return pixels;
}

}  // namespace earshot::bench
