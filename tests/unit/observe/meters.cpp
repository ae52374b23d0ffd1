#include "observe/meters.hpp"

#include <fmt/core.h>
#include <catch2/catch.hpp>
#include <limits>
#include <thread>
#include <vector>

#include "base/error.hpp"
#include "earshot/abi.h"

using namespace earshot::host;

namespace {

bool has(const std::string& text, const std::string& line) {
  std::string page = "\n", wanted = "\n";
  page += text;
  wanted += line;
  wanted += '\n';
  return page.find(wanted) != std::string::npos;
}

}  // namespace

TEST_CASE("instruments come out in Prometheus' form") {
  Meters meters;
  meters.counter("earshot_posts_total", "Posts.", {{"component", "a\"b"}}).add(3);
  meters.single_writer_counter("earshot_bytes_total", "Bytes.").add(5);
  meters.gauge("earshot_queue_bytes", "Waiting.").set(1.5);
  meters.histogram("earshot_seconds", "Time.").add(1500);
  const std::string text = meters.prometheus();
  CHECK(has(text, "# HELP earshot_posts_total Posts."));
  CHECK(has(text, "# TYPE earshot_posts_total counter"));
  CHECK(has(text, R"(earshot_posts_total{component="a\"b"} 3)"));
  CHECK(has(text, "earshot_bytes_total 5"));
  CHECK(has(text, "# TYPE earshot_queue_bytes gauge"));
  CHECK(has(text, "earshot_queue_bytes 1.5"));
  CHECK(has(text, "earshot_seconds_count 1"));
  CHECK(text.find("earshot_seconds_bucket{le=\"+Inf\"} 1\n") != std::string::npos);
  CHECK(text.find("le=\"+Inf\"") == text.rfind("le=\"+Inf\""));
}

TEST_CASE("the same name and labels are the same instrument") {
  Meters meters;
  Counter& one = meters.counter("c_total", "C.", {{"a", "1"}});
  CHECK(&one == &meters.counter("c_total", "C.", {{"a", "1"}}));
  CHECK(&one != &meters.counter("c_total", "C.", {{"a", "2"}}));
  CHECK_THROWS_AS(meters.gauge("c_total", "C."), Failure);
  CHECK_THROWS_AS(meters.single_writer_counter("c_total", "C.", {{"a", "1"}}), Failure);
}

TEST_CASE("a value lies in the bucket whose bound it does not pass") {
  const Histogram histogram({1000, 1e-9});
  for (std::size_t i = 0; i < Histogram::kBuckets; ++i) {
    const std::uint64_t bound = std::uint64_t{1000} << i;
    CHECK(histogram.bucket(bound) == i);
    CHECK(histogram.bucket(bound + 1) == i + 1);
  }
  CHECK(histogram.bucket(0) == 0);
  CHECK(histogram.bucket(std::numeric_limits<std::uint64_t>::max()) == Histogram::kBuckets);
}

TEST_CASE("a quantile is the bound of its bucket") {
  Histogram histogram({1, 1});
  CHECK(histogram.quantile(0.5) == 0);
  for (std::uint64_t i = 1; i <= 100; ++i) histogram.add(i);
  CHECK(histogram.quantile(0.5) == 64);
  CHECK(histogram.quantile(0.01) == 1);
  CHECK(histogram.quantile(1) == 128);
}

TEST_CASE("a measured gauge is asked until its owner goes") {
  Meters meters;
  auto held = meters.measured("m", "M.", {{"n", "1"}}, [] { return 7.0; });
  CHECK(has(meters.prometheus(), "m{n=\"1\"} 7"));
  held.reset();
  CHECK(meters.prometheus().empty());
}

TEST_CASE("a measured gauge may outlive its meters") {
  std::shared_ptr<void> held;
  {
    Meters meters;
    held = meters.measured("m", "M.", {}, [] { return 7.0; });
  }
  held.reset();
  SUCCEED();
}

TEST_CASE("no count is lost between threads, and reading meanwhile is allowed") {
  Meters meters;
  Counter& counter = meters.counter("c_total", "C.");
  Gauge& gauge = meters.gauge("g", "G.");
  Histogram& histogram = meters.histogram("h", "H.");
  SingleWriterCounter& single = meters.single_writer_counter("s_total", "S.");
  PluginMeters plugin(meters, "p");
  std::vector<std::thread> threads;
  threads.reserve(8);
  for (int t = 0; t < 4; ++t)
    threads.emplace_back([&, t] {
      for (int i = 0; i < 2000; ++i) {
        counter.add();
        gauge.add(1);
        histogram.add(static_cast<std::uint64_t>(i));
        if (t == 0) single.add();
        plugin.metric(EAR_COUNTER, "hits", 0.5);
      }
    });
  for (int i = 0; i < 20; ++i) (void)meters.prometheus();
  for (auto& thread : threads) thread.join();
  CHECK(counter.value() == 8000);
  CHECK(gauge.value() == 8000);
  CHECK(histogram.count() == 8000);
  CHECK(single.value() == 2000);
  CHECK(has(meters.prometheus(), "earshot_plugin_hits_total{component=\"p\"} 4000"));
}

TEST_CASE("what a plugin calls its metrics cannot break the page") {
  Meters meters;
  PluginMeters plugin(meters, "p");
  plugin.metric(EAR_GAUGE, "cache size\n# evil 1", 2);
  plugin.metric(EAR_GAUGE, "", 3);
  const std::string text = meters.prometheus();
  CHECK(has(text, "earshot_plugin_cache_size___evil_1{component=\"p\"} 2"));
  CHECK(has(text, "earshot_plugin_unnamed{component=\"p\"} 3"));
}

TEST_CASE("what is in the middle of something long tells how far it has got") {
  Meters meters;
  PluginMeters done(meters, "done"), busy(meters, "busy");
  CHECK_FALSE(meters.progress());
  done.metric(EAR_GAUGE, "progress", 1);
  busy.metric(EAR_GAUGE, "progress", 0.25);
  CHECK(meters.progress() == 0.25);
}

TEST_CASE("what cannot be taken from a plugin is counted") {
  Meters meters;
  PluginMeters plugin(meters, "p"), other(meters, "q");
  plugin.metric(EAR_COUNTER, "n", -1);
  plugin.metric(EAR_COUNTER, "n", std::numeric_limits<double>::quiet_NaN());
  plugin.metric(77, "n", 1);
  CHECK(has(meters.prometheus(), "earshot_plugin_metrics_dropped_total{component=\"p\"} 3"));
  plugin.metric(EAR_GAUGE, "n_total", 1);
  other.metric(EAR_COUNTER, "n_total", 1);  // the name stands for a gauge
  CHECK(has(meters.prometheus(), "earshot_plugin_metrics_dropped_total{component=\"q\"} 1"));
}

TEST_CASE("a plugin cannot fill the memory with names") {
  Meters meters;
  PluginMeters plugin(meters, "p");
  for (std::size_t i = 0; i < PluginMeters::kSeries + 25; ++i) plugin.metric(EAR_GAUGE, fmt::format("n{}", i), 1);
  plugin.metric(EAR_GAUGE, "n0", 9);  // known ones go on
  const std::string text = meters.prometheus();
  CHECK(has(text, "earshot_plugin_metrics_dropped_total{component=\"p\"} 25"));
  CHECK(has(text, "earshot_plugin_n0{component=\"p\"} 9"));
}
