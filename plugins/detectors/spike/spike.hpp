// spike.hpp: the detector: measures what is found of each subject by rows of event time, and says where there is much
// more than usual, or less, or nothing. Rows are filled while posts come and judged in `advance` alone, one after the
// other, so that the order in which posts came makes no difference.
#pragma once

#include <array>
#include <boost/unordered/unordered_flat_map.hpp>
#include <earshot/detector.hpp>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "baseline/calendar.hpp"
#include "explain/explanation.hpp"
#include "spike/measure.hpp"
#include "spike/options.hpp"
#include "spike/sources.hpp"
#include "spike/subject.hpp"

namespace earshot::spike {

class Spike : public Detector<SpikeOptions> {
 public:
  static constexpr Info info{"spike", "Says where a subject is talked about more than usual, otherwise, or no more",
                             EAR_ADDS_NOTHING};

  void prepare();
  void start();
  void detect(const Batch& batch, Out& out);
  void advance(Time watermark, Out& out);
  void save(StateOut& out);
  void load(std::uint32_t version, std::string_view key, std::string_view value);
  void erase(std::string_view platform, std::string_view author);

 private:
  using Subjects = std::map<std::string, Subject, std::less<>>;
  using Entry = Subjects::value_type;
  struct ById {
    bool operator()(const Entry* a, const Entry* b) const { return a->first < b->first; }
  };

  // Counting (spike.cpp).
  void begin(std::int64_t row);
  void count(const Post& post, std::int64_t row);
  void count(Entry& entry, const Post& post, SourceId source, double value, std::int64_t row);
  Entry* subject(std::string_view id);
  void forget(Entry& entry);

  // Judging what is over (judge.cpp).
  void close_row(std::int64_t row, Out& out);
  void close_slot(std::int64_t slot, Out& out);
  void step(Entry& entry, std::int64_t row, Out& out);
  void take_in(Entry& entry, Cell cell, std::int64_t row, bool suspicious);
  void learn_usual(Entry& entry, const Samples& samples, std::int64_t row);
  void catch_up(Entry& entry, std::int64_t end_slot, Out& out);
  std::int64_t patience(const Entry& entry, std::int64_t slot);
  void wake(Entry& entry, std::int64_t slot);
  void step_sources(std::int64_t row, Out& out);
  void fall_asleep(Out& out);
  void wake_up(std::int64_t row);

  // Telling (tell.cpp).
  void take(baseline::News news, Entry& entry, Out& out);
  void tell(Entry& entry, std::string_view what, bool closed, Out& out);
  void tell_gap(const Source& source, const Lull& lull, bool closed, Out& out);
  std::string_view kind_of(const Subject& subject) const;

  baseline::LocalTime local(std::int64_t slot);
  ear_time start_of(std::int64_t row) const { return row * shape_.window - shift_; }
  Span time_of(std::int64_t row) const { return {start_of(row), start_of(row + 1)}; }
  std::int64_t row_at(ear_time t) const { return shape_.row_at(t + shift_); }
  std::string save_clock() const;
  void load_clock(std::string_view bytes);

  Shape shape_;
  baseline::Rules rules_;
  baseline::Calendar calendar_;
  std::array<std::pair<std::int64_t, baseline::LocalTime>, 128> hours_{};
  explain::Pool pool_;  // outlives the subjects
  explain::Values values_;
  Sources sources_;
  Subjects subjects_;
  boost::unordered_flat_map<std::string_view, Entry*> index_;
  std::map<std::int64_t, std::vector<Entry*>> filled_;  // by row that is not over: those with a post there
  std::set<Entry*, ById> awake_;
  std::set<std::string> gone_;  // subjects to be taken out of what is saved
  std::string loaded_kind_;     // what the state that was loaded is of
  bool told_full_ = false;
  std::vector<Found> found_;  // of the post at hand

  // The clock, saved under that name.
  bool begun_ = false, settled_ = false;  // a post has come; event time has moved on
  std::int64_t first_ = 0, next_ = 0;     // the first row with a post; the first that is not over
  std::int64_t active_ = 0;               // the last row over that had a post
  std::int64_t shift_ = 0;                // of rows that are longer than an hour, to begin at local midnight
  bool asleep_ = false;                   // nothing came for so long that rows are passed over
  std::set<std::int64_t> seen_;           // rows with a post that are not over
};

}  // namespace earshot::spike
