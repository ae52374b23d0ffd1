// What retention and an erasure cost on a large store. It makes one, of posts of about 200 bytes with a mention each, a
// post every 5 s; then removes the oldest tenth, in steps of a thousand, and one author. `earshot erase` on the same
// file adds the proof and writes the file anew; its parts are timed here one by one.
//
//   bench_retention [POSTS] [AUTHORS]      a table on standard output
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <functional>
#include <string>
#include <vector>

#include "../used.hpp"
#include "earshot/types.hpp"
#include "store/retention.hpp"
#include "store/schema.hpp"
#include "store/writer.hpp"

namespace {

using earshot::bench::cpu_seconds;
namespace store = earshot::store;
using Clock = std::chrono::steady_clock;

constexpr std::int64_t kFirst = 1'767'225'600'000'000'000, kStep = 5'000'000'000;
constexpr std::size_t kBatch = 4096;

std::uint64_t mixed(std::uint64_t z) {
  z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9u;
  z = (z ^ (z >> 27)) * 0x94D049BB133111EBu;
  return z ^ (z >> 31);
}

std::string sentence(std::uint64_t seed) {
  std::string text = "acme ";
  while (text.size() < 150) {
    seed = mixed(seed + 0x9E3779B97F4A7C15u);
    const std::uint64_t word = seed % 100 < 60 ? seed / 100 % 500 : seed / 100 % 50'000;  // a vocabulary with a tail
    for (std::uint64_t rest = mixed(word), length = 2 + rest % 9; length > 0; --length, rest = mixed(rest))
      text += static_cast<char>('a' + rest % 26);
    text += ' ';
  }
  return text;
}

void make(const store::Database& database, std::uint64_t posts, std::uint64_t authors) {
  store::Writer writer(database);
  std::vector<std::string> texts(kBatch), ids(kBatch), names(kBatch);
  std::vector<ear_author> people(kBatch);
  std::vector<ear_segment> segments(kBatch);
  std::vector<ear_finding> findings(kBatch);
  std::vector<ear_post> all(kBatch);
  for (std::uint64_t done = 0; done < posts;) {
    const std::size_t count = std::min<std::uint64_t>(kBatch, posts - done);
    std::vector<ear_delivery> items;
    for (std::size_t i = 0; i < count; ++i) {
      const std::uint64_t n = done + i, random = mixed(n * 0x9E3779B97F4A7C15u + 1);
      texts[i] = sentence(random), ids[i] = std::to_string(random),
      names[i] = "user" + std::to_string(random / 7 % authors);
      people[i] = earshot::make_author();
      people[i].id = people[i].handle = earshot::str(names[i]);
      segments[i] = earshot::make_segment(EAR_BODY, texts[i]);
      findings[i] = earshot::make_finding(0, "mention", "acme", 0.9);
      ear_post& post = all[i] = earshot::make_post();
      post.platform = earshot::str("mastodon"), post.id = earshot::str(ids[i]), post.kind = earshot::str("status");
      post.published = post.collected = kFirst + static_cast<std::int64_t>(n) * kStep, post.author = &people[i];
      post.segments = &segments[i], post.segment_count = 1, post.findings = &findings[i], post.finding_count = 1;
      items.push_back({sizeof(ear_delivery), EAR_DELIVERY_POST, {random, n}, 0, &post, nullptr, nullptr});
    }
    writer.write(items, true);
    done += count;
  }
}

// Of this thread, so that a busy machine changes it less than the time on the wall.
struct Took {
  double seconds, cpu;
};

Took timed(const std::function<void()>& work) {
  const auto before = Clock::now();
  const double cpu_before = cpu_seconds();
  work();
  return {std::chrono::duration<double>(Clock::now() - before).count(), cpu_seconds() - cpu_before};
}

void row(const char* what, Took took, double posts, double longest = 0) {
  std::printf("%-44s %10.2f %10.2f %14.0f %16.0f\n", what, took.seconds, took.cpu, posts > 0 ? posts / took.cpu : 0,
              longest * 1000);
  std::fflush(stdout);
}

}  // namespace

int main(int argc, char** argv) {
  const std::uint64_t posts = argc > 1 ? std::strtoull(argv[1], nullptr, 10) : 1'000'000;
  const std::uint64_t authors = argc > 2 ? std::strtoull(argv[2], nullptr, 10) : 20'000;
  std::string name = (std::filesystem::temp_directory_path() / "earshot-bench-XXXXXX").string();
  if (::mkdtemp(name.data()) == nullptr) return 1;
  const std::filesystem::path folder = name, path = folder / "acme.db";
  {
    const store::Database database = store::open_for_writing(path, std::chrono::seconds{10});
    std::printf("%-44s %10s %10s %14s %16s\n", "step", "seconds", "CPU s", "posts a CPU s", "longest, CPU ms");
    row("make the store, indexed and counted", timed([&] { make(database, posts, authors); }),
        static_cast<double>(posts));
    database.execute("PRAGMA wal_checkpoint(TRUNCATE)");
    std::printf("%-44s %10.0f MB\n", "  its size", static_cast<double>(std::filesystem::file_size(path)) / 1e6);

    store::TextIndex index(database);
    store::Rollup rollup(database);
    store::Retention retention(database, index, rollup);
    const ear_time cut = kFirst + static_cast<std::int64_t>(posts / 10) * kStep;
    retention.begin({.posts = 1}, cut + 1);
    double longest = 0;
    const Took pass = timed([&] {
      for (bool more = true; more;) longest = std::max(longest, timed([&] { more = retention.step(1000); }).cpu);
    });
    row("retention: the oldest tenth, by a thousand", pass, static_cast<double>(retention.removed().posts), longest);
    row("retention: a pass with nothing to remove", timed([&] {
          retention.begin({.posts = 1}, cut + 1);
          while (retention.step(1000)) {
          }
        }),
        0);

    std::int64_t erased = 0;
    const Took erase = timed([&] { erased = store::Writer(database).erase("mastodon", "user7").value_or(0); });
    row("erase: rows, figures and names of an author", erase, static_cast<double>(erased));
    row("erase: merging the full-text index", timed([&] { store::merge_index(database, [] { return true; }); }), 0);
    row("erase: writing the file anew", timed([&] { store::compact(database); }), 0);
    std::printf("%-44s %10.0f MB\n", "  its size", static_cast<double>(std::filesystem::file_size(path)) / 1e6);
  }
  std::filesystem::remove_all(folder);
}
