// deliverer.hpp: makes messages of the alerts in the book and brings them to one channel until each is delivered. Put
// from the sink's thread; everything else happens in a thread of the deliverer's own, with a book of its own.
//
// At least once: a message is on the disk with its key before the first attempt, and what came of an attempt is
// written after it. A crash between the two makes one more attempt with the same key and the same content.
#pragma once

#include <chrono>
#include <condition_variable>
#include <memory>
#include <mutex>
#include <optional>
#include <random>
#include <string>
#include <thread>
#include <vector>

#include "alert_book/outbox.hpp"
#include "delivery/channel.hpp"
#include "delivery/policy.hpp"
#include "earshot/host.hpp"

namespace earshot::delivery {

struct Pace {
  Duration retry_first{std::chrono::seconds{1}}, retry_slowest{std::chrono::minutes{10}};
  Duration linger{std::chrono::seconds{5}};  // how long `stop` goes on delivering
  Duration keep{0};                          // closed alerts are forgotten after this; 0: never
};

struct Setting {
  std::string plugin;  // for people who look at the book
  Policy policy;
  Pace pace;
  std::string link;  // base URL of the dashboard; empty: none
  Duration link_valid{std::chrono::hours{7 * 24}};
};

// The part without a thread: what is due now is planned and attempted.
class Delivering {
 public:
  Delivering(const Host& host, Setting setting, Channel& channel, std::uint64_t seed);

  // Returns when there is something to do again, by the clock; EAR_TIME_END: when the book changes.
  ear_time step(bool stopping, const Stopped& stopped);
  bool changed();                                       // the book, by others, since the last call
  std::int64_t waiting() { return outbox_.waiting(); }  // messages

 private:
  struct Wish {
    alert_book::Route route;
    Decision decision;
  };
  void plan(ear_time now, bool stopping);
  bool holds_for_group(std::vector<Wish>& wishes, ear_time now, bool stopping);
  void make_messages(const std::vector<Wish>& wishes, ear_time now);
  void make_message(const std::vector<const Wish*>& wishes, ear_time now);
  void attempt(const Stopped& stopped);
  void attempt(const alert_book::Message& message, const Stopped& stopped);
  void later(const alert_book::Message& message, const Outcome& outcome, ear_time now);
  void tell_trouble(const Outcome& outcome);

  const Host& host_;
  Setting setting_;
  Channel& channel_;
  alert_book::Outbox outbox_;
  LinkMaker links_;
  std::mt19937_64 random_;
  std::int64_t changes_ = -1;
  std::int64_t failures_ = 0;  // in a row
  ear_time paused_until_ = 0;  // the whole channel
  ear_time group_until_ = 0;   // when those that wait for each other go
  ear_time forget_at_ = 0;
  std::string trouble_;
};

class Deliverer {
 public:
  // Touches nothing until `start`. `host` and `channel` outlive it.
  Deliverer(const Host& host, Setting setting, std::unique_ptr<Channel> channel);
  ~Deliverer();
  Deliverer(const Deliverer&) = delete;
  Deliverer& operator=(const Deliverer&) = delete;

  void start();
  // Delivers what is due for as long as `linger` allows, and ends.
  void stop();
  void put(const std::vector<alert_book::Alert>& alerts);  // durable when it returns
  std::int64_t erase(std::string_view platform, std::string_view author);
  std::int64_t withdraw(std::span<const alert_book::PostName> posts);  // that were deleted

 private:
  void run();
  void work();
  bool wait(ear_time until, Delivering& delivering);  // false: it is to end
  bool has_time_for(ear_time next);

  const Host& host_;
  const Setting setting_;
  const std::unique_ptr<Channel> channel_;
  std::optional<alert_book::Outbox> in_;  // of the sink's thread

  std::mutex mutex_;  // guards what follows
  std::condition_variable changed_;
  bool news_ = false, stopping_ = false;
  std::chrono::steady_clock::time_point deadline_{};
  std::thread thread_;
};

}  // namespace earshot::delivery
