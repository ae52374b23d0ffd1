// samples.hpp: a few posts that stand for many: those whose keys have the lowest hashes, an even sample that is the
// same in whatever order the posts came. Values; one thread.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "earshot/types.hpp"
#include "state/bytes.hpp"

namespace earshot::spike {

using state::BytesIn, state::BytesOut;

struct Sample {
  std::uint64_t order = 0;  // hash of the key
  ear_id key{};
  ear_time published = 0;
  std::string platform, id, url, author, author_id, text;
};

class Samples {
 public:
  void add(const Post& post, std::string_view text, std::size_t most);
  void add(const Samples& other, std::size_t most);
  void clear() { all_.clear(); }
  bool erase(std::string_view platform, std::string_view author);
  bool empty() const { return all_.empty(); }
  std::size_t size() const { return all_.size(); }
  // For an alert, in the order of (published, key); they borrow from here.
  std::vector<ear_evidence> evidence(double observed) const;

  void save(BytesOut& out) const;
  void load(BytesIn& in);

 private:
  bool has_room(std::uint64_t order, const ear_id& key, std::size_t most) const;
  void put(Sample sample, std::size_t most);
  std::vector<Sample> all_;  // by (order, key)
};

}  // namespace earshot::spike
