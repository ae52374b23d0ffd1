#include "email/letter.hpp"

#include <sodium.h>

#include <algorithm>
#include <ctime>

#include "delivery/words.hpp"
#include "earshot/error.hpp"
#include "email/chart.hpp"
#include "text/utf8.hpp"

namespace earshot::email {

using namespace delivery;
using alert_book::Life;

namespace {

constexpr std::size_t kLine = 76, kSubject = 160, kQuotes = 3;
constexpr std::size_t kReferences = 10;

bool is_ascii(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) { return c >= 0x20 && c < 0x7F; });
}

std::string base64(std::string_view bytes) {
  std::string out(sodium_base64_encoded_len(bytes.size(), sodium_base64_VARIANT_ORIGINAL), '\0');
  sodium_bin2base64(out.data(), out.size(), reinterpret_cast<const unsigned char*>(bytes.data()), bytes.size(),
                    sodium_base64_VARIANT_ORIGINAL);
  out.pop_back();
  return out;
}

// Encoded words of at most 75 characters, none of which parts a character.
std::string encoded_words(std::string_view text) {
  std::string out;
  while (!text.empty()) {
    std::size_t size = 0;
    while (size < text.size()) {
      const std::size_t next = text::decode(text, size).length;
      if (size + next > 42) break;
      size += next;
    }
    out += (out.empty() ? "=?UTF-8?B?" : "\r\n =?UTF-8?B?") + base64(text.substr(0, size)) + "?=";
    text.remove_prefix(size);
  }
  return out;
}

// At blanks, so that no line is longer than it may be. A word that is longer stays whole.
std::string folded(std::string_view text, std::size_t used) {
  std::string out;
  while (!text.empty()) {
    const std::size_t blank = std::min(text.find(' ', 1), text.size());
    if (used + blank > kLine && used > 1) out += "\r\n", used = 0;
    out += text.substr(0, blank), used += blank;
    text.remove_prefix(blank);
  }
  return out;
}

