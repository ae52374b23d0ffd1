#include "web/address.hpp"

#include <catch2/catch.hpp>

using namespace earshot::web;

TEST_CASE("an address is host:port, [address]:port or a port of the loopback") {
  CHECK(read_address("127.0.0.1:8080").text() == "127.0.0.1:8080");
  CHECK(read_address("8080").text() == "127.0.0.1:8080");
  CHECK(read_address("[::1]:0").text() == "[::1]:0");
  CHECK(read_address("watch.example:80").text() == "watch.example:80");
  CHECK(read_address("0").port == 0);
}

TEST_CASE("what is no address is refused with what is expected") {
  for (const char* text : {"", "host", "host:", "1:2:3", "127.0.0.1:99999", "[::1", "[::1]x:1", "80x"})
    CHECK_THROWS_WITH(read_address(text), Catch::Contains("write host:port"));
}

TEST_CASE("only the loopback is the loopback") {
  CHECK(read_address("127.0.0.1:1").is_loopback());
  CHECK(read_address("localhost:1").is_loopback());
  CHECK(read_address("[::1]:1").is_loopback());
  CHECK_FALSE(read_address("0.0.0.0:1").is_loopback());
  CHECK_FALSE(read_address("watch.example:1").is_loopback());
}

TEST_CASE("a server answers to addresses, localhost and its own names, not to names that were pointed at it") {
  const Address own = read_address("watch.example:80");
  for (const char* host : {"localhost", "LOCALHOST:80", "127.0.0.1", "[::1]:80", "watch.example", "mirror.example:443"})
    CHECK(is_called(host, own, {"mirror.example"}));
  for (const char* host : {"", "evil.example", "watch.example.evil.example", "[::1", "1:2:3"})
    CHECK_FALSE(is_called(host, own, {"mirror.example"}));
}
