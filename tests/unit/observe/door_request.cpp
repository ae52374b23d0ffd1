#include "observe/door_request.hpp"

#include <catch2/catch.hpp>

#include "base/error.hpp"

using namespace earshot::host;

TEST_CASE("an address to listen on has a host and a port") {
  CHECK(read_listen("127.0.0.1:9100").port == 9100);
  CHECK(read_listen("9100").host == "127.0.0.1");
  CHECK(read_listen(":9100").host == "127.0.0.1");
  CHECK(read_listen("[::1]:0").host == "::1");
  CHECK(read_listen("localhost:0").host == "localhost");
  for (const char* bad : {"", "x", "localhost", "1.2.3.4:", "1.2.3.4:70000", "::1:9100", "[::1]", "[::1", "a:1x"})
    CHECK_THROWS_AS(read_listen(bad), Failure);
}

TEST_CASE("a target has a path and decoded parameters") {
  const auto query = read_target("/tap?component=a%2Fb+c&limit=5&flag&=x");
  REQUIRE(query);
  CHECK(query->path == "/tap");
  CHECK(query->get("component") == "a/b c");
  CHECK(query->get("limit") == "5");
  CHECK(query->get("nothing").empty());
  for (const char* bad : {"", "tap", "/%", "/%4", "/%zz", "/a?b=%0", "http://elsewhere/"})
    CHECK_FALSE(read_target(bad));
}

TEST_CASE("only names that a stranger's page cannot take over are answered") {
  for (const char* good :
       {"localhost", "LOCALHOST:9100", "127.0.0.1:1", "127.9.9.9", "[::1]:80", "[::1]", "mon.example:1"})
    CHECK(host_allowed(good, "mon.example"));
  for (const char* bad :
       {"", "evil.example", "localhost.evil.example", "127.0.0.1.evil.example", "[::1", "[evil]", ":80"})
    CHECK_FALSE(host_allowed(bad, "mon.example"));
}
