// gazetteer.hpp: names of places and the countries they lie in: cities from 15,000 people on, states and provinces,
// countries in many languages, and what people call some of them. Immutable: any thread.
//
// It is a view of a table that was made when the plugin was built (pack/pack.hpp), so that a start reads nothing and
// every process shares its pages. The table, little-endian: `table_begins`, the number of slots (a power of 2) and of
// keys; for each slot where its record begins, plus 1, or 0; the records: length of the key, key, number of entries,
// and for each the country, the kind and the people.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace earshot::place {

enum class Kind : std::uint8_t { country, country_code, state, state_code, city };

// ISO 3166-1 alpha-2 in two bytes.
struct Country {
  std::array<char, 2> letters{};
  bool operator==(const Country&) const = default;
  std::string_view view() const { return {letters.data(), letters.size()}; }
};

struct Entry {
  Country country;
  Kind kind = Kind::city;
  std::uint32_t people = 0;
};

// The form in which two ways to write a name are equal: no case, no accents, no dots, one space between words.
std::string key_of(std::string_view name);

inline constexpr std::string_view table_begins = "earshot places 1";
// The key of a code, which is that of no name.
inline std::string code_key(std::string_view code) {
  return "=" + std::string(code);
}
// Where a key is looked for first, of a power of 2.
std::size_t slot_of(std::string_view key, std::size_t slots);

class Gazetteer {
 public:
  // A view of `table`, which outlives it. Throws std::runtime_error on bytes that are none.
  explicit Gazetteer(std::string_view table);

  // Adds what `key` may stand for; false where it is not known.
  bool find(std::string_view key, std::vector<Entry>& to) const;
  // As above, for a code as it was written ("DE", "CA"), which counts in capitals alone.
  bool find_code(std::string_view code, std::vector<Entry>& to) const { return find(code_key(code), to); }
  bool is_code(std::string_view code) const { return !record(code_key(code)).empty(); }
  std::size_t size() const { return keys_; }

 private:
  std::string_view record(std::string_view key) const;

  std::string_view slots_, records_;
  std::size_t slot_count_ = 0, keys_ = 0;
};

}  // namespace earshot::place
