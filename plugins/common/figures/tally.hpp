// tally.hpp: what a walk over facts adds up, one class for each kind of figure, so that many kinds can be had from one
// walk. Values; one thread each.
#pragma once

#include <array>
#include <cstdint>
#include <utility>
#include <vector>

#include "figures/marks.hpp"
#include "figures/types.hpp"
#include "store/fact.hpp"

namespace earshot::figures {

// Posts, their reach and how they are meant. For Counts and Bin.
template <class To>
void count(To& to, const store::Fact& fact) {
  ++to.posts;
  to.unique_posts += !fact.is_copy();
  if (fact.reach != store::kUnknown) to.reach += fact.reach;
  if (fact.engagement != store::kUnknown) to.engagement += fact.engagement;
  to.negative += fact.sentiment() == store::Sentiment::negative;
  to.neutral += fact.sentiment() == store::Sentiment::neutral;
  to.positive += fact.sentiment() == store::Sentiment::positive;
}

// Where the matches of a scope stand for more than themselves, so many posts are meant.
std::int64_t scaled(std::int64_t posts, const Scope& scope);

class CountsTally {
 public:
  void add(const store::Fact& fact) {
    count(counts_, fact);
    counts_.late += fact.is(store::Fact::kLate);
    if (fact.author != 0) counts_.authors += authors_.add(fact.author);
  }
  Counts take(const Scope& scope) const;

 private:
  Counts counts_;
  Seen authors_;
};

class VolumeTally {
 public:
  explicit VolumeTally(const std::vector<std::int64_t>& edges);
  void add(const store::Fact& fact, std::int64_t published);
  std::vector<Bin> take(const Scope& scope);

 private:
  std::vector<std::int64_t> edges_;
  std::vector<Bin> bins_;
  std::size_t at_ = 0;  // facts come day by day: the step is near
};

// What is one to a post: the number of its name in the fact.
class PlainTally {
 public:
  explicit PlainTally(By by) : by_(by) {}
  By by() const { return by_; }
  void add(const store::Fact& fact);
  // The largest, by their numbers.
  std::vector<std::pair<std::uint32_t, Ranked>> take(std::size_t most) const;

 private:
  By by_;
  std::vector<Counts> counts_;
};

// What may be several to a post: terms, of posts that were seen before.
class TermTally {
 public:
  void add(const store::Fact& fact);
  void add(const store::Term& term) {
    const std::uint8_t mark = marks_.at(term.post);
    const std::uint32_t kind = term.what >> 28;
    if (mark == 0 || kind >= store::kTermKinds) return;
    Sums& to = sums_[kind].at(term.number());
    ++to.posts;
    to.unique_posts += (mark & kUnique) != 0, to.negative += (mark & kNegative) != 0;
    to.positive += (mark & kPositive) != 0;
  }
  std::vector<std::pair<std::uint32_t, Ranked>> take(By by, std::size_t most) const;

 private:
  // What of a post the terms need to know, in a byte.
  static constexpr std::uint8_t kThere = 1, kUnique = 2, kNegative = 4, kPositive = 8;
  struct Sums {
    std::uint32_t posts = 0, unique_posts = 0, negative = 0, positive = 0;
  };
  Marks marks_;
  std::array<Paged<Sums>, store::kTermKinds> sums_;
};

class AuthorTally {
 public:
  struct Of {
    std::uint32_t posts = 0, negative = 0, positive = 0, reach = 0;
    std::uint64_t engagement = 0;
  };
  void add(const store::Fact& fact);
  // The largest, by their rows.
  std::vector<std::pair<std::uint32_t, Of>> take(AuthorsBy by, std::size_t most) const;

 private:
  Paged<Of> authors_;
};

}  // namespace earshot::figures
