// bench_perception [POSTS]: how fast sentiment is on one core, in posts per second of processor time: posts of about
// 100 bytes that mention no watch item, one, and two; judged, with the words that carried the answer.
#include <fmt/format.h>

#include <array>
#include <cstdlib>
#include <ctime>
#include <random>
#include <string>
#include <vector>

#include "model/embedded.hpp"
#include "perception/blend.hpp"
#include "perception/post.hpp"
#include "perception/reasons.hpp"

EARSHOT_EMBED(sentiment)

namespace {

namespace perception = earshot::perception;

constexpr std::array<const char*, 64> kWords{
    "the",   "a",      "I",       "you",     "and",     "to",       "of",      "is",      "not",     "just",  "so",
    "this",  "that",   "it",      "my",      "for",     "on",       "with",    "love",    "hate",    "great", "awful",
    "phone", "train",  "flight",  "service", "waiting", "never",    "again",   "really",  "best",    "worst", "today",
    "new",   "update", "battery", "screen",  "people",  "thanks",   "please",  "help",    "broken",  "got",   "going",
    "shop",  "coffee", "morning", "team",    "game",    "played",   "tonight", "concert", "tickets", "sold",  "out",
    "price", "cheap",  "quality", "friends", "lovely",  "terrible", "mondays", "weather", "finally"};

double seconds() {
  timespec t{};
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
  return static_cast<double>(t.tv_sec) + static_cast<double>(t.tv_nsec) * 1e-9;
}

struct Example {
  std::string text;
  ear_segment segment{};
  std::vector<ear_finding> mentions;
  ear_post post{};
};

std::vector<Example> examples(std::size_t mentions) {
  std::mt19937 random(5);
  std::vector<Example> all(4000);
  for (Example& e : all) {
    for (std::size_t i = 0; i < 18; ++i) {
      if (i % 9 == 4 && i / 9 < mentions) {
        ear_finding f = earshot::make_finding(0, "mention", i < 9 ? "acme" : "globex", 1);
        f.segment = 0, f.begin = static_cast<std::uint32_t>(e.text.size()), f.end = f.begin + 4;
        e.mentions.push_back(f);
        e.text += "Acme ";
      }
      e.text += std::string(kWords[random() % kWords.size()]) + (random() % 9 == 0 ? ", " : " ");
    }
    if (random() % 4 == 0) e.text += "!!";
  }
  for (Example& e : all) {
    e.segment = earshot::make_segment(EAR_BODY, e.text);
    e.post = earshot::make_post();
    e.post.segments = &e.segment, e.post.segment_count = 1;
    e.post.findings = e.mentions.data(), e.post.finding_count = static_cast<std::uint32_t>(e.mentions.size());
  }
  return all;
}

void row(std::size_t mentions, std::size_t posts) {
  const auto blend = perception::read_blend(embedded_sentiment(), "sentiment");
  perception::PostReader reader(blend->posts().info().features, ~0U);
  perception::Reasons reasons(blend->posts().info().features);
  const std::vector<Example> all = examples(mentions);
  std::size_t said = 0, bytes = 0;
  const double begin = seconds();
  for (std::size_t i = 0; i < posts; ++i) {
    const Example& e = all[i % all.size()];
    reader.read(earshot::Post{e.post}, [&](const perception::Unit& unit) {
      std::array<float, 3> p{};
      const float prose = blend->probabilities(unit.features->view(), p);
      bytes += reasons.words(blend->posts(), unit, blend->choose(p, prose)).size();
      ++said;
    });
  }
  const double rate = static_cast<double>(posts) / (seconds() - begin);
  fmt::print("sentiment, {} mention{} a post   {:>9.0f} posts/s of processor time   {} answers, {} bytes of reasons\n",
             mentions, mentions == 1 ? "" : "s", rate, said, bytes);
}

}  // namespace

int main(int argc, char** argv) {
  const std::size_t posts = argc > 1 ? std::strtoull(argv[1], nullptr, 10) : 200'000;
  for (std::size_t mentions = 0; mentions < 3; ++mentions) row(mentions, posts);
}
