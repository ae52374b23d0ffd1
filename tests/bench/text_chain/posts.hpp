// posts.hpp: posts to measure text detectors with. Free function; any thread.
#pragma once

#include <cstdint>
#include <string>

namespace earshot::bench {

// Writes `count` posts as NDJSON, made of `sample`, a file of posts: the first half of one text and the second half of
// another in the same language, so that words are real ones in their proportions, and few posts are copies of others.
// The same for the same sample. Throws where the sample cannot be read.
void make_text_posts(const std::string& sample, const std::string& to, std::uint64_t count);

}  // namespace earshot::bench
