// shares.hpp: which part of a subject's posts each source brings, of late. What a source could not see, or would have
// brought before it died, is that part of what is expected. A value; one thread.
#pragma once

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <string_view>
#include <utility>
#include <vector>

#include "model/hash.hpp"
#include "state/bytes.hpp"

namespace earshot::spike {

// A source, by a hash of its name, so that it is the same whichever comes first. kAll: of no name; all of them.
using SourceId = std::uint32_t;
inline constexpr SourceId kAll = 0;

inline SourceId source_id(std::string_view name) {
  if (name.empty()) return kAll;
  const std::uint64_t hash = model::hash(name);
  return std::max<SourceId>(static_cast<SourceId>(hash ^ hash >> 32), 1);
}

class Shares {
 public:
  static constexpr std::size_t kMost = 64;  // sources

  void add(SourceId source, float posts = 1) {
    const auto at = std::lower_bound(parts_.begin(), parts_.end(), source,
                                     [](const Part& part, SourceId id) { return part.first < id; });
    if (at != parts_.end() && at->first == source)
      at->second += posts;
    else if (parts_.size() < kMost)
      parts_.insert(at, {source, posts});
  }
  // What is known counts `keep` times as much from here on.
  void add(const Shares& newer, double keep) {
    for (Part& part : parts_) part.second *= static_cast<float>(keep);
    for (const Part& part : newer.parts_) add(part.first, part.second);
  }
  void remove(SourceId source) {
    std::erase_if(parts_, [&](const Part& part) { return part.first == source; });
  }
  // Of these together, 0 to 1; nothing where none has brought a post yet.
  double of(const std::vector<SourceId>& sources) const {
    if (sources.empty() || parts_.empty()) return 0;
    if (std::find(sources.begin(), sources.end(), kAll) != sources.end()) return 1;
    double all = 0, some = 0;
    for (const auto& [id, posts] : parts_) {
      all += posts;
      if (std::find(sources.begin(), sources.end(), id) != sources.end()) some += posts;
    }
    return all > 0 ? some / all : 0;
  }

  void save(state::BytesOut& out) const {
    out.number(parts_.size());
    for (const auto& [id, posts] : parts_) out.number(id), out.real32(posts);
  }
  void load(state::BytesIn& in) {
    parts_.resize(std::min(in.count(), kMost));
    for (auto& [id, posts] : parts_) id = static_cast<SourceId>(in.number()), posts = in.real32();
  }

 private:
  using Part = std::pair<SourceId, float>;
  std::vector<Part> parts_;  // by source
};

}  // namespace earshot::spike
