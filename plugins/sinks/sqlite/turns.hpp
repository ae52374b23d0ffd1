// turns.hpp: who writes into the file next: the rows at once, the index when no row waits. SQLite lets one write at a
// time and would let the other sleep; here it is woken. Any thread.
#pragma once

#include <condition_variable>
#include <mutex>

namespace earshot::sqlite {

class Turns {
 public:
  // Held while rows are written.
  class Rows {
   public:
    explicit Rows(Turns& turns) : turns_(turns) { turns_.take_for_rows(); }
    ~Rows() { turns_.give_back(); }
    Rows(const Rows&) = delete;
    Rows& operator=(const Rows&) = delete;

   private:
    Turns& turns_;
  };
  // Held while the index is written.
  class Index {
   public:
    explicit Index(Turns& turns) : turns_(turns) { turns_.take_for_index(); }
    ~Index() { turns_.give_back(); }
    Index(const Index&) = delete;
    Index& operator=(const Index&) = delete;

   private:
    Turns& turns_;
  };

 private:
  void take_for_rows() {
    std::unique_lock lock(mutex_);
    rows_wait_ = true;
    free_.wait(lock, [&] { return !taken_; });
    rows_wait_ = false, taken_ = true;
  }
  void take_for_index() {
    std::unique_lock lock(mutex_);
    free_.wait(lock, [&] { return !taken_ && !rows_wait_; });
    taken_ = true;
  }
  void give_back() {
    {
      const std::lock_guard lock(mutex_);
      taken_ = false;
    }
    free_.notify_all();
  }

  std::mutex mutex_;
  std::condition_variable free_;
  bool taken_ = false, rows_wait_ = false;
};

}  // namespace earshot::sqlite
