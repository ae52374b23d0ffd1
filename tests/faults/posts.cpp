#include "posts.hpp"

#include <fmt/format.h>

#include <cstdint>
#include <fstream>

namespace {

constexpr std::int64_t kStart = 1'772'323'200;  // 2026-03-01, in seconds
constexpr std::int64_t kMonth = 28 * 86'400;

std::uint64_t scattered(std::uint64_t x) {  // splitmix64
  x += 0x9E3779B97F4A7C15u;
  x = (x ^ x >> 30) * 0xBF58476D1CE4E5B9u;
  x = (x ^ x >> 27) * 0x94D049BB133111EBu;
  return x ^ x >> 31;
}

std::string text_of(std::uint64_t chance, std::int64_t second) {
  const std::int64_t hour = second / 3600;
  const bool burst = hour >= 15 * 24 && hour < 15 * 24 + 12, silence = hour >= 20 * 24 && hour < 22 * 24;
  const std::uint64_t share = burst ? 90 : silence ? 0 : 20;
  const std::string brand = chance % 100 < share ? (chance % 7 < 4 ? "Acme" : "Zentrix") : "nobody";
  return fmt::format("Word {} of {} and \\\"more\\\" \u00e9t\u00e9 {}", chance % 1000, brand, chance % 13);
}

std::string line_at(const std::string& platform, int number, std::int64_t second, const std::string& text) {
  return fmt::format(
      R"({{"platform":"{}","id":"{}","published":{},"collected":{},"author":{{"id":"u{}","handle":"user{}"}},"text":"{}"}})"
      "\n",
      platform, number, second, second + 1, number % 997, number % 997, text);
}

}  // namespace

std::string post_line(const std::string& platform, int number, const std::string& text) {
  return line_at(platform, number, kStart + number, text);
}

void write_posts(const Folder& folder, int count) {
  for (const std::string platform : {"alpha", "beta"}) {
    std::ofstream out(folder / (platform + ".ndjson"), std::ios::binary);
    const int posts = count / 2;
    for (int i = 0; i < posts; ++i) {
      const std::uint64_t chance = scattered(static_cast<std::uint64_t>(i) * 2 + (platform == "beta"));
      const std::int64_t second =
          kMonth * i / posts + static_cast<std::int64_t>(chance % 240);  // a little out of order
      out << line_at(platform, i, kStart + second, text_of(chance >> 8, second));
    }
  }
}

std::string write_pipeline(const Folder& folder, const std::string& name, const Pipeline& differs) {
  std::string text = fmt::format("pipeline: {0}\nstate: {1}\ncheckpoint: {2}\n{3}\n", name, folder / (name + ".state"),
                                 differs.checkpoint, differs.more);
  text += "watchlist:\n  - {id: acme, names: [Acme]}\n  - {id: zentrix, names: [Zentrix]}\nsources:\n";
  if (differs.sources.empty())
    for (const char* source : {"alpha", "beta"})
      text += fmt::format("  {}: {{plugin: file, path: {}, rate: {}}}\n", source,
                          folder / (std::string(source) + ".ndjson"), differs.rate);
  text += differs.sources;
  const std::string from = differs.sources.empty() ? "[alpha, beta]" : "posts";
  text += fmt::format("detectors:\n  mentions: {{plugin: brand_text, from: {}}}\n", from);
  text += fmt::format("  counted: {{plugin: moody, from: mentions{}}}\n", differs.moody);
  text += "  unusual: {plugin: spike, from: counted, window: 1h, season: 0s}\nsinks:\n";
  text +=
      fmt::format("  store: {{plugin: sqlite, from: unusual, path: {}, commit_every: 500}}\n", folder / (name + ".db"));
  text += fmt::format("  lines: {{plugin: ndjson, from: unusual, path: {}}}\n", folder / (name + ".ndjson"));
  return folder.write(name + ".yaml", text + differs.sinks);
}
