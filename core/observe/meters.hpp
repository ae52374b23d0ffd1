// meters.hpp: the instruments that a run is measured with. An instrument is an atomic or a few, and may be used from
// any thread (a SingleWriterCounter: written by one, read by any); Meters owns them all, may be asked from any thread,
// and renders them in Prometheus' text form. An instrument stays where it is until its Meters goes.
#pragma once

#include <array>
#include <atomic>
#include <bit>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace earshot::host {

// Each instrument has a cache line of its own, so that two writers never wait for each other.
inline constexpr std::size_t kLine = 64;

class alignas(kLine) Counter {
 public:
  void add(std::uint64_t n = 1) noexcept { value_.fetch_add(n, std::memory_order_relaxed); }
  std::uint64_t value() const noexcept { return value_.load(std::memory_order_relaxed); }

 private:
  std::atomic<std::uint64_t> value_{0};
};

// One thread at a time adds; that saves the locked instruction.
class alignas(kLine) SingleWriterCounter {
 public:
  void add(std::uint64_t n = 1) noexcept { value_.store(value() + n, std::memory_order_relaxed); }
  std::uint64_t value() const noexcept { return value_.load(std::memory_order_relaxed); }

 private:
  std::atomic<std::uint64_t> value_{0};
};

class alignas(kLine) Gauge {
 public:
  void set(double value) noexcept { value_.store(value, std::memory_order_relaxed); }
  void add(double change) noexcept { value_.fetch_add(change, std::memory_order_relaxed); }
  double value() const noexcept { return value_.load(std::memory_order_relaxed); }

 private:
  std::atomic<double> value_{0};
};

// Counts whole numbers in buckets that each reach twice as far as the one before. `first` is the bound of the first
// bucket, 1 or more, in the unit that is added; `scale` turns that unit into the one shown: {1000, 1e-9} takes
// nanoseconds, begins at 1 µs, ends at 134 s and shows seconds.
struct Scale {
  std::uint64_t first = 1000;
  double scale = 1e-9;
};

class alignas(kLine) Histogram {
 public:
  static constexpr std::size_t kBuckets = 28;

  explicit Histogram(Scale scale = {}) : scale_(scale) {}

  void add(std::uint64_t value) noexcept {
    counts_[bucket(value)].fetch_add(1, std::memory_order_relaxed);
    sum_.fetch_add(value, std::memory_order_relaxed);
  }

  std::size_t bucket(std::uint64_t value) const noexcept {
    if (value <= scale_.first || scale_.first == 0) return 0;
    const auto index = static_cast<std::size_t>(std::bit_width((value - 1) / scale_.first));
    return index < kBuckets ? index : kBuckets;  // the last one has no bound
  }
  double bound(std::size_t index) const { return static_cast<double>(scale_.first << index) * scale_.scale; }
  double sum() const { return static_cast<double>(sum_.load(std::memory_order_relaxed)) * scale_.scale; }
  std::uint64_t count(std::size_t index) const noexcept { return counts_[index].load(std::memory_order_relaxed); }
  std::uint64_t count() const noexcept;
  // The bound below which `share` (0..1) of what was added lies, in the unit shown; 0 where nothing was.
  double quantile(double share) const;

 private:
  Scale scale_;
  std::atomic<std::uint64_t> sum_{0};
  std::array<std::atomic<std::uint64_t>, kBuckets + 1> counts_{};
};

using Labels = std::vector<std::pair<std::string, std::string>>;

class Meters {
 public:
  Meters();
  ~Meters();
  Meters(const Meters&) = delete;
  Meters& operator=(const Meters&) = delete;

  // The instrument of that name and those labels, made if it is not there. Throws Failure where the name stands for
  // another kind of instrument. The name of a counter ends in _total, by Prometheus' custom.
  Counter& counter(std::string_view name, std::string_view help, Labels labels = {});
  SingleWriterCounter& single_writer_counter(std::string_view name, std::string_view help, Labels labels = {});
  Gauge& gauge(std::string_view name, std::string_view help, Labels labels = {});
  Histogram& histogram(std::string_view name, std::string_view help, Labels labels = {}, Scale scale = {});

  // A gauge that is asked whenever the meters are read, on the reader's thread, until what is returned goes.
  [[nodiscard]] std::shared_ptr<void> measured(std::string_view name, std::string_view help, Labels labels,
                                               std::function<double()> measure);

  // How far a component has got with something long: the gauge "progress" (0..1) of the first that is in the middle.
  std::optional<double> progress() const;

  static constexpr const char* kContentType = "text/plain; version=0.0.4; charset=utf-8";
  std::string prometheus() const;

 private:
  friend class PluginMeters;
  Gauge& plugin_gauge(std::string_view name, bool counter, Labels labels);

  struct Impl;
  std::shared_ptr<Impl> impl_;
};

// What one component measures of itself, through ear_host.metric. Names come from outside: they are cut down to what
// Prometheus allows and get "earshot_plugin_" in front; after 1,000 of them, new ones are dropped and counted.
class PluginMeters {
 public:
  static constexpr std::size_t kSeries = 1000;

  PluginMeters(Meters& meters, std::string component);
  ~PluginMeters();

  // `kind` is EAR_COUNTER (value is added) or EAR_GAUGE (value is set). Any thread.
  void metric(std::int32_t kind, std::string_view name, double value);

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace earshot::host
