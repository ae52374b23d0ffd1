// spike.hpp: the detector: counts the findings of each subject by windows of event time, and says where there are
// many more than usual, or hardly any. Windows are counted while posts come and judged in `advance` alone, one after
// the other, so that the order in which posts came makes no difference.
#pragma once

#include <earshot/detector.hpp>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "spike/subject.hpp"

namespace earshot::spike {

enum class Sensitivity { low, medium, high };

}  // namespace earshot::spike

template <>
inline constexpr const char* earshot::choices<earshot::spike::Sensitivity>[] = {"low", "medium", "high", nullptr};

namespace earshot::spike {

struct SpikeOptions {
  Duration window, season, history, learn;
  Sensitivity sensitivity;
  std::int64_t min_count;
  bool drops;
  std::string of;
  std::int64_t evidence;

  static constexpr auto schema() {
    using O = SpikeOptions;
    return earshot::schema(
        option<&O::window>("window", "Posts are counted in stretches of this length, of which a day is a multiple",
                           {.fallback = "1h", .min = 60, .max = 86400}),
        option<&O::season>("season", "What repeats itself: 7d: days of the week and hours; 1d: hours; 0s: nothing",
                           {.fallback = "7d", .max = 604800}),
        option<&O::history>("history", "How far back to learn what is usual",
                            {.fallback = "28d", .min = 2 * 86400, .max = 366 * 86400.0}),
        option<&O::learn>("learn", "How much must have been seen before the first alert",
                          {.fallback = "7d", .min = 86400, .max = 366 * 86400.0}),
        option<&O::sensitivity>("sensitivity", "high finds less and errs more", {.fallback = "medium"}),
        option<&O::min_count>("min_count", "A spike has at least so many posts",
                              {.fallback = "10", .min = 1, .max = 1e9}),
        option<&O::drops>("drops", "Also say where hardly anything is said any more", {.fallback = "true"}),
        option<&O::of>("of", "The kind of finding to count", {.fallback = "mention"}),
        option<&O::evidence>("evidence", "Posts to show with an alert", {.fallback = "5", .max = 20}));
  }
};

class Spike : public Detector<SpikeOptions> {
 public:
  static constexpr Info info{"spike", "Says where a subject is talked about much more than usual, or hardly any more",
                             EAR_ADDS_NOTHING};

  void prepare();
  void start();
  void detect(const Batch& batch, Out& out);
  void advance(Time watermark, Out& out);
  void save(StateOut& out);
  void load(std::uint32_t version, std::string_view key, std::string_view value);
  void erase(std::string_view platform, std::string_view author);

 private:
  void count(const Post& post, std::int64_t window);
  Subject* subject(std::string_view id);
  void close(std::int64_t window, Out& out);
  void step(const std::string& id, Subject& subject, std::int64_t window, Out& out);
  void judge(const std::string& id, Subject& subject, std::int64_t window, const Window& content, Out& out);
  void fall_asleep(Out& out);
  void learn_day(Subject& subject, std::int64_t day) const;
  void take_news(Run::News news, const std::string& id, Subject& subject, Run& run, Direction direction, Out& out);
  void tell(const std::string& id, const Subject& subject, const Run& run, Direction direction, bool closed, Out& out);
  Run::Rules rules(Direction direction) const;
  bool is_blind(std::int64_t window) const { return blind_.overlaps(grid_.start(window), grid_.start(window + 1)); }
  std::string save_clock() const;
  void load_clock(std::string_view bytes);

  Grid grid_;
  Season season_ = Season::week;
  std::map<std::string, Subject, std::less<>> subjects_;
  std::set<std::string> gone_;      // subjects to be taken out of what is saved
  std::int64_t loaded_window_ = 0;  // of the state that was loaded, nanoseconds; 0: none was
  bool told_full_ = false;

  // The clock, saved under that name.
  bool begun_ = false, settled_ = false;  // a post has come; event time has moved on
  std::int64_t first_ = 0;                // the first window with a post
  std::int64_t next_ = 0;                 // the first window that is not over
  std::int64_t active_ = 0;               // the last window over that had a post
  bool asleep_ = false;                   // nothing came for so long that windows are passed over
  std::set<std::int64_t> seen_;           // windows with a post that are not over
  Spans blind_;                           // event time in which a source could not see
};

}  // namespace earshot::spike
