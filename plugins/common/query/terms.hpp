// terms.hpp: what one term of a query looks for, ready to be compared. Values; any thread once made.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "query/node.hpp"
#include "query/regex.hpp"
#include "query/search_fold.hpp"
#include "query/values.hpp"

namespace earshot::query {

// One word of a term.
struct Word {
  enum class Match : std::uint8_t {
    equal,
    pattern,  // with * and ?
    hangul,   // particles may follow, written together
    any       // a * that stands alone in a phrase
  };
  Match match = Match::equal;
  std::string text;  // folded
  std::uint32_t hash = 0;
  std::string exact;      // as written, composed (NFC); empty: any case and accents
  std::string between;    // signs that must stand before it, behind the word before: the "." of acme.com
  bool is_tight = false;  // nothing stands between it and the word before
};

struct TextTerm {
  enum class Form : std::uint8_t { words, hashtag, handle, regex };
  Form form = Form::words;
  std::uint32_t origins = ~0u;
  std::vector<Word> words;
  std::string before, after;  // signs right at the ends: "$" of $AAPL, "++" of C++
  std::string tag;            // of a hashtag or handle, folded, without its sign; may be a pattern
  std::string exact;          // the same as written, where that matters
  std::shared_ptr<const Regex> regex;
};

// Throws Fault for a term that has nothing to look for.
TextTerm text_term(const Node& node, const SearchFold& fold);

struct FieldTerm {
  Field field = Field::has;
  std::string kind;       // of Field::finding
  std::string value;      // folded; of id and parent as it is
  std::string attribute;  // of aspect:price=negative, the sentiment
  Range range;            // of numbers
  TimeRange times;
};

FieldTerm field_term(const Node& node, const SearchFold& fold);

// Signs without blanks, hyphens and underscores, which join words as blanks do; all apostrophes are one.
std::string signs_of(std::string_view between);
std::string composed(std::string_view text);  // NFC

// A hashtag's or handle's text as it is compared: folded, its underscores kept.
void append_tag(std::string& to, std::string_view tag, const SearchFold& fold, text::FoldedTexts& memory);

}  // namespace earshot::query
