// authors.hpp: one row for each author, (platform, id), with the profile of their latest post. Each author is written
// at most once in a transaction. One instance for one thread.
#pragma once

#include <string>
#include <unordered_map>
#include <vector>

#include "store/database.hpp"

namespace earshot::store {

class Authors {
 public:
  explicit Authors(const Database& database);

  void begin();  // of a transaction: forgets what another connection has removed
  // The row of the post's author, made where there is none; 0 where the post names nobody. What the profile points
  // to must live until finish().
  std::int64_t row_of(const ear_post& post);
  void finish();  // writes the profiles that have changed; before the transaction is committed
  void forget();  // after it was rolled back, or rows were removed

 private:
  static constexpr std::size_t kMost = 200'000;  // in memory

  struct Known {
    std::int64_t row;
    ear_time seen;              // of the latest post
    const ear_author* profile;  // not written yet
  };
  Known find(const ear_post& post, std::string_view id);
  static int bind_profile(Statement& statement, int index, const ear_author& author);

  const Database& database_;
  Statement select_, insert_, update_, removals_now_;
  std::int64_t removals_ = 0;
  std::unordered_map<std::string, Known> known_;
  std::vector<Known*> changed_;
  std::string key_;
};

}  // namespace earshot::store
