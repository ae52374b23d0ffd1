// make_words OUT [--least N] FILE...: makes words.model, the set of words that are no misspelling. A file with one word
// a line gives each of them; a file named after --least N is text, and gives the words that occur N times or more. A
// later --least counts for the files behind it; 0 is a list again. Words are folded as brand_text folds texts.
#include <fmt/format.h>

#include <cstdlib>
#include <fstream>
#include <iostream>
#include <iterator>
#include <set>
#include <string>
#include <unordered_map>
#include <vector>

#include "brand_text/word_hash.hpp"
#include "text/fold.hpp"
#include "text/utf8.hpp"
#include "text/words.hpp"

namespace {

using namespace earshot;

constexpr std::size_t kShortest = 2, kLongest = 40;  // bytes
constexpr std::size_t kPlaces = std::size_t{1} << 15;

bool is_letters(std::string_view word) {
  for (std::size_t at = 0; at < word.size();) {
    const text::CodePoint c = text::decode(word, at);
    if (!text::is_word(c.value) || text::is_spaceless(c.value) || (c.value >= '0' && c.value <= '9')) return false;
    at += c.length;
  }
  return true;
}

// Calls use(word) for each word of folded text; what stands behind "@", "#" or in a link is none.
template <class Use>
void each_word(std::string_view folded, Use&& use) {
  for (std::size_t at = 0; at < folded.size();) {
    const std::size_t end = std::min(folded.find_first_of(" \n", at), folded.size());
    const std::string_view token = folded.substr(at, end - at);
    at = end + 1;
    if (token.find_first_of("@#/") != std::string_view::npos) continue;
    for (std::size_t i = 0; i < token.size();) {
      std::size_t stop = i;
      while (stop < token.size()) {
        const text::CodePoint c = text::decode(token, stop);
        if (!text::is_word(c.value)) break;
        stop += c.length;
      }
      const std::string_view word = token.substr(i, stop - i);
      if (word.size() >= kShortest && word.size() <= kLongest && is_letters(word)) use(word);
      i = stop + (stop < token.size() ? text::decode(token, stop).length : 1);
    }
  }
}

}  // namespace

int main(int argc, char** argv) {
  const std::vector<std::string> arguments(argv + 1, argv + argc);
  if (arguments.size() < 2) return std::cerr << "make_words OUT [--least N] FILE...\n", 2;
  const text::Folder folder;
  std::set<std::string> words;
  std::unordered_map<std::string, int> counts;
  int least = 0;
  for (std::size_t i = 1; i < arguments.size(); ++i) {
    if (arguments[i] == "--least") {
      least = std::atoi(arguments.at(++i).c_str());
      continue;
    }
    std::ifstream in(arguments[i], std::ios::binary);
    if (!in) return std::cerr << "cannot read " << arguments[i] << '\n', 1;
    for (std::string line; std::getline(in, line);) {
      if (least == 0 && (line.ends_with("'s") || line.ends_with("\u2019s"))) continue;
      each_word(folder.fold(line), [&](std::string_view word) {
        if (least == 0 || ++counts[std::string(word)] >= least) words.emplace(word);
      });
    }
  }
  std::vector<std::uint64_t> filter(kPlaces);
  for (const std::string& word : words) {
    const std::uint64_t hash = brand_text::word_hash(word);
    filter[brand_text::bloom_place(hash, kPlaces - 1)] |= brand_text::bloom_bits(hash);
  }
  std::ofstream out(arguments[0], std::ios::binary);
  out.write(reinterpret_cast<const char*>(filter.data()), static_cast<std::streamsize>(kPlaces * sizeof(filter[0])));
  out.close();
  std::cout << fmt::format("{} words in {} bytes\n", words.size(), kPlaces * sizeof(filter[0]));
  return out ? 0 : 1;
}
