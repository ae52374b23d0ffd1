// clock.hpp: a moment in a sound or video as people read it. Free functions; any thread.
#pragma once

#include <cstdint>
#include <string>

namespace earshot::media {

// "0:12.3": minutes, seconds and tenths.
std::string clock_text(std::int64_t tenths);

}  // namespace earshot::media
