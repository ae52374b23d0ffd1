// looks.hpp: what was found in the pictures seen last, by their look (ear_picture.look), so that copies are analysed
// once. One thread.
#pragma once

#include <cstdint>
#include <list>
#include <unordered_map>
#include <utility>

namespace earshot::media {

template <class Found>
class Looks {
 public:
  // Remembers what was found in `most` pictures; then the one that was not asked for the longest goes first.
  explicit Looks(std::size_t most) : most_(most) {}

  // What was found in pictures of this look, by `find` where it is not known. Valid until the next call.
  template <class Find>
  const Found& get(std::uint64_t look, Find&& find) {
    if (const auto known = by_look_.find(look); known != by_look_.end()) {
      recent_.splice(recent_.begin(), recent_, known->second);
      return recent_.front().second;
    }
    recent_.emplace_front(look, find());
    by_look_[look] = recent_.begin();
    if (recent_.size() > most_) by_look_.erase(recent_.back().first), recent_.pop_back();
    return recent_.front().second;
  }
  std::size_t size() const { return recent_.size(); }

 private:
  using Entry = std::pair<std::uint64_t, Found>;
  std::size_t most_;
  std::list<Entry> recent_;
  std::unordered_map<std::uint64_t, typename std::list<Entry>::iterator> by_look_;
};

}  // namespace earshot::media
