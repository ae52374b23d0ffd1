// rollup.hpp: what is counted, beside the rows: for each live post that has a time one fact, and one more for each
// watch item that it mentions, with the terms that are counted by their value. It covers the posts up to one row and
// grows in that order, behind the rows; what it covers it follows exactly, through edits and deletions. One instance
// for one thread.
#pragma once

#include <cstdint>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "store/attributes.hpp"
#include "store/chunks.hpp"
#include "store/database.hpp"
#include "store/names.hpp"

namespace earshot::store {

class Rollup {
 public:
  explicit Rollup(const Database& database);

  // All within a transaction.
  void begin();  // reads how far it has got
  bool covers(std::int64_t post) const { return post <= rolled_up_to_; }
  void add(std::int64_t post) { each(post - 1, post, &Rollup::put); }  // as it stands in the rows
  void remove(std::int64_t post);                                      // as it stands in the rows, before they change
  // Takes in the next `most` posts. False: there was none.
  bool advance(std::int64_t most);
  void removed_posts();  // rows of posts are gone: their numbers may be given again
  // Names that stood at removed posts and stand at no other are taken out of the dictionary. It looks at everything.
  void forget_names();
  // The same for every name, whatever it stood at. How many.
  std::int64_t remove_unused_names();
  void removed_rows() { names_.removed_rows(); }  // rows of authors are gone: other connections forget theirs
  void finish();                                  // writes; before the transaction is committed
  void forget();                                  // after it was rolled back

 private:
  struct Subject {
    std::string id;
    bool mentioned = false;
    double surest = -1;  // of its sentiment
    std::uint16_t flags = 0, negative = 0, neutral = 0, positive = 0;
  };
  struct Said {
    std::string subject, value, label;
    TermKind kind;
  };
  // One post, as it is read from the rows. Index 0 of `subjects` is the post as a whole.
  struct Gathered {
    std::int64_t post = 0, day = 0;
    Fact fact;
    std::string platform, language, country, source, kind;
    std::vector<Subject> subjects;
    std::vector<Said> said;
    double surest_language = -1, surest_place = -1;
  };
  using Use = void (Rollup::*)(const Gathered&);

  void each(std::int64_t after, std::int64_t to, Use use);
  void gather_post(Gathered& to) const;
  void gather_finding(Gathered& to);
  void gather_text(Gathered& to, std::string_view text) const;
  void take_sentiment(Subject& to, std::string_view value, double score) const;
  void put(const Gathered& post);
  void take_out(const Gathered& post);
  void put_terms(const Gathered& post, const std::string& subject, std::uint32_t number);
  std::uint16_t small_number(std::string_view kind, const std::string& value);
  void set_rolled_up_to(std::int64_t post);

  Names names_;
  Chunks<Fact> facts_;
  Chunks<Term> terms_;
  Statement state_, set_state_, last_, posts_, findings_, texts_, every_term_;
  std::int64_t rolled_up_to_ = 0;
  Attributes attributes_;
  std::vector<std::uint32_t> of_post_, terms_of_subject_;
  static constexpr std::size_t kMostRemoved = 1'000'000;
  std::set<std::uint32_t> removed_;  // names that stood at removed posts
};

}  // namespace earshot::store
