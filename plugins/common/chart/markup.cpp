#include "chart/markup.hpp"

#include <fmt/format.h>

#include <cmath>

namespace earshot::chart {
namespace {

// Bytes of the character at `at`; 0: it is no UTF-8.
std::size_t length_at(std::string_view text, std::size_t at) {
  const auto first = static_cast<unsigned char>(text[at]);
  const std::size_t length = first < 0x80 ? 1 : first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : 2;
  if (length == 1) return 1;
  if (first < 0xC2 || first > 0xF4 || text.size() - at < length) return 0;
  for (std::size_t i = 1; i < length; ++i)
    if ((static_cast<unsigned char>(text[at + i]) & 0xC0) != 0x80) return 0;
  return length;
}

// Overrides of the writing direction: U+202A to U+202E, U+2066 to U+2069, and the marks U+200E and U+200F.
bool is_override(std::string_view c) {
  if (c.size() != 3 || c[0] != '\xE2') return false;
  if (c[1] == '\x80') return (c[2] >= '\xAA' && c[2] <= '\xAE') || c[2] == '\x8E' || c[2] == '\x8F';
  return c[1] == '\x81' && c[2] >= '\xA6' && c[2] <= '\xA9';
}

}  // namespace

std::string escaped(std::string_view text, std::size_t most) {
  std::string out;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t length = length_at(text, at);
    if (at + length > most) return out += "…";
    const std::string_view c = text.substr(at, length == 0 ? 1 : length);
    at += c.size();
    if (c == "<")
      out += "&lt;";
    else if (c == ">")
      out += "&gt;";
    else if (c == "&")
      out += "&amp;";
    else if (c == "\"")
      out += "&quot;";
    else if (c == "'")
      out += "&#39;";
    else if (length == 0 || is_override(c) ||
             (length == 1 && (static_cast<unsigned char>(c[0]) < 0x20 || c[0] == 0x7F) && c != "\n" && c != "\t"))
      out += "\uFFFD";
    else
      out += c;
  }
  return out;
}

std::string link(std::string_view url) {
  constexpr std::size_t kMost = 2000;
  if (url.size() > kMost) return {};
  const auto begins = [&](std::string_view with) {
    if (url.size() <= with.size()) return false;
    for (std::size_t i = 0; i < with.size(); ++i)
      if ((url[i] | 0x20) != with[i] && url[i] != with[i]) return false;
    return true;
  };
  if (!begins("http://") && !begins("https://")) return {};
  for (const char c : url)
    if (static_cast<unsigned char>(c) <= 0x20 || c == 0x7F) return {};
  return escaped(url, kMost);
}

std::string thousands(std::int64_t number) {
  std::string digits = std::to_string(number < 0 ? -number : number);
  for (std::size_t at = digits.size(); at > 3;) digits.insert(at -= 3, ",");
  return number < 0 ? "−" + digits : digits;
}

std::string compact(double number) {
  const double size = std::abs(number);
  const auto with = [&](double by, const char* unit) {
    const double shown = number / by;
    return std::abs(shown) >= 10 || shown == std::round(shown) ? fmt::format("{:.0f}{}", shown, unit)
                                                               : fmt::format("{:.1f}{}", shown, unit);
  };
  if (size >= 999'500'000) return with(1e9, "B");
  if (size >= 999'500) return with(1e6, "M");
  if (size >= 1'000) return with(1e3, "k");
  return size >= 10 || number == std::round(number) ? fmt::format("{:.0f}", number) : fmt::format("{:.1f}", number);
}

std::string coordinate(double value) {
  std::string out = fmt::format("{:.2f}", std::isfinite(value) ? value : 0);
  while (out.back() == '0') out.pop_back();
  if (out.back() == '.') out.pop_back();
  return out == "-0" ? "0" : out;
}

}  // namespace earshot::chart
