#include "speech/listen.hpp"

#include <algorithm>
#include <cmath>

namespace earshot::speech {
namespace {

constexpr int kAround = 3 * kFramesPerSecond / 2;  // of a candidate, which is heard with it
constexpr double kRatioScale = 25;

bool overlap(int first, int last, int other_first, int other_last) {
  return first <= other_last && other_first <= last;
}

// Words of the dictionary that make up a name are that name: "smart" "mirror".
void join_words(std::vector<Heard>& heard, const Names& names) {
  for (std::size_t i = 0; i < heard.size(); ++i)
    for (std::uint32_t n = 0; n < names.all.size(); ++n) {
      const auto& words = names.all[n].words;
      if (words.empty() || i + words.size() > heard.size() || heard[i].word != words[0]) continue;
      Heard joined{{}, n, heard[i].first, heard[i + words.size() - 1].last, 1};
      bool same = true;
      for (std::size_t w = 0; w < words.size() && same; ++w) {
        same = heard[i + w].word == words[w];
        joined.probability = std::min(joined.probability, heard[i + w].probability);
      }
      if (!same) continue;
      heard[i] = joined;
      heard.erase(heard.begin() + static_cast<std::ptrdiff_t>(i) + 1,
                  heard.begin() + static_cast<std::ptrdiff_t>(i + words.size()));
      break;
    }
}

// Of candidates of one name that lie over each other the one that fits best, in the order of time.
std::vector<Spotted> best_of(std::span<const Spotted> candidates) {
  std::vector<Spotted> best;
  for (const Spotted& candidate : candidates) {
    const auto known = std::find_if(best.begin(), best.end(), [&](const Spotted& b) {
      return b.name == candidate.name && overlap(b.first, b.last, candidate.first, candidate.last);
    });
    if (known == best.end())
      best.push_back(candidate);
    else if (candidate.ratio > known->ratio)
      *known = candidate;
  }
  return best;
}

}  // namespace

double score_of_heard(double probability, double ratio) {
  return 0.5 + probability / 4 + 1 / (1 + std::exp(-ratio / kRatioScale)) / 4;
}

Listener::Listener(const DecoderSettings& settings, const Names& names)
    : names_(names), decoder_(settings, names.spellings) {}

std::vector<Heard> Listener::transcribe(std::span<const std::int16_t> sound) {
  std::vector<Heard> heard = decoder_.transcribe(sound);
  join_words(heard, names_);
  return heard;
}

std::vector<Mention> Listener::hear(std::span<const std::int16_t> sound, double minimum) {
  std::vector<Mention> mentions;
  std::vector<Spotted> candidates = decoder_.spot(sound);
  std::sort(candidates.begin(), candidates.end(), [](const Spotted& a, const Spotted& b) { return a.first < b.first; });
  const int frames = static_cast<int>(sound.size() / kSamplesPerFrame);
  for (std::size_t i = 0; i < candidates.size();) {
    const int from = std::max(0, candidates[i].first - kAround);
    int until = candidates[i].last;
    std::size_t end = i;
    while (end < candidates.size() && candidates[end].first - kAround <= until + kAround)
      until = std::max(until, candidates[end++].last);
    until = std::min(frames, until + kAround);
    const auto first = static_cast<std::size_t>(from) * kSamplesPerFrame;
    const auto count =
        until == frames ? sound.size() - first : static_cast<std::size_t>(until - from) * kSamplesPerFrame;
    check(sound.subspan(first, count), from, std::span(candidates).subspan(i, end - i), minimum, mentions);
    i = end;
  }
  return mentions;
}

void Listener::check(std::span<const std::int16_t> stretch, int offset, std::span<const Spotted> candidates,
                     double minimum, std::vector<Mention>& mentions) {
  std::vector<Heard> heard = transcribe(stretch);
  for (Heard& word : heard) word.first += offset, word.last += offset;
  for (const Spotted& best : best_of(candidates)) {
    const auto as_name = std::find_if(heard.begin(), heard.end(), [&](const Heard& word) {
      return word.word.empty() && word.name == best.name && overlap(word.first, word.last, best.first, best.last);
    });
    if (as_name == heard.end()) continue;  // among all words of English it is heard as others
    const double score = score_of_heard(as_name->probability, best.ratio);
    if (score < minimum) continue;
    const int first = as_name->first, last = as_name->last;
    mentions.push_back(
        {best.name, std::int64_t{first} * kSamplesPerFrame, std::int64_t{last + 1} * kSamplesPerFrame, score});
  }
}

}  // namespace earshot::speech
