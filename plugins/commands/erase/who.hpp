// who.hpp: whom to erase, as the stores know them, and the words by which what is left of them can be found. For the
// thread of the command.
#pragma once

#include <cstdint>
#include <filesystem>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "store/copies.hpp"
#include "store/database.hpp"

namespace earshot::erase {

// What --author says: PLATFORM/NAME, or a NAME alone; a native id or a handle, with or without @.
struct Asked {
  std::string platform;  // empty: any
  std::string name;
};
Asked asked(std::string_view author);  // throws `invalid`

struct Who {
  std::string platform, id, handle, name;     // as the stores have them
  std::string asked;                          // as --author says
  bool pseudonym = false;                     // the stores have a pseudonym of what was asked
  std::vector<std::filesystem::path> stores;  // that know them
  std::uint64_t posts = 0;
  bool known() const { return !stores.empty(); }
};

// Looks into the stores; with a disguise, for what it makes of the name too. Throws `invalid` where several authors are
// meant.
Who find(const Asked& asked, const std::vector<std::filesystem::path>& stores,
         const store::Disguise* disguise = nullptr);

// What tells of a person: handle, name, addresses, what they wrote, and its words. All in small ASCII letters.
struct Telling {
  std::vector<std::string> names;            // of the author and of their posts
  std::vector<std::string> words;            // of their texts, and pieces of them
  std::set<std::string> of_others;           // that others use too: they prove nothing, and stay
  std::vector<std::filesystem::path> media;  // files on this machine that their posts name
  std::uint64_t left_out = 0;                // words beyond what is looked for
  std::vector<std::string> all() const;
};
inline constexpr std::size_t kMostWords = 4000;

// From the stores, before anything is erased. It reads every text in them.
Telling telling(const Who& who);

std::string small(std::string_view text);

}  // namespace earshot::erase
