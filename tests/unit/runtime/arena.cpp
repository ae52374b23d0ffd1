#include "runtime/arena.hpp"

#include <catch2/catch.hpp>
#include <string>

#include "earshot/types.hpp"

using earshot::host::Arena;

TEST_CASE("memory is used again, also where a little more is wanted than last time") {
  Arena arena;
  const char* first = arena.take(Arena::kBlock + 100);
  arena.take(Arena::kBlock);
  arena.reset();
  CHECK(arena.take(Arena::kBlock + 300) == first);
}

TEST_CASE("a text that lies in the arena is left where it is until the arena is reset") {
  Arena arena;
  const std::string outside = "somewhere else";
  const ear_str inside = arena.keep(earshot::str(outside));
  CHECK(inside.ptr != outside.data());
  CHECK(arena.keep(inside).ptr == inside.ptr);
  arena.take(2 * Arena::kBlock);  // another block
  CHECK(arena.keep(inside).ptr == inside.ptr);
  arena.reset(0);
  CHECK_FALSE(arena.holds(inside.ptr, inside.len));
  CHECK(earshot::view(arena.keep(earshot::str(outside))) == outside);
}
