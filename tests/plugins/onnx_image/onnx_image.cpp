#include <catch2/catch.hpp>
#include <earshot/testing.hpp>

#include "../loaded.hpp"
#include "../test_media.hpp"
#include "model.hpp"

namespace {

using namespace earshot::testing;

TestMedium gray_picture() {
  TestPicture p;
  p.width = 64, p.height = 48, p.pixels.assign(64 * 48 * 3, 128);
  TestMedium medium;
  medium.pictures.push_back(p);
  return medium;
}

// Labels cat, box and dog, and a model that always answers the same.
struct Fixture {
  Folder folder;
  TestMediaService media;
  DetectorHarness h;

  Fixture(const std::string& model, std::vector<Setting> more)
      : h(loaded("onnx_image"), settings(model, std::move(more))) {
    media.add("post.jpg", gray_picture());
    h.service(EAR_MEDIA_1, media.table());
  }
  std::vector<Setting> settings(const std::string& model, std::vector<Setting> more) const {
    more.push_back({"model", folder.write("model.onnx", model)});
    more.push_back({"labels", folder.write("labels.txt", "cat\nbox\ndog\n")});
    more.push_back({"width", 32}), more.push_back({"height", 32});
    return more;
  }
  const std::vector<TestFinding>& look() {
    h.post("").image("post.jpg");
    h.run();
    return h.findings();
  }
};

std::string classifier() {
  return constant_model(32, {1, 3}, {0.0F, 4.0F, 1.0F});  // logits
}
// Two boxes for the label box that cover one another, and a faint dog.
std::string yolo5() {
  return constant_model(32, {1, 3, 8}, {16,   16,   16,   8,    0.9F, 0.0F, 1.0F, 0.0F, 17,   16,   16,   8,
                                        0.8F, 0.0F, 1.0F, 0.0F, 8,    8,    4,    4,    0.3F, 0.0F, 0.0F, 1.0F});
}
// Lying: four rows of boxes, three of labels, two boxes.
std::string yolo8() {
  return constant_model(32, {1, 7, 2}, {16, 8, 16, 8, 16, 4, 8, 4, 0.1F, 0.9F, 0.8F, 0.0F, 0.0F, 0.0F});
}

}  // namespace

TEST_CASE("a classifier says the label of the picture") {
  Fixture f(classifier(), {{"layout", "classes"}});
  const auto& found = f.look();
  REQUIRE(found.size() == 1);
  CHECK(found[0].kind == "object");
  CHECK(found[0].value == "box");
}

TEST_CASE("logits become a probability by softmax") {
  Fixture f(classifier(), {{"layout", "classes"}});
  const auto& found = f.look();
  REQUIRE(found.size() == 1);
  CHECK(found[0].score == Approx(0.936).margin(0.002));
}

TEST_CASE("a label that means a watch item is a mention of it") {
  Fixture f(classifier(), {{"layout", "classes"}, {"subjects", map({{"box", "acme"}})}});
  const auto& found = f.look();
  REQUIRE(found.size() == 1);
  CHECK(found[0].kind == "mention");
  CHECK(found[0].subject == "acme");
}

TEST_CASE("boxes of one thing are one finding") {
  Fixture f(yolo5(), {});
  CHECK(f.look().size() == 1);
}

TEST_CASE("a box stands in fractions of the picture") {
  Fixture f(yolo5(), {});
  const auto& found = f.look();
  REQUIRE(found.size() == 1);
  CHECK(found[0].box.x[0] == Approx(0.25).margin(0.001));
  CHECK(found[0].box.y[2] == Approx(0.625).margin(0.001));
}

TEST_CASE("a lying head of boxes is read") {
  Fixture f(yolo8(), {});
  CHECK(f.look().size() == 2);
}

TEST_CASE("a lower threshold lets fainter things pass") {
  Fixture f(yolo5(), {{"threshold", 0.25}});
  CHECK(f.look().size() == 2);
}

TEST_CASE("an empty model file is told") {
  Fixture f("", {});
  CHECK_THROWS_WITH(f.h.start(), Catch::Contains("model.onnx' is empty"));
}

TEST_CASE("a file that is no model is told") {
  Fixture f("GIF89a, or so it says", {});
  CHECK_THROWS_WITH(f.h.start(), Catch::Contains("is no ONNX model that can be used here"));
}

TEST_CASE("a model that breaks off is told") {
  const std::string whole = yolo5();
  Fixture f(whole.substr(0, whole.size() / 2), {});
  CHECK_THROWS_AS(f.h.start(), CallFailed);
}

TEST_CASE("a model whose tensors claim to be larger than they are is told") {
  Fixture f(constant_model(32, {1, 70000, 70000, 70000}, {1, 2, 3}), {});
  CHECK_THROWS_AS(f.h.start(), CallFailed);
}

TEST_CASE("a model that does not suit its labels is told at the start") {
  Fixture f(constant_model(32, {1, 5}, {1, 2, 3, 4, 5}), {{"layout", "classes"}});
  CHECK_THROWS_WITH(f.h.start(), Catch::Contains("answers with 5 numbers"));
}

TEST_CASE("a subject for a label that is none is told") {
  Fixture f(classifier(), {{"layout", "classes"}, {"subjects", map({{"boks", "acme"}})}});
  CHECK_THROWS_WITH(f.h.start(), Catch::Contains("'boks' in subjects is none of the labels"));
}
