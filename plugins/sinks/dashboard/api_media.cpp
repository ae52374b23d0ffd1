// Pictures, sound and videos of posts, from the folder that the settings name.
#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <fstream>
#include <map>

#include "api.hpp"

namespace earshot::dashboard {
namespace {

constexpr std::uintmax_t kMostMedia = std::uintmax_t{64} << 20;  // bytes of a file that is shown
constexpr std::uintmax_t kMostAtOnce = std::uintmax_t{4} << 20;

// What a browser shows without running anything in it.
std::string_view type_of(const std::filesystem::path& path) {
  static const std::map<std::string, std::string_view, std::less<>> types{
      {".jpg", "image/jpeg"},  {".jpeg", "image/jpeg"}, {".png", "image/png"},  {".gif", "image/gif"},
      {".webp", "image/webp"}, {".mp3", "audio/mpeg"},  {".wav", "audio/wav"},  {".ogg", "audio/ogg"},
      {".m4a", "audio/mp4"},   {".mp4", "video/mp4"},   {".webm", "video/webm"}};
  const auto at = types.find(path.extension().string());
  return at == types.end() ? std::string_view() : at->second;
}

struct Range {
  std::uintmax_t from = 0, to = 0;  // [from, to)
};

// "bytes=0-499", "bytes=500-" (RFC 9110, 14.2); one range, cut to what is sent at once.
std::optional<Range> range_of(std::string_view field, std::uintmax_t size) {
  if (!field.starts_with("bytes=") || field.find(',') != field.npos) return {};
  field.remove_prefix(6);
  Range out;
  const char* end = field.data() + field.size();
  const auto from = std::from_chars(field.data(), end, out.from);
  if (from.ec != std::errc{} || from.ptr == end || *from.ptr != '-' || out.from >= size) return {};
  out.to = size;
  std::uintmax_t last = 0;
  if (from.ptr + 1 != end && std::from_chars(from.ptr + 1, end, last).ec == std::errc{})
    out.to = std::min(size, last + 1);
  if (out.to <= out.from) return {};
  out.to = std::min(out.to, out.from + kMostAtOnce);
  return out;
}

bool is_below(const std::filesystem::path& file, const std::filesystem::path& folder) {
  const auto relative = file.lexically_relative(folder);
  return !relative.empty() && *relative.begin() != "..";
}

}  // namespace

// A file that a post names is shown only from the folder that the settings name: what a post says is not to be trusted.
web::Response Api::media(const web::Request& request, std::int64_t post, std::int64_t number) {
  auto reader = readers_.lend();
  const auto cards = reader->posts(std::vector<std::int64_t>{post});
  const auto missing = [] { return web::refusal(404, "There is no such file, or it may not be shown."); };
  if (settings_.media.empty() || cards.empty() || number < 0 ||
      static_cast<std::size_t>(number) >= cards.front().media.size())
    return missing();
  std::error_code error;
  const auto folder = std::filesystem::canonical(settings_.media, error);
  if (error) return missing();
  const std::filesystem::path named = cards.front().media[static_cast<std::size_t>(number)].path;
  const auto file = std::filesystem::canonical(named, error);
  const auto size = error ? 0 : std::filesystem::file_size(file, error);
  const std::string_view type = type_of(file);
  if (error || !is_below(file, folder) || type.empty() || size == 0 || size > kMostMedia) return missing();
  const auto part = range_of(request.field("range"), size);
  const Range range = part.value_or(Range{0, size});
  std::string bytes(static_cast<std::size_t>(range.to - range.from), '\0');
  std::ifstream in(file, std::ios::binary);
  in.seekg(static_cast<std::streamoff>(range.from));
  if (!in.read(bytes.data(), static_cast<std::streamsize>(bytes.size()))) return missing();
  web::Response out{.status = part ? 206U : 200U, .content_type = std::string(type), .body = std::move(bytes)};
  out.fields.emplace_back("Accept-Ranges", "bytes");
  if (part) out.fields.emplace_back("Content-Range", fmt::format("bytes {}-{}/{}", range.from, range.to - 1, size));
  return out;
}

}  // namespace earshot::dashboard
