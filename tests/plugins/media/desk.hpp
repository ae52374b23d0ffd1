// desk.hpp: the service media as it is loaded, with a folder of its own, driven through its C table. One thread sets it
// up; open and look may be called by several.
#pragma once

#include <earshot/services/video.h>
#include <earshot/services/media.hpp>
#include <earshot/testing.hpp>

#include <fstream>
#include <string>
#include <vector>

#include "http_service.hpp"
#include "loaded.hpp"

namespace earshot::testing {

// What is shown of a picture, as a copy.
struct Seen {
  std::uint32_t width = 0, height = 0;
  std::vector<std::uint8_t> pixels;
  std::int64_t start = 0, stop = 0;
  std::uint64_t look = 0;
};

// A medium that a test asks for.
struct Wish {
  std::string url = {}, path = {}, type = {};
};

inline std::vector<Setting> with(std::string name, std::string value) {
  return {Setting{std::move(name), Tree(std::move(value))}};
}

class Desk {
 public:
  // `video`: a table of ear_video_1, or null.
  explicit Desk(std::vector<Setting> options = {}, const void* video = nullptr, bool with_http = true)
      : service_(loaded("media"), std::move(options)) {
    if (with_http) http_.emplace(), service_.host().add_service(EAR_HTTP_1, http_->table());
    if (video != nullptr) service_.host().add_service(EAR_VIDEO_1, video);
    service_.set_option({"folders", Tree(std::vector<std::string>{folder_ / "in"})});
    service_.set_option({"cache", folder_ / "cache"});
    std::filesystem::create_directory(folder_ / "in");
  }
  const Folder& folder() const { return folder_; }
  TestHost& host() { return service_.host(); }
  double metric(std::string_view name) { return host().metric(name); }
  std::string log_text() {
    std::string all;
    for (const LogLine& line : host().logged()) all += line.text + '\n';
    return all;
  }
  void start() {
    service_.start();
    host_.add_service(EAR_MEDIA_1, service_.table().service->table(service_.self(), str(EAR_MEDIA_1)));
    media_ = MediaService(Host(host_.raw()));
  }
  void destroy() { service_.destroy(); }
  MediaService& media() {
    if (!service_.is_started()) start();
    return media_;
  }

  // Writes a file below the allowed folder.
  std::string write(const std::string& name, const std::string& bytes) {
    std::ofstream(folder_ / "in/" + name, std::ios::binary) << bytes;
    return folder_ / "in/" + name;
  }
  Medium open(const Wish& wish) {
    ear_media raw = make_media(EAR_MEDIA_IMAGE, wish.url);
    raw.path = str(wish.path), raw.type = str(wish.type);
    return media().open(Media(raw));
  }
  std::vector<Seen> look(const Medium& medium) {
    std::vector<Seen> all;
    medium.pictures([&](const ear_picture& p) {
      Seen seen{p.width, p.height, {}, p.start, p.stop, p.look};
      for (std::uint32_t y = 0; y < p.height; ++y)
        seen.pixels.insert(seen.pixels.end(), p.pixels + std::size_t{y} * p.stride,
                           p.pixels + std::size_t{y} * p.stride + p.width * 3);
      all.push_back(std::move(seen));
      return true;
    });
    return all;
  }
  Seen look(const Wish& wish) { return look(open(wish)).at(0); }
  // How opening or looking ends, and with which sentence.
  ear_status status(const Wish& wish, std::string* message = nullptr) {
    try {
      const Medium medium = open(wish);
      look(medium);
    } catch (const Error& error) {
      if (message != nullptr) *message = error.what();
      return error.status;
    }
    return EAR_OK;
  }

 private:
  Folder folder_;
  std::optional<HttpService> http_;
  ComponentUnderTest service_;
  TestHost host_;
  MediaService media_;
};

}  // namespace earshot::testing
