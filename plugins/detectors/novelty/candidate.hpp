// candidate.hpp: something new that a second one has said: who says it, and, once it was told, its alert. Values; one
// thread.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "explain/sample.hpp"
#include "novelty/kinds.hpp"
#include "sketch/distinct.hpp"
#include "state/bytes.hpp"

namespace earshot::novelty {

// A thing told with another, of which it says the same.
struct Also {
  Kind kind = Kind::phrase;
  std::string text;
  bool operator==(const Also&) const = default;
};

struct Candidate {
  std::uint64_t key = 0;  // 0: none stands here
  std::uint32_t subject = 0;
  Kind kind = Kind::phrase;
  std::string text;
  std::int64_t first = 0, last = 0;  // published
  std::uint32_t posts = 0;           // without copies
  sketch::Distinct authors, contents;
  double reach = 0;        // followers of those who said it, as far as known
  double said_before = 0;  // posts of the subject when it began
  double usual = 0;        // share of all posts that had it then, whoever they are about
  explain::Sample sample;

  // Once it is told.
  bool told = false;
  std::int64_t start = 0;  // of the alert
  std::uint32_t told_posts = 0, severity = 0;
  std::vector<Also> also;

  std::string save() const;
  void load(std::string_view bytes);
};

}  // namespace earshot::novelty
