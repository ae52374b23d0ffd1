// Each broken config in tests/data/configs/bad has the exact message that it must give beside it.
#include <catch2/catch.hpp>
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <set>

#include "fakes.hpp"

using namespace earshot::host;
using namespace earshot::host::testing;
namespace fs = std::filesystem;

namespace {

const fs::path kBad = fs::path(EARSHOT_SOURCE_DIR) / "tests/data/configs/bad";

std::string slurp(const fs::path& file) {
  std::ifstream in(file, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

// Reads files beside the config as they are, and nothing of the real environment.
class BesideText final : public TextSource {
 public:
  std::optional<std::string> file(const fs::path& path, std::size_t longest, std::string& why) override {
    return system_.file(kBad / path, longest, why);
  }
  std::optional<std::string> variable(const std::string& name) override {
    if (name == "WORD") return "word-from-environment";
    if (name == "EMPTY") return "";
    return {};
  }

 private:
  SystemText system_;
};

std::set<fs::path> configs() {
  std::set<fs::path> all;
  for (const fs::directory_entry& entry : fs::directory_iterator(kBad))
    if (entry.path().extension() == ".yaml") all.insert(entry.path());
  return all;
}

std::string said(const fs::path& file) {
  FakeComponents components;
  BesideText source;
  const ConfigResult result = read_config(file.filename(), components, source);
  CHECK(result.plan.has_value() == result.diagnostics.ok());
  return result.diagnostics.text(false);
}

}  // namespace

TEST_CASE("Every broken config gives exactly the message beside it") {
  for (const fs::path& file : configs()) {
    INFO(file.filename());
    fs::path expected = file;
    expected.replace_extension(".expected");
    const std::string now = said(file);
    // To write them anew after a change that is meant: EARSHOT_REWRITE_EXPECTED=1, then read the difference.
    if (std::getenv("EARSHOT_REWRITE_EXPECTED") != nullptr) std::ofstream(expected, std::ios::binary) << now;
    CHECK_FALSE(now.empty());
    CHECK(now == slurp(expected));
  }
}

TEST_CASE("There are at least 60 broken configs") {
  CHECK(configs().size() >= 60);
}

TEST_CASE("Every config in tests/data/configs/good is sound and gives no warning") {
  for (const fs::directory_entry& entry : fs::directory_iterator(kBad.parent_path() / "good")) {
    if (entry.path().extension() != ".yaml") continue;
    INFO(entry.path().filename());
    FakeComponents components;
    const ConfigResult result = read_config(entry.path(), components);
    CHECK(result.diagnostics.text(false) == "");
    CHECK(result.plan);
  }
}
