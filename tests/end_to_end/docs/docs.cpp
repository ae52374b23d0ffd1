// The pipelines in the docs are pipelines: each block that begins with `pipeline:` is read with the plugins of the
// tree.
#include <catch2/catch.hpp>
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <regex>
#include <set>

#include "config/plan.hpp"
#include "config/text_source.hpp"

using namespace earshot::host;
namespace fs = std::filesystem;

namespace {

struct Block {
  fs::path page;
  int line = 0;
  std::string text;
};

void add_blocks(const fs::path& page, std::vector<Block>& all) {
  std::ifstream in(page);
  std::string line, open;
  for (int number = 1; std::getline(in, line); ++number) {
    if (open.empty() && line == "```yaml") {
      open = line;
      all.push_back({page, number, {}});
    } else if (!open.empty() && line == "```") {
      open.clear();
      if (!all.back().text.starts_with("pipeline:")) all.pop_back();
    } else if (!open.empty()) {
      all.back().text += line + "\n";
    }
  }
}

std::vector<Block> blocks() {
  std::vector<Block> all;
  const fs::path root = EARSHOT_SOURCE_DIR;
  for (const fs::directory_entry& entry : fs::directory_iterator(root / "docs"))
    if (entry.path().extension() == ".md") add_blocks(entry.path(), all);
  add_blocks(root / "README.md", all);
  return all;
}

std::set<std::string> plugins_missing(const std::string& text) {
  static const std::regex plugin(R"(plugin: *([a-z0-9_]+))");
  std::set<std::string> missing;
  for (std::sregex_iterator at(text.begin(), text.end(), plugin), end; at != end; ++at)
    if (!fs::exists(fs::path(EARSHOT_PLUGIN_DIR) / ((*at)[1].str() + ".so"))) missing.insert((*at)[1]);
  return missing;
}

// A page's variables are set, its secret files are there, and what it includes is a watchlist.
class PageText final : public TextSource {
 public:
  explicit PageText(std::string text) : text_(std::move(text)) {}
  std::optional<std::string> file(const fs::path& path, std::size_t, std::string&) override {
    if (path == "page.yaml") return text_;
    return path.extension() == ".yaml" ? "- {id: acme, names: [Acme]}\n" : "a-secret\n";
  }
  std::optional<std::string> variable(const std::string& name) override {
    return name.ends_with("URL") ? "https://example.org/hook" : "word";
  }

 private:
  std::string text_;
};

}  // namespace

TEST_CASE("The docs show pipelines") {
  CHECK(blocks().size() >= 2);
}

TEST_CASE("Every pipeline in the docs and the README whose plugins are here is sound") {
  Catalog catalog({EARSHOT_PLUGIN_DIR}, {});
  int tried = 0;
  for (const Block& block : blocks()) {
    INFO(block.page << ":" << block.line);
    if (const auto missing = plugins_missing(block.text); !missing.empty()) {
      WARN(block.page << ":" << block.line << " is not tried: there is no plugin " << *missing.begin());
      continue;
    }
    PageText source(block.text);
    CHECK(read_config("page.yaml", catalog, source).diagnostics.text(false) == "");
    ++tried;
  }
  CHECK(tried >= 1);
}
