#include "web/request.hpp"

#include <catch2/catch.hpp>

using namespace earshot::web;

TEST_CASE("a target is a path and its parameters, decoded") {
  const auto request = read_target("/posts/a%20b+c?q=x+y%26z&empty=&flag&q=last");
  REQUIRE(request);
  CHECK(request->path == "/posts/a b+c");
  CHECK(request->parameter("q") == "last");
  CHECK(request->parameter("empty").empty());
  CHECK(request->query.contains("flag"));
  CHECK(request->parameter("nothing").empty());
}

TEST_CASE("broken escapes are no target") {
  for (const char* target : {"", "x", "/%", "/%4", "/%zz", "/?a=%", "/?%g1=2"}) CHECK_FALSE(read_target(target));
}

TEST_CASE("a cookie is found by its whole name") {
  Request request;
  request.fields["cookie"] = "xtoken=no; token=abc=; other=1";
  CHECK(request.cookie("token") == "abc=");
  CHECK(request.cookie("other") == "1");
  CHECK(request.cookie("oken").empty());
}
