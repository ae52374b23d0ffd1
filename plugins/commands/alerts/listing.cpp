#include "listing.hpp"

#include <boost/json.hpp>

#include "delivery/words.hpp"
#include "post/time.hpp"
#include "text/cells.hpp"

namespace earshot::alerts {

namespace json = boost::json;
using alert_book::Alert;
using alert_book::Life;
using alert_book::Sending;
using alert_book::Standing;
using text::cells;

namespace {

constexpr std::size_t kIdShown = 12;  // digits, which `earshot alerts` takes as a name

std::string time_json(ear_time time) {
  char text[post::kTimeText];
  return {text, post::write_time(text, time)};
}

json::value parsed(const std::string& text) {
  boost::system::error_code fault;
  json::value value = json::parse(text, fault);
  return fault ? json::value() : value;
}

std::string life_text(const Shown& shown, const Alert& a) {
  std::string text(alert_book::word(a.life));
  if (a.life == Life::open) return text;
  text += a.life_by.empty() ? " by its detector" : " by " + cells(a.life_by, 60);
  text += ", " + shown.zone.text(a.life_at);
  return a.life_note.empty() ? text : text + ": " + cells(a.life_note, 200);
}

std::string standing_text(const Shown& shown, const Standing& s) {
  std::string text = cells(s.channel, 64) + ": ";
  text += s.told == 0 ? "not told" : "told " + shown.zone.text(s.last_told);
  if (s.reminders > 0) text += ", " + std::to_string(s.reminders) + (s.reminders == 1 ? " reminder" : " reminders");
  if (s.held.empty()) return text;
  text += "; held back: " + cells(s.held, 120);
  return s.held_until == 0 ? text : text + ", until " + shown.zone.text(s.held_until);
}

std::string sending_text(const Shown& shown, const Sending& s) {
  std::string text =
      cells(s.channel, 64) + ", " + s.purpose + ", revision " + std::to_string(s.revision) + ": " + s.state;
  if (s.attempts > 0)
    text += ", " + std::to_string(s.attempts) + (s.attempts == 1 ? " attempt" : " attempts") + ", the last " +
            shown.zone.text(s.answered);
  if (!s.answer.empty()) text += ": " + cells(s.answer, 160);
  if (s.state == "waiting" && s.attempts > 0) text += "; next " + shown.zone.text(s.due);
  return text;
}

std::string head(const Shown& shown, const Alert& a) {
  return a.id.substr(0, kIdShown) + "  severity " + std::to_string(a.severity) + "  " + cells(delivery::about(a), 60) +
         "  " + cells(a.kind, 40) + "  " + shown.zone.text(a.raised) + "  " + life_text(shown, a) + "\n  " +
         cells(a.summary, 300) + "\n";
}

}  // namespace

std::string list_text(const Shown& shown, const std::vector<Alert>& alerts) {
  std::string out;
  for (const Alert& a : alerts) {
    out += head(shown, a);
    for (const Standing& s : shown.book.standings(a.id)) {
      std::string text = standing_text(shown, s);
      for (const Sending& sending : shown.book.sendings(a.id, 10))
        if (sending.channel == s.channel && sending.state != "sent") {
          text += "; " + sending.purpose + " " + sending.state;
          if (!sending.answer.empty()) text += " (" + cells(sending.answer, 80) + ")";
        }
      out += "  " + text + "\n";
    }
  }
  return out;
}

std::string alert_text(const Shown& shown, const Alert& a) {
  std::string out = "alert       " + a.id + ", revision " + std::to_string(a.revision) + "\n";
  out += "summary     " + cells(a.summary, 500) + "\n";
  out += "subject     " + cells(a.subject, 100) + "\nkind        " + cells(a.kind, 100) + "\n";
  out += "detector    " + cells(a.detector, 100) + "\nseverity    " + std::to_string(a.severity) + "\n";
  out += "from        " + shown.zone.text(a.start) + "\nto          " + shown.zone.text(a.end) +
         (a.over ? ", over\n" : "\n");
  out += "observed    " + delivery::number(a.observed) + ", expected " + delivery::number(a.expected) + " (" +
         delivery::number(a.lower) + " to " + delivery::number(a.upper) + ")\n";
  out += "raised      " + shown.zone.text(a.raised) + "\nstate       " + life_text(shown, a) + "\n";
  const json::value evidence = parsed(a.evidence);
  if (evidence.is_array() && !evidence.get_array().empty()) {
    out += "\nposts\n";
    for (const json::value& piece : evidence.get_array()) {
      const auto text_of = [&](const char* key) {
        const json::value* value = piece.is_object() ? piece.get_object().if_contains(key) : nullptr;
        return value != nullptr && value->is_string() ? std::string(value->get_string()) : std::string();
      };
      out += "  " + cells(text_of("platform") + "/" + text_of("id"), 80) + "  " + cells(text_of("author"), 40) + ": " +
             cells(text_of("text"), 200) + "\n";
    }
  }
  if (a.attributes != "{}") out += "\nattributes\n  " + cells(a.attributes, 2000) + "\n";
  out += "\nchannels\n";
  for (const Standing& s : shown.book.standings(a.id)) out += "  " + standing_text(shown, s) + "\n";
  if (const auto sendings = shown.book.sendings(a.id); !sendings.empty()) {
    out += "\nmessages, the latest first\n";
    for (const Sending& s : sendings) out += "  " + shown.zone.text(s.created) + "  " + sending_text(shown, s) + "\n";
  }
  if (const auto log = shown.book.log(a.id); !log.empty()) {
    out += "\nlog, the latest first\n";
    for (const alert_book::LogEntry& e : log)
      out += "  " + shown.zone.text(e.at) + "  " + cells(e.who, 60) + "  " + e.what +
             (e.detail.empty() ? "" : ": " + cells(e.detail, 200)) + "\n";
  }
  return out;
}

std::string mutes_text(const Shown& shown) {
  std::string out;
  for (const alert_book::Mute& m : shown.book.mutes(shown.now)) {
    out += "mute " + std::to_string(m.number) + ":";
    for (const auto& [name, value] : {std::pair{" alert ", &m.scope.alert},
                                      {" subject ", &m.scope.subject},
                                      {" kind ", &m.scope.kind},
                                      {" detector ", &m.scope.detector}})
      if (!value->empty()) out += name + cells(*value, 80);
    out += ", until " + shown.zone.text(m.until) + ", by " + cells(m.by, 60);
    out += m.why.empty() ? "\n" : ": " + cells(m.why, 200) + "\n";
  }
  return out;
}

std::string channels_text(const Shown& shown) {
  std::string out;
  for (const alert_book::Channel& c : shown.book.channels())
    if (!c.trouble.empty() || c.waiting > 0 || c.refused > 0) {
      out += "channel " + cells(c.name, 64) + " (" + cells(c.plugin, 40) + "): " + std::to_string(c.waiting) +
             " messages wait, " + std::to_string(c.refused) + " were refused";
      out += c.trouble.empty() ? "\n" : "; trouble: " + cells(c.trouble, 200) + "\n";
    }
  return out;
}

std::string alert_json(const Shown& shown, const Alert& a, bool all) {
  json::object out;
  out["id"] = a.id, out["revision"] = a.revision, out["detector"] = a.detector, out["kind"] = a.kind;
  out["subject"] = a.subject, out["summary"] = a.summary, out["start"] = time_json(a.start);
  out["end"] = time_json(a.end), out["state"] = a.over ? "closed" : "open", out["severity"] = a.severity;
  out["observed"] = a.observed, out["expected"] = a.expected, out["lower"] = a.lower, out["upper"] = a.upper;
  out["raised"] = time_json(a.raised), out["life"] = alert_book::word(a.life), out["life_at"] = time_json(a.life_at);
  if (!a.life_by.empty()) out["life_by"] = a.life_by;
  if (!a.life_note.empty()) out["life_note"] = a.life_note;
  json::array channels;
  for (const Standing& s : shown.book.standings(a.id)) {
    json::object one{{"channel", s.channel}, {"told", s.told}, {"reminders", s.reminders}};
    if (s.last_told != 0) one["last_told"] = time_json(s.last_told);
    if (!s.held.empty()) one["held"] = s.held;
    if (!s.held.empty() && s.held_until != 0) one["held_until"] = time_json(s.held_until);
    channels.push_back(std::move(one));
  }
  out["channels"] = std::move(channels);
  if (!all) return json::serialize(out) + "\n";
  out["evidence"] = parsed(a.evidence), out["attributes"] = parsed(a.attributes);
  json::array messages, log;
  for (const Sending& s : shown.book.sendings(a.id)) {
    json::object one{{"channel", s.channel}, {"purpose", s.purpose},   {"key", s.key},      {"revision", s.revision},
                     {"state", s.state},     {"attempts", s.attempts}, {"answer", s.answer}};
    one["created"] = time_json(s.created);
    if (s.attempts > 0) one["answered"] = time_json(s.answered);
    messages.push_back(std::move(one));
  }
  for (const alert_book::LogEntry& e : shown.book.log(a.id))
    log.push_back(json::object{{"at", time_json(e.at)}, {"who", e.who}, {"what", e.what}, {"detail", e.detail}});
  out["messages"] = std::move(messages), out["log"] = std::move(log);
  return json::serialize(out) + "\n";
}

}  // namespace earshot::alerts
