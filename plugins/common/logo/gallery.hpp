// gallery.hpp: the logos of a watchlist, read through the media service and enrolled. Read only after `enrol`; any
// thread.
#pragma once

#include <earshot/services/media.hpp>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "logo/finder.hpp"

namespace earshot::logo {

inline constexpr std::size_t kMostPictures = 5;  // of a watch item
inline constexpr double kThreshold = 0.5;

struct WatchedLogos {
  std::string id;
  std::vector<std::string> names;
  std::vector<std::string> files;   // as written: absolute, or relative to the working directory
  std::optional<double> threshold;  // of its own
};

// The watch items that have `logos`. Throws `invalid`, naming the key, for what is none.
std::vector<WatchedLogos> read_watchlist(Value watchlist);

struct GalleryView {
  std::size_t item = 0;  // place in Gallery::items
  std::string file;      // without its folder
  Enrolled enrolled;
};

struct Gallery {
  std::vector<WatchedLogos> items;
  std::vector<GalleryView> views;  // by Hit::view
  Finder finder;

  const WatchedLogos& item_of(const Hit& hit) const { return items[views[hit.view].item]; }
};

// What makes a logo hard to find; empty: nothing does.
std::string weakness(const Enrolled& enrolled);

// A file that the user names, also where the media service takes none of posts from.
Medium open_file(const MediaService& media, const std::string& path);

// Reads every picture. Throws `invalid`, with the item and the file, where one cannot be read.
Gallery enrol(const MediaService& media, std::vector<WatchedLogos> items, const std::function<void()>& stop = {});

// A picture that the media service hands out.
inline Picture picture_of(const ear_picture& picture) {
  return {picture.pixels, static_cast<int>(picture.width), static_cast<int>(picture.height), picture.stride};
}

// The score of a hit beside which the item's name was read.
double with_lettering(double score);

}  // namespace earshot::logo
