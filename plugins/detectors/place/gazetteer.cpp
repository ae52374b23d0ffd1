#include "place/gazetteer.hpp"

#include <unicode/normalizer2.h>
#include <unicode/uchar.h>
#include <unicode/uloc.h>
#include <unicode/unistr.h>
#include <zstd.h>

#include <algorithm>
#include <charconv>
#include <stdexcept>

#include "place/nicknames.hpp"

namespace earshot::place {
namespace {

constexpr std::size_t most_bytes = 32U << 20;

// Languages whose names of countries people write on profiles.
constexpr const char* languages[] = {"en", "af", "ar", "az", "be", "bg", "bn", "bs", "ca", "cs", "cy", "da", "de", "el",
                                     "es", "et", "eu", "fa", "fi", "fr", "ga", "gl", "gu", "he", "hi", "hr", "hu", "hy",
                                     "id", "is", "it", "ja", "ka", "kk", "ko", "lt", "lv", "mk", "mn", "mr", "ms", "my",
                                     "nb", "nl", "pa", "pl", "pt", "ro", "ru", "sk", "sl", "sq", "sr", "sv", "sw", "ta",
                                     "te", "th", "tl", "tr", "uk", "ur", "uz", "vi", "zh", "zu"};

// Codes beside those of ISO 3166-1, and codes of states that are written behind a city.
constexpr std::string_view states_with_codes[] = {"US", "CA", "AU", "BR", "GB"};

Country country_of(std::string_view code) {
  return {{code[0], code[1]}};
}

std::string unpacked(std::string_view packed) {
  const auto size = ZSTD_getFrameContentSize(packed.data(), packed.size());
  // zstd as a filter does not write the size in front.
  std::string lines(size == ZSTD_CONTENTSIZE_UNKNOWN || size == ZSTD_CONTENTSIZE_ERROR ? most_bytes : size, '\0');
  if (lines.size() > most_bytes) throw std::runtime_error("the gazetteer is too large");
  const std::size_t got = ZSTD_decompress(lines.data(), lines.size(), packed.data(), packed.size());
  if (ZSTD_isError(got) != 0) throw std::runtime_error("the gazetteer is damaged");
  lines.resize(got);
  return lines;
}

}  // namespace

std::string key_of(std::string_view name) {
  UErrorCode status = U_ZERO_ERROR;
  static const icu::Normalizer2* decompose = icu::Normalizer2::getNFKDInstance(status);
  static const icu::Normalizer2* fold = icu::Normalizer2::getNFKCCasefoldInstance(status);
  if (U_FAILURE(status)) throw std::runtime_error("ICU has no data for normalisation");
  const auto text = icu::UnicodeString::fromUTF8(icu::StringPiece(name.data(), static_cast<std::int32_t>(name.size())));
  const icu::UnicodeString parts = decompose->normalize(fold->normalize(text, status), status);
  icu::UnicodeString key;
  bool space = false;
  for (std::int32_t i = 0; i < parts.length(); i = parts.moveIndex32(i, 1)) {
    const UChar32 c = parts.char32At(i);
    const bool latin_mark = u_charType(c) == U_NON_SPACING_MARK && c < 0x370;
    if (latin_mark || c == u'.' || c == u'\'' || c == 0x2019) continue;
    if (u_isalnum(c) == 0 && (U_GET_GC_MASK(c) & U_GC_M_MASK) == 0) {
      space = true;
      continue;
    }
    if (space && !key.isEmpty()) key.append(u' ');
    space = false;
    switch (c) {  // letters that do not decompose
      case 0x142:
        key.append(u'l');
        break;
      case 0xF8:
        key.append(u'o');
        break;
      case 0x131:
        key.append(u'i');
        break;
      case 0x111:
        key.append(u'd');
        break;
      default:
        key.append(c);
    }
  }
  std::string bytes;
  key.toUTF8String(bytes);
  return bytes;
}

Gazetteer::Gazetteer(std::string_view packed) {
  if (!packed.empty()) read(unpacked(packed));
  add_countries();
  add_nicknames();
}

void Gazetteer::read(std::string_view lines) {
  for (std::size_t at = 0; at < lines.size();) {
    const std::size_t end = std::min(lines.find('\n', at), lines.size());
    add_line(lines.substr(at, end - at));
    at = end + 1;
  }
}

void Gazetteer::add_line(std::string_view line) {
  std::array<std::string_view, 5> parts;
  for (std::string_view& part : parts) {
    const std::size_t tab = std::min(line.find('\t'), line.size());
    part = line.substr(0, tab);
    line.remove_prefix(std::min(tab + 1, line.size()));
  }
  const auto& [kind, name, code, people, state] = parts;
  if (code.size() != 2) return;
  Entry entry{country_of(code), kind == "state" ? Kind::state : Kind::city, 0};
  std::from_chars(people.data(), people.data() + people.size(), entry.people);
  add(name, entry);
  if (entry.kind == Kind::state &&
      std::find(std::begin(states_with_codes), std::end(states_with_codes), code) != std::end(states_with_codes)) {
    entry.kind = Kind::state_code;
    put(codes_, std::string(state), entry);
  }
}

void Gazetteer::add_countries() {
  for (const char* const* code = uloc_getISOCountries(); *code != nullptr; ++code) {
    const Entry entry{country_of(*code), Kind::country, 0};
    put(codes_, *code, {entry.country, Kind::country_code, 0});
    put(codes_, uloc_getISO3Country((std::string("und_") + *code).c_str()), {entry.country, Kind::country_code, 0});
    for (const char* language : languages) {
      UErrorCode status = U_ZERO_ERROR;
      std::array<UChar, 128> name{};
      const std::int32_t length = uloc_getDisplayCountry((std::string("und_") + *code).c_str(), language, name.data(),
                                                         static_cast<std::int32_t>(name.size()), &status);
      if (U_FAILURE(status) || status == U_USING_DEFAULT_WARNING) continue;
      std::string bytes;
      icu::UnicodeString(name.data(), length).toUTF8String(bytes);
      add(bytes, entry);
    }
  }
  put(codes_, "UK", {country_of("GB"), Kind::country_code, 0});
}

void Gazetteer::add_nicknames() {
  for (const Nickname& nickname : nicknames)
    add(nickname.name, {country_of(nickname.country), nickname.kind, 1'000'000});
}

void Gazetteer::add(std::string_view name, Entry entry) {
  std::string key = key_of(name);
  if (key.size() >= 2) put(names_, std::move(key), entry);
}

// The same name in one country is kept once a kind, with most of its people.
void Gazetteer::put(Names& names, std::string key, Entry entry) {
  std::vector<Entry>& entries = names[std::move(key)];
  const auto same = std::find_if(entries.begin(), entries.end(),
                                 [&](const Entry& e) { return e.country == entry.country && e.kind == entry.kind; });
  if (same == entries.end())
    entries.push_back(entry);
  else
    same->people = std::max(same->people, entry.people);
}

std::span<const Entry> Gazetteer::find(std::string_view key) const {
  const auto at = names_.find(key);
  return at == names_.end() ? std::span<const Entry>{} : std::span<const Entry>(at->second);
}

std::span<const Entry> Gazetteer::find_code(std::string_view code) const {
  const auto at = codes_.find(code);
  return at == codes_.end() ? std::span<const Entry>{} : std::span<const Entry>(at->second);
}

}  // namespace earshot::place
