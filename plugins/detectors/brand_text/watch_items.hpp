// watch_items.hpp: the watchlist as brand_text reads it: per item the names, hashtags, handles and link domains that
// say it is meant. Values; any thread.
#pragma once

#include <earshot/types.hpp>
#include <string>
#include <vector>

namespace earshot::brand_text {

struct WatchItem {
  std::string id;
  std::vector<std::string> names;
  std::vector<std::string> hashtags;  // without #
  std::vector<std::string> handles;   // without @
  std::vector<std::string> links;     // host names, lower case
};

// The items of the host's watchlist; of those alone that `only` names, where it names any. Throws `invalid` for what
// cannot be looked for, at the item's place in the watchlist.
std::vector<WatchItem> read_watchlist(Value watchlist, const std::vector<std::string>& only);

}  // namespace earshot::brand_text
