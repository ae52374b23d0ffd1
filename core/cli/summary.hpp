// summary.hpp: what a run came to, for the person who started it: a line for each component, and the last alerts. Main
// thread, but for add(), which comes from the delivery.
#pragma once

#include <cstdint>
#include <map>
#include <mutex>
#include <string>
#include <vector>

#include "base/identity.hpp"
#include "config/plan.hpp"
#include "observe/meters.hpp"

namespace earshot::host {

class RunSummary {
 public:
  void begin(const Plan& plan);
  void add(const ear_alert& alert);
  std::uint64_t alerts() const;
  std::uint64_t refused(Meters& meters) const;  // dead letters of all components
  std::string text(Meters& meters, bool colour) const;

 private:
  struct Line {
    std::string kind, id, plugin;
  };
  struct Alert {
    std::string summary, when;
    std::uint32_t severity = 0;
    bool closed = false;
  };
  static constexpr std::size_t kAlerts = 1000;

  std::vector<Line> lines_;
  mutable std::mutex mutex_;
  std::map<Id, Alert> alerts_;
  std::uint64_t count_ = 0;
};

}  // namespace earshot::host
