#include "place/pack/pack.hpp"

#include <unicode/uloc.h>
#include <unicode/unistr.h>
#include <zstd.h>

#include <algorithm>
#include <array>
#include <bit>
#include <charconv>
#include <map>
#include <stdexcept>
#include <vector>

#include "place/gazetteer.hpp"
#include "place/pack/nicknames.hpp"

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

// What is to be packed: by key, so that the same names give the same bytes.
class Names {
 public:
  void read(std::string_view lines);
  void add_countries();
  void add_nicknames();
  std::string table() const;

 private:
  void add_line(std::string_view line);
  void add(std::string_view name, Entry entry);
  void add_code(std::string_view code, Entry entry) { put(code_key(code), entry); }
  void put(std::string key, Entry entry);

  std::map<std::string, std::vector<Entry>> names_;
};

void Names::read(std::string_view lines) {
  for (std::size_t at = 0; at < lines.size();) {
    const std::size_t end = std::min(lines.find('\n', at), lines.size());
    add_line(lines.substr(at, end - at));
    at = end + 1;
  }
}

void Names::add_line(std::string_view line) {
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
    add_code(state, entry);
  }
}

void Names::add_countries() {
  for (const char* const* code = uloc_getISOCountries(); *code != nullptr; ++code) {
    const Entry entry{country_of(*code), Kind::country, 0};
    add_code(*code, {entry.country, Kind::country_code, 0});
    add_code(uloc_getISO3Country((std::string("und_") + *code).c_str()), {entry.country, Kind::country_code, 0});
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
  add_code("UK", {country_of("GB"), Kind::country_code, 0});
}

void Names::add_nicknames() {
  for (const Nickname& nickname : nicknames)
    add(nickname.name, {country_of(nickname.country), nickname.kind, 1'000'000});
}

void Names::add(std::string_view name, Entry entry) {
  std::string key = key_of(name);
  if (key.size() >= 2) put(std::move(key), entry);
}

// The same name in one country is kept once a kind, with most of its people.
void Names::put(std::string key, Entry entry) {
  std::vector<Entry>& entries = names_[std::move(key)];
  const auto same = std::find_if(entries.begin(), entries.end(),
                                 [&](const Entry& e) { return e.country == entry.country && e.kind == entry.kind; });
  if (same == entries.end())
    entries.push_back(entry);
  else
    same->people = std::max(same->people, entry.people);
}

void append(std::string& to, std::uint32_t number) {  // little-endian
  for (int i = 0; i < 4; ++i, number >>= 8) to += static_cast<char>(number & 0xFF);
}

std::string Names::table() const {
  std::string records;
  std::vector<std::uint32_t> slots(std::bit_ceil(names_.size() * 2 + 2));
  for (const auto& [key, entries] : names_) {
    if (key.size() > 255) continue;
    std::size_t slot = slot_of(key, slots.size());
    while (slots[slot] != 0) slot = (slot + 1) & (slots.size() - 1);
    slots[slot] = static_cast<std::uint32_t>(records.size() + 1);
    (records += static_cast<char>(key.size())) += key;
    records += static_cast<char>(std::min<std::size_t>(entries.size(), 255));
    for (std::size_t i = 0; i < std::min<std::size_t>(entries.size(), 255); ++i) {
      records.append(entries[i].country.view()) += static_cast<char>(entries[i].kind);
      append(records, entries[i].people);
    }
  }
  std::string all(table_begins);
  append(all, static_cast<std::uint32_t>(slots.size()));
  append(all, static_cast<std::uint32_t>(names_.size()));
  for (const std::uint32_t slot : slots) append(all, slot);
  return all + records;
}

}  // namespace

std::string packed_table(std::string_view places) {
  Names names;
  if (!places.empty()) names.read(unpacked(places));
  names.add_countries();
  names.add_nicknames();
  return names.table();
}

}  // namespace earshot::place
