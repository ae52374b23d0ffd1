#include "posts.hpp"

#include <fmt/format.h>
#include <simdjson.h>

#include <fstream>
#include <map>
#include <random>
#include <stdexcept>
#include <string_view>
#include <vector>

namespace earshot::bench {
namespace {

struct Text {
  std::string first, second;
};

// Cut at the blank nearest to the middle; a text without one has no second half.
Text halves(std::string_view text) {
  std::size_t cut = text.find(' ', text.size() / 2);
  if (cut == text.npos) cut = text.rfind(' ');
  if (cut == text.npos) return {std::string(text), ""};
  return {std::string(text.substr(0, cut)), std::string(text.substr(cut))};
}

std::string escaped(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (c == '"' || c == '\\') out += '\\';
    if (static_cast<unsigned char>(c) < 0x20)
      out += fmt::format("\\u{:04x}", static_cast<unsigned>(c));
    else
      out += c;
  }
  return out;
}

std::map<std::string, std::vector<Text>> by_language(const std::string& sample) {
  std::map<std::string, std::vector<Text>> out;
  simdjson::dom::parser parser;
  std::ifstream in(sample);
  for (std::string line; std::getline(in, line);) {
    const simdjson::dom::element post = parser.parse(line);
    std::string_view text, language;
    if (post["text"].get(text) != simdjson::SUCCESS) continue;
    if (post["language"].get(language) != simdjson::SUCCESS) language = "";
    out[std::string(language)].push_back(halves(text));
  }
  return out;
}

}  // namespace

void make_text_posts(const std::string& sample, const std::string& to, std::uint64_t count) {
  const std::map<std::string, std::vector<Text>> all = by_language(sample);
  std::vector<const std::vector<Text>*> language_of;  // as often as it is written
  for (const auto& [language, texts] : all) language_of.insert(language_of.end(), texts.size(), &texts);
  if (language_of.empty()) throw std::runtime_error("there is no text in " + sample);
  std::mt19937_64 random(1);
  std::ofstream out(to, std::ios::binary);
  constexpr std::uint64_t kBegin = 1'772'323'200;  // 2026-03-01
  for (std::uint64_t i = 0; i < count; ++i) {
    const std::vector<Text>& texts = *language_of[random() % language_of.size()];
    const std::string text = texts[random() % texts.size()].first + texts[random() % texts.size()].second;
    out << R"({"platform":"microblog","id":")" << i << R"(","published":)" << kBegin + i << R"(,"author":{"handle":"u)"
        << random() % 20'000 << R"(","followers":)" << random() % 5'000 << R"(},"text":")" << escaped(text) << "\"}\n";
  }
  out.close();
  if (!out) throw std::runtime_error("cannot write " + to);
}

}  // namespace earshot::bench
