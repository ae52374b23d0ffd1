// The list of rules: each has a name of its own, says what it wants, and cites a line of the header that is there.
#include <catch2/catch.hpp>
#include <set>

#include "check/abi_text.hpp"
#include "check/rule.hpp"

using namespace earshot::check;

TEST_CASE("each rule has a name of its own, a text and a line of abi.h") {
  std::set<std::string_view> names;
  for (const Rule& rule : rules()) {
    INFO(rule.name << " cites \"" << rule.cites << "\"");
    CHECK(names.insert(rule.name).second);
    CHECK_FALSE(rule.what.empty());
    CHECK(abi_line(rule.cites) > 0);
  }
  CHECK(names.size() >= 35);
}

TEST_CASE("a line of abi.h is found by its words, and no other") {
  CHECK(abi_line("abi.h: everything that a plugin") == 1);
  CHECK(abi_line("these words stand nowhere in it") == 0);
}

TEST_CASE("the gates are rules that are tried first") {
  for (std::size_t i = 0; i < std::size(kGates); ++i) CHECK(rules()[i].name == kGates[i]);
}
