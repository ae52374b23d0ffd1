// Figures of the built plugins on real data, which does not ship with the project: without it a test says so and
// passes. `language` has learned from the labelled lines that are read here (what it reaches on lines it has not seen
// is in its model card, by cross-validation), so this guards the way from a text to a finding and the file that is
// embedded. `entities` has not seen the sentences that are read here.
#include <algorithm>
#include <catch2/catch.hpp>
#include <cstdio>
#include <cstdlib>
#include <earshot/testing.hpp>
#include <filesystem>
#include <fstream>
#include <map>
#include <optional>
#include <string>

#include "../../plugins/loaded.hpp"
#include "entities/train/learn.hpp"

namespace {

namespace fs = std::filesystem;
using earshot::testing::DetectorHarness;
using earshot::testing::loaded;

std::optional<fs::path> data(const char* name) {
  std::vector<fs::path> folders{EARSHOT_DATA, EARSHOT_SOURCE_DIR "/../shared/data"};
  if (const char* folder = std::getenv("EARSHOT_DATA")) folders.insert(folders.begin(), folder);
  for (const fs::path& folder : folders)
    if (!folder.empty() && fs::exists(folder / name)) return folder / name;
  WARN("skipped: there is no " << name << " in EARSHOT_DATA");
  return {};
}

double accuracy(const fs::path& file) {
  DetectorHarness h(loaded("language"), {{"declared", 0.0}});
  std::vector<std::string> languages;
  std::ifstream in(file);
  for (std::string line; std::getline(in, line);) {
    const std::size_t tab = line.find('\t');
    languages.push_back(line.substr(0, tab));
    h.post(line.substr(tab + 1));
  }
  h.chunking({256, false});
  h.run();
  int right = 0;
  for (const auto& f : h.findings())
    if (f.segment == earshot::none && f.value == languages[f.post]) ++right;
  return static_cast<double>(right) / static_cast<double>(languages.size());
}

}  // namespace

TEST_CASE("language, through the plugin, on labelled lines that it knows") {
  const auto folder = data("langid");
  if (!folder) return;
  const double sentences = accuracy(*folder / "sentences.tsv"), pairs = accuracy(*folder / "word-pairs.tsv"),
               words = accuracy(*folder / "single-words.tsv");
  std::printf("language (lines it has learned): sentences %.3f, word pairs %.3f, single words %.3f\n", sentences, pairs,
              words);
  CHECK(sentences >= 0.965);
  CHECK(pairs >= 0.87);
  CHECK(words >= 0.72);
}

TEST_CASE("entities, through the plugin, on sentences that it has not seen") {
  const auto folder = data("wnut17");
  if (!folder) return;
  // The words are joined by spaces, as they were written but for the spaces before signs; a name counts by its text.
  const auto sentences = earshot::entities::read_sentences(*folder / "emerging.dev.conll");
  DetectorHarness h(loaded("entities"), {});
  std::map<std::pair<std::uint32_t, std::string>, int> there;
  struct Count {
    int there = 0, told = 0, right = 0;
  };
  std::map<std::string, Count> kinds;
  int expected = 0;
  for (std::uint32_t i = 0; i < sentences.size(); ++i) {
    std::string text;
    for (std::size_t w = 0; w < sentences[i].words.size();) {
      const std::uint8_t label = sentences[i].labels[w];
      std::string run = sentences[i].words[w++];
      while (label % 2 == 1 && w < sentences[i].words.size() && sentences[i].labels[w] == label + 1)
        run += " " + sentences[i].words[w++];
      text += (text.empty() ? "" : " ") + run;
      if (label % 2 == 1) {
        ++expected, ++kinds[std::string(earshot::entities::kinds[(label - 1U) / 2])].there;
        ++there[{i, std::string(earshot::entities::kinds[(label - 1U) / 2]) + " " + run}];
      }
    }
    h.post(text);
  }
  h.run();
  int right = 0;
  for (const auto& f : h.findings()) {
    int& left = there[{f.post, std::string(f.attributes.at(0).text) + " " + f.value}];
    Count& kind = kinds[f.attributes.at(0).text];
    ++kind.told;
    if (left > 0) --left, ++right, ++kind.right;
  }
  for (const auto& [kind, n] : kinds)
    std::printf("  %-8s %3d names, %3d told, precision %.3f, recall %.3f, F1 %.3f\n", kind.c_str(), n.there, n.told,
                n.told > 0 ? static_cast<double>(n.right) / n.told : 0,
                static_cast<double>(n.right) / std::max(n.there, 1), 2.0 * n.right / std::max(n.told + n.there, 1));
  const double precision = static_cast<double>(right) / static_cast<double>(h.findings().size());
  const double recall = static_cast<double>(right) / expected;
  std::printf("entities (unseen names): precision %.3f, recall %.3f, F1 %.3f\n", precision, recall,
              2 * precision * recall / (precision + recall));
  CHECK(precision >= 0.6);
  CHECK(recall >= 0.18);
}
