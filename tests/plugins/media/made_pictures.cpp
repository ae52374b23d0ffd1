#include "made_pictures.hpp"

#include <cstdio>
// jpeglib.h wants it first
#include <gif_lib.h>
#include <jpeglib.h>
#include <png.h>
#include <webp/encode.h>
#include <webp/mux.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdlib>
#include <cstring>
#include <stdexcept>

namespace pictures {
namespace {

void put(std::string& to, std::uint32_t number) {
  for (int shift = 24; shift >= 0; shift -= 8) to += static_cast<char>(number >> shift);
}

std::string exif(int orientation) {
  std::string text("Exif\0\0MM\0*\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0", 25);
  text += static_cast<char>(orientation);
  return text + std::string(6, '\0');
}

std::uint32_t next(std::uint32_t& state) {
  state = state * 1664525u + 1013904223u;
  return state >> 8;
}

}  // namespace

Pixels plain(std::uint32_t width, std::uint32_t height, std::uint8_t blue, std::uint8_t green, std::uint8_t red) {
  Pixels p{width, height, {}};
  p.bgr.resize(std::size_t{width} * height * 3);
  for (std::size_t i = 0; i < p.bgr.size(); i += 3) p.bgr[i] = blue, p.bgr[i + 1] = green, p.bgr[i + 2] = red;
  return p;
}

Pixels scene(std::uint32_t width, std::uint32_t height, std::uint32_t seed) {
  std::uint32_t state = seed * 2654435761u + 12345u;
  Pixels p = plain(width, height, 0, 0, 0);
  const float a = static_cast<float>(next(state) % 100) / 25 + 1, b = static_cast<float>(next(state) % 100) / 20 + 1,
              c = static_cast<float>(next(state) % 628) / 100;
  const auto w = static_cast<float>(width), h = static_cast<float>(height);
  for (std::uint32_t y = 0; y < height; ++y)
    for (std::uint32_t x = 0; x < width; ++x) {
      const float u = static_cast<float>(x) / w, v = static_cast<float>(y) / h;
      const float wave = std::sin(a * u * 6 + c) * std::cos(b * v * 5 - c);
      std::uint8_t* to = &p.bgr[(std::size_t{y} * width + x) * 3];
      to[0] = static_cast<std::uint8_t>(110 + 70 * wave + 40 * v);
      to[1] = static_cast<std::uint8_t>(120 + 60 * std::sin(wave * 3 + u * 2));
      to[2] = static_cast<std::uint8_t>(100 + 80 * u - 40 * wave);
    }
  for (int i = 0; i < 12; ++i) {
    const std::uint32_t x0 = next(state) % width, y0 = next(state) % height,
                        x1 = std::min(width, x0 + width / 12 + next(state) % (width / 6 + 1)),
                        y1 = std::min(height, y0 + height / 12 + next(state) % (height / 6 + 1));
    const std::array colour{static_cast<std::uint8_t>(next(state)), static_cast<std::uint8_t>(next(state)),
                            static_cast<std::uint8_t>(next(state))};
    for (std::uint32_t y = y0; y < y1; ++y)
      for (std::uint32_t x = x0; x < x1; ++x)
        std::copy(colour.begin(), colour.end(), &p.bgr[(std::size_t{y} * width + x) * 3]);
  }
  return p;
}

Pixels corners(std::uint32_t width, std::uint32_t height) {
  Pixels p = plain(width, height, 255, 255, 255);
  for (std::uint32_t y = 0; y < height; ++y)
    for (std::uint32_t x = 0; x < width; ++x) {
      std::uint8_t* to = &p.bgr[(std::size_t{y} * width + x) * 3];
      const bool right = x >= width / 2, low = y >= height / 2;
      if (right && low) continue;
      to[0] = low ? 255 : 0, to[1] = right ? 255 : 0, to[2] = right || low ? 0 : 255;
    }
  return p;
}

// By bilinear interpolation, as a platform's thumbnails are.
Pixels scaled(const Pixels& from, std::uint32_t width, std::uint32_t height) {
  Pixels p = plain(width, height, 0, 0, 0);
  for (std::uint32_t y = 0; y < height; ++y)
    for (std::uint32_t x = 0; x < width; ++x) {
      const double u = std::clamp((x + 0.5) * from.width / width - 0.5, 0.0, from.width - 1.0),
                   v = std::clamp((y + 0.5) * from.height / height - 0.5, 0.0, from.height - 1.0);
      const auto x0 = static_cast<std::uint32_t>(u), y0 = static_cast<std::uint32_t>(v);
      const std::uint32_t x1 = std::min(x0 + 1, from.width - 1), y1 = std::min(y0 + 1, from.height - 1);
      const double s = u - x0, t = v - y0;
      for (int c = 0; c < 3; ++c)
        p.bgr[(std::size_t{y} * width + x) * 3 + static_cast<std::size_t>(c)] =
            static_cast<std::uint8_t>((from.at(x0, y0)[c] * (1 - s) + from.at(x1, y0)[c] * s) * (1 - t) +
                                      (from.at(x0, y1)[c] * (1 - s) + from.at(x1, y1)[c] * s) * t + 0.5);
    }
  return p;
}

std::string jpeg(const Pixels& pixels, JpegForm form) {
  jpeg_compress_struct info;
  jpeg_error_mgr errors;
  info.err = jpeg_std_error(&errors);
  jpeg_create_compress(&info);
  unsigned char* bytes = nullptr;
  unsigned long size = 0;
  jpeg_mem_dest(&info, &bytes, &size);
  info.image_width = pixels.width, info.image_height = pixels.height;
  info.input_components = form.cmyk ? 4 : form.grey ? 1 : 3;
  info.in_color_space = form.cmyk ? JCS_CMYK : form.grey ? JCS_GRAYSCALE : JCS_EXT_BGR;
  jpeg_set_defaults(&info);
  jpeg_set_quality(&info, form.quality, TRUE);
  if (form.progressive) jpeg_simple_progression(&info);
  info.write_Adobe_marker = form.cmyk ? TRUE : FALSE;
  jpeg_start_compress(&info, TRUE);
  if (const std::string data = exif(form.orientation); form.orientation != 0)
    jpeg_write_marker(&info, JPEG_APP0 + 1, reinterpret_cast<const JOCTET*>(data.data()),
                      static_cast<unsigned>(data.size()));
  std::vector<std::uint8_t> line(std::size_t{pixels.width} * 4);
  for (std::uint32_t y = 0; y < pixels.height; ++y) {
    for (std::uint32_t x = 0; x < pixels.width; ++x) {
      const std::uint8_t* from = pixels.at(x, y);
      if (form.cmyk)  // as Adobe's programs write it: turned round, without black
        line[x * 4] = from[2], line[x * 4 + 1] = from[1], line[x * 4 + 2] = from[0], line[x * 4 + 3] = 255;
      else if (form.grey)
        line[x] = static_cast<std::uint8_t>((from[0] * 29 + from[1] * 150 + from[2] * 77) >> 8);
      else
        std::copy(from, from + 3, &line[x * 3]);
    }
    JSAMPROW rows[] = {line.data()};
    jpeg_write_scanlines(&info, rows, 1);
  }
  jpeg_finish_compress(&info);
  jpeg_destroy_compress(&info);
  std::string out(reinterpret_cast<const char*>(bytes), size);
  std::free(bytes);
  return out;
}

std::string png(const Pixels& pixels, PngForm form, std::uint8_t alpha) {
  png_structp png = png_create_write_struct(PNG_LIBPNG_VER_STRING, nullptr, nullptr, nullptr);
  png_infop info = png_create_info_struct(png);
  std::string out;
  png_set_write_fn(
      png, &out,
      [](png_structp p, png_bytep data, std::size_t n) {
        static_cast<std::string*>(png_get_io_ptr(p))->append(reinterpret_cast<const char*>(data), n);
      },
      [](png_structp) {});
  const bool palette = form == PngForm::palette, grey = form == PngForm::grey || form == PngForm::grey_alpha,
             through = form == PngForm::rgba || form == PngForm::grey_alpha, deep = form == PngForm::rgb16;
  const int kind = palette ? PNG_COLOR_TYPE_PALETTE
                           : (grey ? PNG_COLOR_TYPE_GRAY : PNG_COLOR_TYPE_RGB) | (through ? PNG_COLOR_MASK_ALPHA : 0);
  png_set_IHDR(png, info, pixels.width, pixels.height, deep ? 16 : 8, kind,
               form == PngForm::interlaced ? PNG_INTERLACE_ADAM7 : PNG_INTERLACE_NONE, PNG_COMPRESSION_TYPE_DEFAULT,
               PNG_FILTER_TYPE_DEFAULT);
  std::array<png_color, 216> colours{};  // six steps of each
  for (std::size_t i = 0; i < colours.size(); ++i)
    colours[i] = {static_cast<png_byte>(i / 36 * 51), static_cast<png_byte>(i / 6 % 6 * 51),
                  static_cast<png_byte>(i % 6 * 51)};
  if (palette) png_set_PLTE(png, info, colours.data(), static_cast<int>(colours.size()));
  png_set_compression_level(png, 1);
  png_write_info(png, info);
  const std::size_t channels = (palette || grey ? 1u : 3u) + (through ? 1u : 0u),
                    stride = pixels.width * channels * (deep ? 2 : 1);
  std::vector<std::uint8_t> all(stride * pixels.height);
  std::vector<png_bytep> rows;
  for (std::uint32_t y = 0; y < pixels.height; ++y) {
    std::uint8_t* to = all.data() + y * stride;
    rows.push_back(to);
    for (std::uint32_t x = 0; x < pixels.width; ++x) {
      const std::uint8_t* from = pixels.at(x, y);
      if (palette) {
        *to++ = static_cast<std::uint8_t>((from[2] + 25) / 51 * 36 + (from[1] + 25) / 51 * 6 + (from[0] + 25) / 51);
      } else if (grey) {
        *to++ = static_cast<std::uint8_t>((from[0] * 29 + from[1] * 150 + from[2] * 77) >> 8);
      } else {
        for (int c = 2; c >= 0; --c) {
          *to++ = from[c];
          if (deep) *to++ = from[c];
        }
      }
      if (through) *to++ = alpha;
    }
  }
  png_write_image(png, rows.data());
  png_write_end(png, info);
  png_destroy_write_struct(&png, &info);
  return out;
}

std::string png_header(std::uint32_t width, std::uint32_t height) {
  std::string ihdr = "IHDR";
  put(ihdr, width), put(ihdr, height);
  ihdr += std::string("\x08\x02\0\0\0", 5);
  std::uint32_t crc = 0xFFFFFFFF;
  for (const char c : ihdr) {
    crc ^= static_cast<unsigned char>(c);
    for (int i = 0; i < 8; ++i) crc = crc >> 1 ^ (crc & 1 ? 0xEDB88320u : 0);
  }
  std::string out("\x89PNG\r\n\x1A\n\0\0\0\x0D", 12);
  out += ihdr;
  put(out, ~crc);
  // An IDAT that begins and goes nowhere.
  out += std::string("\0\0\x10\0IDAT\x78\x9C", 10);
  return out;
}

std::string webp(const Pixels& pixels, bool lossless) {
  std::uint8_t* bytes = nullptr;
  const int w = static_cast<int>(pixels.width), h = static_cast<int>(pixels.height);
  const std::size_t size = lossless ? WebPEncodeLosslessBGR(pixels.bgr.data(), w, h, w * 3, &bytes)
                                    : WebPEncodeBGR(pixels.bgr.data(), w, h, w * 3, 85, &bytes);
  if (size == 0) throw std::runtime_error("no WebP");
  std::string out(reinterpret_cast<const char*>(bytes), size);
  WebPFree(bytes);
  return out;
}

std::string webp_animation(const std::vector<Pixels>& frames) {
  WebPAnimEncoderOptions options;
  WebPAnimEncoderOptionsInit(&options);
  WebPAnimEncoder* encoder =
      WebPAnimEncoderNew(static_cast<int>(frames.at(0).width), static_cast<int>(frames[0].height), &options);
  int time = 0;
  for (const Pixels& frame : frames) {
    WebPPicture picture;
    WebPPictureInit(&picture);
    picture.use_argb = 1, picture.width = static_cast<int>(frame.width),
    picture.height = static_cast<int>(frame.height);
    WebPPictureImportBGR(&picture, frame.bgr.data(), picture.width * 3);
    WebPAnimEncoderAdd(encoder, &picture, time, nullptr);
    WebPPictureFree(&picture);
    time += 100;
  }
  WebPAnimEncoderAdd(encoder, nullptr, time, nullptr);
  WebPData data;
  WebPDataInit(&data);
  WebPAnimEncoderAssemble(encoder, &data);
  std::string out(reinterpret_cast<const char*>(data.bytes), data.size);
  WebPDataClear(&data);
  WebPAnimEncoderDelete(encoder);
  return out;
}

std::string gif(const std::vector<Pixels>& frames, bool interlaced) {
  std::string out;
  int code = 0;
  GifFileType* file = EGifOpen(
      &out,
      [](GifFileType* g, const GifByteType* data, int n) {
        static_cast<std::string*>(g->UserData)
            ->append(reinterpret_cast<const char*>(data), static_cast<std::size_t>(n));
        return n;
      },
      &code);
  std::array<GifColorType, 256> colours{};
  for (std::size_t i = 0; i < 216; ++i)
    colours[i] = {static_cast<GifByteType>(i / 36 * 51), static_cast<GifByteType>(i / 6 % 6 * 51),
                  static_cast<GifByteType>(i % 6 * 51)};
  ColorMapObject* map = GifMakeMapObject(256, colours.data());
  const int w = static_cast<int>(frames.at(0).width), h = static_cast<int>(frames[0].height);
  EGifSetGifVersion(file, true);
  EGifPutScreenDesc(file, w, h, 8, 0, map);
  for (const Pixels& frame : frames) {
    EGifPutImageDesc(file, 0, 0, w, h, interlaced, nullptr);
    std::vector<std::uint32_t> order;
    if (interlaced)
      for (const auto& [first, step] : {std::array{0u, 8u}, std::array{4u, 8u}, std::array{2u, 4u}, std::array{1u, 2u}})
        for (std::uint32_t y = first; y < frame.height; y += step) order.push_back(y);
    else
      for (std::uint32_t y = 0; y < frame.height; ++y) order.push_back(y);
    std::vector<GifPixelType> line(frame.width);
    for (const std::uint32_t y : order) {
      for (std::uint32_t x = 0; x < frame.width; ++x) {
        const std::uint8_t* p = frame.at(x, y);
        line[x] = static_cast<GifPixelType>((p[2] + 25) / 51 * 36 + (p[1] + 25) / 51 * 6 + (p[0] + 25) / 51);
      }
      EGifPutLine(file, line.data(), w);
    }
  }
  EGifCloseFile(file, &code);
  GifFreeMapObject(map);
  return out;
}

}  // namespace pictures
