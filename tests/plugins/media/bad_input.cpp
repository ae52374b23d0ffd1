// What is no picture, or a bad one: each is told in a sentence, and nothing crashes.
#include <catch2/catch.hpp>

#include "media/desk.hpp"
#include "media/made_pictures.hpp"

using namespace earshot::testing;
using namespace pictures;
using Catch::Contains;

namespace {

struct Bad {
  const char* name;
  std::string bytes;
  ear_status status;
  const char* says;
};

}  // namespace

TEST_CASE("what is no picture is told by what it is") {
  const Bad all[] = {
      {"empty.jpg", "", EAR_INVALID, "0 bytes"},
      {"zeros.jpg", std::string(100'000, '\0'), EAR_INVALID, "zeros"},
      {"page.jpg", "<!doctype html><title>Not found</title>", EAR_INVALID, "HTML"},
      {"drawing.png", "<svg xmlns=\"http://www.w3.org/2000/svg\"><script>alert(1)</script></svg>", EAR_INVALID, "SVG"},
      {"text.png", "Sorry, come back later", EAR_INVALID, "text"},
      {"program.png",
       std::string("\x7F"
                   "ELF\x02\x01\x01\0\0\0\0\0",
                   12),
       EAR_INVALID, "known kind"},
      {"head.jpg", "\xFF\xD8\xFF\xE0", EAR_INVALID, "broken"},
      {"head.png", std::string("\x89PNG\r\n\x1A\n", 8), EAR_INVALID, "broken"},
      {"head.gif", "GIF89a", EAR_INVALID, "broken"},
      {"head.webp", std::string("RIFF\x10\0\0\0WEBPVP8 ", 16), EAR_INVALID, "broken"},
      {"huge.png", png_header(20'000, 20'000), EAR_UNSUPPORTED, "20000x20000"},
      {"bomb.png", png_header(9000, 9000), EAR_UNSUPPORTED, "bomb"},
      {"nothing.png", png_header(0, 10), EAR_INVALID, "broken"},
      {"video.jpg",
       std::string("\0\0\0\x18"
                   "ftypmp42\0\0\0\0mp42isom",
                   24),
       EAR_UNSUPPORTED, "plugin video"},
  };
  Desk desk(with("videos", "no"));
  for (const Bad& bad : all) {
    INFO(bad.name);
    std::string message;
    CHECK(desk.status({.path = desk.write(bad.name, bad.bytes)}, &message) == bad.status);
    CHECK_THAT(message, Contains(bad.says));
    CHECK(message.find(desk.folder() / "") == std::string::npos);  // no path of a user's
  }
  CHECK(desk.metric("refused_broken") + desk.metric("refused_not_supported") == static_cast<double>(std::size(all)));
}

TEST_CASE("a mislabelled picture is read all the same") {
  Desk desk;
  const std::string path = desk.write("a.png", jpeg(scene(40, 30, 1)));
  CHECK(desk.open({.path = path, .type = "image/svg+xml"}).type() == "image/jpeg");
  CHECK(desk.look({.path = path}).width == 40);
}

TEST_CASE("of a truncated picture what is there is shown, then the fault is told") {
  Desk desk;
  const std::string whole = jpeg(scene(200, 100, 1));
  const earshot::Medium medium = desk.open({.path = desk.write("a.jpg", whole.substr(0, whole.size() / 2))});
  int shown = 0;
  CHECK_THROWS_WITH(medium.pictures([&](const ear_picture&) { return ++shown, true; }), Contains("% of its rows"));
  CHECK(shown == 1);
}

TEST_CASE("only the kinds that are allowed are looked at") {
  Desk desk(with("types", "[image/png, video/*]"));
  CHECK(desk.status({.path = desk.write("a.png", png(scene(20, 10, 1)))}) == EAR_OK);
  std::string message;
  CHECK(desk.status({.path = desk.write("a.jpg", jpeg(scene(20, 10, 1)))}, &message) == EAR_UNSUPPORTED);
  CHECK_THAT(message, Contains("types"));
}

TEST_CASE("a picture of too many bytes is refused") {
  Desk desk(with("most_bytes", "1KiB"));
  std::string message;
  CHECK(desk.status({.path = desk.write("a.png", png(scene(200, 100, 1)))}, &message) == EAR_UNSUPPORTED);
  CHECK_THAT(message, Contains("most_bytes"));
  CHECK_THROWS_WITH(desk.media().keep(std::string(2000, 'x')), Contains("most_bytes"));
}

TEST_CASE("looking ends when the host cancels") {
  Desk desk;
  const std::string path = desk.write("a.png", png(scene(200, 100, 1)));
  const earshot::Medium medium = desk.open({.path = path});
  desk.host().cancel();
  CHECK_THROWS_AS(desk.look(medium), earshot::Error);
  CHECK(desk.status({.path = desk.write("b.png", png(scene(200, 100, 2)))}) == EAR_CANCELLED);
}
