// fetch.hpp: gets media from the web into the cache: each once, within limits, and never out of a private network
// unless its host is allowed by name. Any thread.
#pragma once

#include <earshot/services/http.h>
#include <earshot/host.hpp>

#include <chrono>
#include <functional>
#include <map>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

#include "media/disk.hpp"
#include "media/recent.hpp"
#include "media/turns.hpp"

namespace earshot::media {

struct FetchSettings {
  std::uint64_t most_bytes = 64 << 20;
  std::chrono::nanoseconds timeout = std::chrono::seconds{30};  // for one attempt, redirects and all
  std::uint32_t attempts = 3, redirects = 5;
  std::vector<std::string> allow_hosts = {};
  std::chrono::nanoseconds remember_failed = std::chrono::minutes{10}, fresh = std::chrono::hours{24 * 30};
};

class Fetcher {
 public:
  // `http` may be null: nobody offers it. `disk` outlives this.
  Fetcher(const ear_http_1* http, Host host, FetchSettings settings, Disk& disk)
      : http_(http), host_(host), settings_(std::move(settings)), disk_(disk) {}

  Disk::Held get(std::string_view url);

 private:
  struct Failed {
    ear_status status;
    std::string message;
    Time until;
  };
  struct Answer {
    std::uint32_t status = 0;
    std::string location;
    std::int64_t retry_after = -1;
    std::optional<Disk::Held> kept;
    Content content{};
  };
  std::optional<Disk::Held> cached(std::string_view url);
  void throw_known_failure(const Content& key);
  Disk::Held fetched(std::string_view url);
  Answer attempt(const std::string& url);
  Answer ask(const std::string& url, std::chrono::nanoseconds time);
  bool wait(std::uint32_t attempt, std::int64_t retry_after) const;

  const ear_http_1* http_;
  Host host_;
  const FetchSettings settings_;
  Disk& disk_;
  Turns turns_;
  std::mutex mutex_;  // guards what follows
  Recent<Content, Failed> failed_{4096};
};

}  // namespace earshot::media
