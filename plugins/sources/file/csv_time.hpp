// csv_time.hpp: times in the forms that exports have. Free function; any thread.
#pragma once

#include <optional>
#include <string_view>

#include "earshot/abi.h"

namespace earshot::file {

// RFC 3339 and its relatives ("2015-02-24 11:35:52 -0800"; without an offset it is UTC; also a day alone), seconds,
// milliseconds, microseconds or nanoseconds since 1970, "Tue Feb 24 11:35:52 +0000 2015", and
// "Tue, 24 Feb 2015 11:35:52 +0000".
std::optional<ear_time> read_export_time(std::string_view text);

}  // namespace earshot::file
