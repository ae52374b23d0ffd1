// corpus.hpp: the posts, deliveries and hostile texts that rules give to a plugin; the same ones for the same seed.
// Pure functions.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "earshot/testing/posts.hpp"

namespace earshot::check {

// A few days of posts about two brands, in the order of their times, with a busy hour, a quiet day, several languages,
// edits and deletions, and the findings of detectors before. Ids are distinct but for edits and deletions.
std::vector<testing::TestPost> posts(std::uint64_t seed, std::size_t count = 160);

// Texts that are not UTF-8, or that few expect: cut characters, surrogates, NUL, marks without end, one long word.
std::vector<std::string> hostile_texts();

// `size` bytes of noise.
std::string noise(std::uint64_t seed, std::size_t size);

}  // namespace earshot::check
