#include "json.hpp"

#include <fmt/format.h>

#include "calendar/period.hpp"

namespace earshot::dashboard {
namespace {

// What is not known is null.
json::value known(std::int64_t n) {
  return n < 0 ? json::value(nullptr) : json::value(n);
}

json::value as_json(const figures::Sentiment::Part& part) {
  return json::object{{"value", part.value}, {"low", part.low}, {"high", part.high}};
}

json::value as_json(const figures::Evidence& e) {
  return json::object{{"platform", e.platform}, {"id", e.id},     {"url", safe_link(e.url)},
                      {"author", e.author},     {"text", e.text}, {"published", time_text(e.published)},
                      {"weight", e.weight}};
}

// Attributes are JSON that the store wrote; what cannot be read is told as nothing.
json::value parsed(std::string_view text) {
  json::error_code error;
  json::parse_options options;
  options.max_depth = 16;
  json::value out = json::parse(text.empty() ? "null" : text, error, {}, options);
  return error ? json::value(nullptr) : out;
}

}  // namespace

std::string time_text(std::int64_t nanoseconds) {
  const std::int64_t seconds = nanoseconds / calendar::kSecond - (nanoseconds % calendar::kSecond < 0 ? 1 : 0);
  const std::int64_t days = seconds / 86'400 - (seconds % 86'400 < 0 ? 1 : 0);
  const std::int64_t of_day = seconds - days * 86'400;
  return fmt::format("{}T{:02}:{:02}:{:02}Z", calendar::text(calendar::date_of(days)), of_day / 3600, of_day / 60 % 60,
                     of_day % 60);
}

std::string_view safe_link(std::string_view url) {
  return url.starts_with("https://") || url.starts_with("http://") ? url : std::string_view();
}

json::value as_json(const calendar::Period& period) {
  return json::object{{"from", time_text(period.from)}, {"to", time_text(period.to)}};
}

json::value as_json(const figures::Counts& c) {
  return json::object{{"posts", c.posts},       {"unique_posts", c.unique_posts},
                      {"authors", c.authors},   {"late", c.late},
                      {"reach", c.reach},       {"engagement", c.engagement},
                      {"negative", c.negative}, {"neutral", c.neutral},
                      {"positive", c.positive}, {"exact", c.exact}};
}

json::value as_json(const figures::Bin& bin) {
  return json::object{{"from", time_text(bin.period.from)},
                      {"to", time_text(bin.period.to)},
                      {"posts", bin.posts},
                      {"unique_posts", bin.unique_posts},
                      {"negative", bin.negative},
                      {"neutral", bin.neutral},
                      {"positive", bin.positive}};
}

json::value as_json(const figures::Share& s) {
  return json::object{{"subject", s.subject},
                      {"counts", json::object{{"posts", s.posts}}},
                      {"share", s.share},
                      {"low", s.low},
                      {"high", s.high}};
}

json::value as_json(const figures::Sentiment& s) {
  return json::object{{"stated", s.stated},
                      {"authors", s.authors},
                      {"negative", as_json(s.negative)},
                      {"neutral", as_json(s.neutral)},
                      {"positive", as_json(s.positive)},
                      {"net", as_json(s.net)}};
}

json::value as_json(const figures::Ranked& r) {
  return json::object{{"value", r.value},       {"label", r.label},
                      {"posts", r.posts},       {"unique_posts", r.unique_posts},
                      {"negative", r.negative}, {"positive", r.positive}};
}

json::value as_json(const figures::RankedAuthor& a) {
  return json::object{{"platform", a.platform},    {"id", a.id},
                      {"handle", a.handle},        {"name", a.name},
                      {"url", safe_link(a.url)},   {"followers", known(a.followers)},
                      {"posts", a.posts},          {"negative", a.negative},
                      {"positive", a.positive},    {"reach", a.reach},
                      {"engagement", a.engagement}};
}

json::value as_json(const figures::PostCard& p) {
  json::array media;
  for (std::size_t i = 0; i < p.media.size(); ++i)
    media.push_back(json::object{{"number", i},
                                 {"kind", p.media[i].kind},
                                 {"type", p.media[i].type},
                                 {"alt", p.media[i].alt},
                                 {"url", safe_link(p.media[i].url)},
                                 {"local", !p.media[i].path.empty()}});
  return json::object{{"post", p.post},
                      {"platform", p.platform},
                      {"id", p.id},
                      {"url", safe_link(p.url)},
                      {"author", p.author},
                      {"author_name", p.author_name},
                      {"text", p.text},
                      {"language", p.language},
                      {"published", time_text(p.published)},
                      {"followers", known(p.followers)},
                      {"engagement", known(p.engagement)},
                      {"sentiment", p.sentiment},
                      {"media", std::move(media)}};
}

json::value as_json(const figures::AlertCard& a) {
  json::array evidence;
  for (const figures::Evidence& one : a.evidence) evidence.push_back(as_json(one));
  return json::object{{"alert", a.alert},
                      {"state", a.state},
                      {"detector", a.detector},
                      {"kind", a.kind},
                      {"subject", a.subject},
                      {"summary", a.summary},
                      {"severity", a.severity},
                      {"starts", time_text(a.starts)},
                      {"ends", time_text(a.ends)},
                      {"observed", a.observed},
                      {"expected", a.expected},
                      {"lower", a.lower},
                      {"upper", a.upper},
                      {"attributes", parsed(a.attributes)},
                      {"evidence", std::move(evidence)}};
}

json::value as_json(const figures::Gap& gap) {
  return json::object{{"source", gap.source}, {"reason", gap.reason}, {"period", as_json(gap.period)}};
}

}  // namespace earshot::dashboard
