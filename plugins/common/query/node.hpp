// node.hpp: a query as a tree, as the parser gives it and the matcher walks it. Values; any thread.
#pragma once

#include <cstdint>
#include <limits>
#include <string>
#include <vector>

namespace earshot::query {

// What a term asks about.
enum class Field {
  text,     // words in the segments
  has,      // a kind of finding, or media, image, audio, video, url, author
  finding,  // a finding of kind `name` with the value
  subject,
  detector,
  kind,  // of the post
  platform,
  author,
  language,
  country,
  source,
  id,
  parent,
  score,  // numbers from here on
  followers,
  following,
  likes,
  reposts,
  replies,
  views
};

struct Node {
  enum class Type { all, any, none_of, term };
  Type type = Type::term;
  std::vector<Node> children;  // of all, any; none_of has one

  Field field = Field::text;
  std::string name;        // of Field::finding: the kind
  std::string value;       // folded where the field is text
  bool is_prefix = false;  // text: acm*
  double from = -std::numeric_limits<double>::infinity(), to = std::numeric_limits<double>::infinity();
  bool from_open = false, to_open = false;  // > and <, where >= and <= are closed
};

}  // namespace earshot::query
