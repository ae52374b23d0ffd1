// The code in the docs is code that is compiled: each block that names a file is that file, or a part of it.
#include <algorithm>
#include <catch2/catch.hpp>
#include <sstream>
#include <vector>

#include "../command.hpp"

namespace {

namespace fs = std::filesystem;
const fs::path kSource = EARSHOT_SOURCE_DIR;

struct Snippet {
  std::string file, text;
};

// Blocks that follow a line "<!-- code of PATH -->".
std::vector<Snippet> snippets(const fs::path& page) {
  std::vector<Snippet> all;
  std::istringstream in(read_file(page));
  const std::string mark = "<!-- code of ";
  for (std::string line; std::getline(in, line);) {
    if (line.rfind(mark, 0) != 0) continue;
    Snippet one{line.substr(mark.size(), line.find(" -->") - mark.size()), {}};
    std::getline(in, line);
    while (std::getline(in, line) && line.rfind("```", 0) != 0) one.text += line + '\n';
    all.push_back(std::move(one));
  }
  return all;
}

std::ptrdiff_t lines_of(const fs::path& file) {
  const std::string text = read_file(file);
  return std::count(text.begin(), text.end(), '\n');
}

}  // namespace

TEST_CASE("the code in the docs stands in files that are compiled") {
  for (const char* page : {"docs/plugins.md", "docs/vendors.md", "docs/abi.md"}) {
    const auto all = snippets(kSource / page);
    INFO(page);
    CHECK_FALSE(all.empty());
    for (const Snippet& one : all) {
      INFO(one.file << ":\n" << one.text);
      CHECK(one.text.size() > 20);
      CHECK(read_file(kSource / one.file).find(one.text) != std::string::npos);
    }
  }
}

TEST_CASE("each example in C++ has fewer than 40 lines") {
  for (const char* file : {"loudness/loudness.cpp", "lines/lines.cpp", "folder/folder.cpp"}) {
    INFO(file);
    CHECK(lines_of(kSource / "sdk/examples" / file) < 40);
  }
}
