#include "observe/tap.hpp"

#include <charconv>
#include <limits>

namespace earshot::host {

void TapPoint::push(std::string_view line) {
  const std::lock_guard hold(lock_);
  std::erase_if(watchers_, [&](Watcher& watcher) {
    const bool there = watcher.stream->push(line);
    if (there && --watcher.left > 0) return false;
    watcher.stream->end();
    return true;
  });
  watchers_count_.store(watchers_.size(), std::memory_order_relaxed);
}

void TapPoint::add(Watcher watcher) {
  const std::lock_guard hold(lock_);
  watchers_.push_back(std::move(watcher));
  watchers_count_.store(watchers_.size(), std::memory_order_relaxed);
}

void TapPoint::remove(const Stream* stream) {
  const std::lock_guard hold(lock_);
  std::erase_if(watchers_, [&](const Watcher& watcher) { return watcher.stream.get() == stream; });
  watchers_count_.store(watchers_.size(), std::memory_order_relaxed);
}

std::shared_ptr<TapPoint> TapHub::point(std::string_view component, Side side) {
  const std::lock_guard hold(shared_->lock);
  auto& point = shared_->points[{std::string(component), side}];
  if (!point) point = std::make_shared<TapPoint>();
  return point;
}

void TapHub::serve_at(Door& door) {
  door.stream("/tap", [shared = shared_](const Query& query, const std::shared_ptr<Stream>& stream) {
    return begin(*shared, query, stream);
  });
}

std::optional<Answer> TapHub::begin(Shared& shared, const Query& query, const std::shared_ptr<Stream>& stream) {
  const auto refuse = [](unsigned status, std::string reason) {
    return Answer{status, "text/plain; charset=utf-8", std::move(reason) + "\n"};
  };
  std::uint64_t limit = std::numeric_limits<std::uint64_t>::max();
  if (const std::string text = query.get("limit"); !text.empty()) {
    const auto read = std::from_chars(text.data(), text.data() + text.size(), limit);
    if (read.ec != std::errc{} || read.ptr != text.data() + text.size() || limit == 0)
      return refuse(400, "limit is a whole number of 1 or more.");
  }
  const std::string component = query.get("component"), where = query.get("where");
  if (!where.empty() && where != "in" && where != "out") return refuse(400, "where is 'in' or 'out'.");

  std::shared_ptr<TapPoint> point;
  {
    const std::lock_guard hold(shared.lock);
    const auto find = [&](Side side) {
      const auto it = shared.points.find({component, side});
      return it == shared.points.end() ? nullptr : it->second;
    };
    if (where != "in") point = find(Side::out);
    if (!point && where != "out") point = find(Side::in);
    if (!point) {
      std::string known = "There is no such place to watch. There is";
      for (const auto& [key, there] : shared.points)
        known += " " + key.first + (key.second == Side::in ? " (in)" : " (out)");
      return refuse(404, known);
    }
  }
  point->add({stream, limit});
  stream->when_gone([weak = std::weak_ptr(point), gone = stream.get()] {
    if (const auto there = weak.lock()) there->remove(gone);
  });
  return {};
}

}  // namespace earshot::host
