// counts.hpp: how often each phrase was said with one subject: lately, and before. Counts decay with event time; what
// is no longer lately becomes before. A bounded number of phrases is known; what is thrown out is assumed to have been
// said as often as the most frequent that was. Values; one thread.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "sketch/flat_map.hpp"
#include "state/bytes.hpp"

namespace earshot::keyphrases {

struct Rules {
  double lately = 0, before = 0;  // half-lives in grains of time
  std::size_t most_phrases = 4096;
  double min_count = 5;  // posts lately that a key phrase has
  double min_z = 4;
  std::size_t most_keys = 30;
};

// The posts of one grain of event time, until it is over.
struct Grain {
  std::uint32_t posts = 0;
  sketch::FlatMap<std::uint32_t> phrases;
  sketch::FlatMap<std::uint32_t> authors;
};

class Counts {
 public:
  // The grain `number` is over. Grains come in their order.
  void add(std::int64_t number, const Grain& grain, const Rules& rules);

  // How key a phrase is, 0: it is not. Valid for as long after the last grain as `lately` says.
  float key(std::uint64_t phrase) const {
    const auto found = keys_.find(phrase);
    return found == keys_.end() ? 0 : found->second;
  }
  bool has_keys(std::int64_t grain, const Rules& rules) const {
    return !keys_.empty() && static_cast<double>(grain - grain_) <= 2 * rules.lately;
  }
  double lately() const { return lately_; }
  double before() const { return before_; }

  void save(state::BytesOut& out) const;
  void load(state::BytesIn& in);

 private:
  struct Count {
    float lately = 0, before = 0;
  };
  void decay(double grains, const Rules& rules);
  void prune(std::size_t most);
  void find_keys(const Rules& rules);
  double z(const Count& count) const;

  std::int64_t grain_ = INT64_MIN;
  double lately_ = 0, before_ = 0;  // posts
  float floor_ = 0;                 // at most so often was said, before, what is not known
  sketch::FlatMap<Count> counts_;
  sketch::FlatMap<float> keys_;
};

}  // namespace earshot::keyphrases
