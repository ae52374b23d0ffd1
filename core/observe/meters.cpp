#include "observe/meters.hpp"

#include <prometheus/metric_family.h>
#include <prometheus/text_serializer.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>
#include <mutex>
#include <optional>
#include <unordered_map>
#include <variant>

#include "base/error.hpp"
#include "base/utf8.hpp"
#include "earshot/abi.h"

namespace earshot::host {
namespace {

const std::string kPluginPrefix = "earshot_plugin_";

using Measure = std::function<double()>;
using Instrument = std::variant<std::unique_ptr<Counter>, std::unique_ptr<SingleWriterCounter>, std::unique_ptr<Gauge>,
                                std::unique_ptr<Histogram>, std::shared_ptr<Measure>>;

struct Series {
  Labels labels;
  Instrument instrument;
};

struct Family {
  std::string help;
  prometheus::MetricType type;
  std::vector<Series> series;
};

prometheus::ClientMetric::Histogram read(const Histogram& histogram) {
  prometheus::ClientMetric::Histogram out;
  for (std::size_t i = 0; i <= Histogram::kBuckets; ++i) {
    out.sample_count += histogram.count(i);
    const double bound = i < Histogram::kBuckets ? histogram.bound(i) : std::numeric_limits<double>::infinity();
    out.bucket.push_back({out.sample_count, bound});
  }
  out.sample_sum = histogram.sum();
  return out;
}

prometheus::ClientMetric read(const Series& series, prometheus::MetricType type) {
  prometheus::ClientMetric out;
  for (const auto& [name, value] : series.labels) out.label.push_back({name, value});
  const auto put = [&](double value) {
    if (type == prometheus::MetricType::Counter)
      out.counter.value = value;
    else
      out.gauge.value = value;
  };
  std::visit(
      [&](const auto& instrument) {
        using T = std::decay_t<decltype(*instrument)>;
        if constexpr (std::is_same_v<T, Histogram>)
          out.histogram = read(*instrument);
        else if constexpr (std::is_same_v<T, Measure>)
          put((*instrument)());
        else
          put(static_cast<double>(instrument->value()));
      },
      series.instrument);
  return out;
}

// [a-zA-Z_][a-zA-Z0-9_]*, of a bounded length.
std::string sanitised(std::string_view name) {
  std::string out;
  for (const char c : name.substr(0, 100)) {
    const bool good = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
    out += good ? c : '_';
  }
  return out.empty() ? "unnamed" : out;
}

}  // namespace

std::uint64_t Histogram::count() const noexcept {
  std::uint64_t all = 0;
  for (const auto& count : counts_) all += count.load(std::memory_order_relaxed);
  return all;
}

double Histogram::quantile(double share) const {
  const auto all = count();
  if (all == 0) return 0;
  const auto wanted = static_cast<std::uint64_t>(std::ceil(share * static_cast<double>(all)));
  std::uint64_t seen = 0;
  for (std::size_t i = 0; i < kBuckets; ++i)
    if ((seen += count(i)) >= wanted) return bound(i);
  return std::numeric_limits<double>::infinity();
}

struct Meters::Impl {
  Family& family(std::string_view name, std::string_view help, prometheus::MetricType type) {
    const auto it = families.try_emplace(std::string(name), Family{std::string(help), type, {}}).first;
    if (it->second.type != type) throw Failure("The metric '" + std::string(name) + "' is of another type already.");
    return it->second;
  }

  template <class T, class... Args>
  T& get(std::string_view name, std::string_view help, prometheus::MetricType type, Labels labels, Args... args) {
    const std::lock_guard hold(lock);
    Family& in = family(name, help, type);
    for (const Series& series : in.series)
      if (series.labels == labels) {
        if (const auto* found = std::get_if<std::unique_ptr<T>>(&series.instrument)) return **found;
        throw Failure("The metric '" + std::string(name) + "' is another kind of instrument already.");
      }
    auto fresh = std::make_unique<T>(args...);
    T& out = *fresh;
    in.series.push_back({std::move(labels), std::move(fresh)});
    return out;
  }

