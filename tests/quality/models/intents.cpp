// How often intent is right, and how many it misses, by labels set by hand on numbered rows of public data: 300 tweets
// drawn at random, finds of each intent drawn at random, and tweets with any of some thirty words of leaving. The texts
// do not ship: without the data the test says so and passes.
#include <catch2/catch.hpp>
#include <earshot/testing.hpp>
#include <fstream>
#include <map>
#include <sstream>

#include "../../plugins/loaded.hpp"
#include "../data.hpp"
#include "model/quality.hpp"

using namespace earshot::testing;
using earshot::model::Interval;
using earshot::model::wilson;

namespace {

struct Label {
  std::string part, text, label;
  bool has(const std::string& intent) const {
    return ("," + label + ",").find("," + intent + ",") != std::string::npos;
  }
};

std::vector<std::vector<std::string>> tsv(const std::filesystem::path& path) {
  std::ifstream in(path);
  std::vector<std::vector<std::string>> rows;
  for (std::string line; std::getline(in, line);) {
    rows.emplace_back();
    std::istringstream cells(line);
    for (std::string cell; std::getline(cells, cell, '\t');) rows.back().push_back(cell);
  }
  return rows;
}

// The texts of a set by number of record, the heading being 0. Empty: the set is not here.
std::vector<std::string> texts_of(const std::string& set) {
  struct Source {
    const char* file;
    std::size_t column;
  };
  static const std::map<std::string, Source> sources{
      {"airline", {"airline/tweets_dev.csv", 10}},          {"entity", {"entity_sentiment/train_originals.csv", 3}},
      {"topic_ce", {"semeval_topic/CE_train.tsv", 3}},      {"sanders", {"brand_tweets/sanders_dev.csv", 4}},
      {"apple_dfe", {"brand_tweets/apple_dfe_dev.csv", 5}}, {"sxsw", {"brand_tweets/sxsw_dev.csv", 0}}};
  const Source& source = sources.at(set);
  const auto file = earshot::quality::data(source.file);
  if (!file) return {};
  std::vector<std::string> out;
  for (const auto& row : file->extension() == ".tsv" ? tsv(*file) : earshot::quality::read_csv(*file))
    out.push_back(row.size() > source.column ? row[source.column] : std::string{});
  return out;
}

std::vector<Label> labels() {
  std::map<std::string, std::vector<std::string>> texts;
  std::vector<Label> out;
  for (const auto& row : tsv(EARSHOT_SOURCE_DIR "/tests/quality/models/intent_labels.tsv")) {
    if (row.at(0) == "part") continue;
    auto [of, is_new] = texts.try_emplace(row.at(1));
    if (is_new) of->second = texts_of(row.at(1));
    if (of->second.empty()) return {};
    out.push_back({row[0], of->second.at(std::stoul(row.at(2))), row.at(3)});
  }
  return out;
}

// intents[i]: those said of text i, with commas around.
std::vector<std::string> said(const std::vector<Label>& all) {
  DetectorHarness h(loaded("intent"), {{"at_least", 0.0}});
  for (const Label& label : all) h.post(label.text);
  h.run();
  std::vector<std::string> out(all.size(), ",");
  for (const TestFinding& f : h.findings()) out[f.post] += f.value + ",";
  return out;
}

struct Count {
  double right = 0, said = 0, truly = 0;
  void add(bool is, bool says) { right += is && says, said += says, truly += is; }
};

std::string shown(double hits, double of) {
  const Interval i = wilson(hits, of);
  std::ostringstream out;
  out.precision(2);
  out << hits << " of " << of << " (" << std::fixed << i.low << " to " << i.high << ")";
  return out.str();
}

}  // namespace

TEST_CASE("intent: finds that are right, and intents that are found") {
  const std::vector<Label> all = labels();
  if (all.empty()) {
    WARN("the data is not here: nothing was measured");
    return;
  }
  const std::vector<std::string> found = said(all);
  const auto count = [&](const std::string& part, const std::string& intent, const std::string& label) {
    Count out;
    for (std::size_t i = 0; i < all.size(); ++i)
      if (all[i].part == part) out.add(all[i].has(label), found[i].find("," + intent + ",") != std::string::npos);
    return out;
  };
  std::ostringstream table;
  for (const char* intent : {"asks", "complains", "buys", "recommends", "leaves"}) {
    const Count finds = count(intent, intent, "yes"), random = count("random", intent, intent);
    table << '\n'
          << intent << ": right " << shown(finds.right, finds.said) << " finds; of 300 tweets right "
          << shown(random.right, random.said) << ", found " << shown(random.right, random.truly);
    INFO(intent);
    CHECK(finds.right / finds.said >= 0.70);
  }
  const Count leaves = count("leaves pool", "leaves", "yes");
  table << "\nleaves, among tweets with a word of leaving: right " << shown(leaves.right, leaves.said) << ", found "
        << shown(leaves.right, leaves.truly);
  WARN(table.str());
  CHECK(leaves.right / leaves.truly >= 0.75);
  CHECK(count("random", "asks", "asks").right >= 18);
}
