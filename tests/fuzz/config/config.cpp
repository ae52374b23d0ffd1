// The config reader takes any bytes: it says what is wrong, or makes a plan. Nothing outside of memory is read. What
// stands behind the line "--- include" is what every !include and ${file:} finds.
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "fakes.hpp"

using namespace earshot::host;
using namespace earshot::host::testing;

namespace {

constexpr std::string_view kMark = "\n--- include\n";

class FuzzText final : public TextSource {
 public:
  explicit FuzzText(std::string_view bytes) {
    const std::size_t mark = bytes.find(kMark);
    first_ = bytes.substr(0, mark);
    if (mark != std::string_view::npos) rest_ = bytes.substr(mark + kMark.size());
  }
  std::optional<std::string> file(const std::filesystem::path& path, std::size_t longest, std::string& why) override {
    const std::string_view text = path == "p.yaml" ? first_ : rest_;
    if (text.size() > longest) return why = "it is too long", std::nullopt;
    return std::string(text);
  }
  std::optional<std::string> variable(const std::string& name) override {
    return name.size() > 4 ? std::nullopt : std::optional(std::string(rest_.substr(0, 64)));
  }

 private:
  std::string_view first_, rest_;
};

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static FakeComponents components;
  FuzzText source({reinterpret_cast<const char*>(data), size});
  const ConfigResult result = read_config("p.yaml", components, source);
  if (result.plan.has_value() != result.diagnostics.ok()) std::abort();
  if (!result.diagnostics.ok() && result.diagnostics.all.empty()) std::abort();
  const std::string text = result.diagnostics.text(false);
  if (text.find('\x1b') != std::string::npos) std::abort();
  (void)result.diagnostics.json();
  return 0;
}
