// lexicon.hpp: lists of English words, written for this project, that help a model learned from a few thousand texts
// with words that it never saw: what people say when they feel something, and what they call those whom they abuse.
// Constant once made; any thread.
#pragma once

#include <cstdint>
#include <string_view>
#include <unordered_map>

namespace earshot::model {

// Numbered as in model files, where it stands by its name.
enum class LexiconName : std::uint8_t { none, emotion, abuse };
inline constexpr std::string_view kLexiconNames[] = {"none", "emotion", "abuse"};

class WordLists {
 public:
  // Those of a lexicon; none has no words.
  static const WordLists& of(LexiconName name);

  // Bit i: the token of this hash stands in list i. At most kMost lists.
  static constexpr unsigned kMost = 4;
  unsigned lists_with(std::uint64_t token_hash) const {
    const auto found = lists_.find(token_hash);
    return found == lists_.end() ? 0 : found->second;
  }

 private:
  explicit WordLists(LexiconName name);
  void add(std::string_view words, unsigned list);

  std::unordered_map<std::uint64_t, std::uint8_t> lists_;
};

}  // namespace earshot::model
