#include "logo/gallery.hpp"

#include <fmt/format.h>

#include <filesystem>
#include <fstream>
#include <iterator>

namespace earshot::logo {
namespace {

constexpr std::uintmax_t kMostBytes = 64 << 20;

// A list of text, or one text alone.
std::vector<std::string> texts(Value value) {
  std::vector<std::string> all;
  if (value.type() == EAR_TEXT || value.type() == EAR_PATH) all.emplace_back(value.text());
  for (const Value one : value.items()) all.emplace_back(one.text());
  return all;
}

Error fault(const WatchedLogos& item, const char* key, const std::string& text) {
  return invalid(text).at_option(fmt::format("watchlist.{}.{}", item.id, key));
}

std::optional<double> threshold_of(const WatchedLogos& item, Value value) {
  if (!value) return std::nullopt;
  double number = value.real();
  if (value.type() == EAR_INTEGER) number = static_cast<double>(value.integer());
  if (value.type() == EAR_TEXT) try {
      std::size_t end = 0;
      const std::string text(value.text());
      number = std::stod(text, &end);
      if (end != text.size()) number = -1;
    } catch (const std::exception&) {
      number = -1;
    }
  if (!(number >= 0 && number <= 1))
    throw fault(item, "logo_threshold",
                fmt::format("logo_threshold of '{}' is no number from 0 to 1: write one as 0.6", item.id));
  return number;
}

void enrol_file(const MediaService& media, Gallery& gallery, std::size_t number, const std::string& file) {
  const WatchedLogos& item = gallery.items[number];
  bool seen = false;
  try {
    const Medium medium = open_file(media, file);
    medium.pictures([&](const ear_picture& picture) {
      if (picture.width < 8 || picture.height < 8) return false;
      const Enrolled enrolled = gallery.finder.enrol(picture_of(picture), static_cast<std::uint32_t>(number));
      gallery.views.push_back({number, std::filesystem::path(file).filename().string(), enrolled});
      seen = true;
      return false;
    });
  } catch (const Error& e) {
    if (e.status == EAR_CANCELLED) throw;
    throw fault(item, "logos", fmt::format("the logo '{}' of '{}' cannot be read: {}", file, item.id, e.what()));
  }
  if (!seen)
    throw fault(
        item, "logos",
        fmt::format("the logo '{}' of '{}' is no picture of at least 8 by 8 pixels: give another", file, item.id));
}

}  // namespace

Medium open_file(const MediaService& media, const std::string& path) {
  ear_media raw = make_media(EAR_MEDIA_OTHER, {});
  raw.path = str(path);
  try {
    return media.open(Media(raw));
  } catch (const Error& e) {
    if (e.status != EAR_AUTH) throw;
  }
  // What lies in other folders is not for posts to name, but for the user: it goes through the cache.
  std::error_code none;
  const auto size = std::filesystem::file_size(path, none);
  std::ifstream in(path, std::ios::binary);
  if (none || !in) throw io_failure(fmt::format("'{}' cannot be read", path));
  if (size > kMostBytes) throw unsupported(fmt::format("'{}' is larger than {} MiB", path, kMostBytes >> 20));
  const std::string bytes{std::istreambuf_iterator<char>(in), {}};
  const std::string url = media.keep(bytes);
  raw = make_media(EAR_MEDIA_OTHER, url);
  return media.open(Media(raw));
}

std::vector<WatchedLogos> read_watchlist(Value watchlist) {
  std::vector<WatchedLogos> all;
  for (const Value node : watchlist.items()) {
    WatchedLogos item;
    item.id = node["id"].text();
    item.names = texts(node["names"]);
    item.files = texts(node["logos"]);
    if (item.files.empty()) continue;
    for (const std::string& file : item.files)
      if (file.empty())
        throw fault(item, "logos",
                    fmt::format("an entry of logos of '{}' is empty: write a path or remove it", item.id));
    if (item.files.size() > kMostPictures)
      throw fault(item, "logos",
                  fmt::format("'{}' has {} logos, more than {}: keep those that differ most", item.id,
                              item.files.size(), kMostPictures));
    item.threshold = threshold_of(item, node["logo_threshold"]);
    all.push_back(std::move(item));
  }
  return all;
}

std::string weakness(const Enrolled& e) {
  if (std::max(e.width, e.height) < 48)
    return fmt::format("its picture is only {}x{}: give one of at least 64 pixels", e.width, e.height);
  if (e.edges < 30)
    return "it has hardly an outline: a picture with more contrast, or more of the logo, is found more surely";
  if (e.points + e.regions < 8)
    return "it has few features and may be found only where it is large and clear: add a picture with its lettering";
  return {};
}

Gallery enrol(const MediaService& media, std::vector<WatchedLogos> items, const std::function<void()>& stop) {
  Gallery gallery;
  gallery.items = std::move(items);
  for (std::size_t i = 0; i < gallery.items.size(); ++i)
    for (const std::string& file : gallery.items[i].files) {
      if (stop) stop();
      enrol_file(media, gallery, i, file);
    }
  gallery.finder.build();
  return gallery;
}

double with_lettering(double score) {
  // How much oftener the name is read beside a hit that is right than beside one that is wrong.
  constexpr double kOdds = 12;
  return score * kOdds / (1 - score + score * kOdds);
}

}  // namespace earshot::logo
