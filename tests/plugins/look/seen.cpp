// What a run found, out of the lines of the ndjson sink.
#include "seen.hpp"

#include <catch2/catch.hpp>
#include <earshot/error.hpp>

using namespace earshot::look;

TEST_CASE("a mention in lettering takes its place from its segment where it has none") {
  const SeenLine line = read_line(
      R"({"platform":"file","id":"3","segments":[{"origin":"image","text":"ACME","media":0,"start":7,"end":10,"box":[0,0,1,0,1,1,0,1]}],)"
      R"("findings":[{"kind":"mention","subject":"acme","score":1,"segment":0,"begin":0,"end":4,"text":"ACME","reason":"name: ACME"}]})");
  CHECK(line.file == 3);
  REQUIRE(line.seen.mentions.size() == 1);
  CHECK(line.seen.mentions[0].how == "lettering");
  CHECK((line.seen.mentions[0].place.start == 7 && line.seen.mentions[0].place.box.size() == 8));
}

TEST_CASE("a medium that cannot be read is told, and what else was said is kept") {
  const SeenLine line = read_line(
      R"({"platform":"file","id":"0","findings":[{"kind":"unreadable","score":1,"media":0,"reason":"it is empty"},)"
      R"({"kind":"screen_time","subject":"acme","value":"7.0","score":1}]})");
  CHECK(line.seen.unreadable == "it is empty");
  REQUIRE(line.seen.other.size() == 1);
  CHECK(line.seen.other[0] == "screen_time acme 7.0");
}

TEST_CASE("a line that is none is refused") {
  CHECK_THROWS_AS(read_line("{"), earshot::Error);
  CHECK_THROWS_AS(read_line(R"({"platform":"file","id":"x"})"), earshot::Error);
}
