// disk.hpp: the cache on disk. Files stand under what they are: contents by their SHA-256, frames of videos by that of
// the video, and for each URL the content that it had. All is written beside and renamed, so that a kill leaves no half
// file; whoever has an entry open holds a shared lock (flock) on it, and what is locked never goes. Several processes
// may share a folder. Any thread.
#pragma once

#include <cstdint>
#include <filesystem>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>

#include "earshot/types.hpp"
#include "media/content.hpp"
#include "media/files.hpp"

namespace earshot::media {

class Disk {
 public:
  // Makes the folder where it is not there, removes what killed processes left. Throws `invalid` for the option
  // `cache` where that cannot be.
  Disk(std::filesystem::path folder, std::uint64_t budget);

  // An entry that stays as long as this lives.
  struct Held {
    File file;
    std::filesystem::path path;
    std::uint64_t size = 0;
  };
  // A file on its way in; without commit() it is gone.
  class Writing {
   public:
    explicit Writing(Disk& disk);
    ~Writing();
    Writing(const Writing&) = delete;
    Writing& operator=(const Writing&) = delete;
    void add(std::string_view bytes);
    std::uint64_t size() const { return size_; }
    Held commit(std::string_view shelf, const std::string& name);

   private:
    Disk& disk_;
    std::filesystem::path path_;
    File file_;
    std::uint64_t size_ = 0;
  };

  static constexpr std::string_view kContents = "contents", kFrames = "frames", kUrls = "urls";

  // Nothing where it is not there. It counts as used now.
  std::optional<Held> find(std::string_view shelf, const std::string& name);
  void forget(std::string_view shelf, const std::string& name);
  // Throws `unsupported` where it is larger than the whole cache.
  Held keep(const Content& content, std::string_view bytes);

  struct Fetched {
    Content content;
    Time when;
  };
  std::optional<Fetched> fetched(std::string_view url);
  void put_fetched(std::string_view url, const Fetched& fetched);

  std::uint64_t budget() const { return budget_; }
  std::uint64_t bytes() const;
  std::uint64_t files() const;

 private:
  std::filesystem::path place(std::string_view shelf, const std::string& name) const;
  void make_room(std::uint64_t bytes);
  void scan(std::uint64_t room);  // counts, and removes the oldest until `room` bytes fit; under the lock
  void remove_leftovers();

  const std::filesystem::path folder_;
  const std::uint64_t budget_;
  mutable std::mutex mutex_;  // guards what follows
  std::uint64_t bytes_ = 0, files_ = 0, unscanned_ = 0;
};

}  // namespace earshot::media
