#include "alert_book/outbox.hpp"

namespace earshot::alert_book {

using store::Statement;

namespace {

// What a detector says never undoes what a person did, unless it says that it is over, or not over after all.
constexpr const char* kPut = R"(
INSERT INTO alerts(alert, revision, detector, kind, subject, summary, starts, ends, severity, over, observed, expected,
                   lower, upper, evidence, attributes, raised, revised, life, life_at, life_by, life_note)
VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?17,
       CASE WHEN ?10 THEN 'closed' ELSE 'open' END, ?17, '', '')
ON CONFLICT(alert) DO UPDATE SET
  revision = ?2, summary = ?6, ends = ?8, severity = ?9, over = ?10, observed = ?11, expected = ?12, lower = ?13,
  upper = ?14, evidence = ?15, attributes = ?16, revised = ?17,
  life      = CASE WHEN ?10 THEN 'closed' WHEN life = 'closed' AND over AND life_by = '' THEN 'open' ELSE life END,
  life_at   = CASE WHEN ?10 <> over AND (life <> 'closed' OR life_by = '') THEN ?17 ELSE life_at END,
  life_by   = CASE WHEN ?10 AND life <> 'closed' THEN '' ELSE life_by END,
  life_note = CASE WHEN ?10 AND life <> 'closed' THEN '' ELSE life_note END
WHERE ?2 > revision)";

constexpr const char* kRoute = R"(
INSERT INTO routes(channel, alert, look_at, changed, told, told_severity, told_life, first_told, last_told, reminders,
                   held, held_until)
VALUES(?1, ?2, 0, ?3, 0, 0, 'open', 0, 0, 0, '', 0)
ON CONFLICT(channel, alert) DO UPDATE SET
  look_at = 0, changed = CASE WHEN held = '' THEN ?3 ELSE changed END
WHERE told < ?4)";

void bind(Statement& s, const Alert& a, ear_time now) {
  s.text(1, a.id).integer(2, static_cast<std::int64_t>(a.revision)).text(3, a.detector).text(4, a.kind);
  s.text(5, a.subject).text(6, a.summary).integer(7, a.start).integer(8, a.end).integer(9, a.severity);
  s.integer(10, a.over ? 1 : 0).real(11, a.observed).real(12, a.expected).real(13, a.lower).real(14, a.upper);
  s.text(15, a.evidence).text(16, a.attributes).integer(17, now);
}

}  // namespace

Outbox::Outbox(std::string_view state_folder, std::string_view channel) : book_(state_folder), channel_(channel) {}

void Outbox::begin(std::string_view plugin, ear_time now) {
  plan([&] {
    Statement(book_.database(),
              "INSERT INTO channels(channel, plugin, seen, trouble) VALUES(?1, ?2, ?3, '')"
              " ON CONFLICT(channel) DO UPDATE SET plugin = ?2, seen = ?3, trouble = ''")
        .text(1, channel_)
        .text(2, plugin)
        .integer(3, now)
        .run();
    Statement(book_.database(),
              "UPDATE routes SET look_at = 0 WHERE channel = ?1 AND (held <> '' OR alert IN"
              " (SELECT alert FROM alerts WHERE life <> 'closed'))")
        .text(1, channel_)
        .run();
  });
}

void Outbox::trouble(std::string_view what) {
  Statement(book_.database(), "UPDATE channels SET trouble = ?2 WHERE channel = ?1 AND trouble <> ?2")
      .text(1, channel_)
      .text(2, what)
      .run();
}

void Outbox::put(const std::vector<Alert>& alerts, ear_time now) {
  if (alerts.empty()) return;
  plan([&] {
    Statement alert(book_.database(), kPut), route(book_.database(), kRoute);
    for (const Alert& a : alerts) {
      bind(alert, a, now);
      alert.run();
      route.text(1, channel_).text(2, a.id).integer(3, now).integer(4, static_cast<std::int64_t>(a.revision)).run();
    }
  });
}

