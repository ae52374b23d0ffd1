// Which addresses are public.
#include "http/address.hpp"

#include <arpa/inet.h>
#include <netinet/in.h>

#include <catch2/catch.hpp>
#include <cstring>
#include <string>

namespace {

bool is_public(const std::string& text) {
  sockaddr_storage storage{};
  if (auto* in = reinterpret_cast<sockaddr_in*>(&storage); ::inet_pton(AF_INET, text.c_str(), &in->sin_addr) == 1) {
    in->sin_family = AF_INET;
  } else {
    auto* in6 = reinterpret_cast<sockaddr_in6*>(&storage);
    REQUIRE(::inet_pton(AF_INET6, text.c_str(), &in6->sin6_addr) == 1);
    in6->sin6_family = AF_INET6;
  }
  return earshot::http::is_public(reinterpret_cast<const sockaddr&>(storage));
}

}  // namespace

TEST_CASE("addresses of the internet are public") {
  for (const char* text : {"1.1.1.1", "8.8.8.8", "93.184.216.34", "172.15.0.1", "172.32.0.1", "100.63.0.1",
                           "198.17.0.1", "2606:4700:4700::1111", "2a00:1450:4001:80b::200e", "64:ff9b::8.8.8.8"}) {
    INFO(text);
    CHECK(is_public(text));
  }
}

TEST_CASE("addresses of one's own network, of this machine and without a place are not") {
  for (const char* text : {"0.0.0.0",        "127.0.0.1",         "127.255.1.2",     "10.1.2.3",    "172.16.0.1",
                           "172.31.255.255", "192.168.1.1",       "169.254.169.254", "100.64.0.1",  "198.18.0.1",
                           "192.0.2.1",      "224.0.0.1",         "255.255.255.255", "::1",         "::",
                           "fe80::1",        "fc00::1",           "fd12:3456::1",    "ff02::1",     "::ffff:127.0.0.1",
                           "::ffff:8.8.8.8", "64:ff9b::10.0.0.1", "2002:7f00:1::",   "2001:db8::1", "2001:0:1::1",
                           "::127.0.0.1"}) {
    INFO(text);
    CHECK_FALSE(is_public(text));
  }
}
