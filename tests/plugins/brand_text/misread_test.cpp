// Names in text that was read in a picture: reading errors, and where the words stand.
#include <catch2/catch.hpp>
#include <earshot/testing.hpp>
#include <string>
#include <vector>

#include "brand_text/brand_text.hpp"

using earshot::brand_text::BrandText;
using namespace earshot::testing;
using Detect = Harness<BrandText>;

namespace {

TestSegment segment(std::uint32_t origin, std::string text) {
  TestSegment s;
  s.origin = origin, s.text = std::move(text);
  if (origin == EAR_IMAGE) s.media = 0;
  return s;
}

std::vector<TestFinding> found(std::uint32_t origin, const std::string& text) {
  Detect h;
  h.watch("zentrix", {"Zentrix"}, {});
  h.watch("rockets", {"Acme Rockets"}, {});
  h.watch("clivden", {"Clivden"}, {});
  h.watch("comer", {"Comer"}, {});
  h.watch("kornet", {"Kornett"}, {});
  h.watch("wolverra", {"Wolverra"}, {});
  h.watch("cafe", {"Café Soleno"}, {});
  h.watch("ikk", {"Ikl"}, {});
  h.watch("therapist", {"Therapist"}, {});
  TestPost& post = h.post("");
  post.segments.clear();
  if (origin == EAR_IMAGE) post.media = {TestMedia{}};
  post.segments.push_back(segment(origin, text));
  h.run();
  return h.findings();
}

std::string mentions(std::uint32_t origin, const std::string& text) {
  std::string all;
  for (const TestFinding& f : found(origin, text)) all += (all.empty() ? "" : " ") + f.subject + "[" + f.text + "]";
  return all;
}

ear_quad quad(float left, float top, float right, float bottom) {
  return {{left, right, right, left}, {top, top, bottom, bottom}};
}

}  // namespace

TEST_CASE("brand_text finds names that were read wrongly in a picture") {
  const auto row = GENERATE(table<std::string, std::string>({
      {"the new Zentr1x is here", "zentrix[Zentr1x]"},
      {"the new ZENTR|X!", "zentrix[ZENTR|X]"},
      {"Zent rix rules", "zentrix[Zent rix]"},
      {"Acme R0ckets", "rockets[Acme R0ckets]"},
      {"AcmeR0ckets", "rockets[AcmeR0ckets]"},
      {"Acrne\nRockets", "rockets[Acrne\nRockets]"},
      {"divden", "clivden[divden]"},
      {"Komett", "kornet[Komett]"},
      {"VVolverra", "wolverra[VVolverra]"},
      {"Cafe S0leno", "cafe[Cafe S0leno]"},
  }));
  CHECK(mentions(EAR_IMAGE, std::get<0>(row)) == std::get<1>(row));
}

TEST_CASE("brand_text takes no ordinary word and no short one for a misread name") {
  const auto text = GENERATE(as<std::string>{}, "around the corner", "1kl", "lk1", "the rapist", "a rocket", "1111111");
  CHECK(mentions(EAR_IMAGE, text) == "");
}

TEST_CASE("brand_text says of a misread name how it was read, and is less sure of it") {
  const auto right = found(EAR_IMAGE, "Zentrix"), wrong = found(EAR_IMAGE, "Zentr|x");
  REQUIRE((right.size() == 1 && wrong.size() == 1));
  CHECK(right[0].reason == "name: Zentrix");
  CHECK(wrong[0].reason == "reading: Zentrix, read as 'Zentr|x'");
  CHECK(wrong[0].score < 0.8);
}

TEST_CASE("brand_text says how the line break of a misread name was read without breaking its reason") {
  const auto wrong = found(EAR_IMAGE, "Acme\nR0ckets");
  REQUIRE(wrong.size() == 1);
  CHECK(wrong[0].reason == "reading: Acme Rockets, read as 'Acme R0ckets'");
}

TEST_CASE("brand_text takes typed text as it was typed") {
  const auto text = GENERATE(as<std::string>{}, "Zent rix rules", "divden", "Zentr|x");
  CHECK(mentions(EAR_BODY, text) == "");
  CHECK(mentions(EAR_SPEECH, text) == "");
}

TEST_CASE("brand_text lets misread names be turned off") {
  Detect h{{"misread", false}};
  h.watch("clivden", {"Clivden"}, {});
  TestPost& post = h.post("");
  post.media = {TestMedia{}};
  post.segments = {segment(EAR_IMAGE, "divden")};
  h.run();
  CHECK(h.findings().empty());
}

TEST_CASE("brand_text says where the words of a mention stand, and when") {
  Detect h;
  h.watch("rockets", {"Acme Rockets"}, {});
  TestPost& post = h.post("");
  TestSegment s = segment(EAR_IMAGE, "new Acme Rockets");
  s.media = 0, s.box = quad(0, 0, 1, 1);
  s.words = {{0, 3, 0.9, earshot::Duration{5}, earshot::Duration{9}, quad(0.0f, 0.1f, 0.2f, 0.2f)},
             {4, 8, 0.9, earshot::Duration{6}, earshot::Duration{9}, quad(0.25f, 0.1f, 0.5f, 0.2f)},
             {9, 16, 0.9, earshot::Duration{6}, earshot::Duration{11}, quad(0.55f, 0.1f, 0.75f, 0.25f)}};
  post.media = {TestMedia{}};
  post.segments = {s};
  h.run();
  REQUIRE(h.findings().size() == 1);
  const TestFinding& f = h.findings()[0];
  CHECK(f.media == 0);
  CHECK((f.start.count() == 6 && f.stop.count() == 11));
  CHECK((f.box.x[0] == 0.25f && f.box.x[1] == 0.75f && f.box.y[2] == 0.25f));
}

TEST_CASE("brand_text puts a box around a mention that goes on in the next line") {
  Detect h;
  h.watch("rockets", {"Acme Rockets"}, {});
  TestPost& post = h.post("");
  TestSegment s = segment(EAR_IMAGE, "Acme\nRockets");
  s.words = {{0, 4, 0.9, {}, {}, quad(0.6f, 0.1f, 0.8f, 0.2f)}, {5, 12, 0.9, {}, {}, quad(0.1f, 0.3f, 0.4f, 0.4f)}};
  post.media = {TestMedia{}};
  post.segments = {s};
  h.run();
  REQUIRE(h.findings().size() == 1);
  const ear_quad& box = h.findings()[0].box;
  CHECK((box.x[0] == 0.1f && box.x[1] == 0.8f && box.y[0] == 0.1f && box.y[2] == 0.4f));
}

TEST_CASE("brand_text says of typed text no place in a picture") {
  const auto typed = found(EAR_BODY, "Zentrix");
  REQUIRE(typed.size() == 1);
  CHECK(typed[0].media == EAR_NONE);
}