std::vector<Route> Outbox::to_look_at(ear_time now, std::uint64_t limit) const {
  Statement select(book_.database(),
                   std::string("SELECT r.changed, r.told, r.told_severity, r.told_life, r.first_told, r.last_told, "
                               "r.reminders, EXISTS (SELECT 1 FROM message_alerts x JOIN messages m USING (message)"
                               " WHERE x.alert = r.alert AND m.channel = r.channel AND m.state = 'waiting'), ") +
                       kAlertColumns +
                       " FROM routes r JOIN alerts a USING (alert) WHERE r.channel = ?1 AND r.look_at <= ?2"
                       " ORDER BY r.changed, a.raised, a.alert LIMIT ?3");
  select.text(1, channel_).integer(2, now).integer(3, static_cast<std::int64_t>(limit));
  std::vector<Route> all;
  while (select.step()) {
    Route& route = all.emplace_back();
    route.changed = select.integer_at(0), route.told = static_cast<std::uint64_t>(select.integer_at(1));
    route.told_severity = static_cast<std::uint32_t>(select.integer_at(2));
    route.told_life = life_of(select.text_at(3)), route.first_told = select.integer_at(4);
    route.last_told = select.integer_at(5), route.reminders = select.integer_at(6);
    route.under_way = select.integer_at(7) != 0;
    route.alert = read_alert(select, 8);
  }
  return all;
}

ear_time Outbox::next_look() const {
  Statement select(book_.database(), "SELECT min(look_at) FROM routes WHERE channel = ?1");
  select.text(1, channel_).step();
  return select.is_null(0) ? EAR_TIME_END : select.integer_at(0);
}

void Outbox::hold(std::string_view alert, std::string_view why, ear_time until) {
  Statement(book_.database(),
            "UPDATE routes SET look_at = ?3, held = ?4, held_until = ?5 WHERE channel = ?1 AND alert = ?2")
      .text(1, channel_)
      .text(2, alert)
      .integer(3, until == 0 ? EAR_TIME_END : until)
      .text(4, why)
      .integer(5, until)
      .run();
}

void Outbox::settle(std::string_view alert, ear_time look_at) {
  Statement(book_.database(),
            "UPDATE routes SET look_at = ?3, held = '', held_until = 0 WHERE channel = ?1 AND alert = ?2")
      .text(1, channel_)
      .text(2, alert)
      .integer(3, look_at)
      .run();
}

std::int64_t Outbox::add(const Message& message, const std::vector<const Route*>& routes, ear_time now) {
  const store::Database& database = book_.database();
  Statement insert(
      database,
      "INSERT INTO messages(channel, purpose, key, content, created, state, attempts, due, answered, answer)"
      " VALUES(?1, ?2, ?3, ?4, ?5, 'waiting', 0, ?5, 0, '')");
  insert.text(1, channel_).text(2, message.purpose).text(3, message.key).text(4, message.content).integer(5, now).run();
  const std::int64_t number = sqlite3_last_insert_rowid(database.raw());
  Statement part(database, "INSERT INTO message_alerts(message, alert, revision) VALUES(?1, ?2, ?3)");
  Statement told(database,
                 "UPDATE routes SET look_at = ?3, told = ?4, told_severity = ?5, told_life = ?6, reminders = ?7,"
                 " first_told = CASE WHEN first_told = 0 THEN ?8 ELSE first_told END, last_told = ?8,"
                 " held = '', held_until = 0 WHERE channel = ?1 AND alert = ?2");
  for (const Route* route : routes) {
    const auto revision = static_cast<std::int64_t>(route->alert.revision);
    part.integer(1, number).text(2, route->alert.id).integer(3, revision).run();
    told.text(1, channel_).text(2, route->alert.id).integer(3, EAR_TIME_END).integer(4, revision);
    told.integer(5, route->alert.severity).text(6, word(route->told_life));
    told.integer(7, route->reminders + (message.purpose == "reminder" ? 1 : 0)).integer(8, now).run();
  }
  return number;
}

