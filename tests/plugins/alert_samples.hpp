// alert_samples.hpp: an alert with everything in it that is hostile to some markup, and a wait. Values.
#pragma once

#include <chrono>
#include <earshot/testing.hpp>
#include <functional>
#include <thread>

namespace earshot::testing {

// What may stand in a post, and must not become markup, a mention, a header or a control sequence anywhere.
inline const std::string kHostile =
    "<script>alert(1)</script> <!channel> @everyone @here [link](javascript:x) *bold* `code` \"quoted\" \\ {{json}} & "
    "\x1B[31m \r\nBcc: x@example.org\r\n\r\n.\r\n \xE2\x80\xAE";

inline void fill(TestAlert& alert, std::uint32_t severity = 7) {
  alert.summary = "acme: 143 mentions, 31 expected: " + kHostile, alert.severity = severity, alert.revision = 1;
  alert.observed = 143, alert.expected = 31.25, alert.lower = 18, alert.upper = 46;
  alert.evidence.push_back(
      {"mastodon", "1", "https://example.org/1?a=b|c", "ana<b>", kHostile, at("2026-05-01T11:00:00Z"), 0.5});
  alert.evidence.push_back(
      {"bluesky", "2", "javascript:alert(1)", "ben", std::string(5000, 'w'), at("2026-05-01T11:30:00Z"), 0.2});
  alert.attributes.push_back(Tree("battery"));
  alert.attributes.back().key = "term";
}

inline bool comes(const std::function<bool()>& come, std::chrono::milliseconds limit = std::chrono::seconds{20}) {
  const auto until = std::chrono::steady_clock::now() + limit;
  while (!come()) {
    if (std::chrono::steady_clock::now() > until) return false;
    std::this_thread::sleep_for(std::chrono::milliseconds{2});
  }
  return true;
}

}  // namespace earshot::testing
