// stored.hpp: how each watch item is spoken of, in shares, by what stands in a store. Free functions; one thread.
#pragma once

#include <cstdint>
#include <earshot/services/store.hpp>
#include <string>
#include <vector>

#include "share/share.hpp"

namespace earshot::share {

struct Between {
  Time from = no_time, to = no_time;  // published at or after `from`, and before `to`; none: all
};

struct OfSubject {
  std::string subject;
  std::int64_t posts = 0;     // that mention it, live, in a language that was judged
  std::int64_t stated = 0;    // with a sentiment about it
  std::vector<Share> shares;  // of sentiment().values
};

// Subjects with at least one post that has a sentiment about them, in the order of their names. A post counts once, by
// the surest of its findings.
std::vector<OfSubject> stored_sentiment(Store& store, const Between& between = {});

}  // namespace earshot::share
