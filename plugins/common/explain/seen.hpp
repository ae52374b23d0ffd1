// seen.hpp: one post of a sample: a bounded copy of what an explanation looks at and an alert quotes. A value.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "earshot/types.hpp"
#include "state/bytes.hpp"

namespace earshot::explain {

struct Span {
  std::uint32_t begin = 0, end = 0;  // bytes of the text
};

struct Seen {
  double priority = 0;  // by which it is in a sample; from its key and weight
  double weight = 1;
  ear_id key{};
  ear_time published = 0;
  std::string platform, id, url, author, author_id;
  std::string text;         // around the subject's name, where it is long
  std::vector<Span> names;  // where the text names the subject
  std::string language, place;
  std::string cluster;  // of copies, by a finding `duplicate`
};

// `subject` may be empty: the post as a whole. `weight` is what it counts, above 0.
Seen see(const Post& post, std::string_view subject, double weight = 1);
// The priority of a post alone, from its key: two samples of the same posts are the same.
double priority_of(ear_id key, double weight);

void save(const Seen& seen, state::BytesOut& out);
Seen load(state::BytesIn& in);

}  // namespace earshot::explain