std::vector<Message> Outbox::due(ear_time now, std::uint64_t limit) const {
  Statement select(book_.database(),
                   "SELECT message, purpose, key, content, attempts, created FROM messages"
                   " WHERE channel = ?1 AND state = 'waiting' AND due <= ?2 ORDER BY due, message LIMIT ?3");
  select.text(1, channel_).integer(2, now).integer(3, static_cast<std::int64_t>(limit));
  std::vector<Message> all;
  while (select.step())
    all.push_back({select.integer_at(0), std::string(select.text_at(1)), std::string(select.text_at(2)),
                   std::string(select.text_at(3)), select.integer_at(4), select.integer_at(5)});
  return all;
}

ear_time Outbox::next_due() const {
  Statement select(book_.database(), "SELECT min(due) FROM messages WHERE channel = ?1 AND state = 'waiting'");
  select.text(1, channel_).step();
  return select.is_null(0) ? EAR_TIME_END : select.integer_at(0);
}

std::int64_t Outbox::waiting() const {
  Statement select(book_.database(), "SELECT count(*) FROM messages WHERE channel = ?1 AND state = 'waiting'");
  select.text(1, channel_).step();
  return select.integer_at(0);
}

std::int64_t Outbox::made_since(ear_time from) const {
  Statement select(book_.database(), "SELECT count(*) FROM messages WHERE channel = ?1 AND created > ?2");
  select.text(1, channel_).integer(2, from).step();
  return select.integer_at(0);
}

ear_time Outbox::oldest_since(ear_time from) const {
  Statement select(book_.database(), "SELECT min(created) FROM messages WHERE channel = ?1 AND created > ?2");
  select.text(1, channel_).integer(2, from).step();
  return select.is_null(0) ? from : select.integer_at(0);
}

// Once a message is done, whatever came up meanwhile about its alerts is looked at.
void Outbox::answered(std::int64_t message, std::string_view state, ear_time now, ear_time due,
                      std::string_view answer) {
  plan([&] {
    Statement(book_.database(),
              "UPDATE messages SET state = ?2, answered = ?3, due = ?4, answer = ?5, attempts = attempts + 1"
              " WHERE message = ?1")
        .integer(1, message)
        .text(2, state)
        .integer(3, now)
        .integer(4, due)
        .text(5, answer)
        .run();
    if (state == "waiting") return;
    Statement(book_.database(),
              "UPDATE routes SET look_at = 0 WHERE channel = ?1 AND alert IN"
              " (SELECT alert FROM message_alerts WHERE message = ?2)")
        .text(1, channel_)
        .integer(2, message)
        .run();
  });
}

void Outbox::sent(std::int64_t message, ear_time now, std::string_view answer) {
  answered(message, "sent", now, EAR_TIME_END, answer);
}
void Outbox::failed(std::int64_t message, ear_time now, ear_time next, std::string_view answer) {
  answered(message, "waiting", now, next, answer);
}
void Outbox::refused(std::int64_t message, ear_time now, std::string_view answer) {
  answered(message, "refused", now, EAR_TIME_END, answer);
}

std::int64_t Outbox::forget(ear_time closed_before) {
  std::int64_t count = 0;
  plan([&] {
    const store::Database& database = book_.database();
    database.execute("CREATE TEMP TABLE IF NOT EXISTS old(alert TEXT PRIMARY KEY); DELETE FROM temp.old;");
    Statement(database,
              "INSERT INTO temp.old SELECT alert FROM alerts a WHERE life = 'closed' AND max(life_at, revised) < ?1"
              " AND NOT EXISTS (SELECT 1 FROM message_alerts x JOIN messages m USING (message)"
              "                 WHERE x.alert = a.alert AND m.state = 'waiting')")
        .integer(1, closed_before)
        .run();
    count = database.integer("SELECT count(*) FROM temp.old");
    database.execute(
        "DELETE FROM message_alerts WHERE alert IN (SELECT alert FROM temp.old);"
        "DELETE FROM messages WHERE state <> 'waiting' AND message NOT IN (SELECT message FROM message_alerts);"
        "DELETE FROM routes WHERE alert IN (SELECT alert FROM temp.old);"
        "DELETE FROM alerts WHERE alert IN (SELECT alert FROM temp.old);");
  });
  return count;
}

}  // namespace earshot::alert_book
