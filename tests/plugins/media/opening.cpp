// Opening a medium by path, by data: URL and by what was kept.
#include <sys/stat.h>

#include <catch2/catch.hpp>
#include <thread>

#include "media/desk.hpp"
#include "media/made_pictures.hpp"

using namespace earshot::testing;
using namespace pictures;
using Catch::Contains;

namespace {

std::string base64(const std::string& bytes) {
  constexpr char kDigits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  std::string out;
  std::uint32_t bits = 0;
  int have = 0;
  for (const char c : bytes) {
    bits = bits << 8 | static_cast<unsigned char>(c), have += 8;
    while (have >= 6) out += kDigits[bits >> (have -= 6) & 63];
  }
  if (have > 0) out += kDigits[bits << (6 - have) & 63];
  return out;
}

}  // namespace

TEST_CASE("a picture is opened by its path and shown upright, whatever type was declared") {
  Desk desk;
  const std::string path = desk.write("a.gif", jpeg(scene(120, 80, 1)));
  const earshot::Medium medium = desk.open({.path = path, .type = "image/gif"});
  CHECK(medium.kind() == EAR_MEDIA_IMAGE);
  CHECK(medium.type() == "image/jpeg");
  CHECK(medium.has(EAR_HAS_PICTURES));
  CHECK(medium.raw().width == 120);
  CHECK(medium.raw().duration == 0);
  CHECK(earshot::view(medium.raw().path) == path);
  const std::vector<Seen> seen = desk.look(medium);
  REQUIRE(seen.size() == 1);
  CHECK(seen[0].width == 120);
  CHECK(seen[0].height == 80);
  CHECK(seen[0].start == 0);
  CHECK(seen[0].stop == 0);
  CHECK(seen[0].look != 0);
}

TEST_CASE("a path wins over a URL") {
  Desk desk;
  CHECK(desk.look({.url = "data:,x", .path = desk.write("a.png", png(scene(20, 10, 1)))}).width == 20);
}

TEST_CASE("a picture is opened from a data: URL") {
  Desk desk;
  CHECK(desk.look({.url = "data:image/png;base64," + base64(png(scene(20, 10, 1)))}).width == 20);
}

TEST_CASE("what was kept is opened by the URL that it was given") {
  Desk desk;
  const std::string url = desk.media().keep(png(scene(20, 10, 1)));
  CHECK(url.starts_with("earshot-media:"));
  CHECK(desk.look({.url = url}).width == 20);
  CHECK(desk.media().keep(png(scene(20, 10, 1))) == url);
}

TEST_CASE("what the cache does not hold is told") {
  Desk desk;
  std::string message;
  CHECK(desk.status({.url = "earshot-media:" + std::string(64, 'a')}, &message) == EAR_IO);
  CHECK_THAT(message, Contains("no longer in the cache"));
  CHECK(desk.status({.url = "earshot-media:../../etc/passwd"}) == EAR_INVALID);
}

TEST_CASE("a file outside of the folders is refused, also by a way round") {
  Desk desk;
  desk.folder().write("secret.png", png(scene(20, 10, 1)));
  std::string message;
  CHECK(desk.status({.path = desk.folder() / "secret.png"}, &message) == EAR_AUTH);
  CHECK_THAT(message, Contains("folders"));
  CHECK(desk.status({.path = desk.folder() / "in/../secret.png"}) == EAR_AUTH);
  std::filesystem::create_symlink(desk.folder() / "secret.png", desk.folder() / "in/link.png");
  CHECK(desk.status({.path = desk.folder() / "in/link.png"}) == EAR_AUTH);
  std::filesystem::create_directory_symlink("..", desk.folder() / "in/up");
  CHECK(desk.status({.path = desk.folder() / "in/up/secret.png"}) == EAR_AUTH);
  CHECK(desk.status({.path = "/etc/passwd"}) == EAR_AUTH);
  std::filesystem::create_directory(desk.folder() / "in2");
  desk.folder().write("in2/a.png", png(scene(20, 10, 1)));
  CHECK(desk.status({.path = desk.folder() / "in2/a.png"}) == EAR_AUTH);
}

TEST_CASE("a link that stays within the folders is followed") {
  Desk desk;
  desk.write("a.png", png(scene(20, 10, 1)));
  std::filesystem::create_symlink("a.png", desk.folder() / "in/link.png");
  CHECK(desk.look({.path = desk.folder() / "in/link.png"}).width == 20);
}

