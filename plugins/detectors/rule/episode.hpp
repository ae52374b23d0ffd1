// episode.hpp: the posts of one key (a subject, an author …) that matched of late, and the alert that they make
// together. Values; one thread.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "explain/sample.hpp"
#include "sketch/distinct.hpp"
#include "state/bytes.hpp"

namespace earshot::rule {

enum class Distinct : std::uint8_t { posts, authors, texts };

struct Match {
  std::int64_t time = 0;  // published
  std::uint32_t author = 0, text = 0;
  double amount = 0;  // of what is summed
};

// How much there is in a stretch.
struct Tally {
  double posts = 0, authors = 0, texts = 0, sum = 0;
  double of(Distinct distinct) const {
    return distinct == Distinct::posts ? posts : distinct == Distinct::authors ? authors : texts;
  }
};

struct Episode {
  std::string key;
  std::vector<Match> matches;  // by time, of the stretch up to the last; none while an alert is open
  explain::Sample sample;
  bool open = false, closed_once = false;
  std::int64_t start = 0, end = 0;  // of the alert that is open, or was last
  double posts = 0, sum = 0;        // of that alert
  sketch::Distinct authors, texts;
  double told = 0;  // posts when it was last told

  // Of more than `most` matches the oldest are forgotten.
  void add(const Match& match, std::int64_t oldest, std::size_t most);
  Tally between(std::int64_t from, std::int64_t to) const;  // both included
  void begin(std::int64_t from, std::int64_t to);           // an alert, of the matches in between
  void count(const Match& match);                           // one more for the alert
  Tally tally() const { return {posts, authors.count(), texts.count(), sum}; }
  std::int64_t last() const { return matches.empty() ? INT64_MIN : matches.back().time; }

  std::string save() const;
  void load(std::string_view bytes);
};

}  // namespace earshot::rule
