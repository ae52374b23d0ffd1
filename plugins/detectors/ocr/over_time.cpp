#include "ocr/over_time.hpp"

#include <algorithm>
#include <cctype>
#include <charconv>
#include <numeric>

namespace earshot::ocr {
namespace {

constexpr std::size_t kLongest = 400;  // bytes that are compared
constexpr std::size_t kMost = 2000;    // different letterings in one video
constexpr double kDifferent = 0.25;    // share of the letters from which two texts are two

}  // namespace

std::string letters_of(const std::string& text) {
  std::string all;
  for (const char c : text) {
    const auto u = static_cast<unsigned char>(c);
    if (u >= 0x80 || std::isalnum(u) != 0) all += static_cast<char>(u < 0x80 ? std::tolower(u) : u);
    if (all.size() == kLongest) break;
  }
  return all;
}

bool same_text(const std::string& a, const std::string& b) {
  const std::size_t longer = std::max(a.size(), b.size());
  const auto most = static_cast<std::size_t>(kDifferent * static_cast<double>(longer));
  if (longer - std::min(a.size(), b.size()) > most) return false;
  // Levenshtein's distance, two rows at a time.
  std::vector<std::size_t> row(b.size() + 1), above(b.size() + 1);
  std::iota(row.begin(), row.end(), std::size_t{0});
  for (std::size_t i = 1; i <= a.size(); ++i) {
    row.swap(above);
    row[0] = i;
    for (std::size_t j = 1; j <= b.size(); ++j)
      row[j] = std::min({above[j] + 1, row[j - 1] + 1, above[j - 1] + (a[i - 1] == b[j - 1] ? 0u : 1u)});
    if (*std::min_element(row.begin(), row.end()) > most) return false;
  }
  return row[b.size()] <= most;
}

OverTime::Lettering& OverTime::same_as(const Written& block) {
  std::string letters = letters_of(block.text);
  // What was seen last is the likeliest.
  for (auto known = letterings_.rbegin(); known != letterings_.rend(); ++known)
    if (same_text(known->letters, letters)) return *known;
  return letterings_.emplace_back(Lettering{block, std::move(letters), std::to_string(letterings_.size())});
}

void OverTime::see(const std::vector<Written>& picture, std::int64_t start, std::int64_t stop) {
  for (const Written& block : picture) {
    if (letterings_.size() == kMost) return;
    Lettering& lettering = same_as(block);
    if (block.confidence > lettering.best.confidence) lettering.best = block;
    tracks_.see(lettering.number, start, stop, block.box, block.confidence);
  }
}

std::vector<OverTime::Shown> OverTime::take() {
  std::vector<Shown> all;
  for (const media::Track& track : tracks_.take()) {
    std::size_t number = 0;
    std::from_chars(track.what.data(), track.what.data() + track.what.size(), number);
    Shown shown{letterings_[number].best, track.start, track.stop};
    for (ear_word& word : shown.written.words) word.start = track.start, word.stop = track.stop;
    all.push_back(std::move(shown));
  }
  letterings_.clear();
  return all;
}

}  // namespace earshot::ocr
