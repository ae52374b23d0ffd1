#include "speech/analogy.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <limits>
#include <unordered_map>

namespace earshot::speech {
namespace {

// What one letter sounds like: nothing, one phone or two, as 0, p+1 or (p+1) + (q+1)*64.
using Chunk = std::uint16_t;
constexpr std::size_t kChunks = 64 * 64;
constexpr std::size_t kLongest = 40;  // letters

Chunk chunk_of(const Phones& phones, std::size_t at, std::size_t count) {
  Chunk chunk = 0;
  if (count > 0) chunk = static_cast<Chunk>(phones[at] + 1);
  if (count > 1) chunk = static_cast<Chunk>(chunk + (phones[at + 1] + 1) * 64);
  return chunk;
}

bool is_letters(std::string_view word) {
  return !word.empty() && word.size() <= kLongest &&
         std::all_of(word.begin(), word.end(), [](char c) { return c >= 'a' && c <= 'z'; });
}

// Which sounds each letter makes, learnt from the dictionary.
class Aligner {
 public:
  Aligner() : cost_(26 * kChunks, 12.0F) {}

  // The chunk of each letter; false where the sounds do not go on the letters.
  bool align(std::string_view word, const Phones& phones, std::vector<Chunk>& chunks) {
    const std::size_t n = word.size(), m = phones.size();
    if (m == 0 || m > 2 * n || m > kLongest) return false;
    best_.assign((n + 1) * (m + 1), std::numeric_limits<float>::max());
    taken_.assign((n + 1) * (m + 1), 0);
    best_[0] = 0;
    for (std::size_t i = 0; i < n; ++i)
      for (std::size_t j = 0; j <= m; ++j) {
        const float here = best_[i * (m + 1) + j];
        if (here == std::numeric_limits<float>::max()) continue;
        for (std::size_t k = 0; k <= 2 && j + k <= m; ++k) {
          const float there = here + cost(word[i], chunk_of(phones, j, k), i, n, j, m);
          const std::size_t cell = (i + 1) * (m + 1) + j + k;
          if (there < best_[cell]) best_[cell] = there, taken_[cell] = static_cast<std::uint8_t>(k);
        }
      }
    if (best_[n * (m + 1) + m] == std::numeric_limits<float>::max()) return false;
    chunks.resize(n);
    for (std::size_t i = n, j = m; i > 0; --i) {
      const std::size_t k = taken_[i * (m + 1) + j];
      j -= k;
      chunks[i - 1] = chunk_of(phones, j, k);
    }
    return true;
  }

  void learn(const Lexicon& lexicon) {
    constexpr std::size_t kEvery = 11;  // a sample is enough to learn what letters sound like
    std::vector<Chunk> chunks;
    for (int round = 0; round < 4; ++round) {
      std::vector<float> seen(26 * kChunks, 0);
      std::array<float, 26> total{};
      for (std::size_t e = 0; e < lexicon.entries().size(); e += kEvery) {
        const Lexicon::Entry& entry = lexicon.entries()[e];
        const auto phones = from_arpabet(entry.phones);
        if (!is_letters(entry.word) || !phones || !align(entry.word, *phones, chunks)) continue;
        for (std::size_t i = 0; i < chunks.size(); ++i) {
          const auto letter = static_cast<std::size_t>(entry.word[i] - 'a');
          seen[letter * kChunks + chunks[i]] += 1, total[letter] += 1;
        }
      }
      for (std::size_t c = 0; c < cost_.size(); ++c)
        cost_[c] = std::min(12.0F, -std::log((seen[c] + 1e-4F) / (total[c / kChunks] + 1)));
      learnt_ = true;
    }
  }

 private:
  // Before anything is learnt, sounds go evenly over the letters and each letter has one.
  float cost(char letter, Chunk chunk, std::size_t i, std::size_t n, std::size_t j, std::size_t m) const {
    if (learnt_) return cost_[static_cast<std::size_t>(letter - 'a') * kChunks + chunk];
    const float off = static_cast<float>(i) / static_cast<float>(n) - static_cast<float>(j) / static_cast<float>(m);
    return std::abs(off) + (chunk == 0 ? 0.3F : chunk < 64 ? 0.0F : 0.8F);
  }

