// background.hpp: what happens behind the rows, in a thread and a connection of its own: the figures and the
// full-text index are brought up to date in small transactions between those of the rows, what is older than it may be
// is removed, and the journal is kept short. Its owner calls it from one thread.
#pragma once

#include <chrono>
#include <condition_variable>
#include <filesystem>
#include <mutex>
#include <thread>

#include "earshot/host.hpp"
#include "journal.hpp"
#include "store/retention.hpp"
#include "store/rollup.hpp"
#include "store/text_index.hpp"
#include "turns.hpp"

namespace earshot::sqlite {

class Background {
 public:
  struct Task {
    std::filesystem::path path;
    std::chrono::milliseconds patience;
    bool index;
    store::Keep keep;
  };
  Background(Task task, Turns& turns, Journal& journal, const Host& host);
  // Ends with the transaction that is going on.
  ~Background();
  Background(const Background&) = delete;
  Background& operator=(const Background&) = delete;

  void rows_were_written();
  // Returns when there is nothing left to do, or after that time.
  void wait(std::chrono::milliseconds at_most);

 private:
  void run();
  void work();  // until it is told to stop; throws what went wrong
  // What covers the posts up to one of them: takes some more, in a transaction. False: there was nothing to take.
  template <class Covers>
  bool advance(const store::Database& database, Covers& covers);
  // Removes what is too old, where it is time to.
  void retain(const store::Database& database, store::Retention& retention);
  void tell(std::string_view gauge, store::Statement& lag);
  bool wait_for_rows();
  bool stopping();

  const Task task_;
  Turns& turns_;
  Journal& journal_;
  const Host& host_;

  std::chrono::steady_clock::time_point next_pass_{};  // the thread's own

  std::mutex mutex_;  // guards what follows
  std::condition_variable changed_;
  bool rows_ = true, stop_ = false, idle_ = false;
  std::thread thread_;  // last: everything is there when it begins
};

}  // namespace earshot::sqlite
