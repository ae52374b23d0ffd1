// PNG by libpng. Rows are made smaller as they come; only interlaced pictures are whole in memory.
#include <png.h>

#include <algorithm>
#include <cstdio>
#include <cstring>

#include "earshot/error.hpp"
#include "media/decoders.hpp"
#include "media/exif.hpp"

namespace earshot::media {
namespace {

constexpr png_alloc_size_t kMostChunk = 4 << 20;  // bytes of what is beside the picture: profiles, texts
constexpr std::uint32_t kMostLines = 64;

// The library's memory, given back in any case. Does not move: the library points into it.
class Png {
 public:
  explicit Png(std::string_view bytes) : left_(bytes) {
    png_ = png_create_read_struct(PNG_LIBPNG_VER_STRING, this, failed, [](png_structp, png_const_charp) {});
    if (png_ != nullptr) info_ = png_create_info_struct(png_);
    if (info_ == nullptr) {
      png_destroy_read_struct(&png_, nullptr, nullptr);
      throw std::bad_alloc();
    }
  }
  ~Png() { png_destroy_read_struct(&png_, &info_, nullptr); }
  Png(const Png&) = delete;
  Png& operator=(const Png&) = delete;

  void read_header(std::uint64_t most_side) {
    const auto side = static_cast<png_uint_32>(std::min<std::uint64_t>(most_side, PNG_UINT_31_MAX));
    call([&] {
      png_set_read_fn(png_, this, read);
      png_set_user_limits(png_, side, side);
      png_set_chunk_malloc_max(png_, kMostChunk);
      png_set_chunk_cache_max(png_, 128);
      png_set_crc_action(png_, PNG_CRC_DEFAULT, PNG_CRC_QUIET_USE);
      png_read_info(png_, info_);
    });
  }
  // Eight bits, blue, green, red, and how opaque where the picture says so.
  void choose_output() {
    call([&] {
      png_set_expand(png_);
      png_set_scale_16(png_);
      png_set_gray_to_rgb(png_);
      png_set_bgr(png_);
      passes_ = png_set_interlace_handling(png_);
      png_read_update_info(png_, info_);
    });
  }
  // False: the bytes are broken from here on.
  bool read_row(std::uint8_t* row) {
    return came_back(back_, [&] { png_read_row(png_, row, nullptr); });
  }

  Size size() const { return {png_get_image_width(png_, info_), png_get_image_height(png_, info_)}; }
  int channels() const { return png_get_channels(png_, info_); }
  int passes() const { return passes_; }
  std::size_t stride() const { return png_get_rowbytes(png_, info_); }
  int turned() {
    png_uint_32 length = 0;
    png_bytep exif = nullptr;
    if (png_get_eXIf_1(png_, info_, &length, &exif) == 0) return 1;
    return orientation({reinterpret_cast<const char*>(exif), length});
  }
  std::string why() const { return message_[0] != 0 ? message_ : "the bytes are broken"; }

 private:
  static void failed(png_structp png, png_const_charp message) {
    auto& self = *static_cast<Png*>(png_get_error_ptr(png));
    std::snprintf(self.message_, sizeof self.message_, "%s", message);
    std::longjmp(self.back_, 1);
  }
  static void read(png_structp png, png_bytep to, std::size_t count) {
    auto& self = *static_cast<Png*>(png_get_io_ptr(png));
    if (self.left_.size() < count) png_error(png, "the bytes end too early");
    std::memcpy(to, self.left_.data(), count);
    self.left_.remove_prefix(count);
  }
  template <class Body>
  void call(Body&& body) {
    if (!came_back(back_, body)) throw invalid("the PNG picture is broken in its header: " + why());
  }

  std::string_view left_;
  png_structp png_ = nullptr;
  png_infop info_ = nullptr;
  std::jmp_buf back_;
  char message_[160] = "";
  int passes_ = 1;
};

void look_around(const Limits& limits, std::uint32_t row) {
  if (row % kMostLines == 0 && limits.cancelled()) throw cancelled();
}

bool read_in_order(Png& png, Canvas& canvas, const Limits& limits) {
  std::vector<std::uint8_t> line(png.stride());
  for (std::uint32_t y = 0; y < canvas.from().height; ++y) {
    look_around(limits, y);
    if (!png.read_row(line.data())) return false;
    canvas.row(line.data());
  }
  return true;
}

bool read_interlaced(Png& png, Canvas& canvas, const Limits& limits) {
  const std::uint64_t bytes = std::uint64_t{png.stride()} * canvas.from().height;
  if (bytes > limits.working_bytes)
    throw unsupported("the PNG picture is interlaced and would take " + std::to_string(bytes >> 20) +
                      " MiB while it is decoded, of " + std::to_string(limits.working_bytes >> 20) + " that it may");
  std::vector<std::uint8_t> all(bytes, 128);
  bool good = true, any = false;
  for (int pass = 0; pass < png.passes() && good; ++pass)
    for (std::uint32_t y = 0; y < canvas.from().height && good; ++y) {
      look_around(limits, y);
      good = png.read_row(all.data() + std::size_t{y} * png.stride());
      any = any || good;
    }
  for (std::uint32_t y = 0; any && y < canvas.from().height; ++y)
    canvas.row(all.data() + std::size_t{y} * png.stride());
  return good;
}

}  // namespace

Size measure_png(std::string_view bytes) {
  Png png(bytes);
  png.read_header(PNG_UINT_31_MAX);
  return is_turned(png.turned()) ? Size{png.size().height, png.size().width} : png.size();
}

Still decode_png(std::string_view bytes, const Limits& limits) {
  Png png(bytes);
  png.read_header(limits.most_pixels);
  png.choose_output();
  const Size size = png.size();
  Canvas canvas(size, fitted(size, limits.shown_pixels), png.channels());
  const bool good = png.passes() == 1 ? read_in_order(png, canvas, limits) : read_interlaced(png, canvas, limits);
  std::string fault;
  if (!good) fault = broken_off("PNG", canvas.rows(), size.height, png.why());
  Still still = canvas.finish();
  still.fault = std::move(fault);
  return upright(std::move(still), png.turned());
}

std::string png_library() {
  return std::string("libpng ") + png_get_libpng_ver(nullptr);
}

}  // namespace earshot::media
