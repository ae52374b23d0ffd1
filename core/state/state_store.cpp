#include "state/state_store.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/file.h>
#include <unistd.h>

#include <bit>
#include <cerrno>
#include <cstring>

#include "base/error.hpp"
#include "base/seal.hpp"
#include "state/database.hpp"
#include "state/sealed_letter.hpp"

namespace earshot::host {
namespace {

std::int64_t number(std::uint64_t value) {
  return std::bit_cast<std::int64_t>(value);
}
std::uint64_t unsigned_number(std::int64_t value) {
  return std::bit_cast<std::uint64_t>(value);
}

int lock_folder(const std::filesystem::path& folder) {
  std::error_code error;
  std::filesystem::create_directories(folder, error);
  const std::string file = folder / "lock";
  const int lock = ::open(file.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
  if (lock < 0)
    throw Failure(fmt::format("the state folder {} cannot be used: {}", folder.string(), std::strerror(errno)));
  if (::flock(lock, LOCK_EX | LOCK_NB) != 0) {
    ::close(lock);
    throw Failure(
        fmt::format("another process runs a pipeline with the state folder {}: stop it, or give this one a "
                    "`state` of its own",
                    folder.string()));
  }
  return lock;
}

void write_sources(Database& database, const Commit& commit) {
  Statement put(database, "INSERT OR REPLACE INTO sources VALUES(?,?,?,?)");
  for (const auto& [id, source] : commit.sources)
    put.bind_text(id).bind_blob(source.cursor).bind(source.ended ? 1 : 0).bind(source.watermark).run();
}

void write_pieces(Database& database, const Commit& commit) {
  Statement forget_all(database, "DELETE FROM pieces WHERE component = ?");
  for (const std::string& component : commit.whole) forget_all.bind_text(component).run();
  Statement put(database, "INSERT OR REPLACE INTO pieces VALUES(?,?,?,?)");
  Statement forget(database, "DELETE FROM pieces WHERE component = ? AND key = ?");
  for (const StatePiece& piece : commit.pieces) {
    if (piece.value)
      put.bind_text(piece.component).bind_blob(piece.key).bind(piece.version).bind_blob(*piece.value).run();
    else
      forget.bind_text(piece.component).bind_blob(piece.key).run();
  }
}

void write_timers(Database& database, const Commit& commit) {
  Statement forget(database, "DELETE FROM timers WHERE detector = ?");
  Statement put(database, "INSERT INTO timers VALUES(?,?)");
  for (const auto& [detector, times] : commit.timers) {
    forget.bind_text(detector).run();
    for (const ear_time time : times) put.bind_text(detector).bind(time).run();
  }
}

void write_seen(Database& database, const Commit& commit) {
  if (commit.seen.empty()) return;
  Statement put(database, "INSERT INTO seen(key_high, key_low, revision) VALUES(?,?,?)");
  for (const SeenPost& post : commit.seen)
    put.bind(number(post.key.high)).bind(number(post.key.low)).bind(number(post.revision)).run();
  Statement forget(database, "DELETE FROM seen WHERE number <= (SELECT max(number) FROM seen) - ?");
  forget.bind(static_cast<std::int64_t>(StateStore::kMaxSeen)).run();
}

void write_alerts(Database& database, const Commit& commit) {
  Statement put(database, "INSERT OR REPLACE INTO alerts VALUES(?,?,?)");
  Statement forget(database, "DELETE FROM alerts WHERE id_high = ? AND id_low = ?");
  for (const AlertRevision& alert : commit.alerts) {
    if (alert.closed)
      forget.bind(number(alert.id.high)).bind(number(alert.id.low)).run();
    else
      put.bind(number(alert.id.high)).bind(number(alert.id.low)).bind(number(alert.revision)).run();
  }
}

void write_outbox(Database& database, const Commit& commit) {
  Statement put(database, "INSERT INTO outbox(sink, payload) VALUES(?,?)");
  for (const OutboxRow& row : commit.outbox) put.bind_text(row.sink).bind_blob(row.payload).run();
}

}  // namespace

StateStore::StateStore(const std::filesystem::path& folder, std::shared_ptr<const Seal> seal)
    : folder_(folder), seal_(std::move(seal)) {
  if (durable()) lock_ = lock_folder(folder);
  try {
    database_ = std::make_unique<Database>(durable() ? folder / "state.db" : std::filesystem::path());
    prepare_state(*database_);
    if (durable()) database_->run("UPDATE dead_letters SET wanted = 1 WHERE wanted = 2");  // asked for, not done yet
  } catch (...) {
    if (lock_ >= 0) ::close(lock_);
    throw;
  }
}

StateStore::~StateStore() {
  database_.reset();
  if (lock_ >= 0) ::close(lock_);
}

bool StateStore::in_use(const std::filesystem::path& folder) {
  const std::string file = folder / "lock";
  const int lock = ::open(file.c_str(), O_RDWR | O_CLOEXEC);
  if (lock < 0) return false;
  const bool taken = ::flock(lock, LOCK_EX | LOCK_NB) != 0;
  ::close(lock);
  return taken;
}

void StateStore::write_dead_letters(const Commit& commit) {
  Statement insert(*database_,
                   "INSERT INTO dead_letters(time, component, source, place, reason, raw, payload) "
                   "VALUES(?,?,?,?,?,?,?)");
  for (const DeadLetter& letter : commit.dead) {
    const SealedPayload payload = sealed(letter, seal_.get());
    insert.bind(letter.time).bind_text(letter.component).bind_text(letter.source).bind_text(letter.place);
    insert.bind_text(letter.reason).bind(payload.form).bind_blob(payload.bytes).run();
  }
  Statement returned(*database_, "DELETE FROM dead_letters WHERE number = ?");
  for (const std::int64_t letter : commit.returned) returned.bind(letter).run();
  if (commit.dead.empty()) return;
  Statement forget(*database_, "DELETE FROM dead_letters WHERE number <= (SELECT max(number) FROM dead_letters) - ?");
  forget.bind(kMaxDeadLetters).run();
}

Restored StateStore::restore() {
  const std::lock_guard guard(mutex_);
  Restored out;
  out.finished = database_->number("SELECT value FROM meta WHERE name = 'finished'") != 0;
  out.checkpoints = database_->number("SELECT value FROM meta WHERE name = 'checkpoints'");
  for (Statement row(*database_, "SELECT id, cursor, ended, watermark FROM sources"); row.step();)
    out.sources[row.text(0)] = {row.blob(1), row.integer(2) != 0, row.integer(3)};
  for (Statement row(*database_, "SELECT detector, time FROM timers"); row.step();)
    out.timers[row.text(0)].insert(row.integer(1));
  for (Statement row(*database_, "SELECT key_high, key_low, revision FROM seen ORDER BY number"); row.step();)
    out.seen.push_back(
        {ear_id{unsigned_number(row.integer(0)), unsigned_number(row.integer(1))}, unsigned_number(row.integer(2))});
  for (Statement row(*database_, "SELECT id_high, id_low, revision FROM alerts"); row.step();)
    out.alerts.push_back({ear_id{unsigned_number(row.integer(0)), unsigned_number(row.integer(1))},
                          unsigned_number(row.integer(2)), false});
  return out;
}

std::vector<StatePiece> StateStore::pieces(const std::string& component) {
  const std::lock_guard guard(mutex_);
  std::vector<StatePiece> out;
  Statement row(*database_, "SELECT version, key, value FROM pieces WHERE component = ? ORDER BY key");
  row.bind_text(component);
  while (row.step()) out.push_back({component, static_cast<std::uint32_t>(row.integer(0)), row.blob(1), row.blob(2)});
  return out;
}

void StateStore::commit(const Commit& commit) {
  const std::lock_guard guard(mutex_);
  Transaction transaction(*database_);
  write_sources(*database_, commit);
  write_pieces(*database_, commit);
  write_timers(*database_, commit);
  write_seen(*database_, commit);
  write_alerts(*database_, commit);
  write_outbox(*database_, commit);
  if (durable()) write_dead_letters(commit);
  Statement meta(*database_, "INSERT OR REPLACE INTO meta VALUES(?,?)");
  meta.bind_text("finished").bind(commit.finished ? 1 : 0).run();
  database_->run("INSERT INTO meta VALUES('checkpoints', 1) ON CONFLICT(name) DO UPDATE SET value = value + 1");
  transaction.commit();
}

void StateStore::replace(const Commit& pieces) {
  const std::lock_guard guard(mutex_);
  Transaction transaction(*database_);
  write_pieces(*database_, pieces);
  transaction.commit();
}

std::vector<OutboxRow> StateStore::outbox(const std::string& sink, std::size_t limit) {
  const std::lock_guard guard(mutex_);
  std::vector<OutboxRow> out;
  Statement row(*database_, "SELECT number, payload FROM outbox WHERE sink = ? ORDER BY number LIMIT ?");
  row.bind_text(sink).bind(static_cast<std::int64_t>(limit));
  while (row.step()) out.push_back({row.integer(0), sink, row.blob(1)});
  return out;
}

std::int64_t StateStore::outbox_size(const std::string& sink) {
  const std::lock_guard guard(mutex_);
  Statement row(*database_, "SELECT count(*) FROM outbox WHERE sink = ?");
  row.bind_text(sink);
  return row.step() ? row.integer(0) : 0;
}

void StateStore::delivered(const std::string& sink, std::int64_t up_to, const std::vector<DeadLetter>& dead,
                           const std::vector<std::int64_t>& returned) {
  const std::lock_guard guard(mutex_);
  Transaction transaction(*database_);
  Statement forget(*database_, "DELETE FROM outbox WHERE sink = ? AND number <= ?");
  forget.bind_text(sink).bind(up_to).run();
  Commit commit;
  commit.dead = dead, commit.returned = returned;
  if (durable()) write_dead_letters(commit);
  transaction.commit();
}

std::vector<DeadLetter> StateStore::wanted_back() {
  if (!durable()) return {};
  const std::lock_guard guard(mutex_);
  std::vector<DeadLetter> out;
  {
    Statement row(*database_,
                  "SELECT number, time, component, source, place, reason, raw, payload FROM dead_letters "
                  "WHERE wanted = 1 ORDER BY number LIMIT 1000");
    while (row.step()) {
      out.push_back(
          {row.text(2), row.text(3), row.text(4), row.text(5), false, {}, row.integer(1), row.integer(0), false});
      unseal(row.integer(6), row.blob(7), seal_.get(), out.back());
    }
  }
  if (!out.empty()) {
    Transaction together(*database_);  // one wait for the disk, however many they are
    Statement taken(*database_, "UPDATE dead_letters SET wanted = 2 WHERE number = ?");
    for (const DeadLetter& letter : out) taken.bind(letter.number).run();
    together.commit();
  }
  return out;
}

void StateStore::stays_dead(std::int64_t number) {
  const std::lock_guard guard(mutex_);
  Statement(*database_, "UPDATE dead_letters SET wanted = 0 WHERE number = ?").bind(number).run();
}

std::vector<Erasure> StateStore::erasures() {
  if (!durable()) return {};
  const std::lock_guard guard(mutex_);
  std::vector<Erasure> out;
  for (Statement row(*database_, "SELECT platform, id, handle, name, number FROM erasures WHERE done = 0"); row.step();)
    out.push_back({row.text(0), row.text(1), row.text(2), row.text(3), row.integer(4)});
  return out;
}

namespace {

// Rows of one table whose payload `look` wants gone or changed. How many.
std::int64_t look_at(Database& database, const char* select, const char* update, const char* forget, const Seal* seal,
                     const StateStore::Look& look) {
  using What = StateStore::Kept::What;
  std::vector<std::pair<std::int64_t, StateStore::Kept>> found;
  for (Statement row(database, select); row.step();) {
    DeadLetter letter;
    unseal(row.integer(2), row.blob(1), seal, letter);
    // What cannot be looked into goes: it may be theirs.
    StateStore::Kept kept = letter.sealed ? StateStore::Kept{What::none, {}} : look(letter.payload, letter.raw);
    if (kept.what != What::whole) found.emplace_back(row.integer(0), std::move(kept));
  }
  Statement change(database, update), drop(database, forget);
  for (const auto& [number, kept] : found) {
    if (kept.what == What::none)
      drop.bind(number).run();
    else
      change.bind_blob(kept.payload).bind(number).run();
  }
  return static_cast<std::int64_t>(found.size());
}

}  // namespace

Erased StateStore::erase(const Erasure& whom, Erased so_far, const Look& look) {
  const std::lock_guard guard(mutex_);
  Transaction transaction(*database_);
  so_far.letters = look_at(*database_, "SELECT number, payload, raw FROM dead_letters",
                           "UPDATE dead_letters SET payload = ? WHERE number = ?",
                           "DELETE FROM dead_letters WHERE number = ?", seal_.get(), look);
  so_far.deliveries =
      look_at(*database_, "SELECT number, payload, 0 FROM outbox", "UPDATE outbox SET payload = ? WHERE number = ?",
              "DELETE FROM outbox WHERE number = ?", nullptr, look);
  Statement(*database_,
            "UPDATE erasures SET platform = '', id = '', handle = '', name = '', done = 1, components = ?, letters = ?,"
            " deliveries = ?, failed = ? WHERE number = ?")
      .bind(so_far.components)
      .bind(so_far.letters)
      .bind(so_far.deliveries)
      .bind_text(so_far.failed)
      .bind(whom.number)
      .run();
  transaction.commit();
  if (durable()) database_->run("PRAGMA wal_checkpoint(TRUNCATE)");  // nor does it stay in the journal
  return so_far;
}

std::int64_t StateStore::drop_dead_letters(ear_time before) {
  if (!durable()) return 0;
  const std::lock_guard guard(mutex_);
  Statement(*database_, "DELETE FROM dead_letters WHERE time < ? AND wanted = 0").bind(before).run();
  return database_->changes();
}

void StateStore::crashed(const std::string& component, const std::vector<Id>& posts) {
  const std::lock_guard guard(mutex_);
  Transaction transaction(*database_);
  const std::string known = "SELECT count(*) FROM suspects WHERE component = ? AND key_high = ? AND key_low = ?";
  for (const Id& post : posts) {
    Statement before(*database_, known.c_str());
    before.bind_text(component).bind(number(post.high)).bind(number(post.low));
    const bool again = before.step() && before.integer(0) != 0;
    Statement put(*database_, "INSERT OR REPLACE INTO suspects VALUES(?,?,?,?)");
    put.bind_text(component)
        .bind(number(post.high))
        .bind(number(post.low))
        .bind(again && posts.size() == 1 ? 1 : 0)
        .run();
  }
  transaction.commit();
}

std::vector<StateStore::Suspect> StateStore::suspects() {
  const std::lock_guard guard(mutex_);
  std::vector<Suspect> out;
  for (Statement row(*database_, "SELECT component, key_high, key_low, poison FROM suspects"); row.step();)
    out.push_back(
        {row.text(0), ear_id{unsigned_number(row.integer(1)), unsigned_number(row.integer(2))}, row.integer(3) != 0});
  return out;
}

void StateStore::clear_suspects() {
  const std::lock_guard guard(mutex_);
  database_->run("DELETE FROM suspects WHERE poison = 0");
}

}  // namespace earshot::host
