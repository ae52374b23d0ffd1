#include "jpeg/encode.hpp"

#include <cstdio>
// jpeglib.h wants it first
#include <jpeglib.h>

#include <cstdlib>
#include <cstring>

#include "earshot/error.hpp"
#include "jpeg/came_back.hpp"

namespace earshot::jpeg {
namespace {

struct Encoder {
  jpeg_compress_struct info;
  jpeg_error_mgr errors;
  std::jmp_buf back;
  unsigned char* bytes;
  unsigned long size;

  static void leave(j_common_ptr common) { std::longjmp(static_cast<Encoder*>(common->client_data)->back, 1); }
};

// The library's memory, given back in any case.
struct Owner {
  Encoder e;
  Owner() {
    std::memset(&e, 0, sizeof e);
    e.info.err = jpeg_std_error(&e.errors);
    e.info.client_data = &e;
    e.errors.error_exit = Encoder::leave;
    e.errors.output_message = [](j_common_ptr) {};
  }
  ~Owner() {
    jpeg_destroy_compress(&e.info);
    std::free(e.bytes);
  }
  Owner(const Owner&) = delete;
  Owner& operator=(const Owner&) = delete;
};

}  // namespace

std::string encode(std::uint32_t width, std::uint32_t height, const std::uint8_t* pixels, std::size_t stride,
                   int quality, Colours colours) {
  Owner owner;
  Encoder& e = owner.e;
  const bool good = came_back(e.back, [&] {
    jpeg_create_compress(&e.info);
    e.info.client_data = &e;
    jpeg_mem_dest(&e.info, &e.bytes, &e.size);
    e.info.image_width = width, e.info.image_height = height;
    e.info.input_components = 3, e.info.in_color_space = JCS_EXT_BGR;
    jpeg_set_defaults(&e.info);
    jpeg_set_quality(&e.info, quality, TRUE);
    if (colours == Colours::full) e.info.comp_info[0].h_samp_factor = e.info.comp_info[0].v_samp_factor = 1;  // 4:4:4
    jpeg_start_compress(&e.info, TRUE);
    while (e.info.next_scanline < e.info.image_height) {
      JSAMPROW rows[] = {const_cast<JSAMPROW>(pixels + std::size_t{e.info.next_scanline} * stride)};
      jpeg_write_scanlines(&e.info, rows, 1);
    }
    jpeg_finish_compress(&e.info);
  });
  if (!good) throw Error(EAR_INTERNAL, "a picture cannot be written as JPEG");
  return {reinterpret_cast<const char*>(e.bytes), e.size};
}

}  // namespace earshot::jpeg
