// search_fold.hpp: words in the form in which a query compares them: folded as text/fold.hpp does, and without
// accents on Latin and Greek letters, so that cafe finds café. Constant once made: any thread.
#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "text/fold.hpp"

namespace earshot::query {

class SearchFold {
 public:
  SearchFold();
  ~SearchFold();
  SearchFold(const SearchFold&) = delete;
  SearchFold& operator=(const SearchFold&) = delete;

  // Appends the folded form of one word. `memory` is the caller's scratch.
  void append(std::string& to, std::string_view word, text::FoldedTexts& memory) const;
  std::string fold(std::string_view text) const;

 private:
  void strip(std::string& to, std::string_view folded) const;

  struct Tables;
  text::Folder folder_;
  std::unique_ptr<const Tables> tables_;
};

}  // namespace earshot::query
