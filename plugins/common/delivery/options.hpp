// options.hpp: the options that every delivering sink has, and what they come to. Values; any thread.
#pragma once

#include <array>
#include <string>
#include <vector>

#include <earshot/options.hpp>

#include "delivery/deliverer.hpp"

template <>
inline constexpr const char* earshot::choices<earshot::delivery::Updates>[] = {"none", "worse", "all", nullptr};

namespace earshot::delivery {

struct Options {
  std::uint32_t min_severity, urgent_from;
  std::vector<std::string> subjects, kinds;
  Updates updates;
  bool closings;
  std::chrono::nanoseconds group_within;
  std::int64_t most_per_hour;
  std::vector<std::string> quiet_hours, digest_at;
  std::string time_zone;
  std::chrono::nanoseconds remind_after, remind_slowest;
  double remind_growth;
  std::int64_t remind_most;
  std::chrono::nanoseconds escalate_after, urgent_after, stale_after;
  std::optional<Url> link;
  std::chrono::nanoseconds link_valid, retry_first, retry_slowest, linger, keep;

  static constexpr auto schema() {
    using O = Options;
    return earshot::schema(
        option<&O::min_severity>("min_severity", "Alerts below this severity are not told here",
                                 {.fallback = "1", .min = 1, .max = 10}),
        option<&O::urgent_from>("urgent_from",
                                "From this severity on neither quiet hours nor digests, grouping or a limit hold an "
                                "alert back; 11: no alert is so urgent",
                                {.fallback = "9", .min = 1, .max = 11}),
        option<&O::subjects>("subjects", "Subjects that this channel is for; none: all",
                             {.fallback = "[]", .example = "[acme]"}),
        option<&O::kinds>("kinds", "Kinds of alerts that this channel is for; none: all",
                          {.fallback = "[]", .example = "[spike, silence]"}),
        option<&O::updates>("updates", "Whether an alert that grows is told again: when it gets worse, always, or not",
                            {.fallback = "worse"}),
        option<&O::closings>("closings", "Whether it is told that an alert was acknowledged or closed",
                             {.fallback = "true"}),
        option<&O::group_within>("group_within", "Alerts that come within this time go into one message; 0: each alone",
                                 {.fallback = "10s", .max = 86400}),
        option<&O::most_per_hour>("most_per_hour", "Messages in an hour at most, more go together later; 0: no limit",
                                  {.fallback = "0", .max = 1e6}),
        option<&O::quiet_hours>("quiet_hours", "When messages wait, as 22:00-07:00 or sat,sun 00:00-24:00",
                                {.fallback = "[]", .example = "[\"22:00-07:00\"]"}),
        option<&O::digest_at>("digest_at", "Alerts wait for one message at these times, as 08:30 or mon 08:00",
                              {.fallback = "[]", .example = "[\"08:30\"]"}),
        option<&O::time_zone>("time_zone", "Of quiet hours, digests and times in messages",
                              {.fallback = "UTC", .example = "Europe/Berlin"}),
        option<&O::remind_after>("remind_after",
                                 "An alert that nobody has acknowledged, closed or muted is told again after this; "
                                 "0: never",
                                 {.fallback = "4h", .max = 3.2e7}),
        option<&O::remind_growth>("remind_growth", "By how much each interval is longer than the one before",
                                  {.fallback = "2", .min = 1, .max = 10}),
        option<&O::remind_slowest>("remind_slowest", "The longest interval between reminders",
                                   {.fallback = "24h", .max = 3.2e7}),
        option<&O::remind_most>("remind_most", "Reminders of one alert at most",
                                {.fallback = "10", .min = 0, .max = 1000}),
        option<&O::escalate_after>("escalate_after",
                                   "This channel hears of an alert only once nobody has acknowledged it for so long; "
                                   "0: at once",
                                   {.fallback = "0s", .max = 3.2e7}),
        option<&O::urgent_after>("urgent_after", "An open alert becomes urgent after this time; 0: never",
                                 {.fallback = "0s", .max = 3.2e7}),
        option<&O::stale_after>("stale_after",
                                "An alert that is raised so long after its own time is not told, as when old posts are "
                                "read; 0: all are told",
                                {.fallback = "0s", .max = 3.2e8}),
        option<&O::link>("link", "Where the dashboard is reached; then messages have links to look and to acknowledge",
                         {.example = "https://earshot.example.org"}),
        option<&O::link_valid>("link_valid", "How long such a link acknowledges", {.fallback = "7d", .max = 3.2e7}),
        option<&O::retry_first>("retry_first", "The wait after a first failed attempt; it doubles each time",
                                {.fallback = "1s", .min = 0.001, .max = 86400}),
        option<&O::retry_slowest>("retry_slowest", "The longest wait between attempts",
                                  {.fallback = "10m", .min = 0.001, .max = 86400}),
        option<&O::linger>("linger", "How long a stop goes on delivering; what is left, the next run delivers",
                           {.fallback = "5s", .max = 300}),
        option<&O::keep>("keep", "Closed alerts leave the book after this time; 0: never",
                         {.fallback = "400d", .max = 3.2e9}));
  }
};

// The lines of two schemas as one: those of the plugin, then those of every delivering sink.
template <auto... A, auto... B>
constexpr Schema<A..., B...> joined(Schema<A...> first, Schema<B...> second) {
  Schema<A..., B...> out{};
  for (std::size_t i = 0; i < sizeof...(A); ++i) out.lines[i] = first.lines[i];
  for (std::size_t i = 0; i < sizeof...(B); ++i) out.lines[sizeof...(A) + i] = second.lines[i];
  return out;
}

// Throws invalid, with the option at fault.
Setting setting_of(const Options& options, std::string plugin);

}  // namespace earshot::delivery
