#include "testing/stage.hpp"

#include <algorithm>
#include <cstring>

#include "base/error.hpp"
#include "base/nearest.hpp"
#include "earshot/sink.hpp"
#include "earshot/source.hpp"

namespace earshot::host {
namespace {

constexpr ear_time kSecond = 1'000'000'000, kHour = 3600 * kSecond;
constexpr ear_time kFirst = 1'767'225'600 * kSecond;  // 2026-01-01T00:00:00Z

// Stand-ins live in the same process as the stage, and are told where it is.
struct OnStage {
  std::int64_t stage = 0;
  static constexpr auto schema() { return earshot::schema(earshot::option<&OnStage::stage>("stage", "Its address")); }
};

Stage& stage_of(const OnStage& options) {
  return *reinterpret_cast<Stage*>(options.stage);
}

class TestSource : public Source<OnStage> {
 public:
  static constexpr Info info{"test_source", "The posts of a test", 0};
  void open(std::string_view) {}
  Polled poll(SourceOut& out) {
    for (const ear_post* post : stage_of(options()).posts_of(host().component())) out.post(*post);
    out.cursor("end");
    return Polled::end();
  }
};

class RepeatingTestSource : public TestSource {
 public:
  static constexpr Info info{"repeating_test_source", "The posts of a test", EAR_REPEATS};
};

class TestSink : public Sink<OnStage> {
 public:
  static constexpr Info info{"test_sink", "Keeps what comes", 0};
  void write(const earshot::Delivery& delivery) { stage_of(options()).came(host().component(), delivery.raw()); }
  void flush() {}
};

template <class T>
const ComponentSchema& schema_of() {
  static const ComponentSchema schema = [] {
    ComponentSchema out;
    out.kind = T::kind, out.flags = T::info.flags, out.name = T::info.name;
    return out;
  }();
  return schema;
}

void stand_in_for(ComponentPlan& component, const ComponentSchema& schema, const Stage& stage) {
  component.plugin = schema.name;
  component.found = {nullptr, &schema};
  component.places = {};
  Value address;
  address.type = EAR_INTEGER;
  address.integer = reinterpret_cast<std::int64_t>(&stage);
  component.values = {address};
}

std::string text_at(const earshot::Post& post, const ear_finding& finding) {
  if (finding.segment == EAR_NONE) return {};
  for (const earshot::Segment segment : post.segments()) {
    if (segment.number() != finding.segment) continue;
    const std::string_view all = segment.text();
    if (finding.begin == 0 && finding.end == 0) return std::string(all);
    return std::string(all.substr(std::min<std::size_t>(finding.begin, all.size()), finding.end - finding.begin));
  }
  return {};
}

CapturedPost captured(const earshot::Post& post) {
  CapturedPost out{std::string(post.platform()), std::string(post.id()), post.is_gone(), {}};
  for (const FoundBefore f : post.findings())
    out.findings.push_back({std::string(f.kind()), std::string(f.subject()), std::string(f.value()),
                            std::string(f.detector()), text_at(post, f.raw()), f.score()});
  return out;
}

}  // namespace

Stage::Stage(const Plan& plan, const TestPlan& test) : first_source_(plan.sources.front().id) {
  std::vector<std::string> sources;
  for (const ComponentPlan& source : plan.sources) sources.push_back(source.id);
  ear_time newest = kFirst;
  for (const TestEntry& entry : test.posts) {
    try {
      const TestPost& post = posts_.emplace_back(entry, kFirst + static_cast<ear_time>(posts_.size()) * kHour);
      newest = std::max(newest, post.raw().published);
      if (post.source().empty() || std::find(sources.begin(), sources.end(), post.source()) != sources.end()) continue;
      const std::string near = nearest(post.source(), sources);
      throw Failure("there is no source '" + post.source() + "'" +
                    (near.empty() ? "" : "; did you mean '" + near + "'?"));
    } catch (const Failure& fault) {
      throw Misplaced{entry.at, fault.what()};
    }
  }
  now_ = newest + 60 * kSecond;
}

Plan Stage::replaced(Plan plan) const {
  plan.state.clear();
  plan.listen = "off";
  ComponentPlan everything;
  everything.kind = EAR_SINK, everything.id = kEverything;
  for (ComponentPlan& source : plan.sources) {
    const bool repeats = (source.found.component->flags & EAR_REPEATS) != 0;
    stand_in_for(source, repeats ? schema_of<RepeatingTestSource>() : schema_of<TestSource>(), *this);
    everything.from.push_back(source.id);
  }
  for (const ComponentPlan& detector : plan.detectors) everything.from.push_back(detector.id);
  plan.sinks.push_back(std::move(everything));
  for (ComponentPlan& sink : plan.sinks) stand_in_for(sink, schema_of<TestSink>(), *this);
  return plan;
}

const ear_component* Stage::stand_in(const Found& found) {
  if (found.component == &schema_of<TestSource>()) return &earshot::detail::component_of<TestSource>;
  if (found.component == &schema_of<RepeatingTestSource>()) return &earshot::detail::component_of<RepeatingTestSource>;
  return found.component == &schema_of<TestSink>() ? &earshot::detail::component_of<TestSink> : nullptr;
}

std::vector<const ear_post*> Stage::posts_of(std::string_view source) const {
  std::vector<const ear_post*> out;
  for (const TestPost& post : posts_)
    if ((post.source().empty() ? first_source_ : post.source()) == source) out.push_back(&post.raw());
  return out;
}

void Stage::came(std::string_view sink, const ear_delivery& delivery) {
  const std::lock_guard lock(mutex_);
  if (delivery.kind == EAR_DELIVERY_POST) {
    CapturedPost post = captured(earshot::Post(*delivery.post));
    std::pair key{post.platform, post.id};
    seen_[std::string(sink)].insert_or_assign(std::move(key), std::move(post));
  } else if (delivery.kind == EAR_DELIVERY_ALERT && sink == kEverything) {
    const ear_alert& alert = *delivery.alert;
    alerts_[std::string(reinterpret_cast<const char*>(&alert.id), sizeof alert.id)] = {
        std::string(view(alert.kind)), std::string(view(alert.subject)), std::string(view(alert.detector)),
        std::string(view(alert.summary))};
  }
}

std::vector<CapturedPost> Stage::posts(const std::string& sink) const {
  const std::lock_guard lock(mutex_);
  std::vector<CapturedPost> out;
  if (const auto found = seen_.find(sink); found != seen_.end())
    for (const auto& [key, post] : found->second) out.push_back(post);
  return out;
}

}  // namespace earshot::host