std::string date_text(ear_time time) {
  const std::time_t seconds = time / 1'000'000'000;
  std::tm p{};
  ::gmtime_r(&seconds, &p);
  constexpr const char* days[] = {"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
  constexpr const char* months[] = {"Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
  char text[64];
  std::snprintf(text, sizeof text, "%s, %d %s %d %02d:%02d:%02d +0000", days[p.tm_wday], p.tm_mday, months[p.tm_mon],
                p.tm_year + 1900, p.tm_hour, p.tm_min, p.tm_sec);
  return text;
}

std::string address_text(const Address& a) {
  if (a.name.empty()) return a.address;
  return (is_ascii(a.name) ? "\"" + a.name + "\"" : encoded_words(a.name)) + " <" + a.address + ">";
}

// A part of a List-Id or Message-ID, whatever the user called the pipeline.
std::string atom(std::string_view text) {
  std::string out;
  for (const char c : text) {
    const bool plain =
        (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '_';
    out += plain ? c : '-';
  }
  return out.empty() ? "x" : out;
}

// Stays the same as long as the alert lives, so that mail programs show one thread.
std::string subject_of(const Envelope& envelope, const Sender& sender, const Zone& zone) {
  const std::string prefix = sender.prefix.empty() ? "" : sender.prefix + " ";
  if (envelope.items.size() != 1) return prefix + title(envelope);
  const alert_book::Alert& a = envelope.items[0].alert;
  return prefix + about(a) + ": " + a.kind + " since " + zone.text(a.start);
}

std::vector<std::string> headers_of(const Envelope& envelope, const Sender& sender, const Zone& zone) {
  const std::string domain = sender.from.domain();
  const std::string list = atom(envelope.channel) + "." + atom(envelope.pipeline);
  std::vector<std::string> all;
  all.push_back("Date: " + date_text(envelope.created));
  all.push_back("From: " + address_text(sender.from));
  std::string to;
  for (const Address& address : sender.to) to += (to.empty() ? "" : ",\r\n ") + address_text(address);
  all.push_back("To: " + to);
  all.push_back(header("Subject", line(subject_of(envelope, sender, zone), kSubject)));
  all.push_back("Message-ID: <" + envelope.key + "@" + domain + ">");
  std::string threads;
  for (std::size_t i = 0; i < envelope.items.size() && i < kReferences; ++i)
    threads += (i == 0 ? "<" : "\r\n <") + atom(envelope.items[i].alert.id) + "." + list + "@" + domain + ">";
  if (!threads.empty()) all.push_back("In-Reply-To: " + threads), all.push_back("References: " + threads);
  all.push_back("List-Id: <" + list + "." + domain + ">");
  all.push_back("Auto-Submitted: auto-generated");
  all.push_back("X-Auto-Response-Suppress: All");
  all.push_back("X-Earshot-Key: " + envelope.key);
  all.push_back("X-Earshot-Purpose: " + std::string(word(envelope.purpose)));
  if (envelope.urgent) all.push_back("Importance: high"), all.push_back("X-Priority: 1");
  return all;
}

std::string button(const std::string& url, const char* name) {
  return "<a href=\"" + html(url) +
         "\" style=\"display:inline-block;margin:0 8px 4px 0;padding:6px 12px;border:1px solid "
         "#8a8f98;border-radius:4px;"
         "color:#1d3557;text-decoration:none\">" +
         name + "</a>";
}

std::string item_html(const Item& item, const Zone& zone, const std::string& picture) {
  std::string out = "<h2 style=\"font-size:16px;margin:24px 0 8px\">" + html(line(sentence(item), 1000)) + "</h2>\n";
  if (!picture.empty())
    out += "<img src=\"cid:" + picture + "\" width=\"" + std::to_string(kChart.width) + "\" height=\"" +
           std::to_string(kChart.height) + "\" style=\"max-width:100%\" alt=\"Above: observed " +
           number(item.alert.observed) + ". Below: expected " + number(item.alert.expected) + "\">\n";
  out += "<table style=\"border-collapse:collapse;font-size:14px\">\n";
  for (const auto& [name, value] : facts(item, zone))
    out += "<tr><td style=\"padding:2px 16px 2px 0;color:#5a6270\">" + name + "</td><td>" + html(line(value, 300)) +
           "</td></tr>\n";
  out += "</table>\n";
  for (std::size_t i = 0; i < item.quotes.size() && i < kQuotes; ++i) {
    const Quote& quote = item.quotes[i];
    out += "<blockquote style=\"margin:8px 0;padding:4px 12px;border-left:3px solid #c9ced6;font-size:14px\">" +
           html(line(quote.text, 400)) + "<br><span style=\"color:#5a6270\">" + html(line(speaker(quote), 100));
    if (const std::string url = safe_url(quote.url); !url.empty()) out += " · <a href=\"" + html(url) + "\">post</a>";
    out += "</span></blockquote>\n";
  }
  if (item.links.view.empty()) return out;
  out += "<p>" + button(item.links.view, "Look");
  if (item.alert.life == Life::open) out += button(item.links.acknowledge, "Acknowledge");
  if (item.alert.life != Life::closed) out += button(item.links.close, "Close") + button(item.links.mute, "Mute");
  return out + "</p>\n";
}

}  // namespace

Address read_address(const std::string& text) {
  const auto wrong = [&] {
    return invalid("'" + line(text, 100) +
                   "' is no mail address: write desk@example.org or Brand desk <desk@example.org>");
  };
  Address out{{}, text};
  if (text.ends_with(">")) {
    const std::size_t open = text.rfind('<');
    if (open == std::string::npos) throw wrong();
    out.address = text.substr(open + 1, text.size() - open - 2);
    out.name = line(text.substr(0, open), 100);
    std::erase_if(out.name, [](char c) { return c == '"' || c == '\\'; });
  }
  const std::size_t at = out.address.find('@');
  const bool plain = std::all_of(out.address.begin(), out.address.end(), [](char c) {
    return c > 0x20 && c < 0x7F && std::string_view("<>()[],;:\\\"").find(c) == std::string_view::npos;
  });
  if (!plain || at == 0 || at == std::string::npos || at + 1 == out.address.size() || out.address.size() > 254 ||
      out.address.find('@', at + 1) != std::string::npos)
    throw wrong();
  return out;
}

std::string header(const std::string& name, std::string_view value) {
  const std::string one = line(value, 1000);
  if (!is_ascii(one)) return name + ": " + encoded_words(one);
  return name + ": " + folded(one, name.size() + 2);
}

Letter write_letter(const Envelope& envelope, const Sender& sender, const Zone& zone) {
  Letter letter;
  letter.headers = headers_of(envelope, sender, zone);
  letter.text = plain_text(envelope, zone, kQuotes);
  std::string body;
  for (std::size_t i = 0; i < envelope.items.size(); ++i) {
    const Item& item = envelope.items[i];
    std::string picture;
    if (const std::string png = sender.charts ? chart_png(item.alert) : ""; !png.empty()) {
      picture = "chart" + std::to_string(i) + "." + envelope.key + "@" + sender.from.domain();
      letter.pictures.push_back({picture, png});
    }
    body += item_html(item, zone, picture);
  }
  letter.html = "<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><title>" +
                html(line(title(envelope), 200)) +
                "</title></head>\n<body style=\"font-family:system-ui,sans-serif;color:#1b1f24;max-width:640px\">\n"
                "<h1 style=\"font-size:18px\">" +
                std::string(envelope.urgent ? "Urgent. " : "") + html(line(title(envelope), 300)) + "</h1>\n" + body +
                "<p style=\"color:#5a6270;font-size:12px\">Pipeline " + html(line(envelope.pipeline, 100)) +
                ", channel " + html(line(envelope.channel, 100)) + "</p>\n</body></html>\n";
  return letter;
}

}  // namespace earshot::email
