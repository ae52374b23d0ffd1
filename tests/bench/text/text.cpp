// What linear text models cost: texts a second of CPU on one core, features and scores, with the models that ship. The
// texts are made up of common words, 100 bytes each on average. CPU seconds, so that a busy machine tells the same.
#include <fmt/format.h>

#include <array>
#include <cstdint>
#include <ctime>
#include <string>
#include <vector>

#include "model/file.hpp"
#include "model/target.hpp"

namespace {

namespace model = earshot::model;

std::vector<std::string> texts(std::size_t count) {
  constexpr std::array<const char*, 40> words{"the",       "this",      "is",
                                              "not",       "good",      "service",
                                              "waiting",   "again",     "love",
                                              "phone",     "my",        "and",
                                              "flight",    "cancelled", "really",
                                              "great",     "with",      "you",
                                              "for",       "today",     "never",
                                              "price",     "battery",   "an",
                                              "morning",   "thanks",    "terrible",
                                              "of",        "people",    "happy",
                                              "@somebody", "#monday",   "https://t.example/abc123",
                                              "!!",        ":)",        "12",
                                              "because",   "nothing",   "in",
                                              "staff"};
  std::uint64_t state = 42;
  const auto draw = [&](std::size_t below) {
    state = state * 6364136223846793005u + 1442695040888963407u;
    return static_cast<std::size_t>(state >> 33) % below;
  };
  std::vector<std::string> out(count);
  for (std::string& text : out)
    for (const std::size_t size = 60 + draw(80); text.size() < size;) {
      if (!text.empty()) text += ' ';
      text += words[draw(words.size())];
      if (draw(4) == 0) text += static_cast<char>('a' + draw(26));  // so that not every word is in the cache
    }
  return out;
}

double seconds() {
  timespec now{};
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
  return static_cast<double>(now.tv_sec) + 1e-9 * static_cast<double>(now.tv_nsec);
}

// The best of five rounds.
template <class Work>
double rate(std::size_t count, Work&& work) {
  double best = 0;
  for (int round = 0; round < 5; ++round) {
    const double begin = seconds();
    work();
    best = std::max(best, static_cast<double>(count) / (seconds() - begin));
  }
  return best;
}

void row(const std::string& name, double per_second) {
  fmt::print("{:<44} {:>10.0f} texts/s\n", name, per_second);
}

void bench(const std::string& name, const std::vector<std::string>& all) {
  const auto learned =
      model::read(std::filesystem::path(EARSHOT_SOURCE_DIR "/plugins/detectors") / name / (name + ".model"));
  const model::Extractor extractor(learned->info().features);
  model::Features features;
  std::vector<float> p(learned->classes());
  float sum = 0;
  row(fmt::format("{}: {} classes", name, p.size()), rate(all.size(), [&] {
        for (const std::string& text : all) {
          features.clear();
          extractor.read(text, features);
          learned->scores(features.view(), p);
          learned->probabilities(p, p);
          sum += p[0];
        }
      }));
  row(fmt::format("{}: with the reason of every text", name), rate(all.size(), [&] {
        for (const std::string& text : all) {
          features.clear();
          extractor.read(text, features);
          learned->scores(features.view(), p);
          sum += static_cast<float>(learned->why(features, learned->choose(p), 3).size());
        }
      }));
  if (sum == 0) fmt::print("nothing was scored\n");
}

}  // namespace

int main() {
  const std::vector<std::string> all = texts(50'000);
  std::size_t bytes = 0;
  for (const std::string& text : all) bytes += text.size();
  fmt::print("{} texts of {} bytes on average\n", all.size(), bytes / all.size());
  model::Features features;
  const model::Extractor extractor;
  row("features alone", rate(all.size(), [&] {
        for (const std::string& text : all) features.clear(), extractor.read(text, features);
      }));
  for (const char* name : {"offensive", "spam", "aspects"}) bench(name, all);
}
