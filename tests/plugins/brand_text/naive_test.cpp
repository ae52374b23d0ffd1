// The matcher against one that looks for each name at each place, on random text.
#include <catch2/catch.hpp>
#include <map>
#include <memory>
#include <random>
#include <set>
#include <string>
#include <vector>

#include "brand_text/scanner.hpp"

using namespace earshot::brand_text;

namespace {

using Found = std::set<std::pair<std::uint32_t, std::uint32_t>>;

char lower(char c) {
  return c >= 'A' && c <= 'Z' ? static_cast<char>(c | 0x20) : c;
}
bool is_word(char c) {
  return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_';
}
bool is_space(char c) {
  return c == ' ' || c == '\n';
}

// The end of `name` at `at` in `text`, where a space in it is one hyphen or any white space; 0: it is not there.
std::size_t name_ends(const std::string& text, std::size_t at, const std::string& name) {
  for (const char c : name) {
    if (at >= text.size()) return 0;
    if (c != ' ') {
      if (lower(text[at]) != c) return 0;
      ++at;
    } else if (text[at] == '-') {
      ++at;
    } else {
      if (!is_space(text[at])) return 0;
      while (at < text.size() && is_space(text[at])) ++at;
    }
  }
  return at;
}

Found naive(const std::string& text, const std::vector<std::string>& names) {
  Found all;
  for (std::size_t at = 0; at < text.size();) {
    std::size_t longest = 0;
    if (at == 0 || !is_word(text[at - 1]) || !is_word(text[at]))
      for (const std::string& name : names) {
        const std::size_t end = name_ends(text, at, name);
        if (end != 0 && (end == text.size() || !is_word(text[end]) || !is_word(text[end - 1])))
          longest = std::max(longest, end);
      }
    if (longest != 0) all.emplace(at, longest);
    at = longest != 0 ? longest : at + 1;
  }
  return all;
}

}  // namespace

TEST_CASE("brand_text agrees with a naive matcher on random text") {
  // No name begins as another ends, so that "longest" and "leftmost" are the same.
  const std::vector<std::string> names = {"ab", "ab c", "abc", "d ee", "d ee f", "g++"};
  std::vector<WatchItem> items;
  for (std::size_t i = 0; i < names.size(); ++i) items.push_back({std::to_string(i), {names[i]}, {}, {}, {}});
  const auto model = std::make_shared<Model>(items);
  model->compile();
  Scanner scanner(model);
  std::mt19937 random(11);
  const std::string alphabet = "aAbBcCdeEfg+  -\n_,";
  std::vector<std::string> texts(200);
  for (int round = 0; round < 50; ++round) {
    for (std::string& text : texts) {
      text.clear();
      for (std::size_t i = random() % 60; i > 0; --i) text += alphabet[random() % alphabet.size()];
      // Runs that hold a hyphen beside something else are no join between words: tested by the table, not here.
      for (std::size_t i = 1; i < text.size(); ++i)
        if ((text[i] == '-' || text[i] == '_') && (is_space(text[i - 1]) || text[i - 1] == '-' || text[i - 1] == '_'))
          text[i] = ',';
      for (std::size_t i = 1; i < text.size(); ++i)
        if (is_space(text[i]) && (text[i - 1] == '-' || text[i - 1] == '_')) text[i] = ',';
      for (char& c : text)
        if (c == '_') c = 'x';
      scanner.add(text);
    }
    std::map<std::uint32_t, Found> found;
    for (const Mention& m : scanner.scan()) found[m.text].emplace(m.range.begin, m.range.end);
    for (std::uint32_t i = 0; i < texts.size(); ++i) {
      INFO("text: " << texts[i]);
      REQUIRE(found[i] == naive(texts[i], names));
    }
  }
}
