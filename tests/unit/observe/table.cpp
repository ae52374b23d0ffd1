#include "observe/table.hpp"

#include <catch2/catch.hpp>

using namespace earshot::host;

namespace {

Table table() {
  Table out({{"brand"}, {"posts", Column::Align::right}, {"why"}});
  out.row({"Zürich", "7", "so"}).row({"日本", "1,234", "a longer reason"});
  return out;
}

}  // namespace

TEST_CASE("columns stand under each other, whatever the script") {
  CHECK(table().text(false) ==
        "brand   posts  why\n"
        "Zürich      7  so\n"
        "日本    1,234  a longer reason\n");
}

TEST_CASE("colours come only where they are wanted, and shift nothing") {
  Table out({{"a"}, {"b"}});
  out.row({{"x", Style::red}, "y"});
  CHECK(out.text(false) == "a  b\nx  y\n");
  CHECK(out.text(true) == "\x1b[1ma\x1b[0m  \x1b[1mb\x1b[0m\n\x1b[31mx\x1b[0m  y\n");
}

TEST_CASE("a table that is too wide gives up the end of its last column") {
  CHECK(table().text(false, 25) ==
        "brand   posts  why\n"
        "Zürich      7  so\n"
        "日本    1,234  a longer …\n");
  CHECK(table().text(false, 3) == table().text(false, 15 + 8));  // but never all of it
}

TEST_CASE("a cell from outside cannot steer the terminal") {
  Table out({{"a"}});
  out.row({"\x1b[2Jx\n"});
  CHECK(out.text(false) == "a\n\\x1b[2Jx\\n\n");
}

TEST_CASE("rows of other lengths are made to fit") {
  Table out({{"a"}, {"b"}});
  CHECK(out.empty());
  out.row({"1"}).row({"1", "2", "3"});
  CHECK(out.text(false) == "a  b\n1\n1  2\n");
}

TEST_CASE("large numbers stand in groups") {
  CHECK(grouped(0) == "0");
  CHECK(grouped(999) == "999");
  CHECK(grouped(1000) == "1,000");
  CHECK(grouped(123456) == "123,456");
  CHECK(grouped(1234567890) == "1,234,567,890");
}
