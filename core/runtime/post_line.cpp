#include "runtime/post_line.hpp"

#include <fmt/chrono.h>

#include <ctime>

#include "base/json_text.hpp"
#include "earshot/types.hpp"
#include "runtime/copy.hpp"

namespace earshot::host {
namespace {

constexpr const char* kOrigins[] = {"title", "body", "quote", "alt", "image", "speech", "caption"};
constexpr const char* kChanges[] = {"new", "edited", "deleted", "withdrawn"};

void text(JsonText& json, std::string_view name, ear_str value) {
  if (value.len != 0) json.field(name, view(value));
}

void finding(JsonText& json, const ear_finding& f) {
  json.open('{');
  text(json, "kind", f.kind);
  text(json, "subject", f.subject);
  text(json, "value", f.value);
  json.field("score", f.score);
  if (f.segment != EAR_NONE) json.field("segment", f.segment).field("begin", f.begin).field("end", f.end);
  text(json, "reason", f.reason);
  text(json, "detector", f.detector);
  json.close('}');
}

void segment(JsonText& json, const ear_segment& s) {
  json.open('{').field("origin", s.origin < std::size(kOrigins) ? kOrigins[s.origin] : "other");
  text(json, "text", s.text);
  text(json, "detector", s.detector);
  json.close('}');
}

}  // namespace

std::string time_text(ear_time time) {
  if (time == EAR_TIME_NONE) return "";
  if (time == EAR_TIME_END) return "the end";
  const std::int64_t seconds = time >= 0 ? time / 1'000'000'000 : (time - 999'999'999) / 1'000'000'000;
  return fmt::format("{:%Y-%m-%dT%H:%M:%SZ}", fmt::gmtime(static_cast<std::time_t>(seconds)));
}

std::string post_line(const ear_post& post) {
  std::string out;
  JsonText json(out);
  json.open('{').field("platform", view(post.platform)).field("id", view(post.id));
  json.field("published", time_text(post.published));
  if (post.change != EAR_NEW) json.field("change", post.change < std::size(kChanges) ? kChanges[post.change] : "other");
  if (post.revision != 0) json.field("revision", post.revision);
  text(json, "kind", post.kind);
  text(json, "url", post.url);
  text(json, "language", post.language);
  text(json, "source", post.source);
  if (post.author != nullptr)
    text(json, "author", post.author->handle.len != 0 ? post.author->handle : post.author->id);
  json.key("segments").open('[');
  for (std::uint32_t i = 0; i < post.segment_count; ++i)
    segment(json, at_stride(post.segments, post.segment_stride, i));
  json.close(']');
  if (post.finding_count != 0) {
    json.key("findings").open('[');
    for (std::uint32_t i = 0; i < post.finding_count; ++i)
      finding(json, at_stride(post.findings, post.finding_stride, i));
    json.close(']');
  }
  json.close('}');
  return out;
}

std::string alert_line(const ear_alert& alert) {
  std::string out;
  JsonText json(out);
  json.open('{').field("kind", view(alert.kind)).field("subject", view(alert.subject));
  json.field("state", alert.state == EAR_ALERT_CLOSED ? "closed" : "open").field("detector", view(alert.detector));
  json.field("start", time_text(alert.start)).field("end", time_text(alert.end)).field("severity", alert.severity);
  json.field("observed", alert.observed).field("expected", alert.expected).field("summary", view(alert.summary));
  json.close('}');
  return out;
}

}  // namespace earshot::host
