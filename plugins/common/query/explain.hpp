// explain.hpp: why a query holds for a post or does not: each of its parts, whether it held, and where. Free functions
// and values; for the thread of the Evaluator.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "query/query.hpp"

namespace earshot::query {

// Where a part held, in the post's own terms.
struct ExplainedPlace {
  std::uint32_t segment = EAR_NONE;  // number of the segment, and bytes in its text
  std::uint32_t begin = 0, end = 0;
  std::uint32_t media = EAR_NONE;
  std::int64_t start = 0, stop = 0;  // nanoseconds into the media
};

struct Explained {
  std::string_view source;  // of the query
  bool held = false;
  std::string note;                    // what decided, where that is no place: "followers: 20"
  std::vector<ExplainedPlace> places;  // the first of them
  std::vector<Explained> children;
};

// The post must be as the evaluator was set to, and the query outlive the answer.
Explained explain(const Query& query, Evaluator& evaluator);

inline constexpr std::size_t kMostPlaces = 1000;  // of one part
inline constexpr std::size_t kMostParts = 50;     // of a list from a file: the rest is only counted

// "an image", "the title": where words stand, for people.
std::string_view origin_text(std::uint32_t origin);

// The tree for people, with the text of each place, and the texts of the post with these marked.
std::string as_text(const Explained& root, const Post& post, bool colour);
// One object: held, query, note, places, parts.
std::string as_json(const Explained& root, const Post& post);

}  // namespace earshot::query
