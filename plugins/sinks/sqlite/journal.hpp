// journal.hpp: keeps the write-ahead journal short. Commits tell its length; the thread that has time moves it into the
// file, beside the thread that writes. Any thread.
#pragma once

#include <atomic>

#include "store/database.hpp"

namespace earshot::sqlite {

class Journal {
 public:
  // Every commit of this connection counts, and checkpoints itself only where nobody else did for long.
  void watch(const store::Database& database) { sqlite3_wal_hook(database.raw(), committed, this); }

  void shorten(const store::Database& database) {
    if (pages_ < kLong) return;
    pages_ = 0;  // what cannot be moved yet is counted again with the next commit
    const int code = sqlite3_wal_checkpoint_v2(database.raw(), nullptr, SQLITE_CHECKPOINT_PASSIVE, nullptr, nullptr);
    if (code != SQLITE_OK && code != SQLITE_BUSY) store::fail(database.raw(), code, "bring the journal into the store");
  }

 private:
  static constexpr int kLong = 1000, kTooLong = 32'000;  // pages

  static int committed(void* self, sqlite3* database, const char* name, int pages) {
    static_cast<Journal*>(self)->pages_ = pages;
    // A failure is no failure of the commit.
    if (pages >= kTooLong) sqlite3_wal_checkpoint_v2(database, name, SQLITE_CHECKPOINT_PASSIVE, nullptr, nullptr);
    return SQLITE_OK;
  }

  std::atomic<int> pages_{0};
};

}  // namespace earshot::sqlite
