// Which pictures count as the same: re-encoded and rescaled ones do, other lettering does not.
#include "media/copies.hpp"

#include <catch2/catch.hpp>
#include <cstdlib>
#include <fstream>

#include "media/desk.hpp"
#include "media/made_pictures.hpp"
#include "media/still.hpp"

using namespace earshot::testing;
using namespace pictures;
using earshot::media::Copies;
using earshot::media::Limits;
using earshot::media::Size;
using earshot::media::Still;

namespace {

std::uint64_t look(Copies& copies, const Pixels& p) {
  return copies.look({p.width, p.height}, p.bgr.data(), std::size_t{p.width} * 3);
}

Pixels packed(const std::string& bytes) {
  Limits all;
  all.shown_pixels = all.most_pixels;
  const Still still = earshot::media::decoded(earshot::media::sniff(bytes).format, bytes, all);
  return {still.size.width, still.size.height, still.pixels};
}

// Lettering of that height in pixels on a scene, drawn by rsvg-convert; nothing where that is not installed.
std::optional<Pixels> lettered(const Folder& folder, const Pixels& ground, const std::string& text, int height,
                               const char* colour, int y) {
  static const bool kThere = std::system("rsvg-convert --version >/dev/null 2>&1") == 0;
  if (!kThere) return std::nullopt;
  // Black on white says how much of the lettering there is at each place.
  std::ofstream(folder / "m.svg") << "<svg xmlns='http://www.w3.org/2000/svg' width='" << ground.width << "' height='"
                                  << ground.height
                                  << "'><rect width='100%' height='100%' fill='white'/><text x='60' y='" << y
                                  << "' font-family='DejaVu Sans' font-size='" << height << "'>" << text
                                  << "</text></svg>";
  if (std::system(("rsvg-convert -o " + folder / "m.png" + " " + folder / "m.svg").c_str()) != 0) return std::nullopt;
  const Pixels mask = packed(folder.read("m.png"));
  const int level = std::string(colour) == "white" ? 255 : 0;
  Pixels p = ground;
  for (std::size_t i = 0; i < p.bgr.size(); ++i)
    p.bgr[i] = static_cast<std::uint8_t>((p.bgr[i] * mask.bgr[i] + level * (255 - mask.bgr[i])) / 255);
  return p;
}

}  // namespace

TEST_CASE("a picture that was packed anew, or made smaller, is a copy") {
  for (std::uint32_t seed = 0; seed < 12; ++seed) {
    INFO(seed);
    const Pixels p = scene(1024, 768, seed);
    Copies copies(100);
    const std::uint64_t first = look(copies, p);
    CHECK(look(copies, p) == first);
    CHECK(look(copies, packed(jpeg(p, {.quality = 90}))) == first);
    CHECK(look(copies, packed(jpeg(p, {.quality = 60}))) == first);
    CHECK(look(copies, packed(webp(p))) == first);
    CHECK(look(copies, scaled(p, 800, 600)) == first);
    CHECK(look(copies, scaled(p, 1200, 900)) == first);
    CHECK(copies.found() == 6);
  }
}

TEST_CASE("another picture is none") {
  Copies copies(1000);
  std::vector<std::uint64_t> looks;
  for (std::uint32_t seed = 0; seed < 60; ++seed) looks.push_back(look(copies, scene(320, 240, seed)));
  std::sort(looks.begin(), looks.end());
  CHECK(std::unique(looks.begin(), looks.end()) == looks.end());
}

TEST_CASE("a larger picture shows more, and is no copy of a small one") {
  const Pixels p = scene(1024, 768, 3);
  Copies copies(100);
  const std::uint64_t small = look(copies, scaled(p, 512, 384));
  CHECK(look(copies, p) != small);
}

TEST_CASE("the same shapes in another colour, in other proportions or with a small mark are another picture") {
  const Pixels p = scene(640, 480, 5);
  Copies copies(100);
  const std::uint64_t first = look(copies, p);
  Pixels turned = p;
  for (std::size_t i = 0; i < turned.bgr.size(); i += 3) std::swap(turned.bgr[i], turned.bgr[i + 2]);
  CHECK(look(copies, turned) != first);
  CHECK(look(copies, scaled(p, 640, 400)) != first);
  Pixels marked = p;
  for (std::uint32_t y = 20; y < 50; ++y)
    for (std::uint32_t x = 20; x < 50; ++x)
      for (std::size_t c = 0; c < 3; ++c) marked.bgr[(std::size_t{y} * 640 + x) * 3 + c] ^= 0x80;
  CHECK(look(copies, marked) != first);
}

TEST_CASE("the same ground with other lettering, or with none, is another picture: 14 pixels in 1024x768") {
  const Folder folder;
  const char* const texts[] = {"Acme Rockets saves you money every day",
                               "Korvo Phones lets you call every night",
                               "Acme Rockets costs you money every day",
                               "",
                               "Acme",
                               "Aone",
                               "They sold Zentrix to us",
                               "We bought Pethora for all"};
  int told_apart = 0, pairs = 0;
  for (std::uint32_t seed = 0; seed < 3; ++seed)
    for (const char* colour : {"white", "black"}) {
      Copies copies(100);
      std::vector<std::uint64_t> looks;
      const Pixels ground = scene(1024, 768, 40 + seed);
      for (const char* text : texts) {
        const auto p = lettered(folder, ground, text, 14, colour, 100 + static_cast<int>(seed) * 97);
        if (!p) {
          WARN("rsvg-convert is not installed, so no lettering was drawn");
          return;
        }
        looks.push_back(look(copies, *p));
      }
      for (std::size_t a = 0; a < looks.size(); ++a)
        for (std::size_t b = 0; b < a; ++b) {
          ++pairs, told_apart += looks[a] != looks[b];
          if (looks[a] == looks[b]) UNSCOPED_INFO(seed << " " << colour << ": " << texts[a] << " | " << texts[b]);
        }
    }
  CHECK(told_apart == pairs);
}

TEST_CASE("memory is bounded: the picture seen the longest ago is forgotten") {
  Copies copies(4);
  const std::uint64_t first = look(copies, scene(100, 100, 0));
  for (std::uint32_t seed = 1; seed < 5; ++seed) look(copies, scene(100, 100, seed));
  CHECK(look(copies, scene(100, 100, 0)) != first);
}

TEST_CASE("copies share a number in the service, unless only the same bytes count") {
  const Pixels p = scene(640, 480, 7);
  Desk similar, exact(with("copies", "exact"));
  CHECK(similar.look({.path = similar.write("a.jpg", jpeg(p))}).look ==
        similar.look({.path = similar.write("b.png", png(p))}).look);
  CHECK(exact.look({.path = exact.write("a.jpg", jpeg(p))}).look !=
        exact.look({.path = exact.write("b.png", png(p))}).look);
  CHECK(exact.look({.path = exact.write("a.jpg", jpeg(p))}).look ==
        exact.look({.path = exact.write("c.jpg", jpeg(p))}).look);
}
