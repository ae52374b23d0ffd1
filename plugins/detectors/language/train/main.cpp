// language_train: makes language.model from folders of text (see corpus.hpp), or measures by five-fold
// cross-validation what such a model reaches.
//
//   language_train --texts DIR --labelled DIR --output language.model
//   language_train --texts DIR --labelled DIR --folds 5 [--first FOLD]     from this fold on, 0 to 4
//   language_train --labelled DIR --floors 5              what naive Bayes and CLD2 reach on the same lines
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <fstream>
#include <stdexcept>

#include "language/identify.hpp"
#include "language/train/floors.hpp"
#include "language/train/learn.hpp"
#include "language/train/measure.hpp"

namespace earshot::language {
namespace {

namespace fs = std::filesystem;

struct Arguments {
  fs::path texts, labelled, output;
  int first = 0, folds = 0, floors = 0;
  LearnOptions learn;
};

const std::vector<std::pair<Script, std::vector<std::string>>> groups{
    {Script::latin,
     {"af", "az", "bs", "ca", "cs", "cy", "da", "de", "en", "eo", "es", "et", "eu", "fi", "fr", "ga", "hr",
      "hu", "id", "is", "it", "la", "lg", "lt", "lv", "mi", "ms", "nb", "nl", "nn", "pl", "pt", "ro", "sk",
      "sl", "sn", "so", "sq", "st", "sv", "sw", "tl", "tn", "tr", "ts", "vi", "xh", "yo", "zu"}},
    {Script::cyrillic, {"be", "bg", "kk", "mk", "mn", "ru", "sr", "uk"}},
    {Script::arabic, {"ar", "fa", "ur"}},
    {Script::devanagari, {"hi", "mr"}}};

struct Entry {
  std::uint32_t key;
  Weight weight;
};

ModelContent train(const Arguments& arguments, int fold) {
  constexpr double unit = 1.0 / 8;
  ModelContent content;
  content.unit = unit;
  content.learned_from = "see MODEL_CARD.md";
  std::vector<Entry> entries;
  for (const auto& [script, languages] : groups) {
    const Corpus corpus({arguments.texts, arguments.labelled}, languages, script, fold);
    LearnOptions options = arguments.learn;
    options.keep = options.keep * languages.size() / 62;
    Learner learner(corpus, {}, options);
    learner.run();
    const auto first = static_cast<std::uint32_t>(content.languages.size());
    for (const Learner::Row& row : learner.rows())
      for (std::size_t i = 0; i < languages.size(); ++i) {
        const double steps = std::clamp(std::round(row.weights[i] / unit), -127.0, 127.0);
        if (steps != 0)
          entries.push_back({row.key, {static_cast<std::uint8_t>(first + i), static_cast<std::int8_t>(steps)}});
      }
    content.languages.insert(content.languages.end(), languages.begin(), languages.end());
    content.groups.push_back({script, first, static_cast<std::uint32_t>(content.languages.size())});
  }
  std::stable_sort(entries.begin(), entries.end(), [](const Entry& a, const Entry& b) { return a.key < b.key; });
  for (const Entry& entry : entries) {
    if (content.keys.empty() || content.keys.back() != entry.key)
      content.keys.push_back(entry.key), content.counts.push_back(0);
    ++content.counts.back();
    content.weights.push_back(entry.weight);
  }
  return content;
}

Arguments read(int count, char** words) {
  Arguments arguments;
  for (int i = 1; i + 1 < count; i += 2) {
    const std::string_view name = words[i];
    const std::string value = words[i + 1];
    if (name == "--texts")
      arguments.texts = value;
    else if (name == "--labelled")
      arguments.labelled = value;
    else if (name == "--output")
      arguments.output = value;
    else if (name == "--folds")
      arguments.folds = std::stoi(value);
    else if (name == "--first")
      arguments.first = std::stoi(value);
    else if (name == "--floors")
      arguments.floors = std::stoi(value);
    else if (name == "--rate")
      arguments.learn.rate = std::stod(value);
    else if (name == "--dropped")
      arguments.learn.dropped = std::stod(value);
    else if (name == "--keep")
      arguments.learn.keep = std::stoul(value);
    else
      throw std::runtime_error(fmt::format("unknown option '{}'", name));
  }
  if (arguments.floors > 0 && !arguments.labelled.empty()) return arguments;
  if (arguments.texts.empty() || arguments.labelled.empty() || (arguments.output.empty() && arguments.folds == 0))
    throw std::runtime_error("needed: --texts DIR --labelled DIR, and --output FILE or --folds NUMBER");
  return arguments;
}

void run(const Arguments& arguments) {
  if (arguments.floors > 0) fmt::print("{}", floors(arguments.labelled, arguments.floors));
  Measured measured;
  for (int fold = arguments.first; fold < arguments.folds; ++fold) {
    const ModelContent content = train(arguments, fold);
    measured.add(std::make_shared<const Model>(content), held_out(arguments.labelled, fold));
    fmt::print("after fold {}\n{}", fold, measured.table());
    fmt::print("  a file of {} bytes\n", write_model(content).size());
    std::fflush(stdout);
  }
  if (arguments.output.empty()) return;
  const std::string bytes = write_model(train(arguments, -1));
  std::ofstream out(arguments.output, std::ios::binary);
  out.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
  if (!out) throw std::runtime_error(fmt::format("{} cannot be written", arguments.output.string()));
  fmt::print("{}: {} bytes\n", arguments.output.string(), bytes.size());
}

}  // namespace
}  // namespace earshot::language

int main(int count, char** words) {
  try {
    earshot::language::run(earshot::language::read(count, words));
  } catch (const std::exception& error) {
    fmt::print(stderr, "language_train: {}\n", error.what());
    return 1;
  }
}
