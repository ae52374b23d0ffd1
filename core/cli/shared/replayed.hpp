// replayed.hpp: the alerts of a backtest, as a table for people and as JSON that is the same for the same posts.
// Values; main thread, but for add().
#pragma once

#include <cstdint>
#include <map>
#include <mutex>
#include <string>
#include <vector>

#include "base/identity.hpp"

namespace earshot::host {

struct ReplayedAlert {
  std::string detector, kind, subject, summary;
  ear_time start = 0, end = 0;
  ear_time raised = 0;  // how far it reached when it was first said
  bool closed = false;
  std::uint32_t severity = 1;
  std::uint64_t said = 0;  // so often
  double observed = 0, expected = 0, lower = 0, upper = 0;
  std::vector<std::string> evidence;  // platform/id
};

class ReplayedAlerts {
 public:
  void add(const ear_alert& alert);  // [any], one call at a time
  // Those that were raised at or after `from` (EAR_TIME_NONE: all), by start, detector, subject and kind.
  std::vector<ReplayedAlert> since(ear_time from) const;

 private:
  mutable std::mutex mutex_;
  std::map<Id, ReplayedAlert> alerts_;
};

// What was replayed and is reported.
struct Replayed {
  std::string pipeline, store;
  ear_time first = 0;               // where detectors begin, with an empty memory
  ear_time from = 0, to = 0;        // what is reported
  std::uint64_t posts = 0;          // replayed, also those from before
  std::vector<std::string> again;   // detectors that ran
  std::vector<std::string> stored;  // and those of which the store tells what they found
  double budget = 1;                // alerts a week for each subject and detector
  std::vector<ReplayedAlert> alerts;

  double weeks() const;
  double a_week(std::size_t alerts) const;  // a stretch shorter than a week counts as one
};

// One pair of (detector, subject).
struct ReplayTotal {
  std::string detector, subject;
  std::size_t alerts = 0;
  std::uint32_t gravest = 0;
};
std::vector<ReplayTotal> totals(const Replayed& replayed);

std::string replayed_text(const Replayed& replayed, bool colour, std::size_t width);
std::string replayed_json(const Replayed& replayed);
// What the other raises and this one does not, and so on. An alert is the same where detector, kind and subject are
// and the times overlap.
std::string difference_text(const Replayed& one, const Replayed& other, bool colour, std::size_t width);
std::string difference_json(const Replayed& one, const Replayed& other);

}  // namespace earshot::host
