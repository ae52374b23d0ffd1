#include "plugin/probe.hpp"

#include <catch2/catch.hpp>
#include <chrono>

using namespace earshot::host;
using namespace std::chrono_literals;

namespace {

Seen look(const std::string& name, std::chrono::milliseconds limit = 60s) {
  return probe(EARSHOT_BINARY, std::string(EARSHOT_TEST_MODULES) + "/" + name + ".so", limit);
}

}  // namespace

TEST_CASE("A probe says what a plugin offers") {
  const Seen seen = look("good");
  CHECK(seen.fault == "");
  CHECK(seen.module.id == "org.example.good");
  REQUIRE(seen.module.components.size() == 1);
  CHECK(seen.module.components[0].name == "good");
}

TEST_CASE("What a plugin writes to its outputs does not disturb the answer") {
  const Seen seen = look("talks");
  CHECK(seen.fault == "");
  CHECK(seen.module.id == "org.example.talks");
}

TEST_CASE("A crash while loading is the file's fault, with its signal") {
  CHECK(look("crashes").fault == "crashes when it is loaded (SIGABRT: Aborted)");
}

TEST_CASE("Ending the process while loading is the file's fault") {
  CHECK(look("exits").fault == "ends the process when it is loaded (exit code 7)");
}

TEST_CASE("A hang while loading ends with the time limit") {
  CHECK(look("hangs", 100ms).fault == "did not answer within 0.1 s when it was loaded");
}

TEST_CASE("What the loader and the tables say comes through") {
  CHECK(look("undefined").fault == "cannot be loaded: undefined symbol: nowhere_to_be_found");
  CHECK(look("wrong_major").fault ==
        "the plugin needs binary contract 2.0, and this host has 1.0: take a build of the plugin for 1.x, or a host "
        "with 2.x");
  CHECK(look("newer_minor").fault ==
        "the plugin needs binary contract 1.1, and this host has 1.0: take a newer host, or an older release of the "
        "plugin");
  CHECK(look("null_call").fault ==
        "org.example.null_call: detector 'null_call': the call `detector.detect` is missing, and every component of "
        "its kind must have it");
}

TEST_CASE("A host that cannot be started is told") {
  CHECK(probe("/nowhere/earshot", "x.so", 60s).fault ==
        "no process could be started to look into it: No such file or directory");
}
