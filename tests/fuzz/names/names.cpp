// Texts of any bytes, parted by NULs, in which names are looked for in all writings. Besides not crashing and not
// hanging: every mention lies within its text, on whole characters, and they stand in their order.
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <string_view>
#include <vector>

#include "brand_text/scanner.hpp"
#include "text/utf8.hpp"

namespace {

using namespace earshot::brand_text;

[[noreturn]] void fail(const char* what) {
  std::fprintf(stderr, "%s\n", what);
  std::abort();
}

std::shared_ptr<const Model> model() {
  WatchItem acme{"acme", {"Acme Rockets", "Acme", "Nestlé", "AT&T"}, {"acmelaunch"}, {"acme"}, {"acme.example"}};
  acme.variants = {"Akme"}, acme.exclude = {"acne"};
  WatchItem other{"other", {"東京タワー", "Kranfield", "ברכות", "3M", "삼성"}, {}, {}, {}};
  acme.writings = other.writings = {true, true, true, true, true};
  const auto made = std::make_shared<Model>(std::vector<WatchItem>{acme, other});
  made->compile();
  return made;
}

// Does a character, or a byte that is part of none, begin here?
bool on_character(std::string_view text, std::size_t at) {
  for (std::size_t back = 1; back <= 3 && back <= at; ++back)
    if (const auto c = earshot::text::decode(text, at - back); c.length > back) return false;
  return true;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const auto names = model();
  static Scanner scanner(names);
  std::vector<std::string_view> texts;
  for (std::string_view rest(reinterpret_cast<const char*>(data), size); texts.empty() || !rest.empty();) {
    const std::size_t end = std::min(rest.find('\0'), rest.size());
    texts.push_back(rest.substr(0, end));
    scanner.add(texts.back());
    rest.remove_prefix(std::min(end + 1, rest.size()));
  }
  std::uint32_t text = 0, end = 0;
  for (const Mention& mention : scanner.scan()) {
    if (mention.text >= texts.size()) fail("a mention is of no text");
    const std::string_view whole = texts[mention.text];
    if (mention.range.begin >= mention.range.end || mention.range.end > whole.size())
      fail("a mention lies outside of its text");
    if (!on_character(whole, mention.range.begin) || !on_character(whole, mention.range.end))
      fail("a mention cuts a character");
    if (mention.text < text) fail("mentions are not in the order of the texts");
    if (mention.text == text && mention.range.begin < end && mention.range.end != end) fail("mentions overlap");
    text = mention.text, end = mention.range.end;
  }
  return 0;
}
