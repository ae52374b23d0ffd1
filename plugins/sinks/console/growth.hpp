// growth.hpp: which revisions of an alert are worth a line: the first, those that are much graver, and the last. One
// thread.
#pragma once

#include <cstdint>
#include <earshot/sink.hpp>
#include <map>
#include <utility>

namespace earshot::console {

class Growth {
 public:
  bool is_worth_a_line(const Delivery& alert) {
    const std::pair key(alert.id().high, alert.id().low);
    if (alert.alert().state == EAR_ALERT_CLOSED) return shown_.erase(key), true;
    if (shown_.size() >= kMost) shown_.clear();
    const auto [at, is_new] = shown_.try_emplace(key, alert.alert().severity);
    if (!is_new && alert.alert().severity < at->second + kGraver) return false;
    return at->second = alert.alert().severity, true;
  }

 private:
  static constexpr std::size_t kMost = 10'000;  // alerts that are open at once
  static constexpr std::uint32_t kGraver = 3;   // steps of severity
  std::map<std::pair<std::uint64_t, std::uint64_t>, std::uint32_t> shown_;
};

}  // namespace earshot::console
