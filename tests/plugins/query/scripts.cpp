// Texts in every script: what a query finds lies on whole characters.
#include <catch2/catch.hpp>
#include <set>

#include "query/set.hpp"
#include "sample/post_copy.hpp"
#include "text/utf8.hpp"

using namespace earshot::query;
using earshot::sample::PostCopy;

TEST_CASE("places lie on whole characters, in every script") {
  std::string text;
  for (char32_t c = 0x20; c < 0x1F700; c += 0x1F) {
    if (c >= 0xD800 && c <= 0xDFFF) continue;
    char bytes[4];
    const int length = c < 0x80 ? 1 : c < 0x800 ? 2 : c < 0x10000 ? 3 : 4;
    for (int i = length - 1, rest = static_cast<int>(c); i >= 0; --i, rest >>= 6)
      bytes[i] = static_cast<char>(length == 1 ? rest
                                   : i > 0     ? 0x80 | (rest & 0x3F)
                                               : ((0xF00 >> length) & 0xFF) | rest);
    text.append(bytes, static_cast<std::size_t>(length)).append(c % 5 == 0 ? " acme" : "a");
  }
  std::set<std::size_t> starts{text.size()};
  for (std::size_t at = 0; at < text.size(); at += earshot::text::decode(text, at).length) starts.insert(at);
  PostCopy copy = earshot::sample::from_text(text);
  const earshot::Post posts[] = {copy.post()};
  const auto set = std::make_shared<const QuerySet>(
      std::vector<std::string>{"acme", "*a*", "/./", "a NEAR/3 acme", "??a", "#*a", "exact:acme OR \"* acme *\""});
  SetMatcher matcher(set);
  std::size_t places = 0;
  matcher.match(posts, [&](const Held& held) {
    for (const Found& found : matcher.places(held)) {
      ++places;
      if (starts.count(found.begin) == 0 || starts.count(found.end) == 0 || found.begin >= found.end)
        FAIL("query " << held.query << " at " << found.begin << " to " << found.end);
    }
  });
  CHECK(places > 1000);
}
