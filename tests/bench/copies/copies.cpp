// How many posts a second the detectors that remember what was said take in, through the built plugins and their C
// tables, in batches of 256 posts of about 130 letters. A post in ten is a copy of an earlier one with a word changed.
//
//   bench_copies [SCALE]      a table on standard output; SCALE 0.1 takes a tenth of the posts

#include <cstdio>
#include <cstdlib>
#include <string>
#include <vector>

#include "../../plugins/loaded.hpp"
#include "../used.hpp"
#include "earshot/testing.hpp"

namespace {

using earshot::str;
using earshot::bench::cpu_seconds;
using earshot::bench::resident_mib;
using earshot::testing::ComponentUnderTest;
using earshot::testing::Setting;

constexpr std::uint32_t kBatch = 256;

std::uint64_t mixed(std::uint64_t z) {
  z += 0x9E3779B97F4A7C15u;
  z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9u;
  z = (z ^ (z >> 27)) * 0x94D049BB133111EBu;
  return z ^ (z >> 31);
}

std::string word(std::uint64_t number) {
  std::string w;
  for (std::uint64_t rest = mixed(number), length = 2 + rest % 9; length > 0; --length, rest = mixed(rest))
    w += static_cast<char>('a' + rest % 26);
  return w;
}

// A vocabulary with a tail: half of what is said are 500 words. The words are made once.
const std::vector<std::string>& vocabulary() {
  static const auto words = [] {
    std::vector<std::string> all(50000);
    for (std::size_t i = 0; i < all.size(); ++i) all[i] = word(i);
    return all;
  }();
  return words;
}

std::string text(std::uint64_t number, bool flood) {
  if (flood) return "Buy followers now, best price of the town, only today " + std::to_string(number % 1000);
  const std::uint64_t from = number % 10 == 9 && number > 100 ? number - 1 - mixed(number) % 90 : number;
  std::string all;
  std::uint64_t random = mixed(from * 1000003);
  while (all.size() < 120) {
    random = mixed(random);
    all += vocabulary()[random % 100 < 50 ? random / 100 % 500 : random / 100 % 50000] + " ";
  }
  if (from != number) all += word(number);
  return all;
}

// What one call is given, made before the clock runs.
struct Batch {
  std::vector<std::string> texts = std::vector<std::string>(kBatch), ids = std::vector<std::string>(kBatch);
  std::vector<ear_segment> segments = std::vector<ear_segment>(kBatch);
  std::vector<ear_post> posts = std::vector<ear_post>(kBatch);
  std::vector<ear_finding> findings = std::vector<ear_finding>(kBatch);
  std::vector<const ear_post*> pointers = std::vector<const ear_post*>(kBatch);
  std::vector<std::string> names = std::vector<std::string>(kBatch);
  std::vector<ear_author> authors = std::vector<ear_author>(kBatch, earshot::make_author());

  void fill(std::uint64_t first, std::int64_t apart, bool flood) {
    for (std::uint32_t i = 0; i < kBatch; ++i) {
      const std::uint64_t n = first + i;
      texts[i] = text(n, flood), ids[i] = std::to_string(n);
      names[i] = flood ? "spammer" : "author" + std::to_string(mixed(n) % 100'000);
      authors[i].id = authors[i].handle = str(names[i]);
      segments[i] = earshot::make_segment(EAR_BODY, texts[i]);
      ear_post& p = posts[i] = earshot::make_post();
      p.platform = str("bench"), p.id = str(ids[i]), p.author = &authors[i];
      p.published = 1'767'225'600'000'000'000 + static_cast<std::int64_t>(n) * apart;
      p.segments = &segments[i], p.segment_count = 1;
      findings[i] = earshot::make_finding(i, "mention", n % 3 == 0 ? "acme" : "rival", 0.9);
      findings[i].segment = 0, findings[i].begin = 0, findings[i].end = 4;
      p.findings = &findings[i], p.finding_count = 1;
      pointers[i] = &p;
    }
  }
};

struct Case {
  const char* plugin;
  const char* name;
  std::vector<Setting> options;
  std::uint64_t before, posts;  // to fill it, and those that are measured
  bool flood = false;
};

void run(const Case& c) {
  const double memory = resident_mib();
  ComponentUnderTest detector(earshot::testing::loaded(c.plugin), c.options);
  detector.create(), detector.start();
  static std::uint64_t found;
  found = 0;
  ear_detector_out out{};
  out.size = sizeof out;
  out.finding = [](void*, const ear_finding*) { ++found; };
  out.segment = [](void*, std::uint32_t, const ear_segment*) {};
  out.alert = [](void*, const ear_alert*) {};
  out.stop = [](void*, std::uint32_t) {};
  out.reject = [](void*, std::uint32_t, ear_str) {};
  out.wake_at = [](void*, ear_time) {};
  Batch batch;
  double seconds = 0;
  std::uint64_t counted = 0;
  for (std::uint64_t n = 0; n < c.before + c.posts; n += kBatch) {
    batch.fill(n, 86'400'000'000'000 / 1'000'000, c.flood);  // a million a day
    ear_batch raw{};
    raw.size = sizeof raw, raw.count = kBatch, raw.posts = batch.pointers.data(), raw.gap_stride = sizeof(ear_gap);
    if (n < c.before) found = 0;
    const double start = cpu_seconds();
    detector.call("detect",
                  [&](ear_error* e) { return detector.table().detector->detect(detector.self(), &raw, &out, e); });
    if (n >= c.before) seconds += cpu_seconds() - start, counted += kBatch;
  }
  const auto total = static_cast<double>(counted);
  std::printf("%-12s %-34s %12.0f %12.3f %10.0f\n", c.plugin, c.name, total / seconds,
              static_cast<double>(found) / total, resident_mib() - memory);
  std::fflush(stdout);
}

}  // namespace

int main(int argc, char** argv) {
  const double scale = argc > 1 ? std::atof(argv[1]) : 1;
  const std::string only = argc > 2 ? argv[2] : "";
  const auto posts = [&](double n) { return static_cast<std::uint64_t>(n * scale); };
  std::printf("%-12s %-34s %12s %12s %10s\n", "detector", "", "posts/CPU s", "found/post", "MiB");
  const std::vector<Case> cases{
      {"duplicates", "10,000 posts remembered", {{"remember", 10'000}}, posts(2e4), posts(3e5)},
      {"duplicates", "100,000 posts remembered", {{"remember", 100'000}}, posts(2e5), posts(3e5)},
      {"duplicates", "1,000,000 posts remembered", {{"remember", 1'000'000}}, posts(1.2e6), posts(3e5)},
      {"keyphrases", "two subjects", {}, posts(1e5), posts(3e5)},
      {"topics", "1,000 topics, 4,000 waiting", {}, posts(1e5), posts(2e5)},
      {"duplicates", "a flood of near copies by one author", {}, posts(1e5), posts(1e6), true},
  };
  for (const Case& c : cases)
    if (only.empty() || only == c.plugin) run(c);
}
