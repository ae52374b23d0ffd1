// watch_items.hpp: the watchlist as brand_text reads it: per item the names, hashtags, handles and link domains that
// say it is meant, and which other writings of a name count. Values; any thread.
#pragma once

#include <earshot/options.hpp>
#include <earshot/types.hpp>
#include <filesystem>
#include <string>
#include <vector>

namespace earshot::brand_text {

// Which writings of a name count besides the name itself.
struct Writings {
  bool misspellings = false, lookalikes = false, elongations = false, inflections = false, joined = false;
  bool misread = false;  // in pictures
  bool by_word() const { return misspellings || lookalikes || elongations; }
};

// Which sense of an ambiguous name is meant.
struct ContextSpec {
  std::vector<std::string> speaks_for, against;  // words
  std::string model;                             // a file of `earshot train-context`; empty: none
  bool empty() const { return speaks_for.empty() && against.empty() && model.empty(); }
};

struct WatchItem {
  std::string id;
  std::vector<std::string> names;
  std::vector<std::string> hashtags;       // without #
  std::vector<std::string> handles;        // without @
  std::vector<std::string> links;          // host names, lower case
  std::vector<std::string> variants = {};  // further writings of a name that people use
  std::vector<std::string> exclude = {};   // words that look like one and are none
  Writings writings = {};
  ContextSpec context = {};
  Query query = {};  // its text is empty: none
};

// The items of the host's watchlist; of those alone that `only` names, where it names any. `writings` hold where an
// item says nothing else. Throws `invalid` for what cannot be looked for, at the item's place in the watchlist.
std::vector<WatchItem> read_watchlist(Value watchlist, const std::vector<std::string>& only,
                                      const Writings& writings = {});

// A file with one word a line. Throws `invalid` at option `words`.
std::vector<std::string> read_words(const std::filesystem::path& path);

}  // namespace earshot::brand_text
