// subject.hpp: all that is known of one subject: its rows that are not over, what is usual of it, and what is going on.
// One thread.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "baseline/event.hpp"
#include "spike/samples.hpp"
#include "state/bytes.hpp"

namespace earshot::spike {

using baseline::Shape;
using state::BytesIn, state::BytesOut;

// Hashes, each once, in order. Many at once are added behind and sorted in later.
class Hashes {
 public:
  void add(std::uint64_t hash);
  // How many of these are not in `others`, into which they go.
  std::size_t move_into(Hashes& others);
  void clear() { all_.clear(), sorted_ = 0; }
  std::size_t size();
  void save(BytesOut& out) const;
  void load(BytesIn& in);

 private:
  void sort();
  std::vector<std::uint64_t> all_;
  std::size_t sorted_ = 0;
};

// A row that is not over.
struct Cell {
  baseline::Figure figure;
  Hashes once;  // authors or contents
  Samples samples;
};

struct Subject {
  Subject(const Shape& shape, std::int64_t first_row)
      : watch(shape, first_row), next_slot(shape.slot_of(first_row)), last_row(first_row) {}

  std::map<std::int64_t, Cell> open;
  baseline::Watch watch;
  std::int64_t next_slot;  // to be closed
  std::int64_t last_row;   // with a post
  Hashes once;             // of this slot
  Samples samples;         // of what may be going on
  bool silent = false;     // the event that is open began with nothing at all
  bool awake = false;      // each row is looked at, also those without a post
  bool changed = true;     // since the last save
  bool watched = false;    // stands in the watchlist: known also while nobody talks about it

  bool erase(std::string_view platform, std::string_view author);
  std::string save() const;
  void load(const Shape& shape, std::string_view bytes);
};

}  // namespace earshot::spike
