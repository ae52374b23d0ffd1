// archive.hpp: opens media, whichever way they are named, and hands out what is in them. What the plugin's table leads
// to. Any thread.
#pragma once

#include <earshot/services/http.h>
#include <earshot/services/media.h>
#include <earshot/host.hpp>

#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <unordered_map>
#include <vector>

#include "media/copies.hpp"
#include "media/decoded.hpp"
#include "media/disk.hpp"
#include "media/facts.hpp"
#include "media/fetch.hpp"
#include "media/folders.hpp"
#include "media/frames.hpp"
#include "media/video.hpp"

namespace earshot::media {

struct Settings {
  std::vector<std::filesystem::path> folders = {"."};
  std::filesystem::path cache = "var/media";
  std::uint64_t cache_size = 2ULL << 30, memory = 256ULL << 20;
  FetchSettings fetch = {};
  std::vector<std::string> types = {};
  Limits limits = {};
  std::size_t compared =
      4096;  // pictures seen last (17 KiB each) that a new one is compared with; 0: only the same bytes are copies
  ear_video_wish wish = {};
};

class Archive {
 public:
  // `http` and `video` may be null. What `host` refers to outlives this.
  Archive(Settings settings, Host host, const ear_http_1* http, const ear_video_1* video);
  ~Archive();

  // As ear_media_1 has them; they throw Error instead of answering a status.
  const ear_medium* open(const ear_media& media);
  void release(const ear_medium* medium);
  void pictures(const ear_medium* medium, const std::function<bool(const ear_picture&)>& show);
  ear_status sound(const ear_medium* medium, std::int32_t (*show)(void*, const ear_sound*), void* user,
                   ear_error* error);
  ear_status captions(const ear_medium* medium, std::int32_t (*show)(void*, const ear_caption*), void* user,
                      ear_error* error);
  std::string keep(std::string_view bytes);

  std::string contents() const;  // for the log: "12 files, 3 MiB of 2048 MiB"

 private:
  struct Opened;
  std::unique_ptr<Opened> found(const ear_media& media);
  Disk::Held named(std::string_view url);
  Decoded decode(const Opened& medium);
  std::uint64_t look_of(const Content& content, const Still& still);
  Still still_of(const Opened& medium);
  void count_refusal(const Error& error) const;
  const Opened& opened(const ear_medium* medium) const;
  bool cancelled() const { return host_.cancelled(); }

  const Settings settings_;
  const Host host_;
  const Video video_;
  const Folders folders_;
  Disk disk_;
  Fetcher fetcher_;
  FactsKeeper facts_;
  Copies copies_;
  DecodedPictures decoded_;
  Frames frames_;
  mutable std::mutex mutex_;  // guards what follows
  std::unordered_map<const ear_medium*, std::unique_ptr<Opened>> opened_;
  Recent<Content, std::uint64_t> looks_{65'536};
};

}  // namespace earshot::media
