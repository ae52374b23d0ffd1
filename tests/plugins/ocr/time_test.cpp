// Lettering over time, and what stays from one picture to the next.
#include <catch2/catch.hpp>

#include "ocr/memory.hpp"
#include "ocr/over_time.hpp"

using namespace earshot::ocr;

namespace {

Written block(std::string text, double confidence = 0.9) {
  Written w;
  w.text = std::move(text), w.confidence = confidence;
  w.box = {{0.1f, 0.4f, 0.4f, 0.1f}, {0.1f, 0.1f, 0.2f, 0.2f}};
  w.words = {ear_word{}};
  return w;
}

}  // namespace

TEST_CASE("lettering that is read a little differently from picture to picture is one, as it was read best") {
  OverTime t;
  t.see({block("New Zentrlx phone", 0.7)}, 0, 10);
  t.see({block("New Zentrix phone", 0.95)}, 10, 20);
  t.see({block("New Zentnx phone", 0.6)}, 20, 30);
  const auto all = t.take();
  REQUIRE(all.size() == 1);
  CHECK(all[0].written.text == "New Zentrix phone");
  CHECK((all[0].start == 0 && all[0].stop == 30));
}

TEST_CASE("lettering that comes again after a while comes twice") {
  OverTime t;
  t.see({block("Zentrix")}, 0, 1'000'000'000);
  t.see({block("Zentrix")}, 60'000'000'000, 61'000'000'000);
  CHECK(t.take().size() == 2);
}

TEST_CASE("a shorter text is another") {
  CHECK_FALSE(same_text(letters_of("Zentrix"), letters_of("Zentrix phone")));
  CHECK(same_text(letters_of("ZENTRIX - phone"), letters_of("Zentrix phone")));
}

TEST_CASE("what is unchanged is remembered from the picture before, and from no earlier one") {
  Memory memory;
  const cv::Rect box(10, 10, 200, 40);
  cv::Mat grey(48, 240, CV_8U, cv::Scalar(200));
  grey(cv::Rect(20, 10, 40, 20)).setTo(0);
  memory.keep(box, grey, {{"Zentrix", {}, 0.9, true, true, true}});
  CHECK(memory.recall(box, grey) == nullptr);
  memory.next_picture();
  const auto* words = memory.recall(box, grey);
  REQUIRE(words != nullptr);
  CHECK(words->at(0).text == "Zentrix");
  memory.next_picture(), memory.next_picture();
  CHECK(memory.recall(box, grey) == nullptr);
}

TEST_CASE("what has changed is not remembered") {
  Memory memory;
  const cv::Rect box(10, 10, 200, 40);
  cv::Mat grey(48, 240, CV_8U, cv::Scalar(200)), other = grey.clone();
  grey(cv::Rect(20, 10, 60, 30)).setTo(0), other(cv::Rect(120, 10, 60, 30)).setTo(0);
  memory.keep(box, grey, {});
  memory.next_picture();
  CHECK(memory.recall(box, other) == nullptr);
  CHECK(memory.recall({400, 10, 200, 40}, grey) == nullptr);
}
