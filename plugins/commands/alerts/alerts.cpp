// alerts: what people do with alerts at the command line: list, show, acknowledge, close, reopen, mute, unmute, resend.
#include <pwd.h>
#include <unistd.h>

#include <charconv>
#include <cstdlib>
#include <optional>

#include <earshot/command.hpp>

#include "audit/audit.hpp"
#include "listing.hpp"
#include "text/cells.hpp"

namespace {

using earshot::alert_book::Act;
using earshot::alert_book::Alert;
using earshot::alert_book::Book;
using earshot::alert_book::Filter;
using earshot::alert_book::Scope;
using earshot::alerts::Shown;
using Words = std::span<const std::string_view>;

struct AlertsOptions {
  std::optional<std::filesystem::path> state;
  bool all, json;
  std::string subject, kind, detector;
  std::uint32_t severity;
  std::uint64_t limit;
  std::chrono::nanoseconds lasting;
  std::optional<std::string> by;
  std::string note, time_zone;

  static constexpr auto schema() {
    using earshot::option;
    using O = AlertsOptions;
    return earshot::schema(
        option<&O::state>("state", "The pipeline's state folder, instead of --pipeline", {.example = "var/acme-watch"}),
        option<&O::all>("all", "list: closed alerts too; ack, close: all that fit", {.fallback = "false"}),
        option<&O::json>("json", "list, show: an object of JSON for each alert", {.fallback = "false"}),
        option<&O::subject>("subject", "Only of this subject; mute: this subject",
                            {.fallback = "\"\"", .example = "acme"}),
        option<&O::kind>("kind", "Only of this kind; mute: this kind", {.fallback = "\"\"", .example = "spike"}),
        option<&O::detector>("detector", "Only of this detector; mute: this detector",
                             {.fallback = "\"\"", .example = "unusual"}),
        option<&O::severity>("severity", "list: only from this severity on", {.fallback = "1", .min = 1, .max = 10}),
        option<&O::limit>("limit", "list: so many at most", {.fallback = "50", .min = 1, .max = 1e6}),
        option<&O::lasting>("for", "mute: for how long", {.fallback = "8h", .min = 1, .max = 3.2e8}),
        option<&O::by>("by", "Who does it; without it, the user's name", {.example = "ana"}),
        option<&O::note>("note", "Why; kept in the log", {.fallback = "\"\"", .example = "the campaign has begun"}),
        option<&O::time_zone>("time_zone", "Of the times shown", {.fallback = "UTC", .example = "Europe/Berlin"}));
  }
};

std::string user_name() {
  if (const passwd* entry = ::getpwuid(::geteuid()); entry != nullptr && entry->pw_name[0] != 0) return entry->pw_name;
  return "user " + std::to_string(::geteuid());
}

class Alerts : public earshot::Command<AlertsOptions> {
 public:
  static constexpr earshot::Info info{"alerts", "Alerts: list, show, acknowledge, close, reopen, mute and unmute them"};
  static constexpr const char* usage = "list|show|ack|close|reopen|mute|unmute|resend [ALERT...]";
  static constexpr const char* examples =
      "earshot alerts list --pipeline acme.yaml\n"
      "earshot alerts ack 5b0c9d2be1f7 --pipeline acme.yaml --note 'looking into it'\n"
      "earshot alerts mute --subject acme --for 2d --note campaign --pipeline acme.yaml";

  int run(Words arguments, earshot::CommandIo& io) {
    if (arguments.empty())
      throw earshot::invalid("say what to do: list, show, ack, close, reopen, mute, unmute, resend");
    const std::string folder = options().state ? options().state->string() : std::string(host().state_dir());
    if (folder.empty())
      throw earshot::invalid(
          "say whose alerts: --pipeline FILE of a pipeline with a `state:` folder, or --state FOLDER");
    if (!earshot::alert_book::book_exists(folder))
      throw earshot::invalid("there is no alert book in '" + folder +
                             "': a pipeline with a sink that delivers alerts makes one when it runs");
    Book book(folder);
    const earshot::delivery::Zone zone(options().time_zone);
    const Shown shown{book, zone, now()};
    const std::string_view verb = arguments[0];
    const Words rest = arguments.subspan(1);
    if (verb == "list") return list(shown, rest, io);
    if (verb == "show") return show(shown, rest, io);
    if (verb == "ack" || verb == "close" || verb == "reopen") return turn(book, verb, rest, io);
    if (verb == "mute") return mute(book, shown, rest, io);
    if (verb == "unmute") return unmute(book, rest, io);
    if (verb == "resend") return resend(book, rest, io);
    throw earshot::invalid("'" + earshot::text::cells(verb, 40) +
                           "' is none of list, show, ack, close, reopen, mute, unmute and resend");
  }

 private:
  ear_time now() const { return earshot::ticks(host().now()); }
  Act act() {
    if (who_.empty()) who_ = options().by ? *options().by : user_name();
    return {who_, now(), options().note};
  }

  Filter filter() const {
    Filter f;
    f.subject = options().subject, f.kind = options().kind, f.detector = options().detector;
    f.closed = options().all, f.least_severity = options().severity, f.limit = options().limit;
    return f;
  }

