// seen_posts.hpp: which posts came by lately, so that one which two connectors bring, or one brings twice, counts once.
// Bounded: the oldest are forgotten. One thread at a time.
#pragma once

#include <cstdint>
#include <deque>
#include <unordered_map>
#include <vector>

#include "state/state_store.hpp"

namespace earshot::host {

class SeenPosts {
 public:
  explicit SeenPosts(std::size_t most = StateStore::kMaxSeen) : most_(most) {}

  void restore(const std::vector<SeenPost>& seen) {
    for (const SeenPost& post : seen) remember(post);
  }
  // False: this revision, or a later one, was here before.
  bool is_new(const Id& key, std::uint64_t revision) {
    const auto known = revisions_.find(key);
    if (known != revisions_.end() && revision <= known->second.revision) return false;
    remember({key, revision});
    added_.push_back({key, revision});
    return true;
  }
  // What came since the last call, for the checkpoint.
  std::vector<SeenPost> take_added() { return std::exchange(added_, {}); }
  std::size_t size() const { return revisions_.size(); }

 private:
  struct Known {
    std::uint64_t revision;
    std::uint32_t times;  // that it stands in `order_`
  };
  void remember(const SeenPost& post) {
    auto [known, first] = revisions_.try_emplace(post.key, Known{post.revision, 0});
    known->second.revision = post.revision;
    ++known->second.times;
    order_.push_back(post.key);
    if (order_.size() <= most_) return;
    const auto oldest = revisions_.find(order_.front());
    order_.pop_front();
    if (oldest != revisions_.end() && --oldest->second.times == 0) revisions_.erase(oldest);
  }

  std::size_t most_;
  std::unordered_map<Id, Known, IdHash> revisions_;
  std::deque<Id> order_;
  std::vector<SeenPost> added_;
};

}  // namespace earshot::host
