// subject.hpp: all that is known of one subject: its windows that are not over, its history by slot, what is usual,
// and the runs at hand. One thread.
#pragma once

#include <cstdint>
#include <map>

#include "spike/grid.hpp"
#include "spike/profile.hpp"
#include "spike/run.hpp"
#include "spike/samples.hpp"
#include "state/bytes.hpp"

namespace earshot::spike {

using state::BytesIn, state::BytesOut;

inline constexpr std::int64_t kFromStart = INT64_MIN;

struct Window {
  std::uint32_t posts = 0;
  Samples samples;
};

struct Subject {
  std::int64_t since = kFromStart;  // the window from which on it was looked for
  std::map<std::int64_t, Window> open;
  History history;
  Spans unusual;  // slots that were part of an alert
  Profile profile;
  std::int64_t learnt_on = INT64_MIN;  // the day for which it was learnt
  Run up, down;
  bool changed = true;   // since the last save
  bool watched = false;  // stands in the watchlist: known also while nobody talks about it

  // The window is over: its posts become history.
  Window take(const Grid& grid, std::int64_t window);
  void forget_before(std::int64_t slot);
  bool is_clean(std::int64_t slot, const Grid& grid) const;
  bool erase(std::string_view platform, std::string_view author);

  std::string save() const;
  void load(std::string_view bytes);
};

}  // namespace earshot::spike
