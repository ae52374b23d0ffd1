// URLs: which host one names, whether it is allowed, and where a redirect leads.
#include "media/address.hpp"

#include <catch2/catch.hpp>

using earshot::media::names;
using earshot::media::read_address;
using earshot::media::resolved;

TEST_CASE("a URL names its host and port") {
  const auto a = read_address("HTTPS://CDN.Example:8443/a.png?b#c");
  REQUIRE(a);
  CHECK(a->scheme == "https");
  CHECK(a->host == "cdn.example");
  CHECK(a->port == "8443");
  CHECK(read_address("http://[::1]:80/x")->host == "[::1]");
  CHECK(read_address("http://bücher.example/x"));
}

TEST_CASE("a URL in which another program may read another host is none") {
  for (const char* url :
       {"http://good.example@bad.example/", "http://bad.example\\@good.example/", "http://good.example /",
        "http://%67ood.example/", "ftp://good.example/", "http:/good.example/", "good.example/a",
        "http://good.example:8a/", "http:///a", "http://[::1/", "http://good.example\t/"}) {
    INFO(url);
    CHECK_FALSE(read_address(url));
  }
}

TEST_CASE("a host is allowed by its name, or by name and port") {
  const auto a = read_address("http://intranet.example:8080/x");
  CHECK(names("intranet.example", *a));
  CHECK(names("Intranet.Example:8080", *a));
  CHECK_FALSE(names("intranet.example:80", *a));
  CHECK_FALSE(names("net.example", *a));
  CHECK_FALSE(names("", *a));
}

TEST_CASE("a redirect leads where RFC 3986 says") {
  const std::string from = "http://a.example/b/c?d#e";
  CHECK(resolved(from, "https://x.example/y") == "https://x.example/y");
  CHECK(resolved(from, "//x.example/y") == "http://x.example/y");
  CHECK(resolved(from, "/y") == "http://a.example/y");
  CHECK(resolved(from, "y") == "http://a.example/b/y");
  CHECK(resolved(from, "?y") == "http://a.example/b/c?y");
  CHECK(resolved("http://a.example", "y") == "http://a.example/y");
  CHECK(resolved(from, "") == "http://a.example/b/c?d");
}
