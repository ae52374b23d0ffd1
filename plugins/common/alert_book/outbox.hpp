// outbox.hpp: the book as one channel (a sink that delivers) uses it: alerts come in, messages are made of them and
// kept until they are delivered. What is to be told when is not decided here (see delivery/policy.hpp). One thread at a
// time for an Outbox; other threads and processes have their own.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "alert_book/alert.hpp"
#include "alert_book/book.hpp"

namespace earshot::alert_book {

// An alert on this channel.
struct Route {
  Alert alert;
  ear_time changed = 0;    // since when there is something to tell
  std::uint64_t told = 0;  // revision; 0: none
  std::uint32_t told_severity = 0;
  Life told_life = Life::open;
  ear_time first_told = 0, last_told = 0;
  std::int64_t reminders = 0;
  bool under_way = false;  // a message about it waits
};

struct Message {
  std::int64_t number = 0;
  std::string purpose, key, content;
  std::int64_t attempts = 0;
  ear_time created = 0;
};

class Outbox {
 public:
  Outbox(std::string_view state_folder, std::string_view channel);

  // Says that the channel is there, and has it look at all that is not settled: its settings may be others.
  void begin(std::string_view plugin, ear_time now);
  void trouble(std::string_view what);  // what keeps it from delivering anything; empty: nothing

  // Keeps new and grown alerts, for this channel; durable when it returns. A revision that is known changes nothing.
  void put(const std::vector<Alert>& alerts, ear_time now);

  // Routes that are to be looked at by now, the oldest change first. Whoever decides about them reads them within the
  // same `plan`: what changes in between would be decided about without having been seen.
  std::vector<Route> to_look_at(ear_time now, std::uint64_t limit = 10'000) const;
  ear_time next_look() const;  // EAR_TIME_END: none
  std::vector<Mute> mutes(ear_time now) const { return book_.mutes(now); }

  // Within `plan`: what was decided about a route.
  void hold(std::string_view alert, std::string_view why, ear_time until);  // until 0: until something changes
  void settle(std::string_view alert, ear_time look_at);                    // nothing to tell; EAR_TIME_END: for now
  // A message about these routes, which have been told with it, and with it the life that `told_life` of each says.
  // Returns its number.
  std::int64_t add(const Message& message, const std::vector<const Route*>& routes, ear_time now);
  template <class Decide>
  void plan(Decide&& decide) {
    store::Transaction transaction(book_.database());
    decide();
    transaction.commit();
  }

  // Messages whose next attempt is due, the longest due first.
  std::vector<Message> due(ear_time now, std::uint64_t limit = 100) const;
  ear_time next_due() const;  // EAR_TIME_END: none waits
  std::int64_t waiting() const;
  std::int64_t made_since(ear_time from) const;
  ear_time oldest_since(ear_time from) const;  // when the first of those was made
  void sent(std::int64_t message, ear_time now, std::string_view answer);
  void failed(std::int64_t message, ear_time now, ear_time next, std::string_view answer);
  void refused(std::int64_t message, ear_time now, std::string_view answer);

  // Forgets alerts that were closed before, with their messages. The log stays. Returns how many.
  std::int64_t forget(ear_time closed_before);

  Book& book() { return book_; }

 private:
  void answered(std::int64_t message, std::string_view state, ear_time now, ear_time due, std::string_view answer);

  Book book_;
  std::string channel_;
};

}  // namespace earshot::alert_book
