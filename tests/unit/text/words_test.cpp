#include <catch2/catch.hpp>
#include <string>

#include "text/words.hpp"

using namespace earshot::text;

namespace {
// The text with the match in angle brackets, as "an <acme> here".
struct Marked {
  std::string text;
  Range match;
};
Marked marked(std::string text) {
  const std::size_t begin = text.find("«");
  text.erase(begin, 2);
  const std::size_t end = text.find("»");
  text.erase(end, 2);
  return {text, {static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(end)}};
}
bool whole_word(const std::string& text) {
  const Marked m = marked(text);
  return begins_word(m.text, m.match.begin) && ends_word(m.text, m.match.end);
}
Place place(const std::string& text) {
  const Marked m = marked(text);
  return token_around(m.text, m.match).place;
}
std::string host(const std::string& text) {
  const Marked m = marked(text);
  const Token token = token_around(m.text, m.match);
  return m.text.substr(token.host.begin, token.host.end - token.host.begin);
}
}  // namespace

TEST_CASE("a word ends where letters, digits, marks and underscores end") {
  CHECK(whole_word("«acme»"));
  CHECK(whole_word("an «acme», yes"));
  CHECK(whole_word("«acme»'s"));
  CHECK(whole_word("(«acme»)"));
  CHECK_FALSE(whole_word("an«acme»"));
  CHECK_FALSE(whole_word("«acme»s"));
  CHECK_FALSE(whole_word("«acme»2"));
  CHECK_FALSE(whole_word("«acme»_x"));
  CHECK_FALSE(whole_word("é«acme»"));
  CHECK_FALSE(whole_word("«acm»e\u0301"));
  CHECK_FALSE(whole_word("«acme»\u00ADs"));
  CHECK(whole_word("«c++»x"));
}

TEST_CASE("scripts without spaces need no boundary") {
  CHECK(whole_word("私は«アクメ»が好き"));
  CHECK(whole_word("我喜欢«acme»的火箭"));
  CHECK(whole_word("ฉันชอบ«แอคมี»มาก"));
  CHECK(whole_word("나는 «아크메»를"));
  CHECK_FALSE(whole_word("나«아크메»를"));
}

TEST_CASE("what a match stands in is told") {
  CHECK(place("an «acme» here") == Place::plain);
  CHECK(place("the end.«Acme» is") == Place::plain);
  CHECK(place("I like «Acme».It is") == Place::plain);
  CHECK(place("#«acme» here") == Place::hashtag);
  CHECK(place("yes,＃«acme»") == Place::hashtag);
  CHECK(place("@«acme»") == Place::handle);
  CHECK(place("hi @«acme».example.social") == Place::handle);
  CHECK(place("info@«acme».example") == Place::address);
  CHECK(place("«acme»@mail.example") == Place::address);
  CHECK(place("https://«acme».example/x") == Place::link);
  CHECK(place("(https://example.org/a/«acme»?b)") == Place::link);
  CHECK(place("www.«acme».example") == Place::link);
  CHECK(place("go to «acme».com now") == Place::link);
  CHECK(place("see blog.«acme».com/x.") == Place::link);
}

TEST_CASE("the host of a link is told") {
  CHECK(host("https://user@blog.«acme.example»:80/x") == "blog.acme.example");
  CHECK(host("see «acme.example».") == "acme.example");
  CHECK(host("https://example.org/?q=«acme.example»") == "example.org");
  CHECK(host("https://«acme.example».evil.org/") == "acme.example.evil.org");
}
