// chunks.hpp: records of one subject and day in rows of a few hundred, ascending by post. What was touched is kept in
// memory and written once, by finish(). One instance for one thread, used within transactions.
#pragma once

#include <algorithm>
#include <cstdint>
#include <limits>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "store/database.hpp"
#include "store/fact.hpp"

namespace earshot::store {

// `table` is `facts` or `terms`.
template <class Record>
class Chunks {
 public:
  explicit Chunks(const Database& database, const std::string& table);

  void add(std::uint32_t subject, std::int64_t day, const Record& record);
  // All records of the post are taken out and shown.
  template <class Use>
  void remove(std::uint32_t subject, std::int64_t day, std::uint32_t post, Use&& use) {
    Chunk* chunk = find(subject, day, post, false);
    if (chunk == nullptr) return;
    const auto [begin, end] = std::equal_range(chunk->records.begin(), chunk->records.end(), post, ByPost{});
    for (auto at = begin; at != end; ++at) use(*at);
    if (begin == end) return;
    chunk->records.erase(begin, end), chunk->dirty = true;
  }
  void finish();  // writes what has changed, and forgets
  void forget();  // after a transaction was rolled back

 private:
  static constexpr std::size_t kMostRecords = 20'000 / sizeof(Record);
  static constexpr std::size_t kMostBytes = 64 << 20;  // in memory

  struct ByPost {
    bool operator()(const Record& a, std::uint32_t b) const { return a.post < b; }
    bool operator()(std::uint32_t a, const Record& b) const { return a < b.post; }
  };
  struct Chunk {
    std::uint32_t first = 0;
    std::int64_t until = 0;  // first of the one behind it
    std::vector<Record> records;
    bool dirty = false;
  };
  using Place = std::pair<std::uint32_t, std::int64_t>;  // subject and day
  struct Found {
    std::int64_t row = 0, first = 0;  // row 0: none
  };

  // The chunk for a post. With `make`, one is made where there is none; else nullptr.
  Chunk* find(std::uint32_t subject, std::int64_t day, std::uint32_t post, bool make);
  static Found look(Statement& statement, const Place& place, std::uint32_t post);
  Chunk& load(std::int64_t row, std::uint32_t first, std::int64_t until);
  std::int64_t insert(std::uint32_t subject, std::int64_t day, std::uint32_t first);
  void split(const Place& place, Chunk& full, std::uint32_t post);
  void write(std::int64_t row, const Chunk& chunk);

  std::map<std::int64_t, Chunk> loaded_;     // by row
  std::map<Place, std::int64_t> last_used_;  // row
  std::size_t bytes_ = 0;
  Statement before_, behind_, read_, insert_, move_, write_, remove_;
};

extern template class Chunks<Fact>;
extern template class Chunks<Term>;

}  // namespace earshot::store
