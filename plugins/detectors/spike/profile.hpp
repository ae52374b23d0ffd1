// profile.hpp: what is usual for a subject: how many posts a day, on which days of the week more, at which hours, and
// how far days differ from that by themselves. Learnt from days that are over, never from what was unusual or unseen.
// Values; any thread.
#pragma once

#include <array>
#include <cstdint>
#include <functional>
#include <utility>
#include <vector>

#include "spike/grid.hpp"
#include "state/bytes.hpp"

namespace earshot::spike {

using state::BytesIn, state::BytesOut;

enum class Season { none, day, week };

struct Profile {
  std::uint32_t days = 0;  // that it was learnt from
  double level = 0;        // posts on a day
  double uncertainty = 1;  // of the level, as a share of it
  double dispersion = 1;   // variance over mean; 1: as chance alone has it
  std::array<double, 7> weekday{1, 1, 1, 1, 1, 1, 1};
  std::vector<double> shape;  // share of the day's posts in each slot

  double expected(const Grid& grid, std::int64_t window) const;
  void save(BytesOut& out) const;
  void load(BytesIn& in);
};

using History = std::vector<std::pair<std::int64_t, std::uint32_t>>;  // (slot, posts), in order, none with 0 posts

// From the days [first, end). `is_clean(slot)`: was all seen there, and nothing unusual?
Profile learn(const Grid& grid, Season season, const History& history, std::int64_t first_day, std::int64_t end_day,
              const std::function<bool(std::int64_t slot)>& is_clean);

}  // namespace earshot::spike
