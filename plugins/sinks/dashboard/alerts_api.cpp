#include "alerts_api.hpp"

#include <fmt/format.h>

#include <charconv>

#include "alert_book/links.hpp"
#include "audit/audit.hpp"
#include "json.hpp"

namespace earshot::dashboard {
namespace {

constexpr std::int64_t kHour = 3600LL * 1'000'000'000;
constexpr std::int64_t kMostHours = 24 * 365;

json::value parsed(std::string_view text) {
  json::error_code error;
  json::parse_options options;
  options.max_depth = 16;
  json::value out = json::parse(text.empty() ? "null" : text, error, {}, options);
  return error ? json::value(nullptr) : out;
}

json::object as_json(const alert_book::Alert& a) {
  return {{"alert", a.id},
          {"revision", a.revision},
          {"detector", a.detector},
          {"kind", a.kind},
          {"subject", a.subject},
          {"summary", a.summary},
          {"severity", a.severity},
          {"starts", time_text(a.start)},
          {"ends", time_text(a.end)},
          {"over", a.over},
          {"observed", a.observed},
          {"expected", a.expected},
          {"lower", a.lower},
          {"upper", a.upper},
          {"raised", time_text(a.raised)},
          {"life", alert_book::word(a.life)},
          {"life_at", time_text(a.life_at)},
          {"life_by", a.life_by},
          {"life_note", a.life_note},
          {"evidence", parsed(a.evidence)},
          {"attributes", parsed(a.attributes)}};
}

std::int64_t whole_number(std::string_view text, std::int64_t otherwise) {
  std::int64_t value = 0;
  const auto read = std::from_chars(text.data(), text.data() + text.size(), value);
  return text.empty() || read.ec != std::errc{} || read.ptr != text.data() + text.size() ? otherwise : value;
}

std::string escaped(std::string_view text) {
  std::string out;
  for (const char c : text) switch (c) {
      case '<':
        out += "&lt;";
        break;
      case '>':
        out += "&gt;";
        break;
      case '&':
        out += "&amp;";
        break;
      case '"':
        out += "&quot;";
        break;
      case '\'':
        out += "&#39;";
        break;
      default:
        out += c;
    }
  return out;
}

std::string page(std::string_view title, std::string_view inside) {
  return fmt::format(
      "<!doctype html><html lang=en><meta charset=utf-8><meta name=viewport content='width=device-width'>"
      "<title>{0}</title><link rel=stylesheet href=/style.css><main class=sign-in><h1>{0}</h1>{1}</main>",
      escaped(title), inside);
}

std::string_view verb_of(std::string_view action) {
  return action == "ack" ? "Acknowledge" : action == "close" ? "Close" : action == "mute" ? "Mute for a day" : "";
}

}  // namespace

bool AlertsApi::is_there() const {
  return !state_folder_.empty() && alert_book::book_exists(state_folder_);
}

web::Response AlertsApi::list(const web::Request& request) const {
  const alert_book::Book book(state_folder_);
  alert_book::Filter filter;
  filter.subject = request.parameter("subject");
  filter.limit =
      static_cast<std::uint64_t>(std::clamp<std::int64_t>(whole_number(request.parameter("limit"), 100), 1, 500));
  if (const std::string_view life = request.parameter("state"); !life.empty()) filter.life = alert_book::life_of(life);
  json::array alerts;
  for (const alert_book::Alert& alert : book.list(filter)) alerts.push_back(as_json(alert));
  filter.life = alert_book::Life::open;
  return web::json(
      json::serialize(json::object{{"alerts", std::move(alerts)}, {"kept", true}, {"open", book.count(filter)}}));
}

web::Response AlertsApi::show(std::string_view id) const {
  if (!is_there())
    return web::refusal(404, "Nobody keeps alerts here: the pipeline needs `state:` and a sink that delivers them.");
  const alert_book::Book book(state_folder_);
  const auto alert = book.find(id);
  if (!alert) return web::refusal(404, "There is no such alert.");
  json::object out = as_json(*alert);
  json::array sent, log;
  for (const alert_book::Sending& one : book.sendings(id))
    sent.push_back(json::object{{"channel", one.channel},
                                {"purpose", one.purpose},
                                {"state", one.state},
                                {"attempts", one.attempts},
                                {"created", time_text(one.created)},
                                {"answer", one.answer}});
  for (const alert_book::LogEntry& one : book.log(id))
    log.push_back(
        json::object{{"at", time_text(one.at)}, {"who", one.who}, {"what", one.what}, {"detail", one.detail}});
  out["sent"] = std::move(sent), out["log"] = std::move(log);
  return web::json(json::serialize(out));
}

bool AlertsApi::carry_out(std::string_view id, std::string_view action, std::string_view who, std::string_view note,
                          std::int64_t hours) const {
  if (!change(id, action, who, note, hours)) return false;
  if (!audit_.empty()) audit::note(audit_, now_(), {.command = "dashboard", .what = action, .count = 1, .who = who});
  return true;
}

bool AlertsApi::change(std::string_view id, std::string_view action, std::string_view who, std::string_view note,
                       std::int64_t hours) const {
  alert_book::Book book(state_folder_);
  const alert_book::Act act{who, now_(), note};
  if (action == "ack") return book.acknowledge(id, act);
  if (action == "close") return book.close(id, act);
  if (action == "reopen") return book.reopen(id, act);
  return book.mute({.alert = std::string(id)}, now_() + std::clamp<std::int64_t>(hours, 1, kMostHours) * kHour, act) >
         0;
}

web::Response AlertsApi::act(std::string_view id, std::string_view action, const web::Request& request) const {
  if (!is_there() || !alert_book::Book(state_folder_).find(id)) return web::refusal(404, "There is no such alert.");
  const std::string_view by = request.parameter("by");
  const bool changed =
      carry_out(id, action, by.empty() ? "dashboard" : by.substr(0, 200), request.parameter("note").substr(0, 2000),
                whole_number(request.parameter("hours"), 24));
  if (!changed) return web::refusal(409, "The alert was so before, or cannot become so.");
  return show(id);
}

web::Response AlertsApi::by_link(std::string_view id, std::string_view action, const web::Request& request) const {
  const std::string_view verb = verb_of(action);
  if (verb.empty() || !is_there()) return web::html(page("No such page", "<p>This link leads nowhere."), 404);
  alert_book::Book book(state_folder_);
  const alert_book::Permission permission{action, id, whole_number(request.parameter("until"), 0),
                                          request.parameter("via")};
  if (!alert_book::holds(book.link_key(), permission, request.parameter("sig"), now_()))
    return web::html(page("This link does not hold",
                          "<p>It is too old, or was changed on its way. Use `earshot alerts`, or the newest message."),
                     403);
  const auto alert = book.find(id);
  if (!alert) return web::html(page("The alert is gone", "<p>The store does not keep it any more."), 404);
  const std::string what = fmt::format("<p>{}<p>{}, severity {}/10, {}.", escaped(alert->summary),
                                       escaped(alert->subject), alert->severity, alert_book::word(alert->life));
  if (request.method != "POST")
    return web::html(
        page(fmt::format("{}?", verb), what + fmt::format("<form method=post><button>{}</button></form>", verb)));
  const bool changed = carry_out(id, action, fmt::format("link by {}", permission.via), {}, 24);
  return web::html(page(changed ? "Done" : "It was so before", what));
}

}  // namespace earshot::dashboard
