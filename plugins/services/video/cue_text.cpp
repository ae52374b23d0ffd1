#include "video/cue_text.hpp"

#include <algorithm>
#include <array>
#include <cstdint>
#include <utility>

namespace earshot::video {
namespace {

constexpr int kFieldsBeforeText = 8;
constexpr std::size_t kMostTag = 64;  // bytes between angle brackets

bool is_letter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

// The length of a tag such as <i>, </font> or <c.yellow> that starts `text`; 0: it does not.
std::size_t tag_length(std::string_view text) {
  if (text.size() < 3 || text[0] != '<' || !(is_letter(text[1]) || (text[1] == '/' && is_letter(text[2])))) return 0;
  const std::size_t end = text.substr(0, kMostTag).find('>');
  return end == std::string_view::npos ? 0 : end + 1;
}

// Lines without spaces around them, without empty ones and control characters.
std::string tidied(std::string_view text) {
  std::string out;
  for (std::size_t at = 0; at <= text.size();) {
    const std::size_t end = std::min(text.find('\n', at), text.size());
    std::string line;
    for (const char c : text.substr(at, end - at)) {
      const bool space = static_cast<unsigned char>(c) <= ' ' || c == 0x7F;
      if (!space)
        line += c;
      else if (!line.empty() && line.back() != ' ')
        line += ' ';
    }
    if (line.ends_with(' ')) line.pop_back();
    if (!line.empty()) out += out.empty() ? line : '\n' + line;
    at = end + 1;
  }
  return out;
}

// Languages by the codes of ISO 639-2 that containers use, bibliographic ones too.
constexpr std::array<std::pair<std::string_view, std::string_view>, 72> kLanguages{{
    {"alb", "sq"}, {"ara", "ar"}, {"arm", "hy"}, {"baq", "eu"}, {"bel", "be"}, {"ben", "bn"}, {"bos", "bs"},
    {"bul", "bg"}, {"bur", "my"}, {"cat", "ca"}, {"ces", "cs"}, {"chi", "zh"}, {"cym", "cy"}, {"cze", "cs"},
    {"dan", "da"}, {"deu", "de"}, {"dut", "nl"}, {"ell", "el"}, {"eng", "en"}, {"est", "et"}, {"eus", "eu"},
    {"fas", "fa"}, {"fin", "fi"}, {"fra", "fr"}, {"fre", "fr"}, {"geo", "ka"}, {"ger", "de"}, {"gle", "ga"},
    {"glg", "gl"}, {"gre", "el"}, {"guj", "gu"}, {"heb", "he"}, {"hin", "hi"}, {"hrv", "hr"}, {"hun", "hu"},
    {"hye", "hy"}, {"ice", "is"}, {"ind", "id"}, {"isl", "is"}, {"ita", "it"}, {"jpn", "ja"}, {"kan", "kn"},
    {"kat", "ka"}, {"kor", "ko"}, {"lav", "lv"}, {"lit", "lt"}, {"mac", "mk"}, {"mal", "ml"}, {"mar", "mr"},
    {"may", "ms"}, {"mkd", "mk"}, {"msa", "ms"}, {"nld", "nl"}, {"nor", "no"}, {"per", "fa"}, {"pol", "pl"},
    {"por", "pt"}, {"ron", "ro"}, {"rum", "ro"}, {"rus", "ru"}, {"slk", "sk"}, {"slo", "sk"}, {"slv", "sl"},
    {"spa", "es"}, {"srp", "sr"}, {"swe", "sv"}, {"tam", "ta"}, {"tha", "th"}, {"tur", "tr"}, {"ukr", "uk"},
    {"vie", "vi"}, {"zho", "zh"},
}};

bool is_utf8(std::string_view text) {
  for (std::size_t i = 0; i < text.size();) {
    const auto first = static_cast<unsigned char>(text[i]);
    const std::size_t length = first < 0x80 ? 1 : first < 0xC2 ? 0 : first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4;
    if (length == 0 || first > 0xF4 || text.size() - i < length) return false;
    for (std::size_t k = 1; k < length; ++k)
      if ((static_cast<unsigned char>(text[i + k]) & 0xC0) != 0x80) return false;
    i += length;
  }
  return true;
}

// 0x80 to 0x9F of Windows-1252; what it leaves open is U+FFFD.
constexpr std::array<char16_t, 32> kWindows{0x20AC, 0xFFFD, 0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021,
                                            0x02C6, 0x2030, 0x0160, 0x2039, 0x0152, 0xFFFD, 0x017D, 0xFFFD,
                                            0xFFFD, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014,
                                            0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0xFFFD, 0x017E, 0x0178};

void append(std::string& to, char16_t c) {
  if (c < 0x80) {
    to += static_cast<char>(c);
  } else if (c < 0x800) {
    to += static_cast<char>(0xC0 | c >> 6), to += static_cast<char>(0x80 | (c & 0x3F));
  } else {
    to += static_cast<char>(0xE0 | c >> 12), to += static_cast<char>(0x80 | (c >> 6 & 0x3F));
    to += static_cast<char>(0x80 | (c & 0x3F));
  }
}

}  // namespace

std::string cue_text(std::string_view event) {
  for (int i = 0; i < kFieldsBeforeText; ++i) {
    const std::size_t comma = event.find(',');
    if (comma == std::string_view::npos) return {};
    event.remove_prefix(comma + 1);
  }
  std::string text;
  for (std::size_t i = 0; i < event.size();) {
    const std::string_view rest = event.substr(i);
    if (rest.starts_with("{\\")) {
      const std::size_t end = rest.find('}');
      i += end == std::string_view::npos ? rest.size() : end + 1;
    } else if (rest.starts_with("\\N") || rest.starts_with("\\n")) {
      text += '\n', i += 2;
    } else if (rest.starts_with("\\h")) {
      text += ' ', i += 2;
    } else if (const std::size_t tag = tag_length(rest); tag > 0) {
      i += tag;
    } else {
      text += rest[0], ++i;
    }
  }
  return tidied(text);
}

std::string language_tag(std::string_view code) {
  const bool plain = code.size() >= 2 && code.size() <= 35 && std::all_of(code.begin(), code.end(), [](char c) {
                       return is_letter(c) || c == '-' || (c >= '0' && c <= '9');
                     });
  if (!plain || code == "und" || code == "mis" || code == "mul" || code == "zxx") return {};
  const auto* known =
      std::find_if(kLanguages.begin(), kLanguages.end(), [&](const auto& entry) { return entry.first == code; });
  return std::string(known == kLanguages.end() ? code : known->second);
}

std::string as_utf8(std::string_view text) {
  if (is_utf8(text)) return std::string(text);
  std::string out;
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    append(out, byte >= 0x80 && byte < 0xA0 ? kWindows[byte - 0x80u] : static_cast<char16_t>(byte));
  }
  return out;
}

}  // namespace earshot::video
