// Any bytes, decoded as GIF.
#include "still.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  decode_any(earshot::media::Format::gif, {reinterpret_cast<const char*>(data), size});
  return 0;
}
