// options.hpp: the options of the service media, and what they come to.
#pragma once

#include <earshot/options.hpp>

#include <chrono>
#include <filesystem>
#include <string>
#include <vector>

#include "media/archive.hpp"

namespace earshot::media {

enum class CopiesOption { similar, exact };

}  // namespace earshot::media

template <>
inline constexpr const char* earshot::choices<earshot::media::CopiesOption>[] = {"similar", "exact", nullptr};

namespace earshot::media {

struct Options {
  std::vector<std::filesystem::path> folders;
  std::filesystem::path cache;
  Bytes cache_size, most_bytes, memory;
  std::vector<std::string> allow_hosts, types;
  std::chrono::nanoseconds fetch_timeout, remember_failed, fresh, video_spacing, video_at_most;
  std::uint32_t attempts, redirects;
  std::int64_t most_pixels, shown_pixels;
  CopiesOption copies;
  bool videos;

  static constexpr auto schema() {
    using earshot::option;
    using O = Options;
    return earshot::schema(
        option<&O::folders>("folders", "Folders below which a post's `path` may lie",
                            {.fallback = "[.]", .example = "[var/pictures]"}),
        option<&O::cache>("cache", "Folder of the cache on disk; several processes may share it",
                          {.fallback = "var/media"}),
        option<&O::cache_size>("cache_size", "How much the cache may hold; what was used last stays",
                               {.fallback = "2GiB", .min = 1 << 20, .max = 1e15}),
        option<&O::most_bytes>("most_bytes", "How large a medium that is fetched, or a picture, may be",
                               {.fallback = "64MiB", .min = 1, .max = 1 << 30}),
        option<&O::fetch_timeout>("fetch_timeout", "How long one attempt to fetch may take, redirects and all",
                                  {.fallback = "30s", .min = 0.01, .max = 3600}),
        option<&O::attempts>("attempts", "How often a medium is asked for when the network or the server fails",
                             {.fallback = "3", .min = 1, .max = 10}),
        option<&O::redirects>("redirects", "How many redirects are followed", {.fallback = "5", .min = 0, .max = 20}),
        option<&O::allow_hosts>("allow_hosts",
                                "Hosts in private networks that media may come from, as `host` or `host:port`",
                                {.fallback = "[]", .example = "[intranet.example]"}),
        option<&O::types>("types", "Kinds of media that are looked at, by what their bytes are; none: all",
                          {.fallback = "[]", .example = "[image/*, video/mp4]"}),
        option<&O::remember_failed>("remember_failed", "How long a URL that failed is not asked for again",
                                    {.fallback = "10m", .min = 0, .max = 86400}),
        option<&O::fresh>("fresh", "How long what was fetched counts as what the URL stands for",
                          {.fallback = "30d", .min = 0, .max = 3.2e8}),
        option<&O::most_pixels>("most_pixels", "How many pixels a picture may have",
                                {.fallback = "100000000", .min = 1, .max = 1e9}),
        option<&O::shown_pixels>("shown_pixels",
                                 "How many pixels detectors are shown; larger pictures are made smaller",
                                 {.fallback = "2000000", .min = 10000, .max = 1e8}),
        option<&O::memory>("memory", "How much memory decoded pictures may take",
                           {.fallback = "256MiB", .min = 0, .max = 1e12}),
        option<&O::copies>("copies",
                           "Which pictures count as the same, and are analysed once: those that look the same, or "
                           "those of the same bytes alone",
                           {.fallback = "similar"}),
        option<&O::videos>("videos",
                           "Whether sound, video and rarer pictures are taken apart (needs the service video)",
                           {.fallback = "true"}),
        option<&O::video_spacing>("video_spacing", "Time between two frames of a video where it moves",
                                  {.fallback = "500ms", .min = 0.02, .max = 3600}),
        option<&O::video_at_most>("video_at_most", "How much of a video or sound is looked at; 0: all",
                                  {.fallback = "0s", .min = 0, .max = 1e6}));
  }
};

inline Settings settings_of(const Options& o, const Host& host) {
  const auto bytes = [](const Bytes& b) { return static_cast<std::uint64_t>(b.count); };
  Settings s;
  s.folders = o.folders, s.cache = o.cache;
  s.cache_size = bytes(o.cache_size), s.memory = bytes(o.memory);
  s.fetch = {bytes(o.most_bytes), o.fetch_timeout, o.attempts, o.redirects, o.allow_hosts, o.remember_failed, o.fresh};
  s.types = o.types;
  s.limits.most_pixels = static_cast<std::uint64_t>(o.most_pixels);
  s.limits.shown_pixels = static_cast<std::uint64_t>(o.shown_pixels);
  s.limits.cancelled = [host] { return host.cancelled(); };
  if (o.copies == CopiesOption::exact) s.compared = 0;
  s.wish = {sizeof(ear_video_wish), static_cast<std::uint32_t>(o.shown_pixels), o.video_spacing.count(),
            o.video_at_most.count()};
  return s;
}

}  // namespace earshot::media
