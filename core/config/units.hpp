// units.hpp: durations, sizes and times as people write them. Pure functions; nothing where the text is none.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace earshot::host {

// 250ms, 1h30m, 1.5s, 7d: nanoseconds. Units ns us ms s m h d w, the larger before the smaller; 0 needs none.
std::optional<std::int64_t> read_duration(std::string_view text);

// 64MiB, 10kB, 512B: bytes. B, kB MB GB TB by 1000, KiB MiB GiB TiB by 1024; 0 needs none.
std::optional<std::int64_t> read_size(std::string_view text);

// RFC 3339, or a date alone for its first moment in UTC: nanoseconds since 1970.
std::optional<std::int64_t> read_time(std::string_view text);

std::optional<std::int64_t> read_integer(std::string_view text);
std::optional<double> read_real(std::string_view text);  // finite

// 1048576 becomes 1MiB.
std::string size_text(std::int64_t bytes);

// 90 s becomes 1m30s.
std::string duration_text(std::int64_t nanoseconds);

}  // namespace earshot::host
