// What was seen, as lines for people.
#include "page.hpp"

#include <catch2/catch.hpp>

using namespace earshot::look;
using Catch::Contains;

TEST_CASE("a mention is told with its subject, how, score, place and reason") {
  Seen seen;
  seen.mentions.push_back(
      {"acme", "logo", "", "logo acme.png seen", 0.9, "3.8", {0, 0, {.1, .2, .3, .2, .3, .5, .1, .5}}});
  CHECK(page("a.jpg", seen, true, false) ==
        "a.jpg\n  acme             logo       0.90  10-30 % across, 20-50 % down, 3.8 % of the picture  logo acme.png "
        "seen\n");
}

TEST_CASE("a mention in a video is told with its time") {
  Seen seen;
  seen.mentions.push_back({"acme", "speech", "", "heard", 1, "", {61.25, 62, {}}});
  CHECK_THAT(page("a.mp4", seen, true, false), Contains("from 1:01.3 to 1:02.0"));
}

TEST_CASE("a file with nothing in it says so, and one that cannot be read says why") {
  CHECK(page("a.jpg", {}, true, false) == "a.jpg\n  nothing\n");
  Seen broken;
  broken.unreadable = "it is empty";
  CHECK(page("b.jpg", broken, true, false) == "b.jpg\n  not read: it is empty\n");
}

TEST_CASE("what was read cannot send codes to the terminal") {
  Seen seen;
  seen.texts.push_back({"lettering", "a\x1B[31mb", {}});
  CHECK(page("a.jpg", seen, true, false).find('\x1B') == std::string::npos);
}
