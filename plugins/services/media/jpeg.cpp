// JPEG by libjpeg-turbo. A large picture is made smaller while it is decoded (DCT scaling), so that its size costs next
// to no memory; only progressive ones are kept whole, as coefficients, and these are counted before.
#include <cstdio>
// jpeglib.h wants it first
#include <jpeglib.h>

#include <jerror.h>

#include <algorithm>
#include <cstring>
#include <memory>

#include "earshot/error.hpp"
#include "media/decoders.hpp"
#include "media/exif.hpp"

namespace earshot::media {
namespace {

constexpr int kMostScans = 100;  // of a progressive picture: each goes over all of it
constexpr std::uint32_t kMostLines = 64;

// What the library is given and tells; it calls back into these functions, which must not throw.
struct Decoder {
  jpeg_decompress_struct info;
  jpeg_error_mgr errors;
  jpeg_progress_mgr progress;
  std::jmp_buf back;
  char message[JMSG_LENGTH_MAX];
  bool ended_early, cancelled;
  unsigned looks;
  const Limits* limits;

  static Decoder& of(j_common_ptr common) { return *static_cast<Decoder*>(common->client_data); }
  static void leave(j_common_ptr common) {
    Decoder& d = of(common);
    d.errors.format_message(common, d.message);
    std::longjmp(d.back, 1);
  }
  static void warned(j_common_ptr common, int level) {
    const int code = common->err->msg_code;
    if (level < 0 && (code == JWRN_JPEG_EOF || code == JWRN_HIT_MARKER)) of(common).ended_early = true;
  }
  static void looked(j_common_ptr common) {
    Decoder& d = of(common);
    const int scans = reinterpret_cast<j_decompress_ptr>(common)->input_scan_number;
    if (++d.looks % kMostLines == 0) d.cancelled = d.limits->cancelled();
    if (scans <= kMostScans && !d.cancelled) return;
    std::snprintf(d.message, sizeof d.message, "it has more than %d scans", kMostScans);
    std::longjmp(d.back, 1);
  }
};

// The library's memory, given back in any case. Does not move: the library points into it.
class Jpeg {
 public:
  Jpeg(std::string_view bytes, const Limits* limits) : bytes_(bytes) {
    std::memset(&d_, 0, sizeof d_);
    d_.limits = limits;
    d_.info.err = jpeg_std_error(&d_.errors);
    d_.info.client_data = &d_;
    d_.errors.error_exit = Decoder::leave;
    d_.errors.emit_message = Decoder::warned;
    d_.errors.output_message = [](j_common_ptr) {};
    d_.progress.progress_monitor = Decoder::looked;
  }
  ~Jpeg() { jpeg_destroy_decompress(&d_.info); }
  Jpeg(const Jpeg&) = delete;
  Jpeg& operator=(const Jpeg&) = delete;

  Decoder& operator*() { return d_; }
  jpeg_decompress_struct& info() { return d_.info; }

  void read_header() {
    const bool good = came_back(d_.back, [&] {
      jpeg_create_decompress(&d_.info);
      d_.info.client_data = &d_;
      jpeg_mem_src(&d_.info, reinterpret_cast<const unsigned char*>(bytes_.data()), bytes_.size());
      jpeg_save_markers(&d_.info, JPEG_APP0 + 1, 0xFFFF);
      jpeg_read_header(&d_.info, TRUE);
    });
    if (!good) throw invalid("the JPEG picture is broken in its header: " + why());
  }
  int turned() const {
    constexpr std::string_view kExif("Exif\0\0", 6);
    for (auto at = d_.info.marker_list; at != nullptr; at = at->next) {
      const std::string_view data(reinterpret_cast<const char*>(at->data), at->data_length);
      if (data.starts_with(kExif)) return orientation(data.substr(kExif.size()));
    }
    return 1;
  }
  std::string why() const { return d_.message[0] != 0 ? d_.message : "the bytes end too early"; }

