// How many posts a second the sqlite sink writes in bulk, and how many its full-text index follows with. Through the
// built plugin and its C tables, in batches of 256 posts of about 350 bytes with one finding each.
//
//   bench_store [POSTS] [AUTHORS]      a table on standard output
#include <sqlite3.h>

#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <thread>
#include <vector>

#include "../../plugins/loaded.hpp"
#include "../used.hpp"
#include "earshot/testing.hpp"

namespace {

using earshot::bench::cpu_seconds;
using Clock = std::chrono::steady_clock;
using earshot::str;
using earshot::testing::ComponentUnderTest;

constexpr std::uint32_t kBatch = 256;

std::uint64_t mixed(std::uint64_t z) {
  z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9u;
  z = (z ^ (z >> 27)) * 0x94D049BB133111EBu;
  return z ^ (z >> 31);
}

// The texts of one batch, made before the clock runs.
struct Batch {
  std::vector<std::string> texts, ids, authors, urls;
  std::vector<ear_author> people;
  std::vector<ear_segment> segments;
  std::vector<ear_finding> findings;
  std::vector<ear_post> posts;
  std::vector<ear_delivery> items;
};

std::string sentence(std::uint64_t seed) {
  std::string text = "acme ";
  while (text.size() < 200) {
    seed = mixed(seed + 0x9E3779B97F4A7C15u);
    const std::uint64_t word = seed % 100 < 60 ? seed / 100 % 500 : seed / 100 % 50000;  // a vocabulary with a tail
    for (std::uint64_t rest = mixed(word), length = 2 + rest % 9; length > 0; --length, rest = mixed(rest))
      text += static_cast<char>('a' + rest % 26);
    text += ' ';
  }
  return text;
}

void fill(Batch& b, std::uint64_t first, std::uint64_t authors) {
  b.texts.resize(kBatch), b.ids.resize(kBatch), b.authors.resize(kBatch), b.urls.resize(kBatch);
  b.people.resize(kBatch), b.segments.resize(kBatch), b.findings.resize(kBatch), b.posts.resize(kBatch);
  b.items.resize(kBatch);
  for (std::uint32_t i = 0; i < kBatch; ++i) {
    const std::uint64_t n = first + i, random = mixed(n * 0x9E3779B97F4A7C15u + 1);
    b.texts[i] = sentence(random);
    b.ids[i] = std::to_string(random % 1'000'000'000'000'000'000u);  // in no order
    b.authors[i] = "user" + std::to_string(random / 7 % authors);
    b.urls[i] = "https://social.example/@" + b.authors[i] + "/" + b.ids[i];
    ear_author& who = b.people[i] = earshot::make_author();
    who.id = who.handle = str(b.authors[i]);
    who.followers = static_cast<std::int64_t>(random / 7 % authors % 1000);
    b.segments[i] = earshot::make_segment(EAR_BODY, b.texts[i]);
    ear_finding& found = b.findings[i] = earshot::make_finding(i, "mention", "acme", 0.9);
    found.segment = 0, found.begin = 0, found.end = 4, found.detector = str("mentions"),
    found.reason = str("name: Acme");
    ear_post& post = b.posts[i] = earshot::make_post();
    post.platform = str("mastodon"), post.id = str(b.ids[i]), post.kind = str("status"), post.url = str(b.urls[i]);
    post.language = str("en"), post.source = str("fediverse");
    post.published = 1'767'225'600'000'000'000 + static_cast<std::int64_t>(n) * 50'000'000;
    post.collected = post.published + 1'000'000'000, post.likes = 3, post.author = &who;
    post.segments = &b.segments[i], post.segment_count = 1;
    post.findings = &b.findings[i], post.finding_count = 1;
    post.key = {random, n};
    b.items[i] = {sizeof(ear_delivery), EAR_DELIVERY_POST, post.key, 0, &post, nullptr, nullptr};
  }
}

// Of this thread, so that a busy machine changes it less than the time on the wall.
double seconds(Clock::duration d) {
  return std::chrono::duration<double>(d).count();
}

std::int64_t number(const std::string& path, const char* sql) {
  sqlite3* database = nullptr;
  sqlite3_stmt* statement = nullptr;
  sqlite3_open_v2(path.c_str(), &database, SQLITE_OPEN_READONLY, nullptr);
  sqlite3_prepare_v2(database, sql, -1, &statement, nullptr);
  const std::int64_t value = sqlite3_step(statement) == SQLITE_ROW ? sqlite3_column_int64(statement, 0) : -1;
  sqlite3_finalize(statement);
  sqlite3_close(database);
  return value;
}

// Seconds in the sink, and until the index was up to date.
struct Result {
  double rows = 0, rows_cpu = 0, index = 0;
  std::int64_t lag = 0;  // posts that were not indexed when the last row was written
};

Result run(const std::string& path, const char* index, std::uint64_t posts, std::uint64_t authors) {
  ComponentUnderTest sink(earshot::testing::loaded("sqlite"), {{"path", path}, {"index", index}});
  sink.start();
  std::vector<Batch> batches(64);  // as many as are made at once
  Clock::duration in_sink{};
  double in_sink_cpu = 0;
  for (std::uint64_t done = 0; done < posts;) {
    for (std::size_t i = 0; i < batches.size(); ++i) fill(batches[i], done + i * kBatch, authors);
    const auto before = Clock::now();
    const double cpu_before = cpu_seconds();
    for (const Batch& batch : batches) {
      const ear_deliveries deliveries{sizeof(ear_deliveries), kBatch, batch.items.data(), sizeof(ear_delivery), 0};
      std::uint32_t accepted = 0;
      sink.call("write",
                [&](ear_error* e) { return sink.table().sink->write(sink.self(), &deliveries, &accepted, e); });
    }
    done += batches.size() * kBatch;
    if (done >= posts) sink.call("flush", [&](ear_error* e) { return sink.table().sink->flush(sink.self(), e); });
    in_sink += Clock::now() - before;
    in_sink_cpu += cpu_seconds() - cpu_before;
  }
  Result result;
  result.rows = seconds(in_sink), result.rows_cpu = in_sink_cpu;
  const char* lag = "SELECT (SELECT max(post) FROM posts) - indexed_to FROM search_state";
  result.lag = number(path, lag);
  const auto before = Clock::now();
  while (std::string_view(index) == "background" && number(path, lag) > 0)
    std::this_thread::sleep_for(std::chrono::milliseconds{5});
  result.index = seconds(Clock::now() - before);
  sink.stop();
  return result;
}

}  // namespace

int main(int argc, char** argv) {
  const std::uint64_t posts = argc > 1 ? std::strtoull(argv[1], nullptr, 10) : 500'000;
  const std::uint64_t authors = argc > 2 ? std::strtoull(argv[2], nullptr, 10) : 20'000;
  const earshot::testing::Folder folder;
  const std::uint64_t rounds = (posts + 64 * kBatch - 1) / (64 * kBatch);
  const auto total = static_cast<double>(rounds * 64 * kBatch);
  std::printf("%-12s %12s %14s %16s %12s\n", "index", "rows/s", "rows/CPU s", "index posts/s", "bytes/post");
  for (const char* index : {"none", "background", "inline"}) {
    const std::string path = folder / (std::string(index) + ".db");
    const Result r = run(path, index, posts, authors);
    const double bytes = static_cast<double>(std::filesystem::file_size(path)) / total;
    const double indexed = r.lag > 0 && r.index > 0.01 ? static_cast<double>(r.lag) / r.index : 0;
    std::printf("%-12s %12.0f %14.0f %16.0f %12.0f\n", index, total / r.rows, total / r.rows_cpu, indexed, bytes);
    std::fflush(stdout);
  }
}
