// sources.hpp: how much each source brings, against the same baseline as subjects, and what it could not see. A source
// of which nothing comes for longer than chance explains has died: that is a gap, and nobody is called silent for it.
// One thread.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "baseline/series.hpp"
#include "spike/shares.hpp"
#include "spike/spans.hpp"
#include "state/bytes.hpp"

namespace earshot::spike {

using baseline::Shape;

// Nothing came from a source in these rows.
struct Lull {
  std::int64_t from = 0, to = 0;
  double missed = 0;    // posts that were expected
  double variance = 0;  // of that
  double a_week = 1e9;  // so often as much is missed by chance
};

struct Source {
  Source(const Shape& shape, std::int64_t row) : series(shape, row) {}

  enum class Life : std::uint8_t { alive, suspected, dead };
  std::string name;
  std::map<std::int64_t, std::uint64_t> open;  // posts, by row that is not over
  baseline::Series series;
  bool begun = false;  // a row of it is over
  Lull lull;           // since the last post
  Life life = Life::alive;
};

enum class SourceNews : std::uint8_t {
  suspected,  // what it has not brought since its last post is not to be held against subjects
  died,       // that is sure enough to be told
  back,       // it was told, and is over
  settled,    // it has been dead for a week while others live: nothing is expected of it any more
};

class Sources {
 public:
  void setup(const Shape& shape, double a_week) { shape_ = &shape, budget_ = a_week; }

  // A post came; the row is not over.
  void count(std::string_view source, std::int64_t row);
  // What a source told that it could not see.
  void blind(SourceId source, Span time) { blind_[source].add(time); }
  void forget_blind_before(std::int64_t time);

  // Rows and slots in their order, each before the subjects' own. Of a source that is back, `lull` is what there was
  // before.
  struct Told {
    Source* source;
    SourceNews news;
    Lull lull;
  };
  std::vector<Told> close_row(baseline::LocalTime at, std::int64_t row, Span time);
  void close_slot(baseline::LocalTime at, std::int64_t slot);
  void remove(Source& source);
  void leap(std::int64_t row);  // event time is passed over; none is dead any more

  // Those that could not see, or were dead, in that time. Valid until the next call.
  const std::vector<SourceId>& unseen(Span time);
  std::vector<Source*> dead();
  void clear() { sources_.clear(), blind_.clear(); }

  void save(state::BytesOut& out) const;
  void load(state::BytesIn& in);

 private:
  void judge(Source& source, std::int64_t row, Span time, std::vector<Told>& told);

  const Shape* shape_ = nullptr;
  double budget_ = 1;
  std::map<std::string, Source, std::less<>> sources_;
  std::map<SourceId, Spans> blind_;
  std::vector<SourceId> unseen_;
};

}  // namespace earshot::spike
