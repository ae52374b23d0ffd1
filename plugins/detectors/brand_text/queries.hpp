// queries.hpp: mentions of watch items by their queries. A query that holds for a post mentions its item there, at the
// places of the terms that made it hold; where it holds by what is no text, once for the post as a whole. The set of
// queries is shared by all workers; a Queries is one worker's scratch.
#pragma once

#include <earshot/detector.hpp>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "brand_text/watch_items.hpp"
#include "query/set.hpp"

namespace earshot::brand_text {

class Queries {
 public:
  // Of the items that have a query. `lists`: the folder of lists, for all of them. Throws `invalid` at
  // watchlist.ID.query.
  Queries(const std::vector<WatchItem>& items, const std::optional<std::filesystem::path>& lists);

  // What was found by name or otherwise in the batch at hand: its places are not said again.
  void found(std::uint32_t post, std::string_view item, std::uint32_t segment, text::Range range);
  void clear() { known_.clear(); }
  // Says what the queries find in the batch, and forgets what was found.
  void say(const Batch& batch, Out& out);

 private:
  struct Known {
    std::uint32_t post, segment;
    text::Range range;
    std::string_view item;
  };
  struct Item {
    std::string id, reason;
  };
  void say(const Post& post, const query::Held& held, Out& out);
  bool is_known(std::uint32_t post, const Item& item, const query::Found& place) const;

  std::shared_ptr<const query::QuerySet> set_;
  std::shared_ptr<const std::vector<Item>> items_;  // by query
  query::SetMatcher matcher_;
  std::vector<Known> known_;  // by post
  std::vector<Post> posts_;
};

}  // namespace earshot::brand_text
