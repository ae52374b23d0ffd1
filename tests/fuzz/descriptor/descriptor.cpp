// Whatever stands in a plugin file or in the answer of a probe is read or refused with a Failure, and never worse. The
// first byte says which of both the rest is.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "base/error.hpp"
#include "plugin/elf.hpp"
#include "plugin/seen.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace earshot::host;
  if (size == 0) return 0;
  const std::string_view rest(reinterpret_cast<const char*>(data) + 1, size - 1);
  try {
    if (data[0] == 'E') {
      check_elf(rest);
    } else {
      const Seen seen = seen_from_json(rest);
      if (seen_from_json(to_json(seen)) != seen) std::abort();  // what was accepted can be kept
    }
  } catch (const Failure&) {
  }
  return 0;
}
