// calendar.hpp: the hour and the weekday that a moment has in a time zone. One thread.
#pragma once

#include <cstdint>
#include <memory>
#include <string>

#include "baseline/season.hpp"

namespace earshot::baseline {

class Calendar {
 public:
  // UTC.
  Calendar();
  // A name of the IANA data base, as Europe/Berlin; throws std::invalid_argument where it is none.
  explicit Calendar(const std::string& zone);
  Calendar(Calendar&&) noexcept;
  Calendar& operator=(Calendar&&) noexcept;
  ~Calendar();

  LocalTime at(std::int64_t time) const;         // nanoseconds since 1970
  std::int64_t offset(std::int64_t time) const;  // of local time from UTC, nanoseconds
  const std::string& name() const { return name_; }

 private:
  struct Zone;
  std::unique_ptr<Zone> zone_;  // none: UTC
  std::string name_ = "UTC";
};

}  // namespace earshot::baseline
