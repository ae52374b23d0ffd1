// Any bytes, decoded as PNG; the sums of its chunks are made right first, since nothing behind a wrong one is looked
// at.
#include <string>

#include "still.hpp"

namespace {

std::uint32_t number_at(const std::string& bytes, std::size_t at) {
  std::uint32_t n = 0;
  for (std::size_t i = 0; i < 4; ++i) n = n << 8 | static_cast<unsigned char>(bytes[at + i]);
  return n;
}

std::uint32_t sum_of(const std::string& bytes, std::size_t from, std::size_t to) {
  std::uint32_t crc = 0xFFFFFFFF;
  for (std::size_t i = from; i < to; ++i) {
    crc ^= static_cast<unsigned char>(bytes[i]);
    for (int bit = 0; bit < 8; ++bit) crc = crc >> 1 ^ ((crc & 1) != 0 ? 0xEDB88320u : 0u);
  }
  return ~crc;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  std::string bytes(reinterpret_cast<const char*>(data), size);
  for (std::size_t at = 8; at + 12 <= bytes.size();) {
    const std::size_t end = at + 8 + number_at(bytes, at);
    if (end + 4 > bytes.size()) break;
    const std::uint32_t sum = sum_of(bytes, at + 4, end);
    for (std::size_t i = 0; i < 4; ++i) bytes[end + i] = static_cast<char>(sum >> (24 - 8 * i));
    at = end + 4;
  }
  decode_any(earshot::media::Format::png, bytes);
  return 0;
}
