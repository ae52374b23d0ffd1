#include "observe/health.hpp"

#include <utility>

#include "base/json_text.hpp"

namespace earshot::host {

Health::Health(Time patience, std::function<Time()> clock) : patience_(patience), clock_(std::move(clock)) {}

Health::Time Health::steady() {
  return std::chrono::steady_clock::now().time_since_epoch();
}

std::shared_ptr<Health::Watched> Health::watch(std::string component) {
  auto watched = std::make_shared<Watched>(std::move(component), now());
  const std::lock_guard hold(lock_);
  watched_.push_back(watched);
  return watched;
}

void Health::trouble(std::string_view component, std::string reason) {
  const std::lock_guard hold(lock_);
  by_hand_.insert_or_assign(std::string(component), std::move(reason));
}

void Health::clear(std::string_view component) {
  const std::lock_guard hold(lock_);
  if (const auto it = by_hand_.find(component); it != by_hand_.end()) by_hand_.erase(it);
}

std::vector<Health::Trouble> Health::troubles() const {
  const std::lock_guard hold(lock_);
  const Time at = now();
  std::vector<Trouble> out;
  for (const auto& [component, reason] : by_hand_) out.push_back({component, reason});
  std::erase_if(watched_, [&](const std::weak_ptr<Watched>& weak) {
    const auto watched = weak.lock();
    if (!watched) return true;
    const auto pending = watched->pending_.load(std::memory_order_relaxed);
    const Time still = at - Time{watched->moved_.load(std::memory_order_relaxed)};
    if (pending > 0 && still > patience_) {
      const auto seconds = std::chrono::duration_cast<std::chrono::seconds>(still).count();
      out.push_back({watched->id_,
                     "no progress for " + std::to_string(seconds) + " s with " + std::to_string(pending) + " pending"});
    }
    return false;
  });
  return out;
}

std::string Health::json(const std::vector<Trouble>& troubles) {
  std::string out;
  JsonText json(out);
  json.open('{').field("status", troubles.empty() ? "ok" : "unhealthy");
  if (!troubles.empty()) {
    json.key("troubles").open('[');
    for (const Trouble& trouble : troubles)
      json.open('{').field("component", trouble.component).field("reason", trouble.reason).close('}');
    json.close(']');
  }
  json.close('}');
  return out;
}

}  // namespace earshot::host
