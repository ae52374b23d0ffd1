// Any bytes as a medium to sniff, as EXIF data, as a data: URL, and as a URL with a redirect parted by the first NUL: a
// host that is read is made of what a host may have, so that no other program reads another one.
#include <cstdint>
#include <cstdlib>
#include <earshot/error.hpp>
#include <string>
#include <string_view>

#include "media/address.hpp"
#include "media/data_url.hpp"
#include "media/exif.hpp"
#include "media/sniff.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace earshot::media;
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  const Sniffed sniffed = sniff(bytes);
  if ((sniffed.format == Format::refused) == sniffed.refusal.empty()) std::abort();
  if (const int turned = orientation(bytes); turned < 1 || turned > 8) std::abort();
  try {
    if (data_of(bytes, 1000).size() > 1000) std::abort();
  } catch (const earshot::Error&) {
  }
  const std::size_t nul = bytes.find('\0');
  const std::string_view url = bytes.substr(0, nul),
                         location = nul == std::string_view::npos ? std::string_view{} : bytes.substr(nul + 1);
  for (const std::string& text : {std::string(url), resolved(url, location)})
    if (const auto address = read_address(text))
      if (address->host.empty() || address->host.find_first_of("@/\\?#% ") != std::string::npos) std::abort();
  return 0;
}
