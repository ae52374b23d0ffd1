#include "place/gazetteer.hpp"

#include <unicode/normalizer2.h>
#include <unicode/uchar.h>
#include <unicode/uloc.h>
#include <unicode/unistr.h>
#include <zstd.h>

#include <algorithm>
#include <charconv>
#include <stdexcept>

#include "text/utf8.hpp"

namespace earshot::place {
namespace {

constexpr std::size_t most_bytes = 32U << 20;

// Languages whose names of countries people write on profiles.
constexpr const char* languages[] = {"en", "af", "ar", "az", "be", "bg", "bn", "bs", "ca", "cs", "cy", "da", "de", "el",
                                     "es", "et", "eu", "fa", "fi", "fr", "ga", "gl", "gu", "he", "hi", "hr", "hu", "hy",
                                     "id", "is", "it", "ja", "ka", "kk", "ko", "lt", "lv", "mk", "mn", "mr", "ms", "my",
                                     "nb", "nl", "pa", "pl", "pt", "ro", "ru", "sk", "sl", "sq", "sr", "sv", "sw", "ta",
                                     "te", "th", "tl", "tr", "uk", "ur", "uz", "vi", "zh", "zu"};

struct Nickname {
  std::string_view name, country;
  Kind kind;
};

// What people write and no list of names has.
constexpr Nickname nicknames[] = {
    {"usa", "US", Kind::country}, {"us of a", "US", Kind::country}, {"america", "US", Kind::country},
    {"united states of america", "US", Kind::country}, {"estados unidos", "US", Kind::country},
    {"uk", "GB", Kind::country}, {"great britain", "GB", Kind::country}, {"britain", "GB", Kind::country},
    {"england", "GB", Kind::country}, {"scotland", "GB", Kind::country}, {"wales", "GB", Kind::country},
    {"northern ireland", "GB", Kind::country}, {"uae", "AE", Kind::country}, {"ksa", "SA", Kind::country},
    {"holland", "NL", Kind::country}, {"czech republic", "CZ", Kind::country}, {"south korea", "KR", Kind::country},
    {"korea", "KR", Kind::country}, {"turkey", "TR", Kind::country}, {"macedonia", "MK", Kind::country},
    {"republic of ireland", "IE", Kind::country}, {"eire", "IE", Kind::country}, {"burma", "MM", Kind::country},
    {"ivory coast", "CI", Kind::country}, {"aotearoa", "NZ", Kind::country}, {"deutschland", "DE", Kind::country},
    {"nyc", "US", Kind::city}, {"new york ny", "US", Kind::city}, {"big apple", "US", Kind::city},
    {"manhattan", "US", Kind::city}, {"brooklyn", "US", Kind::city}, {"queens", "US", Kind::city},
    {"bronx", "US", Kind::city}, {"the bronx", "US", Kind::city}, {"harlem", "US", Kind::city},
    {"bay area", "US", Kind::city}, {"sf bay area", "US", Kind::city}, {"silicon valley", "US", Kind::city},
    {"sf", "US", Kind::city}, {"socal", "US", Kind::state}, {"norcal", "US", Kind::state},
    {"washington dc", "US", Kind::city}, {"dc", "US", Kind::city}, {"philly", "US", Kind::city},
    {"chi town", "US", Kind::city}, {"chitown", "US", Kind::city}, {"atl", "US", Kind::city},
    {"vegas", "US", Kind::city}, {"nola", "US", Kind::city}, {"new england", "US", Kind::state},
    {"cali", "US", Kind::state}, {"long island", "US", Kind::state}, {"new jersey", "US", Kind::state},
    {"mass", "US", Kind::state}, {"gta", "CA", Kind::city}, {"yvr", "CA", Kind::city}, {"ldn", "GB", Kind::city},
    {"greater london", "GB", Kind::state}, {"yorkshire", "GB", Kind::state}, {"east london", "GB", Kind::city},
    {"south london", "GB", Kind::city}, {"north london", "GB", Kind::city}, {"west midlands", "GB", Kind::state},
    {"bayern", "DE", Kind::state}, {"nrw", "DE", Kind::state}, {"ruhrgebiet", "DE", Kind::state},
    {"ile de france", "FR", Kind::state}, {"paname", "FR", Kind::city}, {"cdmx", "MX", Kind::city},
    {"ciudad de mexico", "MX", Kind::city}, {"sampa", "BR", Kind::city}, {"rio", "BR", Kind::city},
    {"caba", "AR", Kind::city}, {"buenos aires", "AR", Kind::city}, {"catalunya", "ES", Kind::state},
    {"blr", "IN", Kind::city}, {"bangalore", "IN", Kind::city}, {"bombay", "IN", Kind::city},
    {"calcutta", "IN", Kind::city}, {"madras", "IN", Kind::city}, {"new delhi", "IN", Kind::city},
    {"ncr", "IN", Kind::city}, {"saigon", "VN", Kind::city}, {"hcmc", "VN", Kind::city}, {"bkk", "TH", Kind::city},
    {"jkt", "ID", Kind::city}, {"jaksel", "ID", Kind::city}, {"metro manila", "PH", Kind::city},
    {"joburg", "ZA", Kind::city}, {"jozi", "ZA", Kind::city}, {"naija", "NG", Kind::country},
    {"lagos", "NG", Kind::city}, {"nbo", "KE", Kind::city}, {"254", "KE", Kind::country},
    {"spb", "RU", Kind::city}, {"мск", "RU", Kind::city}, {"спб", "RU", Kind::city},
    {"россия", "RU", Kind::country}, {"beograd", "RS", Kind::city}, {"kiev", "UA", Kind::city},
    {"san francisco bay area", "US", Kind::city}, {"jakarta selatan", "ID", Kind::city},
    {"jakarta pusat", "ID", Kind::city}, {"jakarta barat", "ID", Kind::city}, {"jakarta timur", "ID", Kind::city},
    {"jakarta utara", "ID", Kind::city}, {"東京", "JP", Kind::city}, {"大阪", "JP", Kind::city},
    {"京都", "JP", Kind::city}, {"名古屋", "JP", Kind::city}, {"横浜", "JP", Kind::city}, {"福岡", "JP", Kind::city},
    {"札幌", "JP", Kind::city}, {"北海道", "JP", Kind::state}, {"沖縄", "JP", Kind::state},
    {"서울", "KR", Kind::city}, {"부산", "KR", Kind::city}, {"대구", "KR", Kind::city}, {"인천", "KR", Kind::city},
    {"北京", "CN", Kind::city}, {"上海", "CN", Kind::city}, {"广州", "CN", Kind::city}, {"深圳", "CN", Kind::city},
    {"台北", "TW", Kind::city}, {"香港", "HK", Kind::city}, {"melb", "AU", Kind::city}, {"straya", "AU", Kind::country}, {"down under", "AU", Kind::country}};

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
      case 0x142: key.append(u'l'); break;
      case 0xF8: key.append(u'o'); break;
      case 0x131: key.append(u'i'); break;
      case 0x111: key.append(u'd'); break;
      default: key.append(c);
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
  if (entry.kind == Kind::state && std::find(std::begin(states_with_codes), std::end(states_with_codes), code) !=
                                       std::end(states_with_codes)) {
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
  const auto same = std::find_if(entries.begin(), entries.end(), [&](const Entry& e) {
    return e.country == entry.country && e.kind == entry.kind;
  });
  if (same == entries.end()) entries.push_back(entry);
  else same->people = std::max(same->people, entry.people);
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
