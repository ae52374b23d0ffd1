#include "alert_book/schema.hpp"

#include <fcntl.h>
#include <sodium.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <string>

#include "earshot/error.hpp"

namespace earshot::alert_book {
namespace {

constexpr std::int64_t kApplication = 0x45416C72;  // "EAlr"
constexpr std::int64_t kVersion = 1;

// Times are nanoseconds since 1970, as everywhere in Earshot.
constexpr const char* kTables = R"(
CREATE TABLE alerts(                  -- each alert as its detector last said it, and what people did with it
  alert      TEXT PRIMARY KEY,        -- its id: 32 hexadecimal digits
  revision   INTEGER NOT NULL,
  detector   TEXT NOT NULL, kind TEXT NOT NULL, subject TEXT NOT NULL, summary TEXT NOT NULL,
  starts     INTEGER NOT NULL, ends INTEGER NOT NULL,
  severity   INTEGER NOT NULL,
  over       INTEGER NOT NULL,        -- 1: its detector says that it has ended
  observed   REAL NOT NULL, expected REAL NOT NULL, lower REAL NOT NULL, upper REAL NOT NULL,
  evidence   TEXT NOT NULL,           -- JSON: a list, in the form of docs/posts.md
  attributes TEXT NOT NULL,           -- JSON: a map
  raised     INTEGER NOT NULL,        -- when it first stood here, by the clock
  revised    INTEGER NOT NULL,        -- when its last revision came
  life       TEXT NOT NULL CHECK (life IN ('open', 'acknowledged', 'closed')),
  life_at    INTEGER NOT NULL,
  life_by    TEXT NOT NULL,           -- empty: its detector
  life_note  TEXT NOT NULL
) STRICT;
CREATE INDEX alerts_by_life ON alerts(life, raised);
CREATE INDEX alerts_by_time ON alerts(raised);

CREATE TABLE mutes(                   -- what is NULL is not asked for; what is given must all hold
  mute       INTEGER PRIMARY KEY AUTOINCREMENT,
  alert      TEXT, subject TEXT, kind TEXT, detector TEXT,
  until      INTEGER NOT NULL,
  at         INTEGER NOT NULL, by TEXT NOT NULL, why TEXT NOT NULL,
  lifted_at  INTEGER, lifted_by TEXT
) STRICT;

CREATE TABLE channels(                -- the sinks that deliver, each by its id in the pipeline
  channel    TEXT PRIMARY KEY,
  plugin     TEXT NOT NULL,
  seen       INTEGER NOT NULL,        -- when it last started
  trouble    TEXT NOT NULL            -- what keeps it from delivering anything; empty: nothing
) STRICT;

CREATE TABLE routes(                  -- each alert on each channel that it is for
  channel    TEXT NOT NULL, alert TEXT NOT NULL,
  look_at    INTEGER NOT NULL,        -- when the channel looks at it again; 0: at once
  changed    INTEGER NOT NULL,        -- since when there is something to tell
  told       INTEGER NOT NULL,        -- the revision that was told last; 0: none
  told_severity INTEGER NOT NULL, told_life TEXT NOT NULL,
  first_told INTEGER NOT NULL, last_told INTEGER NOT NULL,
  reminders  INTEGER NOT NULL,
  held       TEXT NOT NULL,           -- what holds it back; empty: nothing
  held_until INTEGER NOT NULL,        -- 0: until something changes
  PRIMARY KEY (channel, alert)
) STRICT, WITHOUT ROWID;
CREATE INDEX routes_to_look_at ON routes(channel, look_at);
CREATE INDEX routes_by_alert ON routes(alert);

CREATE TABLE messages(                -- what was sent, or is to be sent
  message    INTEGER PRIMARY KEY AUTOINCREMENT,
  channel    TEXT NOT NULL,
  purpose    TEXT NOT NULL,           -- alert, update, acknowledged, closed, reminder, digest, escalation
  key        TEXT NOT NULL UNIQUE,    -- the same for all attempts
  content    TEXT NOT NULL,           -- JSON, fixed when it is made
  created    INTEGER NOT NULL,
  state      TEXT NOT NULL CHECK (state IN ('waiting', 'sent', 'refused')),
  attempts   INTEGER NOT NULL,
  due        INTEGER NOT NULL,        -- the next attempt
  answered   INTEGER NOT NULL,        -- the last attempt; 0: none yet
  answer     TEXT NOT NULL            -- what came of it
) STRICT;
CREATE INDEX messages_by_state ON messages(channel, state, due);
CREATE INDEX messages_by_time ON messages(channel, created);

CREATE TABLE message_alerts(
  message    INTEGER NOT NULL, alert TEXT NOT NULL, revision INTEGER NOT NULL,
  PRIMARY KEY (message, alert)
) STRICT, WITHOUT ROWID;
CREATE INDEX message_alerts_by_alert ON message_alerts(alert);

CREATE TABLE log(                     -- who did what
  entry      INTEGER PRIMARY KEY AUTOINCREMENT,
  at         INTEGER NOT NULL,
  who        TEXT NOT NULL,
  what       TEXT NOT NULL,           -- acknowledge, close, reopen, mute, unmute, resend, erase
  alert      TEXT NOT NULL,           -- or empty
  detail     TEXT NOT NULL
) STRICT;
CREATE INDEX log_by_alert ON log(alert);
CREATE TRIGGER log_is_not_changed BEFORE UPDATE ON log BEGIN SELECT RAISE(ABORT, 'the log is only added to'); END;
CREATE TRIGGER log_is_not_shortened BEFORE DELETE ON log BEGIN SELECT RAISE(ABORT, 'the log is only added to'); END;

CREATE TABLE keys(name TEXT PRIMARY KEY, value BLOB NOT NULL) STRICT;
)";

std::filesystem::path file_in(std::string_view folder) {
  return std::filesystem::path(folder) / kFile;
}

// Only its owner may read what people did, and the key of the links. SQLite gives its journal the same mode.
void make_private(const std::filesystem::path& file) {
  const int made = ::open(file.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
  if (made < 0)
    throw io_failure("cannot open '" + file.string() + "': " + std::strerror(errno) +
                     "; check who may write the state folder");
  ::close(made);
}

std::int64_t version_of(const store::Database& database, const std::filesystem::path& file) {
  const std::int64_t version = database.integer("PRAGMA user_version");
  const bool ours = database.integer("PRAGMA application_id") == kApplication;
  const bool empty = version == 0 && database.integer("SELECT count(*) FROM sqlite_schema") == 0;
  if (!ours && !empty) throw not_allowed("'" + file.string() + "' is a SQLite file of another program; move it away");
  if (version > kVersion)
    throw not_allowed("'" + file.string() + "' was written by a newer Earshot (version " + std::to_string(version) +
                      "; this one knows " + std::to_string(kVersion) + "): upgrade Earshot");
  return version;
}

void make_tables(const store::Database& database, const std::filesystem::path& file) {
  if (version_of(database, file) == kVersion) return;
  store::Transaction transaction(database);
  if (version_of(database, file) == kVersion) return;  // another process has been faster
  database.execute(kTables);
  if (sodium_init() < 0) throw Error(EAR_INTERNAL, "libsodium cannot start");
  std::string key(32, '\0');
  randombytes_buf(key.data(), key.size());
  store::Statement(database, "INSERT INTO keys(name, value) VALUES('links', ?1)").blob(1, key).run();
  sodium_memzero(key.data(), key.size());
  database.execute(("PRAGMA user_version = " + std::to_string(kVersion)).c_str());
  database.execute(("PRAGMA application_id = " + std::to_string(kApplication)).c_str());
  transaction.commit();
}

}  // namespace

bool book_exists(std::string_view state_folder) {
  return !state_folder.empty() && std::filesystem::exists(file_in(state_folder));
}

store::Database open_book(std::string_view state_folder, std::chrono::milliseconds patience) {
  if (state_folder.empty())
    throw not_allowed(
        "alerts are kept in the pipeline's state folder until they are delivered, and this pipeline has none: write "
        "`state: var/NAME` at the top of the pipeline file");
  const std::filesystem::path file = file_in(state_folder);
  std::error_code ignored;  // the open that follows tells
  std::filesystem::create_directories(file.parent_path(), ignored);
  make_private(file);
  store::Database database(file, store::Database::Mode::write, patience);
  version_of(database, file);  // before anything is changed
  database.execute("PRAGMA journal_mode = WAL");
  database.execute("PRAGMA synchronous = FULL");  // a commit is on the disk when it returns
  database.execute("PRAGMA secure_delete = ON");  // what is replaced or erased is overwritten in the file
  make_tables(database, file);
  return database;
}

}  // namespace earshot::alert_book