 private:
  std::string_view bytes_;
  Decoder d_;
};

std::uint64_t coefficient_bytes(const jpeg_decompress_struct& info) {
  std::uint64_t blocks = 0;
  for (int i = 0; i < info.num_components; ++i)
    blocks += std::uint64_t{info.comp_info[i].width_in_blocks} * info.comp_info[i].height_in_blocks;
  return blocks * DCTSIZE2 * sizeof(JCOEF);
}

// The smallest of the fast scales from which the wish can be made by means.
unsigned eighths(Size from, Size wish) {
  for (const unsigned n : {1u, 2u, 4u})
    if (std::uint64_t{from.width} * n / 8 >= wish.width && std::uint64_t{from.height} * n / 8 >= wish.height) return n;
  return 8;
}

// Ink, as Adobe's programs write it: 255 is none.
void from_cmyk(const std::uint8_t* from, std::uint8_t* to, std::size_t count, bool inverted) {
  for (std::size_t i = 0; i < count; ++i, from += 4, to += 3)
    for (std::size_t c = 0; c < 3; ++c) {
      const std::uint32_t ink = inverted ? from[2 - c] : 255u - from[2 - c],
                          black = inverted ? from[3] : 255u - from[3];
      to[c] = static_cast<std::uint8_t>(ink * black / 255);
    }
}

void choose_output(jpeg_decompress_struct& info, Size wish) {
  const bool ink = info.jpeg_color_space == JCS_CMYK || info.jpeg_color_space == JCS_YCCK;
  info.out_color_space = ink ? JCS_CMYK : JCS_EXT_BGR;
  info.scale_num = eighths({info.image_width, info.image_height}, wish), info.scale_denom = 8;
}

void fill(Jpeg& jpeg, Canvas& canvas, std::uint32_t& whole) {
  jpeg_decompress_struct& info = jpeg.info();
  const std::size_t stride = std::size_t{info.output_width} * static_cast<std::size_t>(info.output_components);
  std::vector<std::uint8_t> line(stride), colours(std::size_t{info.output_width} * 3);
  JSAMPROW rows[] = {line.data()};
  Decoder& d = *jpeg;
  while (info.output_scanline < info.output_height) {
    if (info.output_scanline % kMostLines == 0 && d.limits->cancelled()) throw cancelled();
    if (!came_back(d.back, [&] { jpeg_read_scanlines(&info, rows, 1); })) {
      if (d.cancelled) throw cancelled();
      return;
    }
    const std::uint8_t* row = line.data();
    if (info.out_color_space == JCS_CMYK) {
      from_cmyk(line.data(), colours.data(), info.output_width, info.saw_Adobe_marker != FALSE);
      row = colours.data();
    }
    canvas.row(row);
    if (!d.ended_early) whole = canvas.rows();
  }
}

}  // namespace

Size measure_jpeg(std::string_view bytes) {
  Jpeg jpeg(bytes, nullptr);
  jpeg.read_header();
  const Size size{jpeg.info().image_width, jpeg.info().image_height};
  return is_turned(jpeg.turned()) ? Size{size.height, size.width} : size;
}

Still decode_jpeg(std::string_view bytes, const Limits& limits) {
  Jpeg jpeg(bytes, &limits);
  jpeg.read_header();
  jpeg_decompress_struct& info = jpeg.info();
  if (jpeg_has_multiple_scans(&info) != FALSE && coefficient_bytes(info) > limits.working_bytes)
    throw unsupported("the JPEG picture is progressive and would take " +
                      std::to_string(coefficient_bytes(info) >> 20) + " MiB while it is decoded, of " +
                      std::to_string(limits.working_bytes >> 20) + " that it may");
  const Size original{info.image_width, info.image_height}, wish = fitted(original, limits.shown_pixels);
  choose_output(info, wish);
  (*jpeg).limits = &limits;
  info.progress = &(*jpeg).progress;
  if (!came_back((*jpeg).back, [&] { jpeg_start_decompress(&info); })) {
    if ((*jpeg).cancelled) throw cancelled();
    throw invalid("the JPEG picture is broken: " + jpeg.why());
  }
  const Size scaled{info.output_width, info.output_height};
  Canvas canvas(scaled, wish == original ? scaled : wish, 3);
  std::uint32_t whole = 0;
  const bool early = (*jpeg).ended_early;  // a progressive one: known before the first row
  (*jpeg).ended_early = false;
  fill(jpeg, canvas, whole);
  std::string fault;
  if (early) fault = "the JPEG picture ends too early: its finer parts are missing";
  if (whole < scaled.height && !early) fault = broken_off("JPEG", whole, scaled.height, jpeg.why());
  Still still = canvas.finish();
  still.original = original, still.fault = std::move(fault);
  return upright(std::move(still), jpeg.turned());
}

std::string jpeg_library() {
  return "libjpeg-turbo " + std::to_string(LIBJPEG_TURBO_VERSION_NUMBER / 1'000'000) + "." +
         std::to_string(LIBJPEG_TURBO_VERSION_NUMBER / 1000 % 1000) + "." +
         std::to_string(LIBJPEG_TURBO_VERSION_NUMBER % 1000);
}

}  // namespace earshot::media
