// senses.hpp: which sense of a watch item's names is meant, for the items that say so. Loaded once, [main] before any
// worker runs, then constant: any thread.
#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "brand_text/watch_items.hpp"
#include "context/judge.hpp"
#include "text/fold.hpp"

namespace earshot::brand_text {

class Senses {
 public:
  // Reads the model files. Throws `invalid` at the item's place in the watchlist.
  void load(const std::vector<WatchItem>& items);

  // 0 to 1: that the item is meant by the name at `range`; none where the item does not say how to tell.
  std::optional<double> of(std::uint32_t item, std::string_view text, text::Range range, context::Judge& judge) const {
    if (item >= senses_.size() || !senses_[item]) return std::nullopt;
    return judge(*senses_[item], text, range.begin, range.end);
  }

 private:
  std::vector<std::optional<context::Sense>> senses_;  // by item; empty where none has any
};

}  // namespace earshot::brand_text
