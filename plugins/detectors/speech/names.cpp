#include "speech/names.hpp"

#include <algorithm>
#include <earshot/error.hpp>
#include <set>

#include "speech/pronounce.hpp"

namespace earshot::speech {
namespace {

// Names of fewer sounds are heard in every other sentence.
constexpr std::size_t kFewest = 4;
constexpr std::size_t kMostNames = 5000;

// Looser than anything worth reporting: what passes is listened to again. With many names there is always one that
// passes, so they get fewer pronunciations and a higher bar, which keeps the second look rare. The bar of
// few names was chosen on dev.tsv of tests/quality/speech, that of many is a guess between.
constexpr double kLoose = -85, kTight = -25;
constexpr std::size_t kFew = 100, kMany = 1000;

double threshold_for(std::size_t names) {
  if (names <= kFew) return kLoose;
  const double share = static_cast<double>(std::min(names, kMany) - kFew) / static_cast<double>(kMany - kFew);
  return kLoose + (kTight - kLoose) * share;
}

std::size_t most_pronunciations(std::size_t names) {
  return names <= kFew ? 8 : names <= kMany / 2 ? 4 : 2;
}

std::vector<std::string> texts(Value list) {
  std::vector<std::string> all;
  if (list.type() == EAR_TEXT) all.emplace_back(list.text());
  for (const Value text : list.items()) all.emplace_back(text.text());
  return all;
}

void add(Names& names, Name name, std::vector<Phones> said, std::size_t fewest) {
  std::erase_if(said, [&](const Phones& phones) { return phones.size() < fewest; });
  if (said.empty()) {
    names.left_out.push_back("'" + name.text + "' of " + name.subject + ": too short to be told from other words");
    return;
  }
  for (Phones& phones : said)
    names.spellings.push_back({static_cast<std::uint32_t>(names.all.size()), std::move(phones), 0});
  names.all.push_back(std::move(name));
}

}  // namespace

Names read_names(Value watchlist, const std::vector<std::string>& only, const Lexicon& lexicon) {
  Names names;
  std::vector<Name> written;
  std::set<std::string> missing(only.begin(), only.end());
  for (const Value item : watchlist.items()) {
    const std::string id(item["id"].text());
    if (!only.empty() && missing.erase(id) == 0) continue;
    const std::vector<std::string> item_names = texts(item["names"]);
    if (const auto given = texts(item["pronunciations"]); !given.empty()) {
      std::vector<Phones> said;
      for (const std::string& text : given) said.push_back(given_pronunciation(text, id));
      add(names, {id, item_names.empty() ? id : item_names[0], {}}, std::move(said), 2);
      continue;
    }
    std::set<std::vector<std::string>> known;
    for (const std::string& text : item_names) {
      Name name{id, text, spoken_words(text)};
      if (name.words.empty())
        names.left_out.push_back("'" + text + "' of " + id + ": in letters that English does not read");
      else if (known.insert(name.words).second)
        written.push_back(std::move(name));
    }
  }
  if (!missing.empty())
    throw invalid("there is no watch item '" + *missing.begin() + "' in the watchlist").at_option("only");
  if (written.size() + names.all.size() > kMostNames)
    throw invalid("there are more than " + std::to_string(kMostNames) +
                  " names to listen for: choose watch items with `only`");
  std::vector<std::vector<std::string>> words;
  for (const Name& name : written) words.push_back(name.words);
  const std::size_t count = written.size() + names.all.size();
  auto said = pronounce(lexicon, words, most_pronunciations(count));
  for (std::size_t i = 0; i < written.size(); ++i) add(names, std::move(written[i]), std::move(said[i]), kFewest);
  for (Spelling& spelling : names.spellings) spelling.threshold = threshold_for(count);
  return names;
}

}  // namespace earshot::speech
