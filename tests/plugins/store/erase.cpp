// The command erase.
#include <catch2/catch.hpp>

#include "filled.hpp"

using namespace earshot::testing;
using Catch::Contains;

TEST_CASE("erase removes an author, and no byte of what they said stays in the file") {
  Filled filled([](SinkHarness& sink) {
    sink.post("an unmistakable sentence").by("ana");
    sink.post("another one").by("bea");
  });
  const Ran ran(filled, "erase", {{"author", "test/ana"}});
  CHECK(ran.code == 0);
  CHECK_THAT(ran.out, Contains("erased test/ana with 1 post"));
  CHECK(filled.open().posts({}).size() == 1);
  CHECK(filled.folder.read("acme.db").find("an unmistakable sentence") == std::string::npos);
  CHECK(filled.folder.read("acme.db-wal").find("an unmistakable sentence") == std::string::npos);
}

TEST_CASE("an author that a store does not know is told, with 1") {
  Filled filled([](SinkHarness& sink) { sink.post("text").by("ana"); });
  const Ran ran(filled, "erase", {{"author", "test/bea"}});
  CHECK(ran.code == 1);
  CHECK_THAT(ran.err, Contains("Nobody is known by the name of test/bea"));
  CHECK(filled.open().posts({}).size() == 1);
}

TEST_CASE("an author is erased by their handle alone where one platform has it") {
  Filled filled([](SinkHarness& sink) {
    sink.post("text").by("ana").on("mastodon");
    sink.post("text").by("bea").on("mastodon");
    sink.post("text").by("bea").on("reddit");
  });
  CHECK(Ran(filled, "erase", {{"author", "@ana"}}).code == 0);
  CHECK_THROWS_WITH(Ran(filled, "erase", {{"author", "bea"}}), Contains("several authors are meant"));
  CHECK_THROWS_WITH(Ran(filled, "erase", {{"author", "cid"}}), Contains("give the platform too"));
  CHECK(filled.open().posts({}).size() == 2);
}
