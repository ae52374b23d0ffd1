#include "text/words.hpp"

#include <unicode/uchar.h>

#include <algorithm>
#include <array>

#include "text/utf8.hpp"

namespace earshot::text {
namespace {

// How far a link is followed to each side: longer ones are told by what stands next to the match.
constexpr std::size_t reach = 2048;

bool is_alnum(char c) {
  const auto u = static_cast<unsigned char>(c | 0x20);
  return (u >= 'a' && u <= 'z') || (c >= '0' && c <= '9');
}
bool is_ignorable(char32_t c) {
  return c == 0x00AD || (c >= 0x200B && c <= 0x200F) || c == 0x2060 || c == 0xFEFF || (c >= 0xFE00 && c <= 0xFE0F);
}

char32_t next(std::string_view text, std::size_t at) {
  while (at < text.size()) {
    const CodePoint c = decode(text, at);
    if (!is_ignorable(c.value)) return c.value;
    at += c.length;
  }
  return ' ';
}
char32_t previous(std::string_view text, std::size_t at) {
  while (at > 0) {
    const CodePoint c = decode_before(text, at);
    if (!is_ignorable(c.value)) return c.value;
    at -= c.length;
  }
  return ' ';
}

bool is_hangul(char32_t c) {
  return (c >= 0xAC00 && c <= 0xD7A3) || (c >= 0x1100 && c <= 0x11FF);
}

// Ends a link or address on either side.
bool is_edge(char c) {
  const auto u = static_cast<unsigned char>(c);
  return u <= ' ' || u >= 0x80 || c == '<' || c == '>' || c == '"' || c == '`' || c == '(' || c == ')' || c == '[' ||
         c == ']' || c == '{' || c == '}' || c == '|' || c == ',';
}

Range stretch(std::string_view text, Range match) {
  std::size_t begin = match.begin, end = match.end;
  while (begin > 0 && match.begin - begin < reach && !is_edge(text[begin - 1])) --begin;
  while (end < text.size() && end - match.end < reach && !is_edge(text[end])) ++end;
  const std::string_view closing = ".;:!?'*_~-";
  while (end > match.end && closing.find(text[end - 1]) != std::string_view::npos) --end;
  const std::string_view opening = ".;:!?'*_~-";
  while (begin < match.begin && opening.find(text[begin]) != std::string_view::npos) ++begin;
  return {static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(end)};
}

// Last labels that make two words with a dot between them a host name rather than the seam of two sentences.
bool is_top_domain(std::string_view label) {
  static constexpr auto known = std::to_array<std::string_view>(
      {"ai",  "app", "at",  "au", "be",   "biz",  "blog",   "br",    "ca",   "ch",  "cn", "co",     "com",
       "cz",  "de",  "dev", "dk", "edu",  "es",   "eu",     "fi",    "fr",   "gov", "ie", "in",     "info",
       "int", "io",  "it",  "jp", "kr",   "me",   "mil",    "net",   "news", "nl",  "no", "online", "org",
       "pl",  "pt",  "ru",  "se", "shop", "site", "social", "store", "tv",   "uk",  "us", "xyz"});
  return std::binary_search(known.begin(), known.end(), label);
}

// [begin, end) of the host in a token that has no scheme, empty if it has none.
Range bare_host(std::string_view text, Range token, Range match) {
  std::uint32_t end = token.begin;
  while (end < token.end && (is_alnum(text[end]) || text[end] == '.' || text[end] == '-')) ++end;
  if (end < token.end && std::string_view("/?#:").find(text[end]) == std::string_view::npos) return {};
  const std::string_view host = text.substr(token.begin, end - token.begin);
  const std::size_t dot = host.rfind('.');
  if (dot == std::string_view::npos || dot == 0) return {};
  const bool asked_for =
      match.end == end && text.substr(match.begin, match.end - match.begin).find('.') != std::string_view::npos;
  return asked_for || is_top_domain(host.substr(dot + 1)) ? Range{token.begin, end} : Range{};
}

Token link(std::string_view text, Range token, std::size_t host_begin, bool bare) {
  std::size_t end = host_begin;
  while (end < token.end && std::string_view("/?#:").find(text[end]) == std::string_view::npos) ++end;
  const std::size_t at = text.substr(host_begin, end - host_begin).rfind('@');
  if (at != std::string_view::npos) host_begin += at + 1;
  return {Place::link, token, {static_cast<std::uint32_t>(host_begin), static_cast<std::uint32_t>(end)}, bare};
}

}  // namespace

bool is_word(char32_t c) {
  if (c < 0x80) return is_alnum(static_cast<char>(c)) || c == '_';
  if (c == invalid_byte) return false;
  constexpr std::uint32_t word = U_GC_L_MASK | U_GC_M_MASK | U_GC_N_MASK | U_GC_PC_MASK;
  return (U_MASK(u_charType(static_cast<UChar32>(c))) & word) != 0 && !is_ignorable(c);
}

bool is_spaceless(char32_t c) {
  return (c >= 0x2E80 && c <= 0x30FF && c != 0x3000) || (c >= 0x31F0 && c <= 0x31FF) || (c >= 0x3400 && c <= 0x9FFF) ||
         (c >= 0xF900 && c <= 0xFAFF) || (c >= 0xFF66 && c <= 0xFF9F) || (c >= 0x20000 && c <= 0x3FFFF) ||
         (c >= 0x0E00 && c <= 0x0EFF) || (c >= 0x1000 && c <= 0x109F) || (c >= 0x1780 && c <= 0x17FF);
}

bool begins_word(std::string_view text, std::size_t at) {
  const char32_t before = previous(text, at), after = next(text, at);
  return !is_word(before) || !is_word(after) || is_spaceless(before) || is_spaceless(after);
}

bool ends_word(std::string_view text, std::size_t at) {
  const char32_t before = previous(text, at), after = next(text, at);
  return !is_word(before) || !is_word(after) || is_spaceless(before) || is_spaceless(after) ||
         (is_hangul(before) && is_hangul(after));
}

Token token_around(std::string_view text, Range match) {
  const Range token = stretch(text, match);
  const std::string_view before = text.substr(token.begin, match.begin - token.begin);
  const std::string_view matched = text.substr(match.begin, match.end - match.begin);

  if (const std::size_t scheme = before.rfind("://"); scheme != std::string_view::npos)
    return link(text, token, token.begin + scheme + 3, false);
  const std::string_view whole = text.substr(token.begin, token.end - token.begin);
  if (whole.size() > 4 && (whole[0] | 0x20) == 'w' && (whole[1] | 0x20) == 'w' && (whole[2] | 0x20) == 'w' &&
      whole[3] == '.')
    return link(text, token, token.begin, false);

  const CodePoint sign = match.begin > 0 ? decode_before(text, match.begin) : CodePoint{' ', 1};
  const auto sign_begin = static_cast<std::uint32_t>(match.begin > 0 ? match.begin - sign.length : 0);
  const bool after_word =
      sign_begin > 0 && is_word(previous(text, sign_begin)) && !is_spaceless(previous(text, sign_begin));
  if ((sign.value == '#' || sign.value == 0xFF03) && !after_word)
    return {Place::hashtag, {sign_begin, match.end}, {}, false};
  const std::size_t at = before.rfind('@');
  if (at != std::string_view::npos || sign.value == 0xFF20) {
    const bool own = at == 0 || sign.value == 0xFF20;
    return {own ? Place::handle : Place::address, token, {}, false};
  }
  // "support@…": the name stands before the sign
  if (const std::size_t after = text.substr(match.end, token.end - match.end).find('@');
      after == 0 && matched.find('@') == std::string_view::npos && match.end + 1 < token.end &&
      is_alnum(text[match.end + 1]))
    return {Place::address, token, {}, false};
  if (const Range host = bare_host(text, token, match); host.end > host.begin)
    return {Place::link, token, host, host == token};
  return {};
}

}  // namespace earshot::text
