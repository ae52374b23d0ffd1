// background.hpp: which share of a subject's posts has each value, by its own history, of which old parts count less
// and less. A bounded number of values is known, the most frequent; what was thrown out counts as frequent as the most
// frequent that was. Some 30 bytes a value. A value; one thread.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "explain/sample.hpp"
#include "explain/values.hpp"
#include "state/bytes.hpp"

namespace earshot::explain {

class Background {
 public:
  static constexpr std::size_t kMost = 160;  // values, where nothing else is asked for

  struct Known {
    Kind kind;
    std::string_view text;
    double share;
  };

  // A stretch of event time is over, and this is a sample of it, of which `posts` are read. `half_life` in nanoseconds.
  void learn(const Sample& sample, ear_time time, double half_life, Values& values, std::size_t posts = SIZE_MAX,
             std::size_t most = kMost);
  bool empty() const { return total_ <= 0; }
  double posts() const { return total_ / scale_; }  // that it was learnt from, decayed
  double share(std::uint64_t value) const;          // 0 to 1
  // All that are known, each with the share that it has at least; texts borrow from here.
  std::vector<Known> all() const;
  bool forget_author(std::string_view platform, std::string_view author);

  void save(state::BytesOut& out) const;
  void load(state::BytesIn& in);

 private:
  struct Entry {
    std::uint32_t hash;
    float weight;
    float unsure;        // so much of it may be of others, that were thrown out
    std::uint32_t text;  // place in texts_: a byte of kind, one of length, and the text
  };
  void add(const Value& value, double weight);
  void prune(std::size_t most);
  void rescale();

  std::vector<Entry> entries_;  // by hash
  std::string texts_;
  double total_ = 0, floor_ = 0;
  double scale_ = 1;  // what one post of the newest time weighs: grows instead of decaying all
  ear_time time_ = EAR_TIME_NONE;
};

}  // namespace earshot::explain
