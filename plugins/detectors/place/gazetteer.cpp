#include "place/gazetteer.hpp"

#include <unicode/normalizer2.h>
#include <unicode/uchar.h>
#include <unicode/unistr.h>

#include <bit>
#include <stdexcept>

namespace earshot::place {
namespace {

std::uint32_t number_at(std::string_view bytes, std::size_t at) {
  std::uint32_t number = 0;
  for (std::size_t i = 4; i-- > 0;) number = number << 8 | static_cast<unsigned char>(bytes[at + i]);
  return number;
}

std::size_t byte_at(std::string_view bytes, std::size_t at) {
  return static_cast<unsigned char>(bytes.at(at));
}

constexpr std::size_t entry_bytes = 7;

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

std::size_t slot_of(std::string_view key, std::size_t slots) {
  std::uint64_t hash = 0xCBF29CE484222325u;  // FNV-1a, mixed once more
  for (const char c : key) hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001B3u;
  hash = (hash ^ hash >> 32) * 0xD6E8FEB86659FD93u;
  return static_cast<std::size_t>(hash >> 32) & (slots - 1);
}

Gazetteer::Gazetteer(std::string_view table) {
  const std::size_t head = table_begins.size() + 8;
  if (!table.starts_with(table_begins) || table.size() < head) throw std::runtime_error("this is no table of places");
  slot_count_ = number_at(table, table_begins.size()), keys_ = number_at(table, table_begins.size() + 4);
  if (!std::has_single_bit(slot_count_) || keys_ >= slot_count_ || slot_count_ > (table.size() - head) / 4)
    throw std::runtime_error("the table of places is damaged");
  slots_ = table.substr(head, slot_count_ * 4), records_ = table.substr(head + slot_count_ * 4);
}

// The entries of a key, behind their number; empty: it is not known.
std::string_view Gazetteer::record(std::string_view key) const {
  for (std::size_t slot = slot_of(key, slot_count_);; slot = (slot + 1) & (slot_count_ - 1)) {
    const std::size_t begin = number_at(slots_, slot * 4);
    if (begin == 0) return {};
    const std::string_view rest = records_.substr(begin - 1);
    const std::size_t length = byte_at(rest, 0);
    if (rest.substr(1, length) == key) return rest.substr(1 + length);
  }
}

bool Gazetteer::find(std::string_view key, std::vector<Entry>& to) const {
  const std::string_view found = record(key);
  if (found.empty()) return false;
  const std::size_t count = byte_at(found, 0);
  for (std::size_t at = 1; at < 1 + count * entry_bytes; at += entry_bytes)
    to.push_back({{{found[at], found[at + 1]}}, static_cast<Kind>(found[at + 2]), number_at(found, at + 3)});
  return true;
}

}  // namespace earshot::place
