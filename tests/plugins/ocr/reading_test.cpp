// What is read in one picture.
#include <catch2/catch.hpp>
#include <numeric>

#include "lettering.hpp"
#include "ocr/read_picture.hpp"

using namespace earshot::ocr;
using namespace earshot::testing;
using Catch::Matchers::Contains;

namespace {

std::vector<Written> written_in(const cv::Mat& picture) {
  static Recogniser recogniser({"eng"});
  return PictureReader(recogniser, {}).read(picture, [] {});
}
std::string text_in(const cv::Mat& picture) {
  std::string all;
  for (const Written& block : written_in(picture)) all += block.text + "\n";
  return all;
}

}  // namespace

TEST_CASE("light letters on dark are read") {
  cv::Mat on = paper(500, 120, {40, 20, 10});
  letter(on, "Zentrix phone", {30, 70}, 30, {240, 250, 255});
  CHECK_THAT(text_in(on), Contains("Zentrix phone"));
}

TEST_CASE("letters of the brightness of what they stand on are read by their colour") {
  cv::Mat on = paper(500, 120, {76, 76, 76});
  letter(on, "Zentrix phone", {30, 70}, 34, {40, 40, 195});  // red as bright as the grey
  CHECK_THAT(text_in(on), Contains("Zentrix"));
}

TEST_CASE("small letters are read") {
  cv::Mat on = paper(400, 60);
  letter(on, "new Zentrix phone today", {20, 35}, 12);
  CHECK_THAT(text_in(on), Contains("Zentrix"));
}

TEST_CASE("large letters are read") {
  cv::Mat on = paper(1200, 400);
  letter(on, "Zentrix", {60, 250}, 150);
  CHECK_THAT(text_in(on), Contains("Zentrix"));
}

TEST_CASE("leaning lines are read, and their boxes lean with them") {
  const double degrees = GENERATE(-15.0, 12.0, 25.0);
  cv::Mat on = paper(700, 500);
  letter(on, "Zentrix phone", {120, 260}, 40);
  cv::warpAffine(on, on, cv::getRotationMatrix2D({350, 250}, degrees, 1), on.size(), cv::INTER_LINEAR,
                 cv::BORDER_CONSTANT, {255, 255, 255});
  const auto blocks = written_in(on);
  REQUIRE(blocks.size() == 1);
  CHECK(blocks[0].text == "Zentrix phone");
  const ear_quad& box = blocks[0].box;
  const double lean = std::atan2((box.y[1] - box.y[0]) * 500, (box.x[1] - box.x[0]) * 700) * 180 / CV_PI;
  CHECK(lean == Approx(-degrees).margin(3));
}

TEST_CASE("white letters with a dark edge are read before a busy picture") {
  cv::Mat on = gravel(700, 300);
  cv::putText(on, "ZENTRIX PHONE", {60, 170}, cv::FONT_HERSHEY_DUPLEX, 2.2, {0, 0, 0}, 14, cv::LINE_AA);
  cv::putText(on, "ZENTRIX PHONE", {60, 170}, cv::FONT_HERSHEY_DUPLEX, 2.2, {255, 255, 255}, 5, cv::LINE_AA);
  CHECK_THAT(text_in(on), Contains("ZENTRIX"));
}

TEST_CASE("lines that belong together are one block in the order of reading") {
  cv::Mat on = paper(700, 500);
  letter(on, "the new phone", {40, 80}, 30);
  letter(on, "from Zentrix is", {40, 130}, 30);
  letter(on, "better than mine", {40, 180}, 30);
  letter(on, "far away", {400, 440}, 30);
  const auto blocks = written_in(on);
  REQUIRE(blocks.size() == 2);
  CHECK(blocks[0].text == "the new phone\nfrom Zentrix is\nbetter than mine");
}

TEST_CASE("nothing is read in texture") {
  CHECK(text_in(gravel(640, 480)) == "");
}

TEST_CASE("pictures of any size are borne") {
  const auto size = GENERATE(cv::Size(1, 1), cv::Size(1, 5000), cv::Size(5000, 1), cv::Size(9, 9), cv::Size(11, 3000),
                             cv::Size(3000, 12));
  const int grey = GENERATE(0, 128, 255);
  CHECK(text_in(cv::Mat(size, CV_8UC3, cv::Scalar(grey, grey, grey))) == "");
}

TEST_CASE("a picture beyond the most pixels is read smaller, and its boxes are fractions all the same") {
  cv::Mat on = paper(1600, 600);
  letter(on, "Zentrix phone", {800, 300}, 60);
  Recogniser recogniser({"eng"});
  const auto blocks = PictureReader(recogniser, {.most_pixels = 200'000}).read(on, [] {});
  REQUIRE(blocks.size() == 1);
  CHECK(blocks[0].box.x[0] == Approx(0.5).margin(0.03));
}

TEST_CASE("no more lines are read than asked for") {
  cv::Mat on = paper(700, 500);
  for (int i = 0; i < 6; ++i)
    letter(on, "number " + std::string(1, static_cast<char>('A' + i)) + " words", {40, 60 + 70 * i}, 28);
  Recogniser recogniser({"eng"});
  std::size_t words = 0;
  for (const auto& block : PictureReader(recogniser, {.most_lines = 2}).read(on, [] {})) words += block.words.size();
  CHECK(words <= 6);
}

TEST_CASE("reading ends where it is told to") {
  struct Enough {};
  cv::Mat on = paper(700, 500);
  letter(on, "Zentrix phone", {40, 80}, 30);
  Recogniser recogniser({"eng"});
  CHECK_THROWS_AS(PictureReader(recogniser, {}).read(on, [] { throw Enough{}; }), Enough);
}
