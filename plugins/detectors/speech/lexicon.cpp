#include "speech/lexicon.hpp"

#include <algorithm>
#include <earshot/error.hpp>
#include <fstream>
#include <iterator>

namespace earshot::speech {

Lexicon::Lexicon(const std::filesystem::path& file) {
  std::ifstream in(file, std::ios::binary);
  text_.assign(std::istreambuf_iterator<char>(in), {});
  if (text_.empty())
    throw invalid("the dictionary " + file.string() +
                  " cannot be read: install pocketsphinx-en-us, or name the folder of a model with `model`");
  std::string_view rest = text_;
  while (!rest.empty()) {
    std::string_view line = rest.substr(0, rest.find('\n'));
    rest.remove_prefix(std::min(rest.size(), line.size() + 1));
    const std::size_t space = line.find_first_of(" \t");
    if (space == std::string_view::npos) continue;
    std::string_view word = line.substr(0, space);
    if (word.size() > 3 && word.back() == ')') word = word.substr(0, word.rfind('('));
    entries_.push_back({word, line.substr(space + 1)});
  }
  std::stable_sort(entries_.begin(), entries_.end(), [](const Entry& a, const Entry& b) { return a.word < b.word; });
}

std::vector<Phones> Lexicon::find(std::string_view word) const {
  std::vector<Phones> all;
  auto at = std::lower_bound(entries_.begin(), entries_.end(), word,
                             [](const Entry& entry, std::string_view w) { return entry.word < w; });
  for (; at != entries_.end() && at->word == word; ++at)
    if (auto phones = from_arpabet(at->phones)) all.push_back(std::move(*phones));
  return all;
}

}  // namespace earshot::speech
