// turns.hpp: one at a time for each key, so that what two threads want at once is fetched or decoded once. Any thread.
#pragma once

#include <condition_variable>
#include <functional>
#include <mutex>
#include <set>
#include <string>

namespace earshot::media {

class Turns {
 public:
  // Held from when it is one's turn until it is destroyed.
  class Turn {
   public:
    Turn(Turns& turns, std::string key) : turns_(turns), key_(std::move(key)) {}
    ~Turn() { turns_.leave(key_); }
    Turn(const Turn&) = delete;
    Turn& operator=(const Turn&) = delete;

   private:
    Turns& turns_;
    std::string key_;
  };
  // Waits; throws earshot::cancelled() once `cancelled` answers true.
  Turn wait(const std::string& key, const std::function<bool()>& cancelled);

 private:
  void leave(const std::string& key);

  std::mutex mutex_;
  std::condition_variable left_;
  std::set<std::string> taken_;
};

}  // namespace earshot::media
