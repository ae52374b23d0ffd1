#include "alert_book/book.hpp"

#include "earshot/error.hpp"

namespace earshot::alert_book {

using store::Statement;
using store::Transaction;

const char* const kAlertColumns =
    "a.alert, a.revision, a.detector, a.kind, a.subject, a.summary, a.starts, a.ends, a.severity, a.over, a.observed, "
    "a.expected, a.lower, a.upper, a.evidence, a.attributes, a.raised, a.revised, a.life, a.life_at, a.life_by, "
    "a.life_note";

namespace {

// The condition of a filter, and what is bound to it from ?1 on.
constexpr const char* kWhere =
    " WHERE (?1 = '' OR a.subject = ?1) AND (?2 = '' OR a.kind = ?2) AND (?3 = '' OR a.detector = ?3)"
    " AND (?4 = '' OR a.life = ?4) AND (?5 OR a.life <> 'closed') AND a.raised >= ?6 AND (?7 = 0 OR a.raised < ?7)"
    " AND a.severity >= ?8";

void bind(Statement& s, const Filter& f) {
  s.text(1, f.subject).text(2, f.kind).text(3, f.detector).text(4, f.life ? word(*f.life) : std::string_view{});
  s.integer(5, f.closed ? 1 : 0).integer(6, f.raised_from).integer(7, f.raised_before);
  s.integer(8, static_cast<std::int64_t>(f.least_severity));
}

std::string copy(std::string_view text) {
  return std::string(text);
}

// What people do is to be seen by the channels: they look at it again.
constexpr const char* kLookAgain =
    "UPDATE routes SET look_at = 0, changed = CASE WHEN held = '' THEN ?2 ELSE changed END WHERE alert = ?1";
constexpr const char* kLookAtAll =
    "UPDATE routes SET look_at = 0 WHERE alert IN (SELECT alert FROM alerts WHERE life <> 'closed') OR held <> ''";

std::string detail_of(std::int64_t number, const Scope& scope, std::string_view why) {
  std::string text = "mute " + std::to_string(number);
  const auto add = [&](std::string_view name, const std::string& value) {
    if (!value.empty()) text.append(", ").append(name).append(" ").append(value);
  };
  add("alert", scope.alert), add("subject", scope.subject), add("kind", scope.kind), add("detector", scope.detector);
  if (!why.empty()) text.append(": ").append(why);
  return text;
}

}  // namespace

Alert read_alert(const Statement& row, int c) {
  Alert a;
  a.id = row.text_at(c), a.revision = static_cast<std::uint64_t>(row.integer_at(c + 1));
  a.detector = row.text_at(c + 2), a.kind = row.text_at(c + 3), a.subject = row.text_at(c + 4);
  a.summary = row.text_at(c + 5), a.start = row.integer_at(c + 6), a.end = row.integer_at(c + 7);
  a.severity = static_cast<std::uint32_t>(row.integer_at(c + 8)), a.over = row.integer_at(c + 9) != 0;
  a.observed = row.real_at(c + 10), a.expected = row.real_at(c + 11);
  a.lower = row.real_at(c + 12), a.upper = row.real_at(c + 13);
  a.evidence = row.text_at(c + 14), a.attributes = row.text_at(c + 15);
  a.raised = row.integer_at(c + 16), a.revised = row.integer_at(c + 17), a.life = life_of(row.text_at(c + 18));
  a.life_at = row.integer_at(c + 19), a.life_by = row.text_at(c + 20), a.life_note = row.text_at(c + 21);
  return a;
}

std::vector<Alert> Book::list(const Filter& filter) const {
  Statement select(database_, std::string("SELECT ") + kAlertColumns + " FROM alerts a" + kWhere +
                                  " ORDER BY a.raised DESC, a.alert LIMIT ?9 OFFSET ?10");
  bind(select, filter);
  select.integer(9, static_cast<std::int64_t>(filter.limit)).integer(10, static_cast<std::int64_t>(filter.skip));
  std::vector<Alert> all;
  while (select.step()) all.push_back(read_alert(select));
  return all;
}

std::uint64_t Book::count(const Filter& filter) const {
  Statement select(database_, std::string("SELECT count(*) FROM alerts a") + kWhere);
  bind(select, filter);
  select.step();
  return static_cast<std::uint64_t>(select.integer_at(0));
}

std::optional<Alert> Book::find(std::string_view id) const {
  Statement select(database_, std::string("SELECT ") + kAlertColumns + " FROM alerts a WHERE a.alert = ?1");
  select.text(1, id);
  if (!select.step()) return std::nullopt;
  return read_alert(select);
}

Alert Book::named(std::string_view beginning) const {
  if (beginning.size() < 4)
    throw invalid("at least 4 digits of the alert's id are wanted; `earshot alerts list` shows them");
  Statement select(database_,
                   std::string("SELECT ") + kAlertColumns + " FROM alerts a WHERE substr(a.alert, 1, ?2) = ?1 LIMIT 2");
  select.text(1, beginning).integer(2, static_cast<std::int64_t>(beginning.size()));
  if (!select.step())
    throw invalid("there is no alert '" + mended(beginning, 64) + "'; `earshot alerts list` shows them");
  Alert found = read_alert(select);
  if (select.step()) throw invalid("several alerts begin with '" + mended(beginning, 64) + "': give more of its id");
  return found;
}

void Book::note(const Act& act, std::string_view what, std::string_view alert, std::string_view detail) const {
  Statement(database_, "INSERT INTO log(at, who, what, alert, detail) VALUES(?1, ?2, ?3, ?4, ?5)")
      .integer(1, act.at)
      .text(2, act.who)
      .text(3, what)
      .text(4, alert)
      .text(5, detail)
      .run();
}

// `from` is an SQL list of the lives that it can be turned from.
bool Book::turn(std::string_view alert, Life to, std::string_view from, std::string_view what, const Act& act) {
  Transaction transaction(database_);
  Statement update(database_, std::string("UPDATE alerts SET life = ?2, life_at = ?3, life_by = ?4, life_note = ?5"
                                          " WHERE alert = ?1 AND life IN (")
                                  .append(from)
                                  .append(")"));
  update.text(1, alert).text(2, word(to)).integer(3, act.at).text(4, act.who).text(5, act.note).run();
  if (sqlite3_changes(database_.raw()) == 0) return false;
  Statement(database_, kLookAgain).text(1, alert).integer(2, act.at).run();
  note(act, what, alert, act.note);
  transaction.commit();
  return true;
}

bool Book::acknowledge(std::string_view alert, const Act& act) {
  return turn(alert, Life::acknowledged, "'open'", "acknowledge", act);
}
bool Book::close(std::string_view alert, const Act& act) {
  return turn(alert, Life::closed, "'open', 'acknowledged'", "close", act);
}
bool Book::reopen(std::string_view alert, const Act& act) {
  return turn(alert, Life::open, "'acknowledged', 'closed'", "reopen", act);
}

bool Scope::covers(const Alert& a) const {
  const auto fits = [](const std::string& wanted, const std::string& is) { return wanted.empty() || wanted == is; };
  return fits(alert, a.id) && fits(subject, a.subject) && fits(kind, a.kind) && fits(detector, a.detector);
}

std::int64_t Book::mute(const Scope& scope, ear_time until, const Act& act) {
  if (scope.alert.empty() && scope.subject.empty() && scope.kind.empty() && scope.detector.empty())
    throw invalid("say what to mute: an alert, a subject, a kind or a detector");
  if (until <= act.at) throw invalid("a mute must end later than now");
  Transaction transaction(database_);
  Statement insert(database_,
                   "INSERT INTO mutes(alert, subject, kind, detector, until, at, by, why)"
                   " VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)");
  insert.known(1, scope.alert).known(2, scope.subject).known(3, scope.kind).known(4, scope.detector);
  insert.integer(5, until).integer(6, act.at).text(7, act.who).text(8, act.note).run();
  const std::int64_t number = sqlite3_last_insert_rowid(database_.raw());
  Statement(database_, kLookAtAll).run();
  note(act, "mute", scope.alert, detail_of(number, scope, act.note));
  transaction.commit();
  return number;
}

bool Book::unmute(std::int64_t mute, const Act& act) {
  Transaction transaction(database_);
  Statement update(database_,
                   "UPDATE mutes SET lifted_at = ?2, lifted_by = ?3"
                   " WHERE mute = ?1 AND lifted_at IS NULL AND until > ?2");
  update.integer(1, mute).integer(2, act.at).text(3, act.who).run();
  if (sqlite3_changes(database_.raw()) == 0) return false;
  Statement(database_, kLookAtAll).run();
  note(act, "unmute", "", "mute " + std::to_string(mute));
  transaction.commit();
  return true;
}

std::vector<Mute> Book::mutes(ear_time now) const {
  Statement select(database_,
                   "SELECT mute, alert, subject, kind, detector, until, at, by, why FROM mutes"
                   " WHERE lifted_at IS NULL AND until > ?1 ORDER BY mute");
  select.integer(1, now);
  std::vector<Mute> all;
  while (select.step())
    all.push_back({select.integer_at(0),
                   {copy(select.text_at(1)), copy(select.text_at(2)), copy(select.text_at(3)), copy(select.text_at(4))},
                   select.integer_at(5),
                   select.integer_at(6),
                   copy(select.text_at(7)),
                   copy(select.text_at(8))});
  return all;
}

std::vector<Standing> Book::standings(std::string_view alert) const {
  Statement select(database_,
                   "SELECT channel, told, first_told, last_told, reminders, held, held_until FROM routes"
                   " WHERE alert = ?1 ORDER BY channel");
  select.text(1, alert);
  std::vector<Standing> all;
  while (select.step())
    all.push_back({copy(select.text_at(0)), static_cast<std::uint64_t>(select.integer_at(1)), select.integer_at(2),
                   select.integer_at(3), select.integer_at(4), copy(select.text_at(5)), select.integer_at(6)});
  return all;
}

std::vector<Sending> Book::sendings(std::string_view alert, std::uint64_t limit) const {
  Statement select(database_,
                   "SELECT m.message, m.channel, m.purpose, m.key, m.state, m.answer, x.revision, m.attempts, "
                   "m.created, m.due, m.answered FROM message_alerts x JOIN messages m USING (message)"
                   " WHERE x.alert = ?1 ORDER BY m.message DESC LIMIT ?2");
  select.text(1, alert).integer(2, static_cast<std::int64_t>(limit));
  std::vector<Sending> all;
  while (select.step())
    all.push_back({select.integer_at(0), copy(select.text_at(1)), copy(select.text_at(2)), copy(select.text_at(3)),
                   copy(select.text_at(4)), copy(select.text_at(5)), static_cast<std::uint64_t>(select.integer_at(6)),
                   select.integer_at(7), select.integer_at(8), select.integer_at(9), select.integer_at(10)});
  return all;
}

std::vector<Channel> Book::channels() const {
  Statement select(database_,
                   "SELECT c.channel, c.plugin, c.trouble, c.seen,"
                   " (SELECT count(*) FROM messages m WHERE m.channel = c.channel AND m.state = 'waiting'),"
                   " (SELECT count(*) FROM messages m WHERE m.channel = c.channel AND m.state = 'sent'),"
                   " (SELECT count(*) FROM messages m WHERE m.channel = c.channel AND m.state = 'refused')"
                   " FROM channels c ORDER BY c.channel");
  std::vector<Channel> all;
  while (select.step())
    all.push_back({copy(select.text_at(0)), copy(select.text_at(1)), copy(select.text_at(2)), select.integer_at(3),
                   select.integer_at(4), select.integer_at(5), select.integer_at(6)});
  return all;
}

std::int64_t Book::resend(std::string_view alert, const Act& act) {
  Transaction transaction(database_);
  Statement update(database_,
                   "UPDATE messages SET state = 'waiting', due = ?2 WHERE state = 'refused' AND (?1 = '' OR message IN"
                   " (SELECT message FROM message_alerts WHERE alert = ?1))");
  update.text(1, alert).integer(2, act.at).run();
  const std::int64_t count = sqlite3_changes(database_.raw());
  if (count > 0) note(act, "resend", alert, std::to_string(count) + (count == 1 ? " message" : " messages"));
  transaction.commit();
  return count;
}

std::vector<LogEntry> Book::log(std::string_view alert, std::uint64_t limit) const {
  Statement select(database_,
                   "SELECT at, who, what, alert, detail FROM log WHERE (?1 = '' OR alert = ?1)"
                   " ORDER BY entry DESC LIMIT ?2");
  select.text(1, alert).integer(2, static_cast<std::int64_t>(limit));
  std::vector<LogEntry> all;
  while (select.step())
    all.push_back({select.integer_at(0), copy(select.text_at(1)), copy(select.text_at(2)), copy(select.text_at(3)),
                   copy(select.text_at(4))});
  return all;
}

std::string Book::link_key() const {
  Statement select(database_, "SELECT value FROM keys WHERE name = 'links'");
  if (!select.step()) throw not_allowed("the alert book has lost the key of its links; restore it, or begin a new one");
  return copy(select.text_at(0));
}

}  // namespace earshot::alert_book
