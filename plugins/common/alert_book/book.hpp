// book.hpp: what people and pages do with alerts: look, acknowledge, close, reopen, mute; and who did. Each change is
// one transaction that also writes the log. One thread at a time for a Book; any number of Books, in any processes.
//
//   alert_book::Book book(host().state_dir());
//   for (const auto& alert : book.list({.closed = false})) …
//   book.acknowledge(id, {.who = "ana", .at = ticks(host().now())});
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "alert_book/alert.hpp"
#include "alert_book/schema.hpp"

namespace earshot::alert_book {

// Who does something, and when.
struct Act {
  std::string_view who;
  ear_time at = 0;
  std::string_view note = {};
};

// What is empty is not asked for.
struct Filter {
  std::string_view subject = {}, kind = {}, detector = {};
  std::optional<Life> life = {};
  bool closed = true;                           // false: without those that are closed
  ear_time raised_from = 0, raised_before = 0;  // 0: any
  std::uint32_t least_severity = 0;
  std::uint64_t limit = 100, skip = 0;
};

// What a mute holds for: everything that is given must be so of an alert; at least one must be given.
struct Scope {
  std::string alert = {}, subject = {}, kind = {}, detector = {};
  bool covers(const Alert& a) const;
};

struct Mute {
  std::int64_t number = 0;
  Scope scope;
  ear_time until = 0, at = 0;
  std::string by, why;
};

struct LogEntry {
  ear_time at = 0;
  std::string who, what, alert, detail;
};

struct PostName {
  std::string platform, id;
};

// Where an alert stands on one channel.
struct Standing {
  std::string channel;
  std::uint64_t told = 0;  // the revision that was told; 0: none
  ear_time first_told = 0, last_told = 0;
  std::int64_t reminders = 0;
  std::string held;         // what holds it back
  ear_time held_until = 0;  // 0: until something changes
};

// One message that an alert was or is to be in.
struct Sending {
  std::int64_t number = 0;
  std::string channel, purpose, key, state, answer;
  std::uint64_t revision = 0;
  std::int64_t attempts = 0;
  ear_time created = 0, due = 0, answered = 0;
};

struct Channel {
  std::string name, plugin, trouble;
  ear_time seen = 0;
  std::int64_t waiting = 0, sent = 0, refused = 0;  // messages
};

class Book {
 public:
  explicit Book(std::string_view state_folder) : Book(open_book(state_folder)) {}
  explicit Book(store::Database database) : database_(std::move(database)) {}

  // The latest first.
  std::vector<Alert> list(const Filter& filter) const;
  std::uint64_t count(const Filter& filter) const;
  std::optional<Alert> find(std::string_view id) const;
  // The one alert whose id begins so. Throws `invalid` where there is none, or more than one.
  Alert named(std::string_view beginning) const;

  // False: nothing changed, since it was so before (or there is no such alert).
  bool acknowledge(std::string_view alert, const Act& act);  // of one that is open
  bool close(std::string_view alert, const Act& act);
  bool reopen(std::string_view alert, const Act& act);  // of one that is acknowledged or closed

  std::int64_t mute(const Scope& scope, ear_time until, const Act& act);
  bool unmute(std::int64_t mute, const Act& act);
  std::vector<Mute> mutes(ear_time now) const;  // those that hold

  std::vector<Standing> standings(std::string_view alert) const;
  std::vector<Sending> sendings(std::string_view alert, std::uint64_t limit = 100) const;  // the latest first
  std::vector<Channel> channels() const;
  // Messages that their channel refused wait once more. Returns how many; an empty alert means all of them.
  std::int64_t resend(std::string_view alert, const Act& act);
  std::vector<LogEntry> log(std::string_view alert, std::uint64_t limit = 100) const;  // empty: all; latest first

  // Takes an author, by the name or the id that alerts quote, and what they said out of alerts and of messages, those
  // that wait too, and out of the file. Returns out of how many alerts. What has been sent is with its receivers.
  std::int64_t erase(std::string_view platform, std::string_view author, const Act& act);

  // The same for posts that their platform has deleted. Returns from how many alerts.
  std::int64_t withdraw(std::span<const PostName> posts, const Act& act);

  // Changes whenever another Book has written something.
  std::int64_t changes() const { return database_.integer("PRAGMA data_version"); }
  std::string link_key() const;  // of links.hpp: 32 bytes
  const store::Database& database() const { return database_; }

 private:
  bool turn(std::string_view alert, Life to, std::string_view from, std::string_view what, const Act& act);
  void note(const Act& act, std::string_view what, std::string_view alert, std::string_view detail) const;

  store::Database database_;
};

// Reads the columns of `kAlertColumns` from a row of the table `alerts`, from column `first` on.
extern const char* const kAlertColumns;
Alert read_alert(const store::Statement& row, int first = 0);

}  // namespace earshot::alert_book
