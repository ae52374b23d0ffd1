// What a message says to people, and what is made harmless in it.
#include "delivery/words.hpp"

#include <catch2/catch.hpp>

using namespace earshot::delivery;

TEST_CASE("a line has no line breaks, control characters or overrides of direction, and is cut between characters") {
  CHECK(line("a\r\nb\tc\x1B[31m\xE2\x80\xAE d\x7F", 100) == "a b c [31m d");
  CHECK(line("  spaced   out  ", 100) == "spaced out");
  CHECK(line("東京東京", 2) == "東京…");
  CHECK(line("\xFF\xFE", 10).empty());
  CHECK(line("abc", 3) == "abc");
}

TEST_CASE("an escaped text is cut before the character that does not fit, never within an escape") {
  CHECK(escaped("<<<<", 11, html) == "&lt;&lt;…");
  CHECK(escaped("<a>", 100, html) == "&lt;a&gt;");
}

TEST_CASE("only web addresses become links, with what could end a link made harmless") {
  CHECK(safe_url("https://e.org/a?b=c&d") == "https://e.org/a?b=c&d");
  CHECK(safe_url("https://e.org/a)|<b>\"x\"") == "https://e.org/a%29%7C%3Cb%3E%22x%22");
  CHECK(safe_url("https://e.org/\r\nX") == "https://e.org/%0D%0AX");
  CHECK(safe_url("https://e.org/é") == "https://e.org/%C3%A9");
  for (const char* none : {"javascript:alert(1)", "data:text/html,x", "//e.org", "", "HTTPS", "ftp://e.org"})
    CHECK(safe_url(none).empty());
  CHECK(safe_url("https://e.org/" + std::string(5000, 'a')).empty());
}

TEST_CASE("an alert about no subject is about all posts") {
  Envelope envelope;
  envelope.items.resize(1);
  envelope.items[0].alert.kind = "gap", envelope.items[0].alert.severity = 4;
  CHECK(title(envelope) == "New alert: all posts, gap, severity 4");
}

TEST_CASE("numbers are short") {
  CHECK(number(143) == "143");
  CHECK(number(31.25) == "31.2");
  CHECK(number(1234.5) == "1234");
  CHECK(number(0.04) == "0.0");
}