TEST_CASE("a path that leads to no file is told, and nothing waits for a pipe") {
  Desk desk;
  CHECK(desk.status({.path = desk.folder() / "in/none.png"}) == EAR_IO);
  CHECK(desk.status({.path = desk.folder() / "in"}) == EAR_AUTH);
  std::filesystem::create_directory(desk.folder() / "in/sub");
  CHECK(desk.status({.path = desk.folder() / "in/sub"}) == EAR_INVALID);
  REQUIRE(::mkfifo((desk.folder() / "in/pipe").c_str(), 0600) == 0);
  CHECK(desk.status({.path = desk.folder() / "in/pipe"}) == EAR_INVALID);
  CHECK(desk.status({}) == EAR_INVALID);
}

TEST_CASE("a file that is written anew is read anew") {
  Desk desk;
  const std::string path = desk.write("a.png", png(scene(20, 10, 1)));
  CHECK(desk.look({.path = path}).width == 20);
  desk.write("a.png", png(scene(30, 10, 1)));
  CHECK(desk.look({.path = path}).width == 30);
}

TEST_CASE("what was damaged in the cache is removed, not shown") {
  Desk desk;
  const std::string bytes = png(scene(20, 10, 1)), url = desk.media().keep(bytes), hash = url.substr(url.find(':') + 1);
  std::ofstream(desk.folder() / ("cache/contents/" + hash.substr(0, 2) + "/" + hash), std::ios::binary)
      << png(scene(30, 10, 1));
  std::string message;
  CHECK(desk.status({.url = url}, &message) == EAR_IO);
  CHECK_THAT(message, Contains("damaged"));
  CHECK_THAT((desk.status({.url = url}, &message), message), Contains("no longer in the cache"));
  CHECK(desk.media().keep(bytes) == url);
  CHECK(desk.look({.url = url}).width == 20);
}

TEST_CASE("each medium is decoded once, however many look") {
  Desk desk;
  const std::string path = desk.write("a.png", png(scene(200, 100, 1)));
  const std::uint64_t first = desk.look({.path = path}).look;
  CHECK(desk.look({.path = path}).look == first);
  CHECK(desk.look({.url = desk.media().keep(png(scene(200, 100, 1)))}).look == first);
  CHECK(desk.metric("decoded") == 1);
  CHECK(desk.metric("decoded_hits") == 2);
}

TEST_CASE("each medium is decoded once when several threads ask at once") {
  Desk desk;
  std::vector<std::string> paths;
  for (std::uint32_t i = 0; i < 8; ++i)
    paths.push_back(desk.write(std::to_string(i) + ".jpg", jpeg(scene(300, 200, i))));
  desk.media();
  std::vector<std::thread> threads;
  std::atomic<int> seen{0};
  for (int t = 0; t < 4; ++t)
    threads.emplace_back([&] {
      for (int round = 0; round < 5; ++round)
        for (const std::string& path : paths) seen += desk.look({.path = path}).width == 300;
    });
  for (std::thread& thread : threads) thread.join();
  CHECK(seen == 160);
  CHECK(desk.metric("decoded") == 8);
}

TEST_CASE("decoded pictures stay within their memory, the ones not asked for the longest go first") {
  Desk desk(with("memory", "200KiB"));
  std::vector<std::string> paths;
  for (std::uint32_t i = 0; i < 4; ++i)
    paths.push_back(desk.write(std::to_string(i) + ".png", png(scene(200, 100, i))));  // 60 kB each
  for (const std::string& path : paths) desk.look({.path = path});
  CHECK(desk.metric("decoded_bytes") <= 200 * 1024);
  desk.look({.path = paths[3]});
  CHECK(desk.metric("decoded") == 4);
  const std::uint64_t look = desk.look({.path = paths[0]}).look;
  CHECK(desk.metric("decoded") == 5);
  CHECK(look == desk.look({.path = paths[0]}).look);
}

TEST_CASE("what it is built on and what its services cost is logged at start") {
  Desk desk;
  desk.media();
  CHECK_THAT(desk.log_text(), Contains("libjpeg-turbo") && Contains("libpng") && Contains("giflib") &&
                                  Contains("libwebp") && Contains("earshot.http/1 was ready after"));
}
