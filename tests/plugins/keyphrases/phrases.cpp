// The phrases of a text, by themselves.
#include "phrases/phrases.hpp"

#include <algorithm>
#include <catch2/catch.hpp>
#include <string>
#include <vector>

using earshot::phrases::Phrases;

namespace {

// All phrases, sorted, with bars between them; the name "Acme" is none.
std::string phrases_of(const std::string& text) {
  Phrases reader;
  reader.clear();
  reader.read(text, 10000);
  std::vector<std::string> all;
  const auto is_name = [&](std::uint32_t, std::uint32_t begin, std::uint32_t end) {
    return text.substr(begin, end - begin) == "Acme";
  };
  for (const auto& phrase : reader.all(3, is_name)) all.push_back(reader.normal(phrase));
  std::sort(all.begin(), all.end());
  std::string joined;
  for (const std::string& phrase : all) joined += (joined.empty() ? "" : "|") + phrase;
  return joined;
}

}  // namespace

TEST_CASE("phrases neither begin nor end with a stop word, and do not pass signs, links, handles and names") {
  CHECK(phrases_of("Metal splinters in the tin") == "metal|metal splinters|splinters|tin");
  CHECK(phrases_of("cup of coffee") == "coffee|cup|cup of coffee");
  CHECK(phrases_of("fresh, cold") == "cold|fresh");
  CHECK(phrases_of("cold https://a.example/b cans @ana water") == "cans|cold|water");
  CHECK(phrases_of("cold Acme cans") == "cans|cold");
}

TEST_CASE("a hashtag is a phrase, and a number may end one") {
  CHECK(phrases_of("see #CansGate now") == "#cansgate");
  CHECK(phrases_of("pixel 3 battery") == "battery|pixel|pixel 3|pixel 3 battery");
}

TEST_CASE("a script without spaces is cut into words") {
  CHECK(phrases_of("金属片が缶に入っていた").find("金属") != std::string::npos);
  CHECK(phrases_of("这家公司的产品有质量问题").find("产品") != std::string::npos);
  CHECK(phrases_of("โทรศัพท์เครื่องนี้ดีมาก").find("โทรศัพท์") != std::string::npos);
}

TEST_CASE("whatever the bytes are, a text has a bounded number of phrases") {
  const std::string text =
      GENERATE(std::string(1 << 20, 'a'), std::string(1 << 18, '\xE9'), std::string("\xE7\x9A"), [] {
        std::string all;
        for (int i = 0; i < 200000; ++i) all += "\u91D1";
        return all;
      }());
  Phrases reader;
  reader.clear();
  reader.read(text, 8192);
  CHECK(reader.all(3, [](auto, auto, auto) { return false; }).size() < 4000);
}
