// measure.hpp: what a post says for the measure that was chosen. Free functions; any thread.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "earshot/types.hpp"
#include "spike/options.hpp"

namespace earshot::spike {

// A subject that a post is about, and where it stands there.
struct Found {
  std::string_view subject;
  std::uint32_t segment = none;
  double value = 1;  // of measured values, in steps of 1/1024 so that sums do not depend on their order
};

// Into `found`, each subject once; `of`: the kind of finding that says so.
void find(const Post& post, std::string_view of, Measure measure, std::vector<Found>& found);
// What counts once an hour: a hash of its words, or of its author; nothing: it does not count at all.
bool hash_once(const Post& post, Measure measure, std::uint64_t& hash);
// The text that a finding stands in, else the first.
std::string_view text_of(const Post& post, std::uint32_t segment);

}  // namespace earshot::spike
