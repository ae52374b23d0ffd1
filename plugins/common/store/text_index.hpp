// text_index.hpp: the full-text index over the segments of the posts that are live: `search`, the words as they are
// written, and `search_plain`, what `earshot search` needs besides (query/plain_words.hpp). It covers the posts up to
// one row and grows in that order, in transactions of its own or in those of the rows; what it covers it follows
// exactly. One instance for one thread.
#pragma once

#include <array>
#include <functional>
#include <string>

#include "query/search_fold.hpp"
#include "store/database.hpp"

namespace earshot::store {

inline constexpr std::size_t kOrigins = 7;

class TextIndex {
 public:
  using Texts = std::array<std::string, kOrigins>;  // of one post: its segments, by origin

  explicit TextIndex(const Database& database);

  // All within a transaction.
  void begin();  // reads how far the index has got
  bool covers(std::int64_t post) const { return post <= indexed_to_; }
  Texts texts_of(std::int64_t post);
  void add(std::int64_t post, const Texts& texts);
  void remove(std::int64_t post, const Texts& texts);
  // Takes in the next `most` posts. False: there was none.
  bool advance(std::int64_t most);
  void removed_posts();  // rows of posts are gone: their numbers may be given again
  void finish() {}       // nothing is kept in memory
  void forget() {}

 private:
  static Statement& bind(Statement& statement, std::int64_t post, const Texts& texts);
  void append(Texts& texts, int origin_column, int text_column, const Statement& row) const;
  void set_indexed_to(std::int64_t post);

  Statement state_, set_state_, last_, texts_, range_, add_, remove_, add_plain_, remove_plain_;
  query::SearchFold fold_;
  text::FoldedTexts memory_;
  std::string plain_;
  std::int64_t indexed_to_ = 0;
};

// What was removed from the index stands in it, unseen, until its parts are merged: merges all of it, step by step,
// each a transaction of its own between those of others. `go_on` is asked before each; false: enough.
void merge_index(const Database& database, const std::function<bool()>& go_on);

}  // namespace earshot::store
