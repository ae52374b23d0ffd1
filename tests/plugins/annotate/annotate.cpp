// The sink annotate, driven through its table.
#include <stdio.h>  // before jpeglib.h, which needs FILE

#include <jpeglib.h>

#include <catch2/catch.hpp>
#include <earshot/testing.hpp>
#include <filesystem>

#include "../loaded.hpp"
#include "../test_media.hpp"

using namespace earshot::testing;

namespace {

TestPicture grey(std::uint32_t width, std::uint32_t height, std::int64_t start = 0, std::int64_t stop = 0) {
  return {width, height, std::vector<std::uint8_t>(std::size_t{width} * height * 3, 128), start, stop};
}

// A JPEG's pixels as red, green, blue.
struct Drawn {
  std::uint32_t width = 0, height = 0;
  std::vector<std::uint8_t> pixels;
  explicit Drawn(const std::string& file) {
    jpeg_error_mgr errors{};
    jpeg_decompress_struct jpeg{};
    jpeg.err = ::jpeg_std_error(&errors);
    FILE* in = std::fopen(file.c_str(), "rb");
    REQUIRE(in != nullptr);
    ::jpeg_create_decompress(&jpeg);
    ::jpeg_stdio_src(&jpeg, in);
    ::jpeg_read_header(&jpeg, TRUE);
    jpeg.out_color_space = JCS_RGB;
    ::jpeg_start_decompress(&jpeg);
    width = jpeg.output_width, height = jpeg.output_height;
    pixels.resize(std::size_t{width} * height * 3);
    while (jpeg.output_scanline < height) {
      unsigned char* row = pixels.data() + std::size_t{jpeg.output_scanline} * width * 3;
      ::jpeg_read_scanlines(&jpeg, &row, 1);
    }
    ::jpeg_finish_decompress(&jpeg);
    ::jpeg_destroy_decompress(&jpeg);
    std::fclose(in);
  }
  // Is there anything but grey ground about there?
  bool drawn_at(std::uint32_t x, std::uint32_t y) const {
    for (std::uint32_t dy = 0; dy < 7; ++dy)
      for (std::uint32_t dx = 0; dx < 7; ++dx) {
        const std::uint8_t* p = pixels.data() + (std::size_t{y + dy - 3} * width + x + dx - 3) * 3;
        if (std::abs(p[0] - 128) > 40 || std::abs(p[1] - 128) > 40 || std::abs(p[2] - 128) > 40) return true;
      }
    return false;
  }
};

TestFinding logo(float left, float top, float right, float foot, std::int64_t start = 0, std::int64_t stop = 0) {
  TestFinding f;
  f.kind = "mention", f.subject = "acme", f.score = 0.9, f.media = 0;
  f.start = earshot::Duration{start}, f.stop = earshot::Duration{stop};
  f.box = {{left, right, right, left}, {top, top, foot, foot}};
  return f;
}

TestMedia medium(const char* url) {
  TestMedia m;
  m.url = url;
  return m;
}

// The sink with a folder and media of its own.
struct Sink {
  const Folder folder;
  TestMediaService media;
  SinkHarness sink{loaded("annotate"), {{"folder", folder / "seen"}}};
  Sink() { sink.service(EAR_MEDIA_1, media.table()); }
  std::string file(const char* name) const { return folder / (std::string("seen/") + name); }
};

}  // namespace

TEST_CASE("a box is drawn around what was found") {
  Sink s;
  s.media.add("a", {.pictures = {grey(400, 300)}});
  TestPost& post = s.sink.post("cup");
  post.media = {medium("a")}, post.findings = {logo(0.5f, 0.5f, 0.75f, 0.75f)};
  s.sink.write();
  const Drawn drawn(s.file("test-1-0.jpg"));
  CHECK((drawn.width == 400 && drawn.height == 300));
  CHECK(drawn.drawn_at(250, 225));  // its lower edge
  CHECK_FALSE(drawn.drawn_at(250, 190));
  CHECK_FALSE(drawn.drawn_at(50, 250));
}

TEST_CASE("a picture without anything of the watchlist is not written") {
  Sink s;
  s.media.add("a", {.pictures = {grey(40, 30)}});
  s.sink.post("hills").media = {medium("a")};
  s.sink.write();
  CHECK(std::filesystem::is_empty(s.folder / "seen"));
}

TEST_CASE("of a video there is a sheet of the frames in which something is seen first") {
  constexpr std::int64_t kSecond = 1'000'000'000;
  Sink s;
  s.media.add("v", {.kind = EAR_MEDIA_VIDEO,
                    .pictures = {grey(320, 180, 0, kSecond), grey(320, 180, kSecond, 2 * kSecond),
                                 grey(320, 180, 2 * kSecond, 3 * kSecond), grey(320, 180, 3 * kSecond, 4 * kSecond)}});
  TestPost& post = s.sink.post("film");
  post.media = {medium("v")};
  post.findings = {logo(0.1f, 0.4f, 0.3f, 0.8f, kSecond, 3 * kSecond),
                   logo(0.6f, 0.4f, 0.9f, 0.8f, 3 * kSecond, 4 * kSecond)};
  s.sink.write();
  const Drawn drawn(s.file("test-1-0.jpg"));
  CHECK((drawn.width == 640 && drawn.height == 180));
  CHECK(drawn.drawn_at(32, 120));         // the first, in the first tile
  CHECK(drawn.drawn_at(320 + 192, 120));  // the second, in the second
}

TEST_CASE("a deleted post's pictures are removed") {
  Sink s;
  s.media.add("a", {.pictures = {grey(40, 30)}});
  TestPost& post = s.sink.post("cup");
  post.media = {medium("a")}, post.findings = {logo(0.5f, 0.5f, 0.75f, 0.75f)};
  s.sink.write();
  REQUIRE(std::filesystem::exists(s.file("test-1-0.jpg")));
  s.sink.post("").with_id("1").deleted(1);
  s.sink.write();
  CHECK_FALSE(std::filesystem::exists(s.file("test-1-0.jpg")));
}

TEST_CASE("a medium that cannot be read any more is told, and the post is taken") {
  Sink s;
  TestPost& post = s.sink.post("cup");
  s.media.add("a", {.status = EAR_INVALID, .fault = "it is empty"});
  post.media = {medium("a")}, post.findings = {logo(0.5f, 0.5f, 0.75f, 0.75f)};
  s.sink.write();
  CHECK(s.sink.refused().empty());
  CHECK_THAT(s.sink.log_text(), Catch::Contains("no picture of what was found: it is empty"));
}

TEST_CASE("an id cannot lead out of the folder") {
  Sink s;
  s.media.add("a", {.pictures = {grey(40, 30)}});
  TestPost& post = s.sink.post("cup").with_id("../../etc/x");
  post.media = {medium("a")}, post.findings = {logo(0.5f, 0.5f, 0.75f, 0.75f)};
  s.sink.write();
  CHECK(std::filesystem::exists(s.file("test-etc-x-0.jpg")));
}