  std::vector<float> cost_;
  bool learnt_ = false;
  std::vector<float> best_;
  std::vector<std::uint8_t> taken_;
};

// Letters to the left and to the right, from narrow to wide.
struct Window {
  std::uint8_t left, right;
};
constexpr std::array<Window, 10> kWindows{
    {{0, 0}, {0, 1}, {1, 1}, {1, 2}, {2, 2}, {2, 3}, {3, 3}, {3, 4}, {4, 4}, {5, 5}}};

std::uint64_t hash(std::string_view padded, std::size_t at, std::size_t window) {
  std::uint64_t h = 1469598103934665603ULL ^ window;
  for (std::size_t i = at - kWindows[window].left; i <= at + kWindows[window].right; ++i)
    h = (h ^ static_cast<unsigned char>(padded[i])) * 1099511628211ULL;
  return h;
}

std::string padded(std::string_view word) {
  return "#####" + std::string(word) + "#####";
}

using Counts = std::unordered_map<Chunk, float>;

// How much likelier two sounds are side by side than each by itself, on the same two letters: "or" is AO R or ER, but
// not R alone, which is the likeliest of both.
class Pairs {
 public:
  void want(std::string_view word) {
    for (std::size_t i = 1; i < word.size(); ++i) wanted_[letters(word, i)] = true;
  }
  void see(std::string_view word, const std::vector<Chunk>& chunks) {
    for (std::size_t i = 1; i < word.size(); ++i) {
      const std::uint64_t at = letters(word, i);
      if (!wanted_[at]) continue;
      both_[at << 24 | std::uint64_t{chunks[i - 1]} << 12 | chunks[i]] += 1;
      first_[at << 12 | chunks[i - 1]] += 1, second_[at << 12 | chunks[i]] += 1, total_[at] += 1;
    }
  }
  double attraction(std::string_view word, std::size_t i, Chunk before, Chunk chunk) const {
    const std::uint64_t at = letters(word, i);
    const auto of = [](const auto& counts, std::uint64_t key) {
      const auto found = counts.find(key);
      return found == counts.end() ? 0.0F : found->second;
    };
    const float expected = of(first_, at << 12 | before) * of(second_, at << 12 | chunk) / std::max(1.0F, total_[at]);
    return (of(both_, at << 24 | std::uint64_t{before} << 12 | chunk) + 0.5) / (expected + 0.5);
  }

 private:
  static std::uint64_t letters(std::string_view word, std::size_t i) {
    return static_cast<std::uint64_t>((word[i - 1] - 'a') * 26 + (word[i] - 'a'));
  }
  std::vector<bool> wanted_ = std::vector<bool>(26 * 26);
  std::vector<float> total_ = std::vector<float>(26 * 26);
  std::unordered_map<std::uint64_t, float> both_, first_, second_;
};

// How often each sound stands in the neighbourhoods that the words have.
class Neighbourhoods {
 public:
  void want(std::string_view word) {
    const std::string text = padded(word);
    for (std::size_t i = 0; i < word.size(); ++i)
      for (std::size_t w = 0; w < kWindows.size(); ++w) {
        const std::uint64_t h = hash(text, i + 5, w);
        counts_[h];
        maybe_[h >> 44] = true;
      }
  }
  void see(std::string_view word, const std::vector<Chunk>& chunks) {
    const std::string text = padded(word);
    for (std::size_t i = 0; i < word.size(); ++i)
      for (std::size_t w = 0; w < kWindows.size(); ++w) {
        const std::uint64_t h = hash(text, i + 5, w);
        if (!maybe_[h >> 44]) break;  // a wider one has not been seen either
        const auto found = counts_.find(h);
        if (found == counts_.end()) break;
        found->second[chunks[i]] += 1;
      }
  }
  std::vector<std::pair<Chunk, double>> sounds(std::string_view text, std::size_t at) const {
    std::map<Chunk, double> p;
    for (std::size_t w = 0; w < kWindows.size(); ++w) {
      const Counts& counts = counts_.at(hash(text, at, w));
      double total = 0;
      for (const auto& [chunk, count] : counts) total += count;
      if (total == 0) break;
      const double kinds = static_cast<double>(counts.size());
      const double narrower = w == 0 ? 0 : kinds / (total + kinds);
      for (auto& [chunk, probability] : p) probability *= narrower;
      for (const auto& [chunk, count] : counts) p[chunk] += (1 - narrower) * count / total;
    }
    std::vector<std::pair<Chunk, double>> all(p.begin(), p.end());
    std::sort(all.begin(), all.end(), [](const auto& a, const auto& b) { return a.second > b.second; });
    if (all.size() > 5) all.resize(5);
    return all;
  }

