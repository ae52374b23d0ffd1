// facts.hpp: what a file is: its content, its kind, its size, found out once. Any thread.
#pragma once

#include <cstdint>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "earshot/error.hpp"
#include "media/content.hpp"
#include "media/files.hpp"
#include "media/recent.hpp"
#include "media/still.hpp"
#include "media/video.hpp"

namespace earshot::media {

struct Facts {
  Content content{};
  Format format = Format::unknown;
  std::string type;
  std::uint32_t kind = EAR_MEDIA_OTHER, parts = 0;
  std::int64_t width = 0, height = 0, duration = 0;
  std::optional<Error> fault;  // why it is none
};

class FactsKeeper {
 public:
  // `types`: as "image/*"; empty: all. `most_bytes` of a still. `video` is asked for what is none.
  FactsKeeper(Limits limits, std::uint64_t most_bytes, std::vector<std::string> types, Video video);

  // Throws the fault, where there is one. `named`: what its name in the cache says it is, which is believed once it was
  // found to be so; else Facts.content differs.
  Facts of(const File& file, const std::string& path, const std::optional<Content>& named);

 private:
  Facts looked_at(const File& file, const std::string& path, std::string_view head, std::uint64_t size) const;
  void still(Facts& facts, const File& file, std::uint64_t size) const;
  void other(Facts& facts, const Sniffed& sniffed, const std::string& path) const;
  void judge_before_probing(const Facts& facts) const;
  void judge_type(const Facts& facts) const;

  const Limits limits_;
  const std::uint64_t most_bytes_;
  const std::vector<std::string> types_;
  const Video video_;
  std::mutex mutex_;  // guards what follows
  Recent<Identity, Content> contents_{16'384};
  Recent<Content, Facts> facts_{16'384};
};

}  // namespace earshot::media
