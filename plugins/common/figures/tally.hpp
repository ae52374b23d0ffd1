// tally.hpp: what a walk over facts adds up, one class for each kind of figure, so that many kinds can be had from one
// walk. Values; one thread each.
#pragma once

#include <array>
#include <cstdint>
#include <span>
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

// How a post is meant, from -1024 to 1024.
inline std::int32_t net_of(const store::Fact& fact) {
  return (std::int32_t{fact.positive} - std::int32_t{fact.negative}) / 64;
}

// Where the matches of a scope stand for more than themselves, so many posts are meant.
std::int64_t scaled(std::int64_t posts, const Scope& scope);

// All but authors.
class CountsTally {
 public:
  void add(const store::Fact& fact) {
    count(counts_, fact);
    counts_.late += fact.is(store::Fact::kLate);
  }
  Counts take(const Scope& scope, std::int64_t authors) const;

 private:
  Counts counts_;
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
  void prefetch(const store::Term& term) const {
    if (term.what >> 28 < store::kTermKinds) sums_[term.what >> 28].prefetch(term.number());
  }
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
  // `net`: of the `stated` posts that are no copies and have a sentiment, summed, in net_of()'s unit.
  struct alignas(32) Of {
    std::uint32_t posts = 0, negative = 0, positive = 0, reach = 0;
    std::uint64_t engagement = 0;
    std::uint32_t stated = 0;
    std::int32_t net = 0;
  };
  void add(const store::Fact& fact);
  // Authors lie far apart in memory: whoever adds many facts tells of each some facts before.
  void prefetch(const store::Fact& fact) const { authors_.prefetch(fact.author); }

  std::int64_t count() const;
  // The largest, by their rows.
  std::vector<std::pair<std::uint32_t, Of>> take(AuthorsBy by, std::size_t most) const;
  template <class Use>
  void each(Use&& use) const {
    authors_.each([&](std::uint32_t, const Of& of) { use(of); });
  }

 private:
  Paged<Of> authors_;
};

inline constexpr std::size_t kAhead = 16;  // so many facts before its turn, an author is brought near

inline void add(std::span<const store::Fact> facts, AuthorTally& to) {
  for (std::size_t i = 0; i < facts.size(); ++i) {
    if (i + kAhead < facts.size()) to.prefetch(facts[i + kAhead]);
    to.add(facts[i]);
  }
}

}  // namespace earshot::figures
