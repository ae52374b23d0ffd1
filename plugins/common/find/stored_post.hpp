// stored_post.hpp: posts of a store as queries look at them. Free functions, for the thread of the Store.
#pragma once

#include <cstdint>
#include <earshot/services/store.hpp>
#include <span>
#include <vector>

#include "sample/post_copy.hpp"

namespace earshot::find {

struct StoredPost {
  Row row;  // its columns, with those of its author
  sample::PostCopy copy;
};

// The posts with these numbers, as they are in the store by now, in the order of the numbers given.
std::vector<StoredPost> load(Store& store, std::span<const std::int64_t> posts);

}  // namespace earshot::find
