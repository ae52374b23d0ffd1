// catch_up.hpp: brings the figures of a store up to its rows, for who needs them at once rather than when the sink has
// time. A free function; any thread, also beside a pipeline that writes.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>

namespace earshot::store {

// A store of an older version is brought up to date, too. `progress`: posts that are counted, of how many; false: stop.
void catch_up(const std::filesystem::path& path, const std::function<bool(std::int64_t, std::int64_t)>& progress);

}  // namespace earshot::store