 private:
  std::unordered_map<std::uint64_t, Counts> counts_;
  std::vector<bool> maybe_ = std::vector<bool>(std::size_t{1} << 20);
};

// The likeliest paths through the sounds of the letters.
std::vector<Reading> paths(const Neighbourhoods& all, const Pairs& pairs, const std::string& word, std::size_t most) {
  constexpr std::size_t kBeam = 40;
  struct Path {
    std::string phones;  // a byte each
    Chunk last = 0;
    double probability = 1;
  };
  const std::string text = padded(word);
  std::vector<Path> beam{{}};
  for (std::size_t i = 0; i < word.size(); ++i) {
    const auto sounds = all.sounds(text, i + 5);
    std::map<std::pair<std::string, Chunk>, double> next;
    for (const Path& path : beam)
      for (const auto& [chunk, probability] : sounds) {
        std::string phones = path.phones;
        for (const int part : {chunk % 64, chunk / 64})
          if (part > 0) phones += static_cast<char>(part - 1);
        const double fits = i == 0 ? 1 : pairs.attraction(word, i, path.last, chunk);
        next[{std::move(phones), chunk}] += path.probability * probability * fits;
      }
    beam.clear();
    for (const auto& [key, probability] : next) beam.push_back({key.first, key.second, probability});
    std::stable_sort(beam.begin(), beam.end(),
                     [](const Path& a, const Path& b) { return a.probability > b.probability; });
    if (beam.size() > kBeam) beam.resize(kBeam);
  }
  std::map<std::string, double> merged;
  double total = 0;
  for (const Path& path : beam) merged[path.phones] += path.probability, total += path.probability;
  std::vector<Reading> readings;
  for (const auto& [phones, probability] : merged)
    readings.push_back({Phones(phones.begin(), phones.end()), probability / total});
  std::stable_sort(readings.begin(), readings.end(),
                   [](const Reading& a, const Reading& b) { return a.probability > b.probability; });
  if (readings.size() > most) readings.resize(most);
  return readings;
}

}  // namespace

std::map<std::string, std::vector<Reading>> read_by_analogy(const Lexicon& lexicon,
                                                            const std::vector<std::string>& words, std::size_t most) {
  Neighbourhoods neighbourhoods;
  Pairs pairs;
  std::map<std::string, std::vector<Reading>> readings;
  for (const std::string& word : words)
    if (is_letters(word)) neighbourhoods.want(word), pairs.want(word), readings[word];
  if (readings.empty()) return readings;
  Aligner aligner;
  aligner.learn(lexicon);
  std::vector<Chunk> chunks;
  for (const Lexicon::Entry& entry : lexicon.entries()) {
    if (!is_letters(entry.word)) continue;
    const auto phones = from_arpabet(entry.phones);
    if (!phones || !aligner.align(entry.word, *phones, chunks)) continue;
    neighbourhoods.see(entry.word, chunks), pairs.see(entry.word, chunks);
  }
  for (auto& [word, found] : readings) found = paths(neighbourhoods, pairs, word, most);
  return readings;
}

}  // namespace earshot::speech
