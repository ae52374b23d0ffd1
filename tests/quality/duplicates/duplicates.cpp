// How well `duplicates` finds copies: rewordings of tweets, by cluster-grouped halves, and edits of the kind that
// people make. The data does not ship with the project: without it the tests say so and pass.
#include <algorithm>
#include <catch2/catch.hpp>
#include <cstdio>
#include <earshot/testing.hpp>
#include <map>
#include <random>
#include <set>
#include <string>
#include <vector>

#include "../../plugins/loaded.hpp"
#include "../clusters.hpp"
#include "../data.hpp"

using namespace earshot::testing;
using namespace earshot::quality;

namespace {

struct Text {
  std::string cluster, text;
  bool original = false;  // not reworded
};

// The cluster that each text is put into, by the name of its first post.
std::vector<std::string> found(const std::vector<Text>& texts) {
  DetectorHarness h(loaded("duplicates"));
  for (const Text& t : texts) h.post(t.text);
  h.run();
  std::vector<std::string> clusters;
  for (const TestPost& post : h.posts()) clusters.push_back("test/" + post.id);
  for (const TestFinding& f : h.findings("duplicate")) clusters[f.post] = f.value;
  return clusters;
}

Pairwise quality(const std::vector<Text>& texts) {
  std::vector<std::string> truth;
  for (const Text& t : texts) truth.push_back(t.cluster);
  return pairwise(truth, found(texts));
}

std::vector<Text> half(const std::vector<Text>& all, int which) {
  std::vector<Text> some;
  for (const Text& t : all)
    if (std::stoi(t.cluster) % 2 == which) some.push_back(t);
  return some;
}

void row(const std::string& name, std::size_t texts, const Pairwise& p) {
  std::printf("%-44s %6zu  %.4f  %.4f  %.4f\n", name.c_str(), texts, p.precision, p.recall, p.f1);
}

std::vector<Text> rewordings() {
  const auto file = data("neardup/clusters.csv");
  if (!file) return {};
  std::vector<Text> texts;
  const auto rows = read_csv(*file);
  for (std::size_t i = 1; i < rows.size(); ++i)
    if (rows[i].at(3).find_first_not_of(" \t\n") != std::string::npos)  // 38 texts are empty
      texts.push_back({rows[i].at(1), rows[i].at(3), rows[i].at(0).ends_with("_0")});
  return texts;
}

std::vector<std::string> words(const std::string& text) {
  std::vector<std::string> all;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = std::min(text.find(' ', at), text.size());
    if (end > at) all.push_back(text.substr(at, end - at));
    at = end + 1;
  }
  return all;
}
std::string joined(const std::vector<std::string>& words, std::size_t count) {
  std::string all;
  for (std::size_t i = 0; i < count; ++i) all += (i == 0 ? "" : " ") + words[i];
  return all;
}

std::set<std::string> word_set(const std::string& text) {
  std::set<std::string> set;
  std::string word;
  for (const char c : text + " ") {
    if (std::isalnum(static_cast<unsigned char>(c)) != 0 || static_cast<unsigned char>(c) >= 0x80)
      word += static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
    else if (!word.empty())
      set.insert(std::move(word)), word.clear();
  }
  return set;
}

// The plain floor: a pair is one where the words in common are three tenths of all words of both; every pair is
// compared, and nothing is put into clusters.
Pairwise floor_of(const std::vector<Text>& texts) {
  std::vector<std::set<std::string>> sets;
  for (const Text& t : texts) sets.push_back(word_set(t.text));
  double right = 0, said = 0, wanted = 0;
  for (std::size_t i = 0; i < texts.size(); ++i)
    for (std::size_t j = 0; j < i; ++j) {
      std::vector<std::string> both;
      std::set_intersection(sets[i].begin(), sets[i].end(), sets[j].begin(), sets[j].end(), std::back_inserter(both));
      const bool same = texts[i].cluster == texts[j].cluster;
      const bool is_pair = !both.empty() && both.size() * 10 >= 3 * (sets[i].size() + sets[j].size() - both.size());
      wanted += same ? 1 : 0, said += is_pair ? 1 : 0, right += same && is_pair ? 1 : 0;
    }
  const double p = right / said, r = right / wanted;
  return {p, r, 2 * p * r / (p + r)};
}

// A tweet, and it with another link, as a repost by hand, with emoji, cut off, and with one word changed.
void add_edits(std::vector<Text>& to, const std::string& cluster, const std::string& text, std::mt19937_64& random) {
  std::vector<std::string> all = words(text);
  const auto link = [&] { return " https://t.co/" + std::to_string(random() % 100000000); };
  to.push_back({cluster, text + link()});
  to.push_back({cluster, text + link()});
  to.push_back({cluster, "RT @user" + std::to_string(random() % 1000) + ": " + text + link()});
  to.push_back({cluster, "\U0001F602\U0001F602 " + text + " \U0001F525"});
  to.push_back({cluster, joined(all, all.size() * (6 + random() % 3) / 10) + "\u2026"});
  all[random() % all.size()] = "really";
  to.push_back({cluster, joined(all, all.size())});
}

}  // namespace

TEST_CASE("rewordings of tweets are found by pairwise F1 of at least 0.92 at a precision of 0.95") {
  const std::vector<Text> texts = rewordings();
  if (texts.empty()) {
    WARN("skipped: there is no neardup/clusters.csv below EARSHOT_DATA nor in ../shared/data");
    return;
  }
  std::printf("%-44s %6s  %6s  %6s  %6s\n", "rewordings of tweets", "texts", "P", "R", "F1");
  const Pairwise all = quality(texts);
  row("all", texts.size(), all);
  for (const int which : {0, 1})
    row("half " + std::to_string(which), half(texts, which).size(), quality(half(texts, which)));
  row("words in common, Jaccard of .3 (plain floor)", texts.size(), floor_of(texts));
  std::vector<Text> shuffled = texts;
  for (const unsigned seed : {1u, 2u, 3u}) {
    std::shuffle(shuffled.begin(), shuffled.end(), std::mt19937_64(seed));
    row("in another order", shuffled.size(), quality(shuffled));
  }
  CHECK(all.f1 >= 0.92);
  CHECK(all.precision >= 0.95);
}

TEST_CASE("copies by the edits that people make are found by pairwise F1 of at least 0.97") {
  const std::vector<Text> texts = rewordings();
  if (texts.empty()) {
    WARN("skipped: there is no neardup/clusters.csv below EARSHOT_DATA nor in ../shared/data");
    return;
  }
  std::map<std::string, std::string> one;
  for (const Text& t : texts)
    if (t.original && words(t.text).size() >= 6) one[t.cluster] = t.text;
  std::mt19937_64 random(7);
  std::vector<Text> copies;
  for (const auto& [cluster, text] : one)
    if (!text.empty()) add_edits(copies, cluster, text, random);
  std::shuffle(copies.begin(), copies.end(), random);
  const Pairwise all = quality(copies);
  row("copies by edits", copies.size(), all);
  CHECK(all.f1 >= 0.97);
}
