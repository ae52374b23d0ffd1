// options.hpp: what the user sets. Values; any thread.
#pragma once

#include <earshot/detector.hpp>
#include <string>

namespace earshot::spike {

// What is measured: how many, or a value that each post has.
enum class Measure { posts, contents, authors, sentiment, reach, engagement };

constexpr bool is_value(Measure measure) {
  return measure >= Measure::sentiment;
}

}  // namespace earshot::spike

template <>
inline constexpr const char* earshot::choices<earshot::spike::Measure>[] = {
    "posts", "contents", "authors", "sentiment", "reach", "engagement", nullptr};

namespace earshot::spike {

struct SpikeOptions {
  Measure measure;
  Duration one_alert_in, window, season;
  std::string time_zone;
  std::int64_t min_count;
  bool drops;
  std::string of;
  std::int64_t evidence;

  static constexpr auto schema() {
    using O = SpikeOptions;
    return earshot::schema(
        option<&O::measure>("measure",
                            "What is looked at: how many posts, contents or authors; or the mean sentiment, reach or "
                            "engagement of the posts",
                            {.fallback = "posts"}),
        option<&O::one_alert_in>("one_alert_in", "The budget of false alarms: one of each subject in so long, at most",
                                 {.fallback = "30d", .min = 3600, .max = 3660 * 86400.0}),
        option<&O::window>("window", "Posts are counted in stretches of this length, of which a day is a multiple",
                           {.fallback = "5m", .min = 60, .max = 86400}),
        option<&O::season>("season", "What repeats itself: 7d: days of the week and hours; 1d: hours; 0s: nothing",
                           {.fallback = "7d", .max = 604800}),
        option<&O::time_zone>("time_zone", "Of the hours and days that repeat themselves, as Europe/Berlin",
                              {.fallback = "UTC"}),
        option<&O::min_count>("min_count", "A spike has at least so many posts",
                              {.fallback = "10", .min = 1, .max = 1e9}),
        option<&O::drops>("drops", "Also say where less is said than usual, or nothing", {.fallback = "true"}),
        option<&O::of>("of", "The kind of finding by which a post is about a subject", {.fallback = "mention"}),
        option<&O::evidence>("evidence", "Posts to show with an alert", {.fallback = "5", .max = 20}));
  }
};

}  // namespace earshot::spike
