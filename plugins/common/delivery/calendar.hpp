// calendar.hpp: times of day in a time zone: stretches such as "22:00-07:00" and moments such as "mon-fri 08:30".
// Values; any thread.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "earshot/abi.h"

namespace earshot::delivery {

// Where people's clocks stand: a name of the IANA database, as Europe/Berlin.
class Zone {
 public:
  explicit Zone(const std::string& name);  // throws invalid where there is no such zone
  const std::string& name() const { return name_; }

  struct Local {
    std::int64_t day = 0;  // since 1970-01-01
    int minute = 0;        // of the day
  };
  Local local(ear_time time) const;
  ear_time time(std::int64_t day, int minute) const;  // a minute that a clock skips counts on from the one before
  std::string text(ear_time time) const;              // "2026-03-14 09:12 CET"

 private:
  struct Rules;
  std::string name_;
  std::shared_ptr<const Rules> rules_;
};

inline int weekday_of(std::int64_t day) {  // 0: Monday
  return static_cast<int>(((day + 3) % 7 + 7) % 7);
}

// Stretches of time that come again each day, or on some days of the week: "22:00-07:00", "sat,sun 00:00-24:00",
// "mon-fri 20:00-08:00". One over midnight belongs to the day that it begins on.
class Stretches {
 public:
  explicit Stretches(const std::vector<std::string>& texts);  // throws invalid
  // Where `now` lies in one: when that ends, and whatever follows without a pause. At most 8 days are looked ahead.
  std::optional<ear_time> end_of(ear_time now, const Zone& zone) const;
  bool empty() const { return all_.empty(); }

 private:
  struct Stretch {
    unsigned days;  // bit 0: Monday
    int from, to;   // minutes; `to` is not after `from` where it is on the next day
  };
  std::vector<Stretch> all_;
};

// Moments: "08:30", "mon 08:00", "mon-fri 08:30".
class Moments {
 public:
  explicit Moments(const std::vector<std::string>& texts);  // throws invalid
  ear_time next(ear_time after, const Zone& zone) const;    // EAR_TIME_END where there are none
  bool empty() const { return all_.empty(); }

 private:
  struct Moment {
    unsigned days;
    int minute;
  };
  std::vector<Moment> all_;
};

}  // namespace earshot::delivery
