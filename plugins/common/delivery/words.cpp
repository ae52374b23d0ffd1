#include "delivery/words.hpp"

#include <algorithm>
#include <cmath>
#include <cstdio>

#include "text/utf8.hpp"

namespace earshot::delivery {

using alert_book::Alert;
using alert_book::Life;

namespace {

constexpr std::size_t kUrl = 2000;

std::string names(const Envelope& envelope) {
  std::vector<std::string> subjects;
  for (const Item& item : envelope.items)
    if (std::find(subjects.begin(), subjects.end(), about(item.alert)) == subjects.end())
      subjects.push_back(about(item.alert));
  std::string text;
  for (std::size_t i = 0; i < subjects.size() && i < 5; ++i) text += (i == 0 ? "" : ", ") + subjects[i];
  return subjects.size() > 5 ? text + " and " + std::to_string(subjects.size() - 5) + " more" : text;
}

std::string by(const Alert& alert) {
  return alert.life_by.empty() ? std::string() : " by " + alert.life_by;
}

std::string state_words(const Alert& a) {
  std::string text(alert_book::word(a.life));
  text += by(a);
  return a.life_note.empty() ? text : text + ": " + a.life_note;
}

}  // namespace

std::string number(double value) {
  char text[40];
  std::snprintf(text, sizeof text, std::abs(value) >= 100 || value == std::floor(value) ? "%.0f" : "%.1f", value);
  return text;
}

std::string purpose_words(const Envelope& envelope) {
  const std::size_t count = envelope.items.size();
  const Item* one = count == 1 ? &envelope.items[0] : nullptr;
  switch (envelope.purpose) {
    case Purpose::alert:
      if (one != nullptr) return one->alert.life == Life::closed ? "Over already" : "New alert";
      return std::to_string(count) + " new alerts";
    case Purpose::update:
      return one != nullptr ? "Update" : std::to_string(count) + " alerts have changed";
    case Purpose::acknowledged:
      return one != nullptr ? "Acknowledged" + by(one->alert) : std::to_string(count) + " alerts were acknowledged";
    case Purpose::closed:
      return one != nullptr ? "Closed" + by(one->alert) : std::to_string(count) + " alerts were closed";
    case Purpose::reminder:
      return one != nullptr ? "Still open, reminder " + std::to_string(one->reminders)
                            : std::to_string(count) + " alerts are still open";
    case Purpose::digest:
      return "Digest of " + std::to_string(count) + (count == 1 ? " alert" : " alerts");
    case Purpose::escalation:
      return one != nullptr ? "Nobody has acknowledged this alert"
                            : "Nobody has acknowledged " + std::to_string(count) + " alerts";
  }
  return "Alert";
}

std::string about(const Alert& alert) {
  return alert.subject.empty() ? "all posts" : alert.subject;
}

std::string title(const Envelope& envelope) {
  std::string text = purpose_words(envelope) + ": ";
  if (envelope.items.size() != 1) return text + names(envelope);
  const Alert& a = envelope.items[0].alert;
  return text + about(a) + ", " + a.kind + ", severity " + std::to_string(a.severity);
}

std::string sentence(const Item& item) {
  const Alert& a = item.alert;
  if (!a.summary.empty()) return a.summary;
  return about(a) + ": " + a.kind + ", " + number(a.observed) + " observed, " + number(a.expected) + " expected";
}

std::vector<std::pair<std::string, std::string>> facts(const Item& item, const Zone& zone) {
  const Alert& a = item.alert;
  std::vector<std::pair<std::string, std::string>> all;
  std::string observed = number(a.observed);
  if (a.expected != 0 || a.upper != 0) {
    observed += " (" + number(a.expected) + " expected";
    if (a.upper > a.lower) observed += ", " + number(a.lower) + " to " + number(a.upper);
    observed += ")";
  }
  all.emplace_back("Observed", observed);
  all.emplace_back("Severity", std::to_string(a.severity) + " of 10");
  all.emplace_back("From", zone.text(a.start));
  all.emplace_back("To", zone.text(a.end));
  all.emplace_back("Detector", a.detector);
  all.emplace_back("State", state_words(a));
  return all;
}

std::string speaker(const Quote& quote) {
  if (quote.author.empty()) return quote.platform;
  return quote.author + " on " + quote.platform;
}

std::string line(std::string_view text, std::size_t characters) {
  std::string out;
  bool blank = false;
  for (std::size_t i = 0, taken = 0; i < text.size();) {
    const text::CodePoint c = text::decode(text, i);
    const bool hidden = c.value < 0x20 || (c.value >= 0x7F && c.value < 0xA0) || c.value == 0x2028 ||
                        c.value == 0x2029 || (c.value >= 0x202A && c.value <= 0x202E) ||
                        (c.value >= 0x2066 && c.value <= 0x2069) || c.value == text::invalid_byte;
    const std::string_view piece = hidden ? " " : text.substr(i, c.length);
    i += c.length;
    if (piece == " " && (blank || out.empty())) continue;
    if (++taken > characters) return out + "…";
    blank = piece == " ";
    out += piece;
  }
  while (out.ends_with(" ")) out.pop_back();
  return out;
}

std::string escaped(std::string_view text, std::size_t bytes,
                    const std::function<std::string(std::string_view)>& escape) {
  std::string out;
  for (std::size_t i = 0; i < text.size();) {
    const text::CodePoint c = text::decode(text, i);
    const std::string piece = c.value == text::invalid_byte ? std::string("\uFFFD") : escape(text.substr(i, c.length));
    i += c.length;
    if (out.size() + piece.size() + (i < text.size() ? 3 : 0) > bytes) return out + "…";
    out += piece;
  }
  return out;
}

std::string html(std::string_view text) {
  std::string out;
  for (const char c : text) {
    switch (c) {
      case '&':
        out += "&amp;";
        break;
      case '<':
        out += "&lt;";
        break;
      case '>':
        out += "&gt;";
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
  }
  return out;
}

std::string safe_url(std::string_view url) {
  if (!url.starts_with("https://") && !url.starts_with("http://")) return {};
  std::string out;
  for (const char c : url) {
    const auto byte = static_cast<unsigned char>(c);
    if (byte <= 0x20 || byte >= 0x7F || std::string_view("<>\"'`|\\^{}()[]*_~").find(c) != std::string_view::npos)
      out.append("%").append(1, "0123456789ABCDEF"[byte >> 4]).append(1, "0123456789ABCDEF"[byte & 15]);
    else
      out += c;
    if (out.size() > kUrl) return {};
  }
  return out;
}

std::string plain_text(const Envelope& envelope, const Zone& zone, std::size_t quotes) {
  std::string out = line(title(envelope), 300) + "\n";
  for (const Item& item : envelope.items) {
    out += "\n" + line(sentence(item), 1000) + "\n";
    for (const auto& [name, value] : facts(item, zone)) out += "  " + name + ": " + line(value, 300) + "\n";
    for (std::size_t i = 0; i < item.quotes.size() && i < quotes; ++i) {
      const Quote& quote = item.quotes[i];
      out += "  " + line(speaker(quote), 100) + ": \"" + line(quote.text, 300) + "\"";
      if (const std::string url = safe_url(quote.url); !url.empty()) out += " " + url;
      out += "\n";
    }
    if (item.links.view.empty()) continue;
    out += "  Look: " + item.links.view + "\n";
    if (item.alert.life == Life::open) out += "  Acknowledge: " + item.links.acknowledge + "\n";
    if (item.alert.life != Life::closed) out += "  Close: " + item.links.close + "\n";
  }
  return out + "\nPipeline " + line(envelope.pipeline, 100) + ", channel " + line(envelope.channel, 100) + "\n";
}

}  // namespace earshot::delivery
