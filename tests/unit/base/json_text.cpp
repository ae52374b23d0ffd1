#include "base/json_text.hpp"

#include <catch2/catch.hpp>
#include <cmath>
#include <limits>

using namespace earshot::host;

namespace {

std::string quoted(std::string_view text) {
  std::string out;
  append_json(out, text);
  return out;
}

template <class T>
std::string written(T value) {
  std::string out;
  JsonText(out).value(value);
  return out;
}

}  // namespace

TEST_CASE("commas stand between values and nowhere else") {
  std::string out;
  JsonText json(out);
  json.open('{').field("a", 1).key("b").open('[').value("x").value(true).open('{').close('}').raw("[1]").close(']');
  json.key("c").open('[').close(']').field("d", nullptr).close('}');
  CHECK(out == R"({"a":1,"b":["x",true,{},[1]],"c":[],"d":null})");
}

TEST_CASE("what JSON forbids in a string is escaped") {
  CHECK(quoted("a\"b\\c\n\r\t\x01\x1f\x7f") == R"("a\"b\\c\n\r\t\u0001\u001f\u007f")");
  CHECK(quoted(std::string_view("\0", 1)) == R"("\u0000")");
}

TEST_CASE("valid UTF-8 stays, invalid bytes become replacement characters") {
  CHECK(quoted("naïve 日本 😀") == "\"naïve 日本 😀\"");
  CHECK(quoted("a\xFFz") == "\"a\uFFFDz\"");
  CHECK(quoted("\xC0\xAF") == "\"\uFFFD\uFFFD\"");                      // overlong
  CHECK(quoted("\xED\xA0\x80") == "\"\uFFFD\uFFFD\uFFFD\"");            // half a surrogate pair
  CHECK(quoted("\xF4\x90\x80\x80").find('\xF4') == std::string::npos);  // beyond Unicode
  CHECK(quoted("cut \xE6\x97") == "\"cut \uFFFD\uFFFD\"");
}

TEST_CASE("numbers read back the same") {
  CHECK(written(std::numeric_limits<std::int64_t>::min()) == "-9223372036854775808");
  CHECK(written(std::numeric_limits<std::uint64_t>::max()) == "18446744073709551615");
  CHECK(written(0.1) == "0.1");
  CHECK(std::stod(written(1.0 / 3)) == 1.0 / 3);
  CHECK(written(std::nan("")) == "null");
  CHECK(written(std::numeric_limits<double>::infinity()) == "null");
}
