// lexicon.hpp: the pronouncing dictionary that comes with the acoustic model. Immutable once read; any thread.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "speech/phones.hpp"

namespace earshot::speech {

class Lexicon {
 public:
  struct Entry {
    std::string_view word;    // without the number of the variant
    std::string_view phones;  // ARPAbet
  };

  // Throws Error where the file cannot be read.
  explicit Lexicon(const std::filesystem::path& file);
  Lexicon(const Lexicon&) = delete;
  Lexicon& operator=(const Lexicon&) = delete;

  // The pronunciations of a word in lower case; none where it is not there.
  std::vector<Phones> find(std::string_view word) const;
  const std::vector<Entry>& entries() const { return entries_; }  // by word

 private:
  std::string text_;
  std::vector<Entry> entries_;
};

}  // namespace earshot::speech
