#include "media/clock.hpp"

#include <fmt/format.h>

namespace earshot::media {

std::string clock_text(std::int64_t tenths) {
  return fmt::format("{}:{:02}.{}", tenths / 600, tenths / 10 % 60, tenths % 10);
}

}  // namespace earshot::media
