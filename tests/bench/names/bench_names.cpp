// What finding names costs: microseconds of CPU a post and posts a second on one core, for 1,000 names as written and
// in every other writing that brand_text finds by default. Of several kinds of texts of about 110 bytes each:
//
//   made-up words     as in bench_throughput: no word is in the dictionary, and no name is nearly as short as they are
//   common words      of the dictionary, and one in ten that is not, from a vocabulary with a long tail
//   tweets            where the data is (EARSHOT_DATA, see docs/quality.md)
//
//   bench_names [POSTS]        a table on standard output
#include <fmt/format.h>

#include <array>
#include <cstdint>
#include <cstdlib>
#include <ctime>
#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

#include "brand_text/scanner.hpp"

namespace {

using namespace earshot::brand_text;

constexpr std::size_t kNames = 1000, kText = 110;

std::uint64_t mixed(std::uint64_t z) {
  z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9u;
  z = (z ^ (z >> 27)) * 0x94D049BB133111EBu;
  return z ^ (z >> 31);
}

class Random {
 public:
  std::uint64_t operator()() { return mixed(state_ += 0x9E3779B97F4A7C15u); }
  std::uint64_t below(std::uint64_t n) { return (*this)() % n; }

 private:
  std::uint64_t state_ = 7;
};

// The same for the same number.
std::string word(std::uint64_t number, std::uint64_t syllables) {
  static constexpr std::array kParts = {"ba",  "ko", "ri",  "ten", "mu", "sal", "vor", "ne",
                                        "lix", "po", "gra", "dun", "fe", "zo",  "qui", "har"};
  std::string out;
  for (; syllables > 0; --syllables, number /= kParts.size()) out += kParts[number % kParts.size()];
  return out;
}

std::vector<WatchItem> items(std::uint64_t least, std::uint64_t most, const Writings& writings) {
  std::vector<WatchItem> all;
  for (std::uint64_t i = 0; i < kNames; ++i) {
    std::string name = word(mixed(i + 1), least + i % (most - least + 1));
    name[0] = static_cast<char>(name[0] - 'a' + 'A');
    WatchItem& item = all.emplace_back();
    item.id = fmt::format("item-{}", i), item.names = {name}, item.writings = writings;
  }
  return all;
}

template <class Word>
std::vector<std::string> texts(std::size_t count, Word&& next) {
  std::vector<std::string> all(count);
  for (std::string& text : all)
    while (text.size() < kText) text += (text.empty() ? "" : " ") + next();
  return all;
}

std::vector<std::string> made_up(std::size_t count) {
  Random random;
  return texts(count, [&] { return word(random(), 1 + random.below(3)); });
}

std::vector<std::string> common(std::size_t count) {
  static constexpr std::array kCommon = {
      "the",     "people", "because", "morning", "really",   "with",   "service",   "nothing", "battery", "you",
      "waiting", "my",     "flight",  "great",   "price",    "again",  "thanks",    "for",     "this",    "company",
      "and",     "love",   "today",   "is",      "terrible", "people", "cancelled", "not",     "phone",   "another",
      "because", "a",      "window",  "was",     "market",   "minute", "children",  "of",      "school",  "about"};
  Random random;
  return texts(count, [&]() -> std::string {
    if (random.below(10) != 0) return kCommon[random.below(kCommon.size())];
    const std::uint64_t number = random.below(100) < 50 ? random.below(1000) : random.below(200'000);
    return word(mixed(number), 2 + mixed(number) % 4) + static_cast<char>('a' + number % 26);
  });
}

std::vector<std::string> tweets(std::size_t most) {
  std::vector<std::string> all;
  const char* data = std::getenv("EARSHOT_DATA");
  if (data == nullptr) return all;
  std::ifstream in(std::filesystem::path(data) / "tweeteval/sentiment/train_text.txt");
  for (std::string line; all.size() < most && std::getline(in, line);) all.push_back(std::move(line));
  return all;
}

double seconds() {
  timespec now{};
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
  return static_cast<double>(now.tv_sec) + 1e-9 * static_cast<double>(now.tv_nsec);
}

// Microseconds of CPU a post, the best of five rounds.
double cost(const std::vector<std::string>& texts, const std::vector<WatchItem>& items, std::size_t& found) {
  const auto model = std::make_shared<Model>(items);
  model->compile();
  Scanner scanner(model);
  double best = 1e9;
  for (int round = 0; round < 5; ++round) {
    found = 0;
    const double begin = seconds();
    for (const std::string& text : texts) {
      scanner.add(text);
      if (scanner.full()) found += scanner.scan().size();
    }
    found += scanner.scan().size();
    best = std::min(best, seconds() - begin);
  }
  return best * 1e6 / static_cast<double>(texts.size());
}

void row(const std::string& name, const std::vector<std::string>& texts, std::uint64_t least, std::uint64_t most) {
  if (texts.empty()) return;
  std::size_t as_written = 0, found = 0;
  const double plain = cost(texts, items(least, most, {false, false, false, false, false}), as_written);
  const double every = cost(texts, items(least, most, {true, true, true, true, true}), found);
  fmt::print("{:<42} {:>9.2f} {:>9.2f} {:>12.0f} {:>9} {:>9}\n", name, plain, every, 1e6 / every, as_written, found);
}

}  // namespace

int main(int argc, char** argv) {
  const std::size_t count = argc > 1 ? std::strtoull(argv[1], nullptr, 10) : 50'000;
  fmt::print("{:<42} {:>9} {:>9} {:>12} {:>9} {:>9}\n", "1,000 names in", "written", "all, us", "posts/s", "found",
             "all");
  row("made-up words, long names", made_up(count), 6, 6);
  row("made-up words, names of 2 to 4 syllables", made_up(count), 2, 4);
  row("common words, names of 2 to 4 syllables", common(count), 2, 4);
  row("common words, names of 3 to 6 syllables", common(count), 3, 6);
  row("tweets, names of 2 to 4 syllables", tweets(count), 2, 4);
  row("tweets, names of 3 to 6 syllables", tweets(count), 3, 6);
  return 0;
}
