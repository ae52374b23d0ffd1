// subject.hpp: all that is known of one subject: its rows that are not over, what is usual of it, and what is going on.
// One thread.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "baseline/event.hpp"
#include "explain/background.hpp"
#include "explain/sample.hpp"
#include "spike/shares.hpp"
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

// Posts that explain a figure: all that count, or, of sentiment, those on the side that it goes to.
struct Samples {
  explicit Samples(explain::Pool* pool) : up(pool), down(pool) {}
  explain::Sample up;    // and all that are counted
  explain::Sample down;  // of sentiment

  void add(const Samples& other);
  void clear() { up.clear(), down.clear(); }
  bool erase(std::string_view platform, std::string_view author);
  void save(BytesOut& out) const { up.save(out), down.save(out); }
  void load(BytesIn& in) { up.load(in), down.load(in); }
};

// A row that is not over.
struct Cell {
  explicit Cell(explain::Pool* pool) : samples(pool) {}
  baseline::Figure figure;
  Hashes once;  // authors or contents
  Shares shares;
  Samples samples;
};

struct Subject {
  Subject(const Shape& shape, explain::Pool* pool) : watch(shape, 0), samples(pool) {}

  void begin(const Shape& shape, std::int64_t row);

  std::map<std::int64_t, Cell> open;
  baseline::Watch watch;
  std::int64_t next_slot = 0;  // to be closed
  std::int64_t last_row = 0;   // with a post
  Hashes once;                 // of this slot
  Shares shares;
  Samples samples;                 // of what may be going on
  explain::Background background;  // of what is usual
  bool begun = false;              // a row of it is over, or somebody wants to know of it
  bool silent = false;             // the event that is open began with nothing at all
  bool awake = false;              // each row is looked at, also those without a post
  bool suspicious = false;         // something may be going on: posts are kept that may come to be shown
  bool changed = true;             // since the last save
  bool watched = false;            // stands in the watchlist: known also while nobody talks about it

  bool erase(std::string_view platform, std::string_view author);
  std::string save() const;
  void load(const Shape& shape, explain::Pool* pool, std::string_view bytes);
};

}  // namespace earshot::spike
