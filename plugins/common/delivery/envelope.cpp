#include "delivery/envelope.hpp"

#include <algorithm>
#include <boost/json.hpp>

#include "alert_book/links.hpp"
#include "earshot/error.hpp"
#include "post/time.hpp"

namespace earshot::delivery {

namespace json = boost::json;
using alert_book::Alert;
using alert_book::mended;

namespace {

constexpr std::size_t kQuotes = 10, kQuoteBytes = 1000, kAttributeBytes = 64 << 10;
constexpr std::int64_t kSecond = 1'000'000'000;

std::string time_text(ear_time time) {
  char text[post::kTimeText];
  return {text, post::write_time(text, time)};
}

json::value parsed(const std::string& text) {
  boost::system::error_code fault;
  json::value value = json::parse(text, fault);
  return fault ? json::value() : value;
}

json::array quotes_of(const std::string& evidence) {
  json::array out;
  const json::value all = parsed(evidence);
  if (!all.is_array()) return out;
  for (const json::value& one : all.get_array()) {
    if (out.size() == kQuotes) break;
    json::object quote = one.as_object();
    if (const json::value* text = quote.if_contains("text"); text != nullptr && text->is_string())
      quote["text"] = mended(text->get_string(), kQuoteBytes);
    out.push_back(std::move(quote));
  }
  return out;
}

json::object links_of(const LinkMaker& maker, const std::string& alert, ear_time created) {
  json::object out;
  const std::int64_t until = created / kSecond + maker.valid_seconds;
  out["view"] = maker.base + "/alerts/" + alert;
  for (const auto& [name, action] : {std::pair{"acknowledge", "ack"}, {"close", "close"}, {"mute", "mute"}})
    out[name] = alert_book::signed_link(maker.base, maker.key, {action, alert, until, maker.via});
  return out;
}

json::object object_of(const alert_book::Route& route) {
  const Alert& a = route.alert;
  json::object out;
  out["id"] = a.id, out["revision"] = a.revision, out["detector"] = a.detector, out["kind"] = a.kind;
  out["subject"] = a.subject, out["summary"] = a.summary;
  out["start"] = time_text(a.start), out["end"] = time_text(a.end);
  out["state"] = a.over ? "closed" : "open";
  out["severity"] = a.severity, out["observed"] = a.observed, out["expected"] = a.expected;
  out["lower"] = a.lower, out["upper"] = a.upper;
  out["raised"] = time_text(a.raised);
  out["life"] = alert_book::word(a.life), out["life_at"] = time_text(a.life_at);
  if (!a.life_by.empty()) out["life_by"] = a.life_by;
  if (!a.life_note.empty()) out["life_note"] = a.life_note;
  out["evidence"] = quotes_of(a.evidence);
  if (a.attributes.size() <= kAttributeBytes) out["attributes"] = parsed(a.attributes);
  return out;
}

// Reading is lenient: what is not there is empty.
std::string text_in(const json::object& map, std::string_view key) {
  const json::value* value = map.if_contains(key);
  return value != nullptr && value->is_string() ? std::string(value->get_string()) : std::string();
}
double number_in(const json::object& map, std::string_view key) {
  const json::value* value = map.if_contains(key);
  if (value == nullptr || !value->is_number()) return 0;
  return value->to_number<double>();
}
std::int64_t integer_in(const json::object& map, std::string_view key) {
  return static_cast<std::int64_t>(number_in(map, key));
}
ear_time time_in(const json::object& map, std::string_view key, ear_time otherwise = 0) {
  return post::read_time(text_in(map, key)).value_or(otherwise);
}

Item read_item(const json::object& map) {
  Item item;
  Alert& a = item.alert;
  a.id = text_in(map, "id"), a.revision = static_cast<std::uint64_t>(integer_in(map, "revision"));
  a.detector = text_in(map, "detector"), a.kind = text_in(map, "kind"), a.subject = text_in(map, "subject");
  a.summary = text_in(map, "summary"), a.start = time_in(map, "start"), a.end = time_in(map, "end");
  a.over = text_in(map, "state") == "closed";
  a.severity = static_cast<std::uint32_t>(std::clamp<std::int64_t>(integer_in(map, "severity"), 1, 10));
  a.observed = number_in(map, "observed"), a.expected = number_in(map, "expected");
  a.lower = number_in(map, "lower"), a.upper = number_in(map, "upper"), a.raised = time_in(map, "raised");
  a.life = alert_book::life_of(text_in(map, "life")), a.life_at = time_in(map, "life_at");
  a.life_by = text_in(map, "life_by"), a.life_note = text_in(map, "life_note");
  item.reminders = integer_in(map, "reminders");
  if (const json::value* list = map.if_contains("evidence"); list != nullptr && list->is_array())
    for (const json::value& one : list->get_array())
      if (const json::object* q = one.if_object())
        item.quotes.push_back({text_in(*q, "platform"), text_in(*q, "id"), text_in(*q, "url"), text_in(*q, "author"),
                               text_in(*q, "text"), time_in(*q, "published", EAR_TIME_NONE), number_in(*q, "weight")});
  if (const json::value* all = map.if_contains("attributes"); all != nullptr && all->is_object())
    item.attributes = all->get_object();
  if (const json::value* links = map.if_contains("links"); links != nullptr && links->is_object()) {
    const json::object& l = links->get_object();
    item.links = {text_in(l, "view"), text_in(l, "acknowledge"), text_in(l, "close"), text_in(l, "mute")};
  }
  return item;
}

}  // namespace

std::string content_of(const Heading& heading, const std::vector<const alert_book::Route*>& routes,
                       const LinkMaker& links) {
  json::object out;
  out["version"] = 1, out["key"] = heading.key, out["pipeline"] = mended(heading.pipeline, 200);
  out["channel"] = heading.channel, out["purpose"] = word(heading.purpose), out["urgent"] = heading.urgent;
  out["created"] = time_text(heading.created);
  json::array alerts;
  for (const alert_book::Route* route : routes) {
    json::object one = object_of(*route);
    one["reminders"] = route->reminders + (heading.purpose == Purpose::reminder ? 1 : 0);
    if (!links.base.empty()) one["links"] = links_of(links, route->alert.id, heading.created);
    alerts.push_back(std::move(one));
  }
  out["alerts"] = std::move(alerts);
  return json::serialize(out);
}

Envelope read_envelope(std::string_view content) {
  boost::system::error_code fault;
  const json::value value = json::parse(content, fault);
  if (fault || !value.is_object()) throw invalid("the content of a message is damaged: " + fault.message());
  const json::object& map = value.get_object();
  Envelope out;
  out.key = text_in(map, "key"), out.pipeline = text_in(map, "pipeline"), out.channel = text_in(map, "channel");
  out.purpose = purpose_of(text_in(map, "purpose")), out.created = time_in(map, "created");
  const json::value* urgent = map.if_contains("urgent");
  out.urgent = urgent != nullptr && urgent->is_bool() && urgent->get_bool();
  if (const json::value* list = map.if_contains("alerts"); list != nullptr && list->is_array())
    for (const json::value& one : list->get_array())
      if (const json::object* item = one.if_object()) out.items.push_back(read_item(*item));
  out.json = content;
  return out;
}

}  // namespace earshot::delivery
