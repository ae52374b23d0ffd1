// stored_posts.hpp: the live posts of a store in the order of their publication, with their texts, media and findings
// as structs of the binary contract. One instance for one thread.
#pragma once

#include <cstdint>
#include <filesystem>
#include <set>
#include <string>
#include <vector>

#include "earshot/types.hpp"
#include "post/memory.hpp"
#include "store/database.hpp"
#include "values.hpp"

namespace earshot::replay {

// Behind the post that was read last.
struct Place {
  std::int64_t published = INT64_MIN, post = 0;
};

struct Wanted {
  ear_time to = EAR_TIME_NONE;  // published before; EAR_TIME_NONE: to the end
  bool findings = true;
  std::set<std::string, std::less<>> without;  // ids of detectors
};

class StoredPosts {
 public:
  StoredPosts(const std::filesystem::path& path, Wanted wanted);

  void go_to(const Place& place);
  // The next post, valid until the next call; its texts lie in `memory`. NULL: there is none.
  const ear_post* next(post::Memory& memory);
  const Place& place() const { return place_; }

 private:
  void read_post(post::Memory& memory);
  void read_segments(std::int64_t post, post::Memory& memory);
  void read_media(std::int64_t post, post::Memory& memory);
  void read_findings(std::int64_t post, post::Memory& memory);
  // A text of few values, as a kind: kept once for all posts.
  ear_str word(std::string_view text);

  store::Database database_;
  Wanted wanted_;
  store::Statement posts_, segments_, media_, findings_;
  bool has_media_ = false;
  Place place_;
  ear_post post_{};
  ear_author author_{};
  std::vector<ear_segment> segments_read_;
  std::vector<std::uint32_t> numbers_;  // of the segments in the store
  std::vector<ear_media> media_read_;
  std::vector<ear_finding> findings_read_;
  std::set<std::string, std::less<>> words_;
  Values values_;
};

}  // namespace earshot::replay
