// time.hpp: times as text, by hand because every post has one. Free functions, any thread.
#pragma once

#include <cstddef>
#include <optional>
#include <string_view>

#include "earshot/abi.h"

namespace earshot::post {

inline constexpr std::size_t kTimeText = 30;  // the most bytes that write_time needs

// RFC 3339: 2026-03-01T12:00:00Z, 2026-03-01 12:00:00.25+01:00. A blank instead of the T and before the offset is
// taken too, and an offset without colon. Nothing where the text is no time, or none between 1678 and 2262.
std::optional<ear_time> read_time(std::string_view text);

// Seconds since 1970 as a number.
std::optional<ear_time> time_of_seconds(double seconds);

// Writes RFC 3339 in UTC, with a fraction where there is one. Returns the end.
char* write_time(char* to, ear_time time);

}  // namespace earshot::post
