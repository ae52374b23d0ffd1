// Posts a second and memory of `spike` through the built plugin and its C table: many subjects in windows of five
// minutes, on one core. Half of the posts are about a hundredth of the subjects. Event time moves with the posts, and
// `advance` is called as a host does, so that what is measured is counting and judging.
//
//   bench_spike [SUBJECTS] [DAYS] [POSTS_A_DAY]      100000 2 5000000

#include <algorithm>
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

constexpr std::uint32_t kBatch = 256;
constexpr std::int64_t kDay = 86'400'000'000'000, kStart = 20'000 * kDay;

std::uint64_t mixed(std::uint64_t z) {
  z += 0x9E3779B97F4A7C15u;
  z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9u;
  z = (z ^ (z >> 27)) * 0x94D049BB133111EBu;
  return z ^ (z >> 31);
}

struct Batch {
  std::vector<std::string> ids = std::vector<std::string>(kBatch);
  std::vector<ear_segment> segments = std::vector<ear_segment>(kBatch);
  std::vector<ear_post> posts = std::vector<ear_post>(kBatch, earshot::make_post());
  std::vector<ear_finding> findings = std::vector<ear_finding>(kBatch);
  std::vector<const ear_post*> pointers = std::vector<const ear_post*>(kBatch);
  ear_author author = earshot::make_author();
  std::string text =
      "What is said of it today, in a hundred letters or so, as posts are on the whole, no more than that.";

  void fill(std::uint64_t first, double apart, const std::vector<std::string>& subjects) {
    author.id = author.handle = str("somebody");
    for (std::uint32_t i = 0; i < kBatch; ++i) {
      const std::uint64_t n = first + i, random = mixed(n);
      const std::size_t some = random % 2 == 0 ? std::max<std::size_t>(subjects.size() / 100, 1) : subjects.size();
      ids[i] = std::to_string(n);
      segments[i] = earshot::make_segment(EAR_BODY, text);
      ear_post& p = posts[i];
      p.platform = str("bench"), p.id = str(ids[i]), p.author = &author;
      p.key = {random, n};
      p.published = kStart + static_cast<std::int64_t>(static_cast<double>(n) * apart);
      p.segments = &segments[i], p.segment_count = 1;
      findings[i] = earshot::make_finding(i, "mention", subjects[random / 2 % some], 0.9);
      findings[i].segment = 0;
      p.findings = &findings[i], p.finding_count = 1;
      pointers[i] = &p;
    }
  }
};

}  // namespace

int main(int argc, char** argv) {
  const auto number = [&](int at, double otherwise) { return argc > at ? std::atof(argv[at]) : otherwise; };
  std::vector<std::string> subjects(static_cast<std::size_t>(number(1, 100'000)));
  for (std::size_t i = 0; i < subjects.size(); ++i) subjects[i] = "subject-" + std::to_string(mixed(i) % 1'000'000'007);
  const double days = number(2, 2), a_day = number(3, 5e6);

  const double memory = resident_mib();
  ComponentUnderTest detector(earshot::testing::loaded("spike"), {});
  detector.create(), detector.start();
  static ear_time asked = EAR_TIME_END;
  static std::uint64_t alerts = 0;
  ear_detector_out out{};
  out.size = sizeof out;
  out.finding = [](void*, const ear_finding*) {};
  out.segment = [](void*, std::uint32_t, const ear_segment*) {};
  out.alert = [](void*, const ear_alert* a) { alerts += a->state == EAR_ALERT_CLOSED; };
  out.stop = [](void*, std::uint32_t) {};
  out.reject = [](void*, std::uint32_t, ear_str) {};
  out.wake_at = [](void*, ear_time t) { asked = std::min(asked, t); };

  Batch batch;
  double counting = 0, judging = 0;
  std::uint64_t n = 0;
  for (; static_cast<double>(n) < days * a_day; n += kBatch) {
    batch.fill(n, static_cast<double>(kDay) / a_day, subjects);
    ear_batch raw{};
    raw.size = sizeof raw, raw.count = kBatch, raw.posts = batch.pointers.data(), raw.gap_stride = sizeof(ear_gap);
    const double begin = cpu_seconds();
    detector.call("detect",
                  [&](ear_error* e) { return detector.table().detector->detect(detector.self(), &raw, &out, e); });
    const double middle = cpu_seconds();
    const ear_time now = batch.posts.back().published;
    if (asked <= now) {
      asked = EAR_TIME_END;
      detector.call("advance",
                    [&](ear_error* e) { return detector.table().detector->advance(detector.self(), now, &out, e); });
    }
    counting += middle - begin, judging += cpu_seconds() - middle;
  }
  std::printf("%zu subjects, %.1f days, %.0f posts a day, windows of 5 minutes\n", subjects.size(), days, a_day);
  std::printf("%.0f posts/CPU s (%.0f%% of it judging), %.0f MiB, %llu alerts closed\n",
              static_cast<double>(n) / (counting + judging), 100 * judging / (counting + judging),
              resident_mib() - memory, static_cast<unsigned long long>(alerts));
}
