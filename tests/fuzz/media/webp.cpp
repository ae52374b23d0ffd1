// Any bytes, decoded as WebP.
#include "still.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  decode_any(earshot::media::Format::webp, {reinterpret_cast<const char*>(data), size});
  return 0;
}