  mutable std::mutex lock;
  std::map<std::string, Family, std::less<>> families;
};

Meters::Meters() : impl_(std::make_shared<Impl>()) {}

Meters::~Meters() = default;

Counter& Meters::counter(std::string_view name, std::string_view help, Labels labels) {
  return impl_->get<Counter>(name, help, prometheus::MetricType::Counter, std::move(labels));
}

SingleWriterCounter& Meters::single_writer_counter(std::string_view name, std::string_view help, Labels labels) {
  return impl_->get<SingleWriterCounter>(name, help, prometheus::MetricType::Counter, std::move(labels));
}

Gauge& Meters::gauge(std::string_view name, std::string_view help, Labels labels) {
  return impl_->get<Gauge>(name, help, prometheus::MetricType::Gauge, std::move(labels));
}

Histogram& Meters::histogram(std::string_view name, std::string_view help, Labels labels, Scale scale) {
  return impl_->get<Histogram>(name, help, prometheus::MetricType::Histogram, std::move(labels), scale);
}

Gauge& Meters::plugin_gauge(std::string_view name, bool counter, Labels labels) {
  const auto type = counter ? prometheus::MetricType::Counter : prometheus::MetricType::Gauge;
  return impl_->get<Gauge>(name, "Measured by a plugin.", type, std::move(labels));
}

std::optional<double> Meters::progress() const {
  const std::lock_guard hold(impl_->lock);
  const auto family = impl_->families.find(kPluginPrefix + "progress");
  if (family == impl_->families.end()) return std::nullopt;
  for (const Series& series : family->second.series)
    if (const auto* gauge = std::get_if<std::unique_ptr<Gauge>>(&series.instrument))
      if (const double value = (*gauge)->value(); value > 0 && value < 1) return value;
  return std::nullopt;
}

std::shared_ptr<void> Meters::measured(std::string_view name, std::string_view help, Labels labels,
                                       std::function<double()> measure) {
  const auto kept = std::make_shared<Measure>(std::move(measure));
  {
    const std::lock_guard hold(impl_->lock);
    impl_->family(name, help, prometheus::MetricType::Gauge).series.push_back({std::move(labels), kept});
  }
  // The lock also waits for a reader that is just asking.
  const auto forget = [impl = std::weak_ptr(impl_), kept, name = std::string(name)](void*) {
    const auto there = impl.lock();
    if (!there) return;
    const std::lock_guard hold(there->lock);
    std::erase_if(there->families.find(name)->second.series, [&](const Series& series) {
      const auto* mine = std::get_if<std::shared_ptr<Measure>>(&series.instrument);
      return mine != nullptr && *mine == kept;
    });
  };
  return {kept.get(), forget};
}

std::string Meters::prometheus() const {
  std::vector<prometheus::MetricFamily> out;
  {
    const std::lock_guard hold(impl_->lock);
    for (const auto& [name, family] : impl_->families) {
      if (family.series.empty()) continue;
      prometheus::MetricFamily& to = out.emplace_back();
      to.name = name;
      to.help = family.help;
      to.type = family.type;
      for (const Series& series : family.series) to.metric.push_back(read(series, family.type));
    }
  }
  return prometheus::TextSerializer().Serialize(out);
}

// ---- plugins

struct PluginMeters::Impl {
  Meters& meters;
  std::string component;
  Counter& dropped;
  std::mutex lock;
  // By the name and kind as the plugin gives them; nullptr where the host cannot take it.
  std::unordered_map<std::string, Gauge*> known;

  Gauge* find(bool counter, std::string_view raw) {
    std::string id(counter ? "+" : "=");
    id += raw.substr(0, 200);
    const std::lock_guard hold(lock);
    if (const auto it = known.find(id); it != known.end()) return it->second;
    if (known.size() >= kSeries) return nullptr;
    std::string name = kPluginPrefix + sanitised(raw);
    if (counter && !name.ends_with("_total")) name += "_total";
    Gauge* made = nullptr;
    try {
      made = &meters.plugin_gauge(name, counter, {{"component", component}});
    } catch (const Failure&) {
      // Another plugin has a gauge where this one counts.
    }
    return known.emplace(std::move(id), made).first->second;
  }
};

PluginMeters::PluginMeters(Meters& meters, std::string component)
    : impl_(new Impl{meters,
                     component,
                     meters.counter("earshot_plugin_metrics_dropped_total",
                                    "Values that a plugin gave and the host did not take: too many names, or a name "
                                    "that is taken.",
                                    {{"component", component}}),
                     {},
                     {}}) {}

PluginMeters::~PluginMeters() = default;

void PluginMeters::metric(std::int32_t kind, std::string_view name, double value) {
  const bool counter = kind == EAR_COUNTER;
  const bool sound = counter ? value >= 0 && std::isfinite(value) : kind == EAR_GAUGE;
  Gauge* gauge = sound ? impl_->find(counter, name) : nullptr;
  if (gauge == nullptr) return impl_->dropped.add();
  if (counter)
    gauge->add(value);
  else
    gauge->set(value);
}

}  // namespace earshot::host
