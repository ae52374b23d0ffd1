#include <catch2/catch.hpp>

#include "earshot/options.hpp"
#include "earshot/testing/values.hpp"

namespace {

using namespace earshot::testing;
using namespace std::chrono_literals;

Tree as(std::uint32_t type, const Tree& given, std::uint32_t element = 0) {
  return typed(type, element, nullptr, given);
}

TEST_CASE("durations are read with their units", "[testing]") {
  REQUIRE(as(EAR_DURATION, "5m").integer == 300'000'000'000);
  REQUIRE(as(EAR_DURATION, "1h30m").integer == 5'400'000'000'000);
  REQUIRE(as(EAR_DURATION, 250ms).integer == 250'000'000);
  REQUIRE_THROWS_AS(as(EAR_DURATION, "5"), std::invalid_argument);
  REQUIRE_THROWS_AS(as(EAR_DURATION, "5 parsecs"), std::invalid_argument);
}

TEST_CASE("sizes are read with their units", "[testing]") {
  REQUIRE(as(EAR_SIZE, "64MiB").integer == 64 * 1024 * 1024);
  REQUIRE(as(EAR_SIZE, "1KB").integer == 1000);
  REQUIRE(as(EAR_SIZE, 512).integer == 512);
}

TEST_CASE("lists are read from braces and from text", "[testing]") {
  REQUIRE(describe(as(EAR_LIST, {"a", "b"}, EAR_TEXT)) == "[a b ]");
  REQUIRE(describe(as(EAR_LIST, "[a, 'b, c']", EAR_TEXT)) == "[a b, c ]");
  REQUIRE(describe(as(EAR_LIST, "[1, 2]", EAR_INTEGER)) == "[1 2 ]");
  REQUIRE(as(EAR_LIST, "[]", EAR_TEXT).items.empty());
  REQUIRE(describe(as(EAR_MAP, "{text: body, n: id}", EAR_TEXT)) == "[text=body n=id ]");
  REQUIRE(describe(as(EAR_LIST, "alone", EAR_TEXT)) == "[alone ]");
}

TEST_CASE("a text option keeps its text as it is given", "[testing]") {
  REQUIRE(as(EAR_TEXT, "[not, a, list]").text == "[not, a, list]");
}

TEST_CASE("a choice knows its place", "[testing]") {
  const char* const words[] = {"fast", "exact", nullptr};
  REQUIRE(typed(EAR_CHOICE, 0, words, "exact").integer == 1);
  REQUIRE_THROWS_AS(typed(EAR_CHOICE, 0, words, "slow"), std::invalid_argument);
}

TEST_CASE("RFC 3339 times are read with fraction and offset", "[testing]") {
  REQUIRE(earshot::ticks(at("1970-01-01T00:00:01.5Z")) == 1'500'000'000);
  REQUIRE(at("2026-05-01T14:00:00+02:00") == at("2026-05-01T12:00:00Z"));
  REQUIRE_THROWS_AS(at("yesterday"), std::invalid_argument);
}

TEST_CASE("broken flow text is refused", "[testing]") {
  for (const char* text : {"[a", "{a}", "'a", "[a]]", "{a: 1"})
    REQUIRE_THROWS_AS(read_yaml(text), std::invalid_argument);
  REQUIRE_THROWS_AS(read_yaml(std::string(100, '[')), std::invalid_argument);
}

}  // namespace
