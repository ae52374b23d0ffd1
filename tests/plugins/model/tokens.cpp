// Text cut into tokens.
#include "model/tokens.hpp"

#include <catch2/catch.hpp>

#include "text/utf8.hpp"

using namespace earshot::model;

namespace {

std::string normal(std::string_view text) {
  Tokens tokens;
  tokens.read(text, 16 * 1024);
  std::string out;
  for (const Token& t : tokens.all()) {
    out += out.empty() ? "" : " ";
    out += tokens.normal(t);
  }
  return out;
}

std::string negated(std::string_view text) {
  Tokens tokens;
  tokens.read(text, 16 * 1024);
  std::string out;
  for (const Token& t : tokens.all())
    if (t.negated) out += (out.empty() ? "" : " ") + std::string(tokens.normal(t));
  return out;
}

}  // namespace

TEST_CASE("what means the same is the same token") {
  const auto row = GENERATE(table<std::string, std::string>({
      {"Good GOOD good", "good good good"},
      {"see https://a.example/x?y=1 and www.b.example", "see <url> and <url>"},
      {"@ana thanks @bo_2", "<user> thanks <user>"},
      {"mail joe@acme.example", "mail joe @ acme . example"},
      {"#NoMore #2024 # alone", "nomore 2024 # alone"},
      {"12 1,299.50 7:30 12345678", "00 0,000. 0:00 000000"},
      {"soooo goooood!!!!!", "soo good !!"},
      {"2nd b4 gr8", "2nd b4 gr8"},
      {"don't don\u2019t", "don't don't"},
      {"f**k sh*t *bold*", "f*k sh*t * bold *"},
      {"fine :) :-( :D <3 &lt;3 a &amp; b", "fine :) :-( :D <3 <3 a & b"},
      {"love \u2764\uFE0F\U0001F44D\U0001F3FD", "love \u2764 \U0001F44D"},
      {"ÜBER Straße", "über straße"},
      {"天气好", "天 气 好"},
      {"can\u00ADnot zero\u200Bwidth", "cannot zerowidth"},
      {R"(don\u2019t \u002c \ud83d\ude00 caf\u00e9)", "don't , \U0001F600 café"},
      {R"(one\n\nTwo :)\nthree \"four\")", "one two :) three \" four \""},
      {R"(\u20 \ud83d x \users \)", "\\ u20 x \\ users \\"},
      {"", ""},
  }));
  CHECK(normal(std::get<0>(row)) == std::get<1>(row));
}

TEST_CASE("a negation reaches to the end of its clause, and five words at most") {
  CHECK(negated("not good at all, but cheap") == "good at all");
  CHECK(negated("I don't like it") == "like it");
  CHECK(negated("never a b c d e f g") == "a b c d e");
  CHECK(negated("no. good") == "");
  CHECK(negated("gar nicht gut") == "gut");
}

TEST_CASE("capitals and elongations are noted") {
  Tokens tokens;
  tokens.read("WOW so cooool OK", 1000);
  CHECK(tokens.all()[0].shouted);
  CHECK_FALSE(tokens.all()[1].shouted);
  CHECK(tokens.all()[2].elongated);
  CHECK_FALSE(tokens.all()[3].shouted);  // two letters may be a name
}

TEST_CASE("bytes of tokens are true, whatever the text") {
  const std::string text = GENERATE(
      std::string("a\xff\xfe b\xc3 c\xe2\x82"), std::string("\xf0\x9f\x98\x80\xf0\x9f\x98"), std::string(5000, 'a'),
      std::string(3000, '*'), std::string("e\u0301\u0301\u0301 x"), std::string("\u202Eabc\u202C def"),
      std::string(2000, '&'), std::string("\0a\0b", 4), std::string("''''a''''"), std::string("#@#@#a@@b##"),
      std::string(R"(\u2019\u2019a\u\ud83d\n\"\ude00\)"));
  Tokens tokens;
  tokens.read(text, 16 * 1024);
  std::uint32_t last = 0;
  for (const Token& t : tokens.all()) {
    CHECK(t.begin >= last);
    CHECK(t.end > t.begin);
    CHECK(t.end <= text.size());
    CHECK_FALSE(tokens.normal(t).empty());
    last = t.end;
  }
}

TEST_CASE("no more of a text is read than was asked for, and no character is cut") {
  std::string umlauts;
  for (int i = 0; i < 500; ++i) umlauts += "ü";
  Tokens tokens;
  tokens.read(umlauts, 101);
  REQUIRE(tokens.all().size() == 1);
  CHECK(tokens.all()[0].end == 100);
}
