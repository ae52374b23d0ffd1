#include "media/sniff.hpp"

#include <algorithm>
#include <array>

namespace earshot::media {
namespace {

using namespace std::string_view_literals;

struct Magic {
  std::size_t at;
  std::string_view bytes;
  Format format;
  std::string_view type;
};

// The WHATWG's "MIME Sniffing" and the formats' own specifications.
constexpr std::array kMagics{
    Magic{0, "\xFF\xD8\xFF"sv, Format::jpeg, "image/jpeg"},
    Magic{0, "\x89PNG\r\n\x1A\n"sv, Format::png, "image/png"},
    Magic{0, "GIF87a"sv, Format::gif, "image/gif"},
    Magic{0, "GIF89a"sv, Format::gif, "image/gif"},
    Magic{8, "WEBPVP"sv, Format::webp, "image/webp"},
    Magic{0, "BM"sv, Format::other, "image/bmp"},
    Magic{0, "II*\0"sv, Format::other, "image/tiff"},
    Magic{0, "MM\0*"sv, Format::other, "image/tiff"},
    Magic{4, "ftypavif"sv, Format::other, "image/avif"},
    Magic{4, "ftypheic"sv, Format::other, "image/heic"},
    Magic{4, "ftypM4A"sv, Format::other, "audio/mp4"},
    Magic{4, "ftyp"sv, Format::other, "video/mp4"},
    Magic{4, "moov"sv, Format::other, "video/quicktime"},
    Magic{0, "\x1A\x45\xDF\xA3"sv, Format::other, "video/webm"},
    Magic{0, "OggS"sv, Format::other, "application/ogg"},
    Magic{0, "fLaC"sv, Format::other, "audio/flac"},
    Magic{0, "ID3"sv, Format::other, "audio/mpeg"},
    Magic{0, "\xFF\xFB"sv, Format::other, "audio/mpeg"},
    Magic{0, "\xFF\xF1"sv, Format::other, "audio/aac"},
    Magic{0, "FLV\x01"sv, Format::other, "video/x-flv"},
    Magic{0, "\0\0\x01\xBA"sv, Format::other, "video/mpeg"},
    Magic{8, "WAVE"sv, Format::other, "audio/wav"},
    Magic{8, "AVI "sv, Format::other, "video/x-msvideo"},
    Magic{8, "AIFF"sv, Format::other, "audio/aiff"},
    Magic{0, "\x30\x26\xB2\x75\x8E\x66\xCF\x11"sv, Format::other, "video/x-ms-asf"},
};

constexpr char lower(char c) {
  return c >= 'A' && c <= 'Z' ? static_cast<char>(c | 0x20) : c;
}

bool holds(std::string_view text, std::string_view small) {
  return std::search(text.begin(), text.end(), small.begin(), small.end(),
                     [](char a, char b) { return lower(a) == b; }) != text.end();
}

bool is_text(std::string_view head) {
  return std::none_of(head.begin(), head.end(),
                      [](char c) { return c >= 0 && c < 0x20 && c != '\t' && c != '\n' && c != '\r' && c != '\f'; });
}

std::string_view without_space(std::string_view text) {
  if (text.starts_with("\xEF\xBB\xBF")) text.remove_prefix(3);
  const std::size_t first = text.find_first_not_of(" \t\r\n\f");
  return first == std::string_view::npos ? std::string_view{} : text.substr(first);
}

// SubRip: a number on a line, then "00:00:01,000 --> 00:00:02,000".
bool is_subrip(std::string_view text) {
  const std::size_t digits = text.find_first_not_of("0123456789");
  return digits != 0 && digits != std::string_view::npos && digits < 10 &&
         text.substr(0, 200).find(" --> ") != std::string_view::npos;
}

Sniffed sniff_text(std::string_view head) {
  const std::string_view text = without_space(head);
  if (text.starts_with("WEBVTT")) return {Format::other, "text/vtt"};
  if (is_subrip(text)) return {Format::other, "application/x-subrip"};
  if (text.starts_with("#EXTM3U") || text.starts_with("ffconcat"))
    return {Format::refused, {}, "it is a playlist, which names other files; give those themselves"};
  if (text.starts_with('<')) {
    if (holds(text, "<!doctype html") || holds(text, "<html") || holds(text, "<head") || holds(text, "<body"))
      return {Format::refused, {}, "it is a web page (HTML) and no picture, sound or video"};
    if (holds(text, "<svg"))
      return {Format::refused, {}, "it is a drawing (SVG), which can hold programs and is not drawn here; give a PNG"};
    return {Format::refused, {}, "it is markup (XML or HTML) and no picture, sound or video"};
  }
  if (text.starts_with('{') || text.starts_with('['))
    return {Format::refused, {}, "it is a JSON text, such as an error of a server, and no picture, sound or video"};
  return {Format::refused, {}, "it is a text and no picture, sound or video"};
}

}  // namespace

Sniffed sniff(std::string_view head) {
  if (head.empty()) return {Format::refused, {}, "it is empty: 0 bytes"};
  for (const Magic& magic : kMagics)
    if (head.size() > magic.at && head.substr(magic.at).starts_with(magic.bytes)) {
      if (magic.type == "image/bmp" && head.substr(std::min<std::size_t>(6, head.size()), 4) != "\0\0\0\0"sv)
        continue;  // "BMW …" is a text
      if (magic.at == 8 && !head.starts_with("RIFF") && !head.starts_with("FORM")) continue;
      return {magic.format, magic.type};
    }
  if (std::all_of(head.begin(), head.end(), [](char c) { return c == 0; }))
    return {Format::refused, {}, "it holds nothing but zeros, as a file of which nothing was written"};
  if (head.starts_with("%PDF-")) return {Format::refused, {}, "it is a PDF document; give its pages as pictures"};
  if (head.starts_with("PK\x03\x04") || head.starts_with("\x1F\x8B"))
    return {Format::refused, {}, "it is an archive; give what is in it"};
  if (is_text(head.substr(0, 512))) return sniff_text(head.substr(0, 4096));
  return {};
}

}  // namespace earshot::media
