// What the service media costs: a picture of 1024x768 as JPEG, PNG and WebP, beside the library called directly; and
// the peak of memory after many different pictures, through the built plugin and its C table. CPU time of one thread.
//
//   bench_media [PICTURES]      10,000 of them where nothing is said
#include <earshot/services/media.hpp>
#include <earshot/testing.hpp>

#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <string>
#include <vector>

#include "../used.hpp"
#include "floor.hpp"
#include "loaded.hpp"
#include "media/copies.hpp"
#include "media/made_pictures.hpp"
#include "media/still.hpp"

namespace {

using namespace earshot::testing;
using earshot::bench::cpu_seconds;

// A scene with the grain of a photograph: packs to what photographs do.
pictures::Pixels photograph(std::uint32_t seed) {
  pictures::Pixels p = pictures::scene(1024, 768, seed);
  std::uint32_t state = seed;
  for (std::uint8_t& level : p.bgr) {
    state = state * 1664525u + 1013904223u;
    level = static_cast<std::uint8_t>(std::min(255, level + static_cast<int>(state >> 28)));
  }
  return p;
}

template <class Work>
double milliseconds(Work&& work) {
  constexpr int kRounds = 40;
  work();
  const double before = cpu_seconds();
  for (int i = 0; i < kRounds; ++i) work();
  return (cpu_seconds() - before) * 1000 / kRounds;
}

class Service {
 public:
  Service() : component_(loaded("media"), {}) {
    component_.set_option({"cache", folder_ / "cache"});
    component_.set_option({"cache_size", "256MiB"});
    component_.set_option({"videos", "no"});
    component_.start();
    host_.add_service(EAR_MEDIA_1, component_.table().service->table(component_.self(), earshot::str(EAR_MEDIA_1)));
    media_ = earshot::MediaService(earshot::Host(host_.raw()));
  }
  void look(const std::string& url) const {
    media_.open(earshot::Media(earshot::make_media(EAR_MEDIA_IMAGE, url))).pictures([](const ear_picture&) {
      return true;
    });
  }
  std::string keep(const std::string& bytes) const { return media_.keep(bytes); }

 private:
  Folder folder_;
  ComponentUnderTest component_;
  TestHost host_;
  earshot::MediaService media_;
};

double peak_mib() {
  char line[200];
  double kib = 0;
  if (std::FILE* f = std::fopen("/proc/self/status", "r")) {
    while (std::fgets(line, sizeof line, f) != nullptr)
      if (std::strncmp(line, "VmHWM:", 6) == 0) kib = std::strtod(line + 6, nullptr);
    std::fclose(f);
  }
  return kib / 1024;
}

// Each of these looks at one medium for the first time: what it is, hash, decoding, likeness.
double first_look(const Service& service, const std::string& bytes) {
  std::vector<std::string> urls;
  for (int i = 0; i < 41; ++i)
    urls.push_back(service.keep(bytes + std::to_string(i)));  // what follows a picture is ignored
  std::size_t next = 0;
  return milliseconds([&] { service.look(urls[next++]); });
}

void speed(const Service& service) {
  const pictures::Pixels p = photograph(1);
  struct Row {
    const char* name;
    std::string bytes;
    std::vector<unsigned char> (*floor)(const std::string&);
  };
  const Row rows[] = {{"JPEG", pictures::jpeg(p, {.quality = 85}), earshot::bench::plain_jpeg},
                      {"PNG", pictures::png(p), earshot::bench::plain_png},
                      {"WebP", pictures::webp(p), earshot::bench::plain_webp}};
  std::printf("1024x768    bytes  library ms  decoder ms  first look ms  again ms\n");
  for (const Row& row : rows) {
    const std::string& bytes = row.bytes;
    const auto format = earshot::media::sniff(bytes).format;
    const std::string url = service.keep(bytes);
    std::printf("%-8s %8zu %11.2f %11.2f %14.2f %9.3f\n", row.name, bytes.size(),
                milliseconds([&] { row.floor(bytes); }),
                milliseconds([&] { earshot::media::decoded(format, bytes, {}); }), first_look(service, bytes),
                milliseconds([&] { service.look(url); }));
  }
  std::printf("likeness of a picture: %.2f ms\n", milliseconds([&] {
                earshot::media::likeness({p.width, p.height}, p.bgr.data(), 3 * p.width);
              }));
  const std::string large = pictures::jpeg(pictures::scaled(p, 6000, 4500), {.quality = 85});
  std::printf("JPEG of 6000x4500 (27 million pixels, %.1f MB): %.0f ms, by scales of its cosine transform\n",
              static_cast<double>(large.size()) / 1e6,
              milliseconds([&] { earshot::media::decoded(earshot::media::Format::jpeg, large, {}); }));
}

void memory(const Service& service, int pictures) {
  constexpr std::uint32_t kGrounds = 20;
  std::vector<pictures::Pixels> grounds;
  for (std::uint32_t i = 0; i < kGrounds; ++i) grounds.push_back(photograph(i));
  if (std::FILE* f = std::fopen("/proc/self/clear_refs", "w")) std::fputs("5", f), std::fclose(f);  // a peak of its own
  std::uint32_t state = 7;
  double spent = 0;
  for (int i = 0; i < pictures; ++i) {
    pictures::Pixels& p = grounds[static_cast<std::size_t>(i) % kGrounds];
    for (int square = 0; square < 3; ++square) {  // so that no two look the same
      state = state * 1664525u + 1013904223u;
      const std::uint32_t x0 = (state >> 8) % 960, y0 = (state >> 18) % 700;
      for (std::uint32_t y = y0; y < y0 + 64; ++y)
        std::memset(&p.bgr[(std::size_t{y} * 1024 + x0) * 3], static_cast<int>(state >> 24), 192);
    }
    const std::string url = service.keep(pictures::jpeg(p, {.quality = 85}));
    const double before = cpu_seconds();
    service.look(url);
    spent += cpu_seconds() - before;
  }
  std::printf("%d different pictures: %.2f ms each, peak of memory %.0f MiB (of it %.0f MiB the benchmark's own)\n",
              pictures, spent * 1000 / pictures, peak_mib(), kGrounds * 1024.0 * 768 * 3 / (1 << 20));
}

}  // namespace

int main(int argc, char** argv) {
  const int pictures = argc > 1 ? std::atoi(argv[1]) : 10'000;
  const double before = cpu_seconds(), resident = earshot::bench::resident_mib();
  const Service service;
  std::printf("start: %.1f ms of CPU, %.1f MiB\n", (cpu_seconds() - before) * 1000,
              earshot::bench::resident_mib() - resident);
  speed(service);
  memory(service, pictures);
}
