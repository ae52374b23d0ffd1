// tap.hpp: lets people watch what passes a component of a running pipeline. A point that nobody watches costs one
// relaxed load a batch. Any thread.
#pragma once

#include <atomic>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "observe/door.hpp"

namespace earshot::host {

// What goes into a component, or what comes out of it.
enum class Side { in, out };

class TapPoint {
 public:
  // Asked before a line is made.
  bool wanted() const noexcept { return watchers_count_.load(std::memory_order_relaxed) != 0; }
  // One post as a line of JSON, without line end. Never blocks on a client.
  void push(std::string_view line);

 private:
  friend class TapHub;
  struct Watcher {
    std::shared_ptr<Stream> stream;
    std::uint64_t left;  // lines until its limit
  };
  void add(Watcher watcher);
  void remove(const Stream* stream);

  std::atomic<std::size_t> watchers_count_{0};
  std::mutex lock_;
  std::vector<Watcher> watchers_;
};

class TapHub {
 public:
  // The point of a component, made if it is not there, and the same after a reload. Stays until the hub goes.
  std::shared_ptr<TapPoint> point(std::string_view component, Side side);

  // Serves GET /tap?component=ID&limit=N&where=in|out. Without `where` it is what comes out, or for a sink what goes
  // in. The hub may go before the door.
  void serve_at(Door& door);

 private:
  using Points = std::map<std::pair<std::string, Side>, std::shared_ptr<TapPoint>>;
  struct Shared {
    std::mutex lock;
    Points points;
  };
  static std::optional<Answer> begin(Shared& shared, const Query& query, const std::shared_ptr<Stream>& stream);

  std::shared_ptr<Shared> shared_ = std::make_shared<Shared>();
};

}  // namespace earshot::host