  int list(const Shown& shown, Words rest, earshot::CommandIo& io) {
    if (!rest.empty()) throw earshot::invalid("list takes no words; `earshot alerts show ALERT` shows one");
    const std::vector<Alert> found = shown.book.list(filter());
    if (options().json) {
      for (const Alert& alert : found) io.out(alert_json(shown, alert, false));
      return 0;
    }
    io.out(list_text(shown, found));
    if (const std::string more = mutes_text(shown) + channels_text(shown); !more.empty()) io.out("\n" + more);
    const std::uint64_t count = shown.book.count(filter());
    if (count == 0)
      io.out(options().all ? "There are no alerts.\n" : "There are no open alerts; --all shows closed ones.\n");
    if (count > found.size()) io.out(std::to_string(count) + " in all; --limit shows more.\n");
    return 0;
  }

  int show(const Shown& shown, Words rest, earshot::CommandIo& io) {
    if (rest.empty()) throw earshot::invalid("say which: the id of an alert, or its beginning");
    for (const std::string_view name : rest) {
      const Alert alert = shown.book.named(name);
      io.out(options().json ? alert_json(shown, alert, true) : alert_text(shown, alert) + "\n");
    }
    return 0;
  }

  // Those that were named, or with --all those that are not closed and fit the filter.
  std::vector<Alert> meant(const Book& book, Words rest) const {
    std::vector<Alert> all;
    for (const std::string_view name : rest) all.push_back(book.named(name));
    if (rest.empty() != options().all)
      throw earshot::invalid("say which: the ids of alerts, or --all with --subject, --kind or --detector");
    if (!options().all) return all;
    Filter f = filter();
    f.closed = false, f.limit = 1'000'000;
    return book.list(f);
  }

  int turn(Book& book, std::string_view verb, Words rest, earshot::CommandIo& io) {
    int code = 0;
    std::int64_t count = 0;
    for (const Alert& alert : meant(book, rest)) {
      const bool done = verb == "ack"     ? book.acknowledge(alert.id, act())
                        : verb == "close" ? book.close(alert.id, act())
                                          : book.reopen(alert.id, act());
      const std::string name =
          alert.id.substr(0, 12) + " (" + earshot::text::cells(alert.subject + ", " + alert.kind, 80) + ")";
      const char* past = verb == "ack" ? "acknowledged " : verb == "close" ? "closed " : "reopened ";
      if (done) {
        io.out(past + name + "\n");
        ++count;
        continue;
      }
      io.error(name + " is " + std::string(word(book.find(alert.id)->life)) + " already\n");
      code = rest.empty() ? code : 1;
    }
    noted(verb, count);
    return code;
  }

  int mute(Book& book, const Shown& shown, Words rest, earshot::CommandIo& io) {
    if (rest.size() > 1) throw earshot::invalid("mute takes one alert, or --subject, --kind and --detector");
    Scope scope{rest.empty() ? std::string() : book.named(rest[0]).id, options().subject, options().kind,
                options().detector};
    const ear_time until = now() + options().lasting.count();
    const std::int64_t number = book.mute(scope, until, act());
    noted("mute", 1);
    io.out("mute " + std::to_string(number) + " holds until " + shown.zone.text(until) + "; `earshot alerts unmute " +
           std::to_string(number) + "` lifts it\n");
    return 0;
  }

  int unmute(Book& book, Words rest, earshot::CommandIo& io) {
    if (rest.empty()) throw earshot::invalid("say which: the number of a mute, as `earshot alerts list` shows it");
    int code = 0;
    for (const std::string_view text : rest) {
      std::int64_t number = 0;
      const auto read = std::from_chars(text.data(), text.data() + text.size(), number);
      const bool good = read.ec == std::errc{} && read.ptr == text.data() + text.size();
      if (good && book.unmute(number, act())) {
        io.out("mute " + std::to_string(number) + " is lifted\n");
        noted("unmute", 1);
        continue;
      }
      io.error("there is no mute '" + earshot::text::cells(text, 40) + "' that holds\n");
      code = 1;
    }
    return code;
  }

  int resend(Book& book, Words rest, earshot::CommandIo& io) {
    if (rest.empty() != options().all) throw earshot::invalid("say which: the ids of alerts, or --all");
    std::int64_t count = options().all ? book.resend("", act()) : 0;
    for (const std::string_view name : rest) count += book.resend(book.named(name).id, act());
    noted("resend", count);
    io.out(std::to_string(count) + (count == 1 ? " message waits" : " messages wait") + " again\n");
    return count > 0 ? 0 : 1;
  }

  // The book's own log says which alert; the audit log says who did how many.
  void noted(std::string_view what, std::int64_t count) {
    if (count == 0) return;
    const std::filesystem::path log =
        options().state ? *options().state / "audit.log" : earshot::audit::file_of(host());
    earshot::audit::note(log, now(), {.command = "alerts", .what = what, .count = count, .who = act().who});
  }

  std::string who_;
};

}  // namespace

EARSHOT_PLUGIN("org.earshot.alerts", "1.0.0", "Earshot", "Apache-2.0", "What people do with alerts", Alerts)
