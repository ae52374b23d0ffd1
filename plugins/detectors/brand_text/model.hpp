// model.hpp: the names of watch items, ready to be looked for. Constant once compiled, and shared by all workers.
#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "brand_text/known_words.hpp"
#include "brand_text/rule.hpp"
#include "brand_text/watch_items.hpp"
#include "brand_text/writings.hpp"
#include "patterns/literals.hpp"
#include "text/fold.hpp"

namespace earshot::brand_text {

class Model {
 public:
  explicit Model(const std::vector<WatchItem>& items);
  // Words that are no misspelling of anything.
  void add_known(const std::vector<std::string>& words);
  // Before anything is looked for. With a folder, what was compiled is kept there, and read from there the next time.
  void compile(const std::filesystem::path& cache = {});
  Model(const Model&) = delete;
  Model& operator=(const Model&) = delete;

  // A name, hashtag, handle or link of an item.
  struct Name {
    std::uint32_t item;
    std::string written;  // as the watchlist has it
    Writings allowed;
    bool ordinary;  // one word, which a dictionary has too
  };
  const std::string& id_of(const Name& name) const { return ids_[name.item]; }
  const Name& name(std::uint32_t number) const { return names_[number]; }
  const text::Folder& folder() const { return folder_; }
  const KnownWords& known() const { return writings_.known(); }
  const Confusables& confusables() const { return writings_.confusables(); }

 private:
  friend class Scanner;
  // One reason to look for a literal.
  struct Target {
    Rule rule;
    std::uint32_t name;  // in names_
  };
  using Distinct = std::map<std::string, std::vector<Target>>;
  void add_item(const WatchItem& item, Distinct& to);
  void add_name(const WatchItem& item, std::uint32_t number, const std::string& name, Distinct& to);
  void add_variants(const WatchItem& item, std::uint32_t number, Distinct& to);
  void add(Rule rule, std::uint32_t item, const std::string& written, const Writings& allowed,
           const std::string& literal, Distinct& to);

  text::Folder folder_;
  std::vector<std::string> ids_;
  std::vector<Name> names_;
  Distinct distinct_;                         // until compiled
  std::vector<std::vector<Target>> targets_;  // by literal
  patterns::Literals literals_;
  WritingsIndex writings_;
  bool parts_ = false;  // names inside longer words count for some item
};

}  // namespace earshot::brand_text
