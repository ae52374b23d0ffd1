// novelty.hpp: the detector: what has not been said of a subject before, and is now said by several, in alerts that
// grow and close. Posts are counted as they come; what is worth an alert is judged when a grain of event time is over.
#pragma once

#include <earshot/detector.hpp>
#include <map>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "explain/explanation.hpp"
#include "novelty/candidate.hpp"
#include "novelty/memory.hpp"
#include "novelty/things.hpp"
#include "sketch/flat_map.hpp"
#include "sketch/rarity.hpp"

namespace earshot::novelty {

struct NoveltyOptions {
  std::vector<Kind> kinds;
  std::int64_t posts, authors, reach, severity, budget, most, evidence;
  Duration within, learn, cooldown, grain, remember;
  Bytes memory;

  static constexpr auto schema() {
    using O = NoveltyOptions;
    return earshot::schema(
        option<&O::kinds>("kinds", "What can be new; none: all of it", {.fallback = "[]"}),
        option<&O::posts>("posts", "So many posts have it before it is told, copies not counted",
                          {.fallback = "5", .min = 2, .max = 1e6}),
        option<&O::authors>("authors", "By so many authors, in as many different texts",
                            {.fallback = "4", .min = 2, .max = 32}),
        option<&O::within>("within", "In this time; an alert is over when nobody has said it for so long",
                           {.fallback = "1d", .min = 300, .max = 30 * 86400.0}),
        option<&O::learn>("learn", "A subject is listened to for so long before anything is new",
                          {.fallback = "7d", .max = 366 * 86400.0}),
        option<&O::reach>("reach", "Followers from which on an author is one of reach",
                          {.fallback = "100000", .min = 1, .max = 1e12}),
        option<&O::severity>("severity", "The least severity of an alert", {.fallback = "3", .min = 1, .max = 10}),
        option<&O::budget>("budget",
                           "Alerts at most for each subject and day; each further one of a day must be "
                           "more severe by one",
                           {.fallback = "3", .min = 1, .max = 1000}),
        option<&O::cooldown>("cooldown", "Between two alerts of a subject is at least so much time",
                             {.fallback = "1h", .max = 30 * 86400.0}),
        option<&O::grain>("grain", "How often is judged, in event time", {.fallback = "5m", .min = 10, .max = 86400}),
        option<&O::remember>("remember", "What nobody has said for so long is new again",
                             {.fallback = "180d", .min = 86400, .max = 3660 * 86400.0}),
        option<&O::memory>("memory",
                           "For what was said before, of all subjects together; of more the oldest is forgotten",
                           {.fallback = "32MiB", .min = 65536, .max = 17179869184.0}),
        option<&O::most>("most", "New things that are followed at a time",
                         {.fallback = "20000", .min = 100, .max = 1e7}),
        option<&O::evidence>("evidence", "Posts to show with an alert", {.fallback = "5", .max = 20}));
  }
};

// What is known of one subject.
struct Subject {
  std::string id;
  std::int64_t since = 0, last = 0;  // published
  double posts = 0;
  double lately = 0;  // posts, half of them from the last three days
  std::int64_t day = INT64_MIN, last_alert = INT64_MIN;
  std::uint32_t told = 0;  // alerts of that day
  bool changed = false;
};

class Novelty : public Detector<NoveltyOptions> {
 public:
  static constexpr Info info{"novelty", "Says what has not been said of a subject before, and is now said by several",
                             EAR_ADDS_NOTHING};

  void prepare();
  void start();
  void detect(const Post& post, Out& out);
  void advance(Time watermark, Out& out);
  void save(StateOut& out);
  void load(std::uint32_t version, std::string_view key, std::string_view value);
  void erase(std::string_view platform, std::string_view author);

 private:
  static constexpr std::size_t kMostSubjects = 1'000'000;

  struct Said {  // of the post at hand
    std::int64_t time;
    First first;
    double followers;
  };
  void detect(const Post& post, std::string_view id, Out& out);
  std::uint32_t subject(std::string_view id, std::int64_t time);
  bool is_learning(const Subject& subject, std::int64_t time) const;
  void meet(const Post& post, std::uint32_t subject, const Thing& thing, std::uint64_t key, const Said& said, Out& out);
  void support(Candidate& candidate, const Post& post, const Said& said);
  std::uint32_t begin(std::uint64_t key, std::uint32_t subject, const Thing& thing, const Said& said, First first);
  void touch(std::uint32_t slot, Out& out);
  void ask(Out& out);
  void make_room();

  void judge(std::int64_t now, Out& out);
  void judge(std::uint32_t subject, std::vector<std::uint32_t>& ripe, std::int64_t now, Out& out);
  void leave_out_covered(std::vector<std::uint32_t>& ripe);
  bool is_ripe(Candidate& candidate) const;
  void join(Candidate& open, const Candidate& candidate, Out& out);
  Candidate* open_like(const Candidate& candidate);
  void grow(Candidate& candidate, Out& out);
  void open(std::uint32_t slot, std::int64_t at, Out& out);
  void expire(std::int64_t now, Out& out);
  void drop(std::uint32_t slot, std::int64_t now);
  double expected(const Candidate& candidate) const;
  double surprise(const Candidate& candidate) const;
  void tell(Candidate& candidate, bool closed, Out& out);
  void pass(std::int64_t to, Out& out);
  std::int64_t next_event() const;
  std::int64_t grain_of(std::int64_t time) const;  // its start
  std::int64_t due(const Candidate& candidate) const;

  Memory memory_;
  sketch::Rarity rarity_;
  explain::Pool pool_;
  Things things_;
  Things::Wanted wanted_;
  std::vector<Subject> subjects_;
  sketch::FlatMap<std::uint32_t> subject_of_;  // by hash of the id
  std::vector<Candidate> candidates_;
  std::set<std::uint32_t> free_;                           // slots; the lowest is taken
  std::map<std::uint32_t, std::set<std::uint32_t>> told_;  // slots with an open alert, by subject
  sketch::FlatMap<std::uint32_t> slot_of_;                 // of a candidate, by its key
  std::set<std::pair<std::int64_t, std::uint32_t>> due_;   // when which slot is to be looked at
  std::vector<std::int64_t> due_of_;                       // of each slot
  std::set<std::uint32_t> fresh_;                          // slots with news since the last grain
  std::set<std::uint32_t> unsaved_;
  std::int64_t clock_ = INT64_MIN / 2;  // grains up to here are over
  std::int64_t asked_ = INT64_MIN;      // when to be woken next
  bool told_full_ = false, loaded_other_ = false;
  std::vector<std::uint16_t> features_;
  std::vector<std::string_view> about_;
  explain::Values values_;
};

}  // namespace earshot::novelty
