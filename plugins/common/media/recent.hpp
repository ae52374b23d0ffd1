// recent.hpp: what was asked for last, so many; then the one that was not asked for the longest goes first. One thread.
#pragma once

#include <list>
#include <map>
#include <utility>

namespace earshot::media {

template <class Key, class Value>
class Recent {
 public:
  explicit Recent(std::size_t most) : most_(most) {}

  // Null where it is not known; valid until the next call.
  Value* find(const Key& key) {
    const auto at = places_.find(key);
    if (at == places_.end()) return nullptr;
    order_.splice(order_.begin(), order_, at->second);
    return &order_.front().second;
  }
  void put(const Key& key, Value value) {
    if (Value* known = find(key)) {
      *known = std::move(value);
      return;
    }
    order_.emplace_front(key, std::move(value));
    places_[key] = order_.begin();
    if (order_.size() > most_) remove_oldest();
  }
  void remove(const Key& key) {
    const auto at = places_.find(key);
    if (at == places_.end()) return;
    order_.erase(at->second), places_.erase(at);
  }
  std::pair<Key, Value>& oldest() { return order_.back(); }
  void remove_oldest() { places_.erase(order_.back().first), order_.pop_back(); }
  std::size_t size() const { return order_.size(); }

 private:
  std::size_t most_;
  std::list<std::pair<Key, Value>> order_;
  std::map<Key, typename std::list<std::pair<Key, Value>>::iterator> places_;
};

}  // namespace earshot::media
