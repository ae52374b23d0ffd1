// set.hpp: thousands of queries at once. The literals that they need are found in one pass of vectorscan over many
// posts, and only queries of which one was found are looked at, by the same evaluator that decides for one alone.
//
//   auto set = std::make_shared<const QuerySet>(texts);
//   SetMatcher matcher(set);
//   matcher.match(posts, [&](const Held& held) { ... });
//
// A QuerySet is constant once made: any thread. A SetMatcher belongs to one thread and keeps its memory.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "patterns/literals.hpp"
#include "query/query.hpp"

namespace earshot::query {

// A fault in one of the queries.
struct SetFault : Fault {
  SetFault(std::size_t number, const Fault& fault) : Fault(fault), query(number) {}
  std::size_t query;
};

class QuerySet {
 public:
  // Throws SetFault. `cache`: a folder for the compiled literals, see patterns/literals.hpp. `fold`: shared with other
  // sets and queries where there are many.
  explicit QuerySet(const std::vector<std::string>& queries, const ParseOptions& options = {},
                    const std::filesystem::path& cache = {},
                    std::shared_ptr<const SearchFold> fold = std::make_shared<const SearchFold>());
  // The same where each query has options of its own.
  QuerySet(const std::vector<std::string>& queries, const std::vector<ParseOptions>& options,
           const std::filesystem::path& cache = {},
           std::shared_ptr<const SearchFold> fold = std::make_shared<const SearchFold>());

  std::size_t size() const { return queries_.size(); }
  const Query& operator[](std::size_t i) const { return queries_[i]; }
  // How many must be looked at for every post, because they need no word: such make a set slow.
  std::size_t without_words() const { return always_.size(); }

 private:
  friend class SetMatcher;
  struct Target {
    std::uint32_t query;
    bool begins_word, ends_word;
  };

  std::shared_ptr<const SearchFold> fold_;
  std::vector<Query> queries_;
  patterns::Literals literals_;
  std::vector<std::uint32_t> first_target_;  // by literal, and one more
  std::vector<Target> targets_;
  std::vector<std::uint32_t> always_;
};

// A query that holds for a post.
struct Held {
  std::uint32_t post;   // its place among the posts given
  std::uint32_t query;  // in the set
};

// Where, in the post's own terms.
struct Found {
  std::uint32_t segment = EAR_NONE;  // number of the segment, and bytes in its text
  std::uint32_t begin = 0, end = 0;
  std::uint32_t media = EAR_NONE;
  std::int64_t start = 0, stop = 0;  // nanoseconds into the media
};

class SetMatcher {
 public:
  explicit SetMatcher(std::shared_ptr<const QuerySet> set);
  SetMatcher(const SetMatcher& other) : SetMatcher(other.set_) {}
  SetMatcher& operator=(const SetMatcher&) = delete;

  // Calls use(held) post by post, for each the queries in their order.
  void match(std::span<const Post> posts, const std::function<void(const Held&)>& use);
  // Within `use`: the places of the terms that made it hold, none twice, in the order of the text. None for a query
  // that holds by what is not there. Valid until the next call.
  std::span<const Found> places(const Held& held);

 private:
  static constexpr std::size_t kBlock = 32 * 1024;  // bytes of text that are scanned at once
  void scan(std::span<const Post> posts, std::uint32_t first, const std::function<void(const Held&)>& use);
  void hit(const patterns::Hit& hit);
  bool is_edge(std::size_t at) const;

  std::shared_ptr<const QuerySet> set_;
  patterns::LiteralScratch scratch_;
  Evaluator evaluator_;
  text::FoldedTexts memory_;
  std::string text_;                 // the scan forms of a block of posts
  std::vector<std::uint32_t> ends_;  // of each post, in text_
  std::uint32_t at_ = 0;             // the post that hits have come to
  std::vector<Held> candidates_;
  std::vector<std::uint64_t> asked_;  // by query: the last post it became a candidate for
  std::uint64_t block_ = 0;
  Hits hits_;
  std::vector<Found> found_;
};

}  // namespace earshot::query
