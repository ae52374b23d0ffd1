// made_store.hpp: a store of as many posts as wanted, written by the sqlite sink: eight weeks, 20 watch items of which
// the first is in every fourth post, 300,000 authors, seven findings a post. The same every time. One thread.
#pragma once

#include <cstdint>
#include <string>

namespace earshot::bench {

inline constexpr std::int64_t kBegin = 1'767'571'200'000'000'000;  // Monday 2026-01-05, UTC
inline constexpr int kDays = 56, kItems = 20;

std::string item_id(std::uint64_t item);  // brand0 …
std::string word(std::uint64_t number);   // of the made language; the lower, the more frequent

struct Made {
  double rows_cpu = 0, seconds = 0,
         counted = 0;  // in the sink; until it was written; until all was counted and indexed
};
Made make_store(const std::string& path, std::uint64_t posts);

}  // namespace earshot::bench
