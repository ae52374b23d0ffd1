// alerting.hpp: a delivering sink in a state folder of its own, and what its book says. One thread.
#pragma once

#include "alert_book/book.hpp"
#include "alert_samples.hpp"
#include "loaded.hpp"

namespace earshot::testing {

class Alerting {
 public:
  Alerting(const std::string& plugin, std::vector<Setting> options) : sink(loaded(plugin), quick(std::move(options))) {
    sink.state_dir(folder_ / "state");
  }
  ~Alerting() { sink.destroy(); }

  // `revision` 1 is a new alert.
  void raise(const std::string& subject, std::uint32_t severity = 7, std::uint64_t revision = 1, bool over = false) {
    TestAlert& alert = sink.alert("spike", subject);
    fill(alert, severity);
    alert.revision = revision, alert.state = over ? EAR_ALERT_CLOSED : EAR_ALERT_OPEN;
    alert.start = at("2026-05-01T10:00:00Z"), alert.end = at("2026-05-01T12:00:00Z");
    sink.write();
  }
  bool sent(double messages) {
    return comes([&] { return sink.metric("messages_sent") >= messages; });
  }
  alert_book::Book book() const { return alert_book::Book(folder_ / "state"); }
  std::string trouble() const {
    const auto channels = book().channels();
    return channels.empty() ? "" : channels[0].trouble;
  }
  const Folder& folder() const { return folder_; }

 private:
  static std::vector<Setting> quick(std::vector<Setting> options) {
    std::vector<Setting> all{
        {"group_within", "0s"}, {"retry_first", "20ms"}, {"retry_slowest", "100ms"}, {"linger", "100ms"}};
    all.insert(all.end(), options.begin(), options.end());
    return all;
  }
  Folder folder_;

 public:
  SinkHarness sink;
};

}  // namespace earshot::testing
