#include <catch2/catch.hpp>
#include <random>
#include <string>

#include "text/fold.hpp"
#include "text/utf8.hpp"

using namespace earshot::text;

namespace {
const Folder& folder() {
  static const Folder one;
  return one;
}

// The original bytes behind the first place where `needle` stands in the folded text.
std::string behind(std::string_view text, std::string_view needle) {
  FoldedTexts folded;
  folder().append(folded, "something before it");
  folder().append(folded, text);
  const Range place = folded.place(1);
  const std::size_t at = folded.bytes().substr(0, place.end).find(needle, place.begin);
  if (at == std::string_view::npos) return "(not there)";
  const auto range = folded.original(1, static_cast<std::uint32_t>(at), static_cast<std::uint32_t>(at + needle.size()));
  return range ? std::string(text.substr(range->begin, range->end - range->begin)) : "(inside of a character)";
}
}  // namespace

TEST_CASE("folding makes equal what people read as equal") {
  const auto same = GENERATE(table<std::string, std::string>({
      {"CAFÉ", "café"},
      {"cafe\u0301", "café"},
      {"ＡＣＭＥ", "acme"},
      {"Straße", "strasse"},
      {"ΣΊΣΥΦΟΣ", "σίσυφοσ"},
      {"Acme-Rockets", "acme rockets"},
      {"acme \t\n rockets", "acme rockets"},
      {"acme\u00A0rockets", "acme rockets"},
      {"acme\u2011rockets", "acme rockets"},
      {"acme_rockets", "acme rockets"},
      {"acme - rockets", "acme-rockets"},
      {"acme -- rockets", "acme-rockets"},
      {"acme \u2014 rockets", "acme-rockets"},
      {"McDonald\u2019s", "mcdonald's"},
      {"ac\u00ADme", "acme"},
      {"", ""},
      {"é  é", "é é"},
  }));
  CHECK(folder().fold(std::get<0>(same)) == std::get<1>(same));
}

TEST_CASE("a place in the folded text leads back to the bytes it came from") {
  CHECK(behind("one Acme two", "acme") == "Acme");
  CHECK(behind("né Acme two", "acme") == "Acme");
  CHECK(behind("a  b  Acme\n\nRockets!", "acme rockets") == "Acme\n\nRockets");
  CHECK(behind("x ＡＣＭＥ y", "acme") == "ＡＣＭＥ");
  CHECK(behind("le cafe\u0301 noir", "café") == "cafe\u0301");
  CHECK(behind("Ac\u00ADme", "acme") == "Ac\u00ADme");
  CHECK(behind("\u043F\u0440\u0438\u0432\u0435\u0442 \u0410\u041A\u041C\u0415", "\u0430\u043A\u043C\u0435") ==
        "\u0410\u041A\u041C\u0415");
}

TEST_CASE("a place inside of one character has no bytes of its own") {
  CHECK(behind("o\uFB01ne", "ine") == "(inside of a character)");
  CHECK(behind("o\uFB01ne", "fine") == "\uFB01ne");
}

TEST_CASE("any bytes can be folded and every place maps into the text") {
  std::mt19937 random(7);
  const std::string alphabet = "aB -_\n#\xC3\xA9\xE2\x80\x99\xCC\x81\xF0\x9F\x98\x80\xFF\x80\xE3\x80\x80";
  for (int round = 0; round < 3000; ++round) {
    std::string text;
    for (std::size_t i = random() % 40; i > 0; --i) text += alphabet[random() % alphabet.size()];
    FoldedTexts folded;
    folder().append(folded, text);
    const Range place = folded.place(0);
    for (std::uint32_t at = place.begin; at < place.end; ++at) {
      const auto range = folded.original(0, at, at + 1);
      if (!range) continue;
      REQUIRE(range->begin < range->end);
      REQUIRE(range->end <= text.size());
    }
  }
}

TEST_CASE("a letter under a thousand marks takes no long time and loses nothing") {
  std::string text = "a";
  for (int i = 0; i < 1000; ++i) text += "\u0301";
  text += " acme";
  CHECK(behind(text, "acme") == "acme");
}
