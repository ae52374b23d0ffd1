#include "report/queries.hpp"

#include <algorithm>

#include "calendar/zone.hpp"

namespace earshot::report {
namespace {

using calendar::kDay;
using calendar::kSecond;

std::string day_text(std::int64_t time) {
  return calendar::text(calendar::date_of(time / kDay - (time % kDay < 0 ? 1 : 0)));
}

std::string second_text(std::int64_t time) {
  const std::int64_t of_day = ((time % kDay) + kDay) % kDay / kSecond;
  const auto two = [](std::int64_t n) { return (n < 10 ? "0" : "") + std::to_string(n); };
  return day_text(time) + "T" + two(of_day / 3600) + ":" + two(of_day / 60 % 60) + ":" + two(of_day % 60) + "Z";
}

std::string shell(std::string_view text) {
  std::string out = "'";
  for (const char c : text) out += c == '\'' ? std::string("'\\''") : std::string(1, c);
  return out + "'";
}

// Bytes of a quotation mark, straight or curly, that the text begins with; 0: none.
std::size_t quote_at(std::string_view text) {
  for (const std::string_view mark : {"\"", "\u201C", "\u201D", "\u201E", "\u201F"})
    if (text.starts_with(mark)) return mark.size();
  return 0;
}

}  // namespace

std::string value_of(std::string_view text) {
  const bool plain = !text.empty() && std::all_of(text.begin(), text.end(), [](char c) {
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || c == '-' ||
           c == '.';
  });
  if (plain && text.front() != '-' && text != "AND" && text != "OR" && text != "NOT") return std::string(text);
  // What would end the quotes, or stand for other letters, is asked for as any one letter.
  std::string out = "\"";
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t length = quote_at(text.substr(at));
    out += length > 0 || text[at] == '*' || text[at] == '\n' ? std::string("?") : std::string(1, text[at]);
    at += std::max<std::size_t>(1, length);
  }
  return out + "\"";
}

std::string published(const calendar::Period& period) {
  const bool days = period.from % kDay == 0 && period.to % kDay == 0;
  const std::string from = days ? day_text(period.from) : second_text(period.from);
  const std::string to = days ? day_text(period.to - 1) : second_text(period.to - kSecond);
  return "published:" + from + (from == to ? "" : ".." + to);
}

std::string query_of(std::string_view item, std::string_view extra, std::string_view narrowed,
                     const calendar::Period& period) {
  std::string out;
  if (!item.empty()) out += "mention:" + value_of(item) + " ";
  if (!extra.empty()) out.append(extra) += ' ';
  if (!narrowed.empty()) out += "(" + std::string(narrowed) + "\n) ";
  return out + published(period);
}

std::string term_of(figures::By by, std::string_view item, std::string_view value) {
  using figures::By;
  const std::string about = item.empty() ? std::string() : "subject:" + value_of(item) + " ";
  switch (by) {
    case By::platform:
    case By::source:
    case By::kind:
    case By::country:
      return std::string(figures::word_of(by)) + ":" + value_of(value);
    case By::language:
      return "lang:" + value_of(value);
    case By::topic:
    case By::keyphrase:
    case By::intent:
    case By::emotion:
      return "(" + about + std::string(figures::word_of(by)) + ":" + value_of(value) + ")";
    case By::aspect:
      return "(" + about + "aspect:" + value_of(value) + ")";
    case By::entity:
      return "entity:" + value_of(value);
    case By::copy:
      return "duplicate:" + value_of(value);
    case By::link:
      return "link:" + value_of(value);
    case By::hashtag:
      return "#" + std::string(value);
  }
  return {};
}

std::string command_of(std::string_view query, std::string_view store) {
  return "earshot search " + shell(query) + " --store " + shell(store);
}

}  // namespace earshot::report
