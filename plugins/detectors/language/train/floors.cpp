#include "language/train/floors.hpp"

#include <fmt/format.h>

#include <cmath>
#include <cstdio>
// CLD2's header uses FILE and does not include <cstdio>.
#include <cld2/public/compact_lang_det.h>
#include <cld2/public/encodings.h>

namespace earshot::language {
namespace {

constexpr std::size_t longest = 4;

// Letters as the model sees them; of other scripts as they stand.
std::vector<std::uint64_t> runs_of(std::string_view text) {
  Words words;
  words.read(text);
  std::vector<std::uint64_t> runs;
  const auto letters = words.letters();
  for (std::size_t i = 0; i < letters.size(); ++i) {
    std::uint64_t run = 0;
    for (std::size_t n = 0; n < longest && i + n < letters.size(); ++n)
      runs.push_back(run = run << 16 | static_cast<std::uint64_t>(letters[i + n]));
  }
  return runs;
}

}  // namespace

void NaiveBayes::learn(const std::vector<Held>& lines) {
  for (const Held& line : lines)
    for (const std::uint64_t run : runs_of(line.text)) {
      Language& language = languages_[line.language];
      ++language.counts[run], ++language.all;
      known_[run] = 1;
    }
}

std::string NaiveBayes::language(std::string_view text) const {
  constexpr double smoothing = 0.1;
  const std::vector<std::uint64_t> runs = runs_of(text);
  std::string best;
  double most = 0;
  for (const auto& [name, language] : languages_) {
    double sum = 0;
    for (const std::uint64_t run : runs) {
      if (!known_.contains(run)) continue;
      const auto found = language.counts.find(run);
      const double count = found == language.counts.end() ? 0 : found->second;
      sum += std::log((count + smoothing) / (language.all + smoothing * static_cast<double>(known_.size())));
    }
    if (best.empty() || sum > most) best = name, most = sum;
  }
  return best;
}

std::string by_cld2(std::string_view text) {
  bool reliable = false;
  const CLD2::Language answer = CLD2::DetectLanguage(text.data(), static_cast<int>(text.size()), true, &reliable);
  const std::string code = CLD2::LanguageCode(answer);
  if (code == "no") return "nb";
  if (code == "iw") return "he";
  return code.substr(0, code.find('-'));
}

std::string floors(const std::filesystem::path& labelled, int folds) {
  struct Right {
    int bayes = 0, cld2 = 0, all = 0;
  };
  std::map<std::string, Right> sets;
  for (int fold = 0; fold < folds; ++fold) {
    NaiveBayes bayes;
    for (int other = 0; other < 5; ++other)
      if (other != fold) bayes.learn(held_out(labelled, other));
    for (const Held& line : held_out(labelled, fold)) {
      Right& right = sets[line.set];
      ++right.all;
      right.bayes += bayes.language(line.text) == line.language ? 1 : 0;
      right.cld2 += by_cld2(line.text) == line.language ? 1 : 0;
    }
  }
  std::string text;
  for (const auto& [set, right] : sets)
    text += fmt::format("  {:<14} {:>5} lines  naive Bayes {:.4f}  CLD2 {:.4f}\n", set, right.all,
                        static_cast<double>(right.bayes) / right.all, static_cast<double>(right.cld2) / right.all);
  return text;
}

}  // namespace earshot::language
