#include "syslog/record.hpp"

#include "delivery/words.hpp"
#include "post/time.hpp"

namespace earshot::syslog {

using namespace delivery;

namespace {

constexpr std::string_view kBom = "\xEF\xBB\xBF";  // says that the text is UTF-8

int severity_of(const Envelope& envelope, const alert_book::Alert& a) {
  if (envelope.purpose == Purpose::acknowledged) return 6;
  if (a.life == alert_book::Life::closed) return 5;
  return a.severity >= 9 ? 2 : a.severity >= 6 ? 3 : a.severity >= 3 ? 4 : 5;
}

// A field of the header: printable ASCII, or "-".
std::string field(std::string_view text, std::size_t most) {
  std::string out;
  for (const char c : text.substr(0, most)) out += c > 0x20 && c < 0x7F ? c : '?';
  return out.empty() ? "-" : out;
}

std::string parameter(const char* name, std::string_view value) {
  const auto escape = [](std::string_view c) {
    return c == "\"" || c == "\\" || c == "]" ? "\\" + std::string(c) : std::string(c);
  };
  return std::string(" ") + name + "=\"" + escaped(line(value, 200), 400, escape) + "\"";
}

std::string time_text(ear_time time) {
  char text[post::kTimeText];
  return {text, post::write_time(text, time / 1000 * 1000)};  // six digits of a second are the most
}

}  // namespace

std::string record(const Envelope& envelope, const Origin& origin, std::size_t bytes) {
  const Item& item = envelope.items.at(0);
  const alert_book::Alert& a = item.alert;
  std::string out = "<" + std::to_string(origin.facility * 8 + severity_of(envelope, a)) + ">1 ";
  out += time_text(envelope.created) + " " + field(origin.host, 255) + " " + field(origin.app, 48) + " " +
         field(origin.process, 128) + " " + field(word(envelope.purpose), 32) + " [" + origin.data_id;
  out += parameter("key", envelope.key) + parameter("alert", a.id) + parameter("pipeline", envelope.pipeline);
  out += parameter("subject", a.subject) + parameter("kind", a.kind) + parameter("detector", a.detector);
  out += parameter("severity", std::to_string(a.severity)) + parameter("state", alert_book::word(a.life));
  out += parameter("observed", number(a.observed)) + parameter("expected", number(a.expected)) + "] ";
  out += kBom;
  const std::string text = line(purpose_words(envelope) + ": " + sentence(item), 1000);
  return out + escaped(text, bytes > out.size() + 4 ? bytes - out.size() : 4,
                       [](std::string_view c) { return std::string(c); });
}

}  // namespace earshot::syslog
