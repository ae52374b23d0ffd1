// values.hpp: what can be the cause of something: the terms, hashtags, links, author, place, language and platform of
// a post of a sample, each once. A Values belongs to one thread and keeps its memory.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "explain/seen.hpp"
#include "model/tokens.hpp"
#include "phrases/phrases.hpp"

namespace earshot::explain {

enum class Kind : std::uint8_t { term, hashtag, link, author, place, language, platform, post };
inline constexpr std::array<std::string_view, 8> kKindNames{"terms",  "hashtags",  "links",     "authors",
                                                            "places", "languages", "platforms", "posts"};

struct Value {
  std::uint64_t hash = 0;  // of kind and text
  Kind kind = Kind::term;
  std::uint32_t words = 1;  // of a term
  std::string text;
};

class Values {
 public:
  // Those of a post, none twice. Valid until the next call.
  const std::vector<Value>& of(const Seen& seen);

 private:
  void add(Kind kind, std::string text, std::uint32_t words = 1);
  phrases::Phrases phrases_;
  model::Tokens tokens_;
  std::vector<Value> values_;
};

// A link as it is compared: without scheme, "www.", query and end; the host in lower case. Empty: it is none.
std::string link_of(std::string_view link);

std::uint64_t hash_of(Kind kind, std::string_view text);

}  // namespace earshot::explain
