// How many posts a CPU second `language`, `place` and `entities` take, each through its built plugin and its C table,
// in batches of 256, and what its start costs. The posts are made of sentences in six languages, of about 100 bytes,
// with a declared place.
//
//   bench_language [BATCHES]      a table on standard output
#include <unistd.h>

#include <array>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <fstream>
#include <string>
#include <vector>

#include "../../plugins/loaded.hpp"
#include "earshot/testing.hpp"

namespace {

using earshot::testing::ComponentUnderTest;
using earshot::testing::loaded;

constexpr std::uint32_t batch_size = 256;

constexpr std::array<const char*, 6> beginnings{
    "The new shoes arrived yesterday and they fit very well, ", "Die neuen Schuhe sind gestern angekommen und passen, ",
    "Los zapatos nuevos llegaron ayer y me quedan muy bien, ",  "Les nouvelles chaussures sont arrivées hier matin, ",
    "Новые туфли пришли вчера и очень хорошо сидят, ",          "Yeni ayakkabılar dün geldi ve çok güzel oldu, "};
constexpr std::array<const char*, 6> endings{"thank you Anna Miller and the shop in London",
                                             "danke an den Laden in Hamburg und an alle dort",
                                             "gracias a todos en la tienda de Madrid",
                                             "merci à toute la boutique de Lyon",
                                             "спасибо всем в магазине",
                                             "dükkandaki herkese teşekkürler"};
constexpr std::array<const char*, 6> places{"London, UK", "Hamburg", "Madrid, España", "Lyon", "the moon", "İstanbul"};

struct Batch {
  std::vector<std::string> texts;
  std::vector<ear_author> authors;
  std::vector<ear_segment> segments;
  std::vector<ear_post> posts;
  std::vector<const ear_post*> pointers;
  std::size_t bytes = 0;

  Batch() : texts(batch_size), authors(batch_size), segments(batch_size), posts(batch_size), pointers(batch_size) {
    for (std::uint32_t i = 0; i < batch_size; ++i) {
      texts[i] = std::string(beginnings[i % 6]) + endings[i % 6] + " " + std::to_string(i);
      bytes += texts[i].size();
      authors[i] = earshot::make_author();
      authors[i].id = earshot::str("ana"), authors[i].place = earshot::str(places[i / 6 % 6]);
      segments[i] = earshot::make_segment(EAR_BODY, texts[i]);
      posts[i] = earshot::make_post();
      posts[i].author = &authors[i];
      posts[i].segments = &segments[i], posts[i].segment_count = 1;
      pointers[i] = &posts[i];
    }
  }
};

double cpu_seconds() {
  return static_cast<double>(std::clock()) / CLOCKS_PER_SEC;
}

double resident_mib() {
  std::ifstream in("/proc/self/statm");
  long pages = 0, resident = 0;
  in >> pages >> resident;
  return static_cast<double>(resident) * static_cast<double>(::sysconf(_SC_PAGESIZE)) / (1 << 20);
}

void run(const std::string& name, const Batch& batch, int batches) {
  const double memory = resident_mib(), start = cpu_seconds();
  ComponentUnderTest component(loaded(name), {});
  component.create(), component.start();
  std::printf("%-10s %10.1f ms of CPU until it has started, %.1f MiB\n", name.c_str(), (cpu_seconds() - start) * 1000,
              resident_mib() - memory);
  std::size_t findings = 0;
  ear_batch raw{};
  raw.size = sizeof raw;
  raw.posts = batch.pointers.data(), raw.count = batch_size;
  ear_detector_out out{};
  out.size = sizeof out;
  out.ctx = &findings;
  out.finding = [](void* count, const ear_finding*) { ++*static_cast<std::size_t*>(count); };
  ear_error error = earshot::testing::make_error();
  const double begin = cpu_seconds();
  for (int i = 0; i < batches; ++i)
    if (component.table().detector->detect(component.self(), &raw, &out, &error) != EAR_OK) {
      std::fprintf(stderr, "bench_language: %s failed: %s\n", name.c_str(), error.message);
      std::exit(1);
    }
  const double seconds = cpu_seconds() - begin, posts = static_cast<double>(batches) * batch_size;
  std::printf("%-10s %10.0f posts a CPU second of %zu bytes, %.2f findings a post\n", name.c_str(), posts / seconds,
              batch.bytes / batch_size, static_cast<double>(findings) / posts);
}

}  // namespace

int main(int argc, char** argv) {
  const int batches = argc > 1 ? std::atoi(argv[1]) : 500;
  const Batch batch;
  run("language", batch, batches);
  run("place", batch, batches);
  run("entities", batch, batches / 5);
}
