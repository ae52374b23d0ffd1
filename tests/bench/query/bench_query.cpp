// bench_query [POSTS]: how fast queries are, on one core: sets of queries with ten terms each over texts of about 130
// bytes, compiling them, and one query alone. Words of the texts are spread as in a language (Zipf), and a query asks
// for the names of its own watch item together with some of these words.
#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <deque>
#include <random>

#include "query/set.hpp"

namespace {

using namespace earshot::query;
using earshot::Post;
using Clock = std::chrono::steady_clock;

constexpr std::size_t kWords = 20'000;

// A word of `syllables`, the same for the same number.
std::string word(std::uint64_t number, int syllables) {
  static constexpr const char* kParts[] = {"ba",  "ko", "ri",  "ten", "mu", "sal", "vor", "ne",
                                           "lix", "po", "gra", "dun", "fe", "zo",  "qui", "har"};
  std::string out;
  for (int i = 0; i < syllables; ++i, number /= 16) out += kParts[number % 16];
  return out;
}

// Longer than any word of the texts, so that only what was planted is found.
std::string name(std::size_t number) {
  return word(number * 2654435761u, 6);
}

// Words by how often they come: the n-th 1/n as often as the first, and the frequent ones are short.
class Language {
 public:
  Language() {
    for (std::size_t i = 0; i < kWords; ++i) {
      sum_ += 1.0 / static_cast<double>(i + 1);
      share_.push_back(sum_);
    }
  }
  static std::string spelled(std::size_t rank) { return word(rank * 40503u + 7, rank < 100 ? 1 : rank < 2000 ? 2 : 4); }
  std::string any(std::mt19937_64& random) const {
    const double at = std::uniform_real_distribution<>(0, sum_)(random);
    const auto found = std::lower_bound(share_.begin(), share_.end(), at) - share_.begin();
    return spelled(static_cast<std::size_t>(found));
  }

 private:
  std::vector<double> share_;
  double sum_ = 0;
};

// Ten terms: three names, four words that must be near or there, three that must not.
std::string query(std::size_t number, std::mt19937_64& random) {
  const auto some = [&] { return Language::spelled(100 + random() % 3000); };
  const std::string own = name(number);
  return fmt::format("({0} OR \"{0} {1}\" OR #{0}{1}) AND ({2} OR {3} OR {4}* OR \"{5} {6}\") -{7} -\"{8} {9}\" -{10}*",
                     own, some(), some(), some(), some(), some(), some(), some(), some(), some(), some());
}

class Posts {
 public:
  Posts(std::size_t count, int percent_with_name, std::size_t names) {
    const Language language;
    std::mt19937_64 random(7);
    for (std::size_t i = 0; i < count; ++i) {
      std::string text;
      while (text.size() < 118) text += (text.empty() ? "" : " ") + language.any(random);
      if (static_cast<int>(random() % 100) < percent_with_name) text += " " + name(random() % names);
      bytes_ += texts_.emplace_back(std::move(text)).size();
      ear_post post = earshot::make_post();
      segments_.push_back(earshot::make_segment(EAR_BODY, texts_.back()));
      post.segments = &segments_.back(), post.segment_count = 1;
      posts_.push_back(Post(raw_.emplace_back(post)));
    }
  }
  std::span<const Post> all() const { return posts_; }
  double bytes_each() const { return static_cast<double>(bytes_) / static_cast<double>(posts_.size()); }

 private:
  std::deque<std::string> texts_;
  std::deque<ear_segment> segments_;
  std::deque<ear_post> raw_;
  std::vector<Post> posts_;
  std::size_t bytes_ = 0;
};

void row(const std::string& what, const std::string& aim, const std::string& measured, const std::string& note) {
  fmt::print("{:<52} | {:>9} | {:>12} | {}\n", what, aim, measured, note);
  std::fflush(stdout);
}

// Seconds of the fastest of five rounds.
template <class Work>
double fastest(Work&& work) {
  double best = 1e9;
  for (int i = 0; i < 5; ++i) {
    const Clock::time_point begin = Clock::now();
    work();
    best = std::min(best, std::chrono::duration<double>(Clock::now() - begin).count());
  }
  return best;
}

std::vector<std::string> queries(std::size_t count) {
  std::mt19937_64 random(11);
  std::vector<std::string> all;
  for (std::size_t i = 0; i < count; ++i) all.push_back(query(i, random));
  return all;
}

void set_row(std::size_t count, int percent, std::size_t posts, const std::string& aim) {
  const Posts texts(posts, percent, count);
  const auto set = std::make_shared<const QuerySet>(queries(count));
  SetMatcher matcher(set);
  std::size_t held = 0;
  constexpr std::size_t kBatch = 1024;
  const double seconds = fastest([&] {
    held = 0;
    for (std::size_t at = 0; at < posts; at += kBatch)
      matcher.match(texts.all().subspan(at, std::min(kBatch, posts - at)), [&](const Held&) { ++held; });
  });
  row(fmt::format("{} queries of ten terms, {} % of posts name an item", count, percent), aim,
      fmt::format("{:.0f}", static_cast<double>(posts) / seconds),
      fmt::format("posts a second; {:.0f} bytes each, {} held", texts.bytes_each(), held));
}

void alone_row(const char* text, std::size_t posts) {
  const Posts texts(posts, 6, 1000);
  const Query alone(text);
  Evaluator evaluator = alone.evaluator();
  const double seconds = fastest([&] {
    for (const Post& post : texts.all()) alone.match(post, evaluator);
  });
  row(fmt::format("one query alone: {}", text), "", fmt::format("{:.0f}", static_cast<double>(posts) / seconds),
      "posts a second, as filter asks");
}

}  // namespace

int main(int argc, char** argv) {
  const std::size_t posts = argc > 1 ? std::strtoull(argv[1], nullptr, 10) : 100'000;
  row("what", "aim", "measured", "note");
  set_row(1000, 6, posts, ">= 400000");
  set_row(1000, 50, posts, "");
  set_row(10'000, 6, posts, "");
  alone_row("bakori NEAR/5 (riten OR muba*) -kori", posts);
  alone_row("lang:de followers:>1000", posts);
  const std::vector<std::string> texts = queries(1000);
  const double seconds = fastest([&] { QuerySet set(texts); });
  row("compiling 1000 queries of ten terms", "", fmt::format("{:.0f} ms", seconds * 1e3), "without a cache");
  return 0;
}
