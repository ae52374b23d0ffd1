// What was found in pictures, remembered by their look.
#include "media/looks.hpp"

#include <catch2/catch.hpp>

using earshot::media::Looks;

TEST_CASE("a picture that looks as one before is not analysed again") {
  Looks<int> looks(10);
  int analysed = 0;
  const auto find = [&] { return ++analysed; };
  CHECK(looks.get(7, find) == 1);
  CHECK(looks.get(8, find) == 2);
  CHECK(looks.get(7, find) == 1);
}

TEST_CASE("of more pictures than are remembered, the one that was not asked for the longest is forgotten") {
  Looks<int> looks(2);
  int analysed = 0;
  const auto find = [&] { return ++analysed; };
  looks.get(1, find), looks.get(2, find), looks.get(1, find), looks.get(3, find);
  CHECK(looks.size() == 2);
  CHECK(looks.get(1, find) == 1);
  CHECK(looks.get(2, find) == 4);
}
