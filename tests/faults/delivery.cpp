// Alerts through a receiver that fails half the time, and through kills: each is delivered, none is lost, and what
// comes twice has the same key.
#include <signal.h>

#include <fmt/format.h>

#include <boost/json.hpp>
#include <catch2/catch.hpp>
#include <cstdlib>
#include <fstream>
#include <map>
#include <mutex>
#include <random>
#include <set>
#include <thread>

#include "posts.hpp"
#include "receiver/http_receiver.hpp"
#include "stores.hpp"

namespace {

using receiver::HttpReceiver;
using receiver::Reply;
using receiver::Request;
using std::chrono::milliseconds;

constexpr int kAlerts = 1000, kKills = 5;

std::uint64_t seed() {
  const char* given = std::getenv("EARSHOT_FAULTS_SEED");
  return given != nullptr ? std::strtoull(given, nullptr, 10) : std::random_device{}();
}

// Takes about half of what comes: the rest it refuses for now, or cuts off, half of those after it has taken them.
class FailingReceiver {
 public:
  explicit FailingReceiver(std::uint64_t chance)
      : random_(chance), server_([this](const Request& r) { return take(r); }) {}

  std::string url() const { return server_.url("/hook"); }
  std::size_t arrived() const {
    const std::lock_guard lock(mutex_);
    return alerts_.size();
  }
  struct Found {
    std::size_t requests = 0, alerts = 0, repeats = 0;
    std::map<std::string, std::set<std::string>> keys;  // of each subject
    bool same_body = true;
  };
  Found found() const {
    const std::lock_guard lock(mutex_);
    return {requests_, alerts_.size(), repeats_, keys_, same_body_};
  }

 private:
  Reply take(const Request& request) {
    const std::lock_guard lock(mutex_);
    ++requests_;
    const std::string key = request.headers.at("idempotency-key");
    const auto known = bodies_.emplace(key, request.body);
    same_body_ &= known.first->second == request.body;
    const auto chance = random_() % 8;
    if (chance < 2) return {.status = 503};
    if (chance < 3) return {.cut = true};
    repeats_ += taken_.insert(key).second ? 0 : 1;
    const boost::json::value message = boost::json::parse(request.body);
    for (const auto& alert : message.at("alerts").as_array()) {
      const std::string subject(alert.at("subject").as_string());
      alerts_.insert(subject), keys_[subject].insert(key);
    }
    if (chance < 4) return {.cut = true};  // taken, and the sender does not know
    return {};
  }

  mutable std::mutex mutex_;
  std::mt19937_64 random_;
  std::size_t requests_ = 0, repeats_ = 0;
  std::map<std::string, std::string> bodies_;
  std::set<std::string> taken_, alerts_;
  std::map<std::string, std::set<std::string>> keys_;
  bool same_body_ = true;
  HttpReceiver server_;
};

std::string write_alarms(const Folder& folder, const std::string& url) {
  std::ofstream posts(folder / "posts.ndjson", std::ios::binary);
  for (int i = 0; i < kAlerts; ++i) posts << post_line("alpha", i, "something");
  posts.close();
  return folder.write("alarms.yaml", fmt::format(R"(pipeline: alarms
state: {0}
checkpoint: 200ms
sources:
  posts: {{plugin: file, path: {1}, rate: 250}}
detectors:
  alarms: {{plugin: alarming, from: posts}}
sinks:
  hook: {{plugin: webhook, from: alarms, url: "{2}", group_within: 0s, retry_first: 5ms, retry_slowest: 50ms,
         linger: 25s}}
)",
                                                 folder / "state", folder / "posts.ndjson", url));
}

}  // namespace

TEST_CASE("killed five times, with a receiver that fails half the time, each alert is delivered") {
  const std::uint64_t chance = seed();
  INFO("EARSHOT_FAULTS_SEED=" << chance);
  Folder folder;
  FailingReceiver receiver(chance);
  const std::string pipeline = write_alarms(folder, receiver.url()), log = folder / "log";
  std::mt19937_64 random(chance);
  for (int kill = 1; kill <= kKills; ++kill) {
    Process process({"run", "--quiet", pipeline}, log);
    // Somewhere in the stretch between the last kill and the next.
    const std::size_t until = static_cast<std::size_t>(kAlerts) * static_cast<std::size_t>(kill) / (kKills + 1);
    REQUIRE(wait_until([&] { return receiver.arrived() >= until || !process.lives(); }));
    std::this_thread::sleep_for(milliseconds{random() % 150});
    process.signal(SIGKILL);
    REQUIRE(process.wait().code == 128 + SIGKILL);
  }
  INFO(folder.read("log"));
  REQUIRE(run({"run", "--quiet", pipeline}, log).code == 0);
  const std::string book = folder / "state/alerts.db", left = "SELECT count(*) FROM messages WHERE state <> 'sent'";
  // What a stop leaves, as on a machine that is very busy, the next run delivers.
  for (int i = 0; i < 10 && one(book, left) != "0"; ++i) REQUIRE(run({"run", "--quiet", pipeline}, log).code == 0);
  const FailingReceiver::Found found = receiver.found();
  UNSCOPED_INFO(found.requests << " requests, " << found.repeats << " repeats");
  CHECK(found.alerts == kAlerts);
  CHECK(found.same_body);
  CHECK(found.repeats > 0);  // or the test has shown nothing
  CHECK(found.requests > kAlerts * 3 / 2);
  std::size_t with_more_keys = 0;
  for (const auto& [subject, keys] : found.keys) with_more_keys += keys.size() > 1 ? 1 : 0;
  CHECK(with_more_keys == 0);
  CHECK(one(book, "SELECT count(*) FROM messages WHERE state = 'sent'") == std::to_string(kAlerts));
  CHECK(one(book, left) == "0");
}
