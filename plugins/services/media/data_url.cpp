#include "media/data_url.hpp"

#include <cctype>

#include "earshot/error.hpp"

namespace earshot::media {
namespace {

int hex_digit(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  const char low = static_cast<char>(c | 0x20);
  return low >= 'a' && low <= 'f' ? low - 'a' + 10 : -1;
}

int base64_digit(char c) {
  if (c >= 'A' && c <= 'Z') return c - 'A';
  if (c >= 'a' && c <= 'z') return c - 'a' + 26;
  if (c >= '0' && c <= '9') return c - '0' + 52;
  if (c == '+' || c == '-') return 62;
  return c == '/' || c == '_' ? 63 : -1;
}

std::string without_percents(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] != '%') {
      out += text[i];
      continue;
    }
    const int high = i + 2 < text.size() ? hex_digit(text[i + 1]) : -1, low = high < 0 ? -1 : hex_digit(text[i + 2]);
    if (low < 0) throw invalid("the data: URL holds a % that no two digits follow");
    out += static_cast<char>(high << 4 | low);
    i += 2;
  }
  return out;
}

std::string without_base64(std::string_view text) {
  std::string out;
  out.reserve(text.size() / 4 * 3 + 3);
  std::uint32_t bits = 0;
  int have = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (c == ' ' || c == '\n' || c == '\r' || c == '\t') continue;
    if (c == '=') break;
    const int digit = base64_digit(c);
    if (digit < 0) throw invalid("the data: URL holds what is no base64");
    bits = bits << 6 | static_cast<std::uint32_t>(digit), have += 6;
    if (have >= 8) out += static_cast<char>(bits >> (have -= 8) & 0xFF);
  }
  return out;
}

}  // namespace

std::string data_of(std::string_view url, std::size_t most) {
  const std::size_t comma = url.find(',');
  if (url.size() < 5 || comma == std::string_view::npos) throw invalid("the data: URL has no comma before its data");
  std::string kind(url.substr(5, comma - 5));
  for (char& c : kind) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  const std::string_view rest = url.substr(comma + 1);
  if (rest.size() / 4 > most)  // even if each byte takes a percent and two digits, and base64 a third more
    throw unsupported("the data: URL holds more than " + std::to_string(most) +
                      " bytes (option `most_bytes` of the service media)");
  std::string bytes = without_percents(rest);
  if (kind.ends_with(";base64")) bytes = without_base64(bytes);
  if (bytes.size() > most)
    throw unsupported("the data: URL holds more than " + std::to_string(most) +
                      " bytes (option `most_bytes` of the service media)");
  return bytes;
}

}  // namespace earshot::media
