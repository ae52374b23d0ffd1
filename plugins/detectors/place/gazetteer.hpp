// gazetteer.hpp: names of places and the countries they lie in: cities from 15,000 people on, states and provinces,
// countries in many languages, and what people call some of them. Immutable once made: any thread.
//
// The file behind it is a zstd frame of lines `kind, name, country, people, code`, parted by tabs, of the kinds `city`
// and `state`; names of countries come from ICU.
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
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

class Gazetteer {
 public:
  // Throws std::runtime_error on bytes that are none; without any it knows countries and nicknames alone.
  explicit Gazetteer(std::string_view packed);

  // What `key` may stand for; empty where it is not known.
  std::span<const Entry> find(std::string_view key) const;
  // As above, for a code as it was written ("DE", "CA"), which counts in capitals alone.
  std::span<const Entry> find_code(std::string_view code) const;
  std::size_t size() const { return names_.size(); }

 private:
  struct Hash {
    using is_transparent = void;
    std::size_t operator()(std::string_view text) const { return std::hash<std::string_view>{}(text); }
  };
  using Names = std::unordered_map<std::string, std::vector<Entry>, Hash, std::equal_to<>>;

  void read(std::string_view lines);
  void add_line(std::string_view line);
  void add_countries();
  void add_nicknames();
  void add(std::string_view name, Entry entry);
  static void put(Names& names, std::string key, Entry entry);

  Names names_, codes_;
};

}  // namespace earshot::place
