// retention.hpp: how long a store keeps what, and the passes that remove what is older. A pass goes step by step, each
// a transaction of its own; after each, rows, full-text index and figures agree. One instance for one thread.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <utility>

#include "earshot/types.hpp"
#include "store/posts.hpp"

namespace earshot::store {

// Nanoseconds; 0: for ever.
struct Keep {
  std::int64_t posts = 0;                       // by the time of publication; where that is not known, of collection
  std::map<std::string, std::int64_t> kinds{};  // of posts, instead of `posts`
  std::int64_t alerts = 0;                      // by the end of what they tell
  std::int64_t gaps = 0;

  bool any() const;
  bool operator==(const Keep&) const = default;
};

// "comment 30d": a kind of posts and how long it is kept. Throws `invalid`.
std::pair<std::string, std::int64_t> kept_kind(std::string_view text);

// What the sink was told, as the store remembers it for the command.
void remember(const Database& database, const Keep& keep);
Keep remembered(const Database& database);

struct Removed {
  std::int64_t posts = 0, alerts = 0, gaps = 0, authors = 0, names = 0;
  std::int64_t all() const { return posts + alerts + gaps + authors + names; }
};

// "1,200 posts, 3 alerts": what there was of it.
std::string words(const Removed& removed);

class Retention {
 public:
  Retention(const Database& database, TextIndex& index, Rollup& rollup);

  // Begins a pass: what is older than `keep` allows at `now` goes.
  void begin(const Keep& keep, ear_time now);
  // Removes about so many more. False: the pass is over, and `removed` tells of all of it.
  bool step(std::int64_t most);
  const Removed& removed() const { return removed_; }

  // What a pass would remove; nothing is changed.
  Removed due(const Keep& keep, ear_time now);

 private:
  // One kind of posts with its own time; an empty kind stands for all that have none.
  struct Part {
    std::string kind;
    ear_time before;
    std::int64_t after_time = INT64_MIN, after_post = 0;  // how far the pass has got
    bool unknown = false;                                 // those without a time of publication
  };
  bool remove_posts(Part& part, std::int64_t most);
  void remove_rest();
  Statement& bind(Statement& statement, const Part& part) const;

  const Database& database_;
  TextIndex& index_;
  Rollup& rollup_;
  Keep keep_;
  ear_time now_ = 0;
  std::vector<Part> parts_;
  Removed removed_;
  std::string own_kinds_;  // as a list of JSON
  Statement next_, next_unknown_, count_, count_unknown_;
  Statement remove_segments_, remove_media_, remove_findings_, remove_post_, quoted_;
};

}  // namespace earshot::store
