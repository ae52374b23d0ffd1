#include "language/train/corpus.hpp"

#include <algorithm>
#include <fstream>
#include <functional>
#include <unordered_map>

namespace earshot::language {
namespace {

namespace fs = std::filesystem;

// A word that so many languages list is a name, or English.
constexpr int too_common = 6;

std::vector<fs::path> files_of(const fs::path& folder) {
  std::vector<fs::path> files;
  for (const fs::directory_entry& entry : fs::directory_iterator(folder)) files.push_back(entry.path());
  std::sort(files.begin(), files.end());
  return files;
}

template <class Each>
void lines_of(const fs::path& file, Each&& each) {
  std::ifstream in(file);
  for (std::string line; std::getline(in, line);) each(line);
}

// Calls each(language, text, held out?) for the labelled lines; the folds go by the place of a line in its language.
void labelled_lines(const fs::path& file, int fold,
                    const std::function<void(const std::string&, const std::string&, bool)>& each) {
  std::map<std::string, int> seen;
  lines_of(file, [&](const std::string& line) {
    const std::size_t tab = line.find('\t');
    if (tab == std::string::npos) return;
    const std::string language = line.substr(0, tab);
    each(language, line.substr(tab + 1), fold >= 0 && seen[language]++ % 5 == fold);
  });
}

Passage passage_of(Words& words, const std::string& line, Script script) {
  words.read(line);
  Passage passage;
  if (words.main_script() != script) return passage;
  Word word;
  for (const char16_t c : words.letters()) {
    if (c != u' ') {
      word.push_back(c);
    } else if (!word.empty()) {
      passage.push_back(std::move(word)), word.clear();
    }
  }
  return passage;
}

Example example_of(const Passage& passage, std::size_t begin, std::size_t end, std::uint32_t language) {
  Example example{u" ", language};
  for (std::size_t i = begin; i < end; ++i) (example.letters += passage[i]) += u' ';
  return example;
}

}  // namespace

Corpus::Corpus(const std::vector<fs::path>& folders, std::vector<std::string> languages, Script script, int fold)
    : languages_(std::move(languages)), script_(script), all_(languages_.size()) {
  for (std::uint32_t i = 0; i < languages_.size(); ++i) numbers_[languages_[i]] = i;
  for (const fs::path& folder : folders)
    for (const fs::path& file : files_of(folder)) read(file, fold);
  gather_words();
}

void Corpus::read(const fs::path& file, int fold) {
  Words words;
  if (file.extension() == ".tsv")
    return labelled_lines(file, fold, [&](const std::string& language, const std::string& text, bool held) {
      const auto at = numbers_.find(language);
      if (held || at == numbers_.end()) return;
      Passage passage = passage_of(words, text, script_);
      if (!passage.empty()) all_[at->second].labelled.push_back(std::move(passage));
    });
  const auto at = numbers_.find(file.stem().string());
  if (at == numbers_.end()) return;
  Language& language = all_[at->second];
  lines_of(file, [&](const std::string& line) {
    Passage passage = passage_of(words, line, script_);
    if (passage.empty()) return;
    if (file.extension() == ".text") language.passages.push_back(std::move(passage));
    if (file.extension() == ".words" && passage.size() == 1) language.words.push_back(std::move(passage.front()));
  });
}

void Corpus::gather_words() {
  std::unordered_map<Word, int> listed;
  for (Language& language : all_) {
    for (const auto* source : {&language.labelled, &language.passages})
      for (const Passage& passage : *source)
        language.words.insert(language.words.end(), passage.begin(), passage.end());
    std::erase_if(language.words, [](const Word& word) { return word.size() < 2; });
    std::sort(language.words.begin(), language.words.end());
    language.words.erase(std::unique(language.words.begin(), language.words.end()), language.words.end());
    for (const Word& word : language.words) ++listed[word];
  }
  for (Language& language : all_)
    std::erase_if(language.words, [&](const Word& word) { return listed[word] >= too_common; });
}

std::vector<Example> Corpus::draw(std::mt19937& random, const Share& share) const {
  std::vector<Example> examples;
  const auto below = [&](std::size_t n) { return std::uniform_int_distribution<std::size_t>(0, n - 1)(random); };
  for (std::uint32_t number = 0; number < all_.size(); ++number) {
    const Language& language = all_[number];
    const auto run = [&](const std::vector<Passage>& from, int times) {
      for (int i = 0; i < times && !from.empty(); ++i) {
        const Passage& passage = from[below(from.size())];
        const std::size_t length = std::min(passage.size(), 1 + below(2));
        const std::size_t begin = below(passage.size() - length + 1);
        examples.push_back(example_of(passage, begin, begin + length, number));
      }
    };
    for (int i = 0; i < share.labelled; ++i)
      for (const Passage& passage : language.labelled)
        examples.push_back(example_of(passage, 0, passage.size(), number));
    run(language.labelled, share.labelled_runs);
    for (int i = 0; i < share.passages && !language.passages.empty(); ++i) {
      const Passage& passage = language.passages[below(language.passages.size())];
      examples.push_back(example_of(passage, 0, passage.size(), number));
    }
    run(language.passages, share.passage_runs);
    const std::vector<Word>& words = language.words;
    for (int i = 0; i < share.words && !words.empty(); ++i)
      examples.push_back(example_of({words[below(words.size())]}, 0, 1, number));
    for (int i = 0; i < share.pairs && !words.empty(); ++i)
      examples.push_back(example_of({words[below(words.size())], words[below(words.size())]}, 0, 2, number));
  }
  std::shuffle(examples.begin(), examples.end(), random);
  return examples;
}

std::vector<Held> held_out(const fs::path& folder, int fold) {
  std::vector<Held> held;
  for (const fs::path& file : files_of(folder))
    if (file.extension() == ".tsv")
      labelled_lines(file, fold, [&](const std::string& language, const std::string& text, bool out) {
        if (out) held.push_back({language, text, file.stem().string()});
      });
  return held;
}

}  // namespace earshot::language
