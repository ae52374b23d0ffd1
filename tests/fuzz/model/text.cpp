// Any text as features: bytes of tokens are true and in order, the same text gives the same features whatever was read
// before, and targets anywhere do no harm.
#include <algorithm>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <string_view>

#include "model/target.hpp"

namespace {

namespace model = earshot::model;

[[noreturn]] void fail(const char* what) {
  std::fprintf(stderr, "%s\n", what);
  std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static model::Features used;
  model::FeatureOptions options;
  options.look = true, options.words = 3;
  const model::Extractor extractor(options);
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  used.clear();
  extractor.read(text, used);
  std::uint32_t last = 0;
  for (const model::Token& t : used.tokens().all()) {
    if (t.begin < last || t.end <= t.begin || t.end > text.size()) fail("bytes of a token are not true");
    if (used.tokens().normal(t).empty()) fail("a token without a form");
    last = t.end;
  }
  model::Features fresh;
  extractor.read(text, fresh);
  const auto same = [](auto a, auto b) { return std::equal(a.begin(), a.end(), b.begin(), b.end()); };
  if (!same(used.view().words, fresh.view().words) || !same(used.view().characters, fresh.view().characters))
    fail("features depend on what was read before");
  if (size > 2) model::add_target(used, 0, data[0], data[0] + data[1]);
  return 0;
}
