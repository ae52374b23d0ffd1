// types.hpp: what is asked of the figures of a store, and what they are. Plain values.
#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "calendar/period.hpp"
#include "figures/marks.hpp"

namespace earshot::figures {

using calendar::Period;

// The posts for which a query holds, by their numbers. Where only some were looked at, each stands for `weight` posts.
struct Matches {
  struct Mention {
    std::uint32_t post = 0;
    std::int64_t published = 0;
  };
  std::string query;
  Marks posts;
  std::vector<std::uint32_t> sorted;                     // the same
  std::map<std::string, std::vector<Mention>> mentions;  // of them, by watch item
  double weight = 1;                                     // 1: every post was looked at
  std::uint64_t looked_at = 0, of = 0;
  bool exact() const { return weight == 1; }
};

// Which posts: published in [from, to), that mention the watch item and, where a query is given, are found by it.
struct Scope {
  Period period;
  std::string subject;                   // empty: all posts, of whatever they speak
  std::shared_ptr<const Matches> query;  // null: all
};

// Three counts of the same: as they came, without copies of posts that came before, and who wrote them. With a query
// that was looked at in part they are estimates; the authors are then those that were seen.
struct Counts {
  std::int64_t posts = 0, unique_posts = 0, authors = 0;
  std::int64_t late = 0;        // came behind the watermark
  std::int64_t reach = 0;       // followers of their authors, once a post
  std::int64_t engagement = 0;  // likes, reposts and replies
  std::int64_t negative = 0, neutral = 0, positive = 0;
  bool exact = true;
  std::int64_t stated() const { return negative + neutral + positive; }
};

// One step of time.
struct Bin {
  Period period;
  std::int64_t posts = 0, unique_posts = 0, negative = 0, neutral = 0, positive = 0, reach = 0, engagement = 0;
};

struct Share {
  std::string subject;
  std::int64_t posts = 0;
  double share = 0, low = 0, high = 0;  // of the posts of all subjects asked for; 95 %
};

// Estimated shares of three classes among unique posts, and positive less negative, each with an interval that holds
// the true one nineteen times in twenty. `stated`: unique posts with a sentiment. docs/reports.md has the formulas.
struct Sentiment {
  struct Part {
    double value = 0, low = 0, high = 0;
  };
  std::int64_t stated = 0, authors = 0;
  Part negative, neutral, positive, net;
};

// What posts are told apart by, for lists of the most frequent.
enum class By {
  platform,
  language,
  country,
  source,
  kind,  // one to a post
  topic,
  keyphrase,
  aspect,
  link,
  hashtag,
  entity,
  copy,
  intent,
  emotion  // several
};

inline constexpr int kPlain = 5;         // so many of these are one to a post
inline constexpr std::size_t kBys = 14;  // of all
constexpr bool is_plain(By by) {
  return static_cast<int>(by) < kPlain;
}
std::string_view word_of(By by);  // "platform"

struct Ranked {
  std::string value, label;  // label: what people call it, where that is something else
  std::int64_t posts = 0, unique_posts = 0, negative = 0, positive = 0;
  std::int64_t reach = 0, engagement = 0;  // of what is one to a post
};

struct RankedAuthor {
  std::string platform, id, handle, name, url;
  std::int64_t followers = -1;  // -1: not known
  std::int64_t posts = 0, negative = 0, positive = 0, reach = 0, engagement = 0;
};

enum class AuthorsBy { posts, reach, engagement };

// What there is to say of a scope, as the functions of Figures give each.
struct Summary {
  Counts counts;
  Sentiment sentiment;
  std::vector<Bin> volume;
  std::array<std::vector<Ranked>, kBys> lists;
  std::vector<RankedAuthor> busiest, farthest;

  const std::vector<Ranked>& list(By by) const { return lists[static_cast<std::size_t>(by)]; }
};

enum class PostsBy {
  engagement,  // most likes, reposts and replies, then most reach
  latest,
  negative,  // surest, weighed by engagement
  positive,
  media  // with pictures, sound or video, by engagement
};

struct PostCard {
  std::int64_t post = 0;
  std::string platform, id, url, author, author_name, text, language;
  std::int64_t published = 0, followers = -1, engagement = -1;
  std::string sentiment;
  struct Media {
    std::string kind, url, path, type, alt;
  };
  std::vector<Media> media;
};

// A post and when it was published; the latest is the least.
struct Dated {
  std::int64_t published = 0, post = 0;
  friend bool operator<(const Dated& a, const Dated& b) {
    return a.published != b.published ? a.published > b.published : a.post > b.post;
  }
};

// Posts that a query finds, the latest first.
struct Found {
  std::vector<PostCard> posts;
  bool all_looked_at = true;  // false: it stopped looking before there were as many as were asked for
};

struct Evidence {
  std::string platform, id, url, author, text;  // text empty: the post is gone
  std::int64_t published = 0;
  double weight = 0;
};

struct AlertCard {
  std::string alert;                                                // id in hexadecimal
  std::string state, detector, kind, subject, summary, attributes;  // attributes: JSON
  std::int64_t starts = 0, ends = 0, severity = 0;
  double observed = 0, expected = 0, lower = 0, upper = 0;
  std::vector<Evidence> evidence;
};

struct Gap {
  std::string source, reason;
  Period period;
};

// How far the store reaches, and what of it is counted.
struct State {
  std::int64_t version = 0, posts = 0;
  std::int64_t first = 0, last = 0;  // published; 0 where there is no post
  std::int64_t not_counted = 0;      // posts that the figures have not taken in yet
};

}  // namespace earshot::figures
