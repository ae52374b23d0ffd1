// measure.hpp: what a post says for the measure that was chosen. Free functions; any thread.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "earshot/types.hpp"
#include "spike/options.hpp"

namespace earshot::spike {

// A subject that a post is about, and what it says of it.
struct Found {
  std::string_view subject;
  double value = 1;  // of measured values, in steps of 1/1024 so that sums do not depend on their order
};

// Into `found`, each subject once; `of`: the kind of finding that says so.
void find(const Post& post, std::string_view of, Measure measure, std::vector<Found>& found);
// What counts once an hour: a hash of its words, or of its author; nothing: it does not count at all.
bool hash_once(const Post& post, Measure measure, std::uint64_t& hash);

// What a post weighs in explaining a figure that is up, or down: of reach and engagement, people and reactions; of
// sentiment, only posts on that side. 0: nothing.
double weight_up(Measure measure, double value);
double weight_down(Measure measure, double value);

}  // namespace earshot::spike
