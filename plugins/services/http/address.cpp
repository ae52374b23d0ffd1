#include "http/address.hpp"

#include <arpa/inet.h>
#include <netinet/in.h>

#include <algorithm>
#include <cstdint>
#include <cstring>
#include <iterator>

namespace earshot::http {
namespace {

struct Range4 {
  std::uint32_t first;
  int bits;
};

// IANA's registry of special-purpose addresses.
constexpr Range4 kSpecial4[] = {
    {0x00000000, 8},  {0x0A000000, 8},  {0x64400000, 10}, {0x7F000000, 8},  {0xA9FE0000, 16},
    {0xAC100000, 12}, {0xC0000000, 24}, {0xC0000200, 24}, {0xC0586300, 24}, {0xC0A80000, 16},
    {0xC6120000, 15}, {0xC6336400, 24}, {0xCB007100, 24}, {0xE0000000, 4},  {0xF0000000, 4},
};

bool is_public(std::uint32_t address) {
  return std::none_of(std::begin(kSpecial4), std::end(kSpecial4),
                      [&](const Range4& r) { return (address ^ r.first) >> (32 - r.bits) == 0; });
}

std::uint32_t four(const std::uint8_t* bytes) {
  return static_cast<std::uint32_t>(bytes[0]) << 24 | static_cast<std::uint32_t>(bytes[1]) << 16 |
         static_cast<std::uint32_t>(bytes[2]) << 8 | bytes[3];
}

bool is_public(const std::uint8_t (&a)[16]) {
  const std::uint32_t first = four(a);
  const bool zeros = std::all_of(a + 4, a + 10, [](std::uint8_t b) { return b == 0; });
  if (first == 0x0064FF9B && zeros && a[10] == 0 && a[11] == 0) return is_public(four(a + 12));  // NAT64
  if (first >> 16 == 0x2002) return is_public(four(a + 2));                                      // 6to4
  if (first == 0x20010DB8 || first >> 9 == 0x20010000 >> 9) return false;  // documentation; Teredo and its like
  return a[0] >> 5 == 1;                                                   // 2000::/3 is what is routed
}

}  // namespace

bool is_public(const sockaddr& address) {
  if (address.sa_family == AF_INET) {
    sockaddr_in in;
    std::memcpy(&in, &address, sizeof in);
    return is_public(ntohl(in.sin_addr.s_addr));
  }
  if (address.sa_family != AF_INET6) return false;
  sockaddr_in6 in;
  std::memcpy(&in, &address, sizeof in);
  std::uint8_t bytes[16];
  std::memcpy(bytes, &in.sin6_addr, sizeof bytes);
  return is_public(bytes);
}

}  // namespace earshot::http
