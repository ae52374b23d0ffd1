#include <fmt/format.h>

#include <iterator>

#include "base/error.hpp"
#include "state/database.hpp"
#include "state/state_store.hpp"

namespace earshot::host {
namespace {

// One script for each version, in order. A script that was released never changes.
constexpr const char* kScripts[] = {R"sql(
CREATE TABLE meta(name TEXT PRIMARY KEY, value INTEGER NOT NULL) WITHOUT ROWID;
CREATE TABLE sources(id TEXT PRIMARY KEY, cursor BLOB NOT NULL, ended INTEGER NOT NULL, watermark INTEGER NOT NULL)
  WITHOUT ROWID;
CREATE TABLE pieces(component TEXT, key BLOB, version INTEGER NOT NULL, value BLOB NOT NULL,
  PRIMARY KEY(component, key)) WITHOUT ROWID;
CREATE TABLE timers(detector TEXT, time INTEGER, PRIMARY KEY(detector, time)) WITHOUT ROWID;
CREATE TABLE seen(number INTEGER PRIMARY KEY AUTOINCREMENT, key_high INTEGER, key_low INTEGER, revision INTEGER);
CREATE TABLE alerts(id_high INTEGER, id_low INTEGER, revision INTEGER NOT NULL, PRIMARY KEY(id_high, id_low))
  WITHOUT ROWID;
CREATE TABLE outbox(number INTEGER PRIMARY KEY AUTOINCREMENT, sink TEXT NOT NULL, payload BLOB NOT NULL);
CREATE INDEX outbox_by_sink ON outbox(sink, number);
CREATE TABLE dead_letters(number INTEGER PRIMARY KEY AUTOINCREMENT, time INTEGER NOT NULL, component TEXT NOT NULL,
  source TEXT NOT NULL, place TEXT NOT NULL, reason TEXT NOT NULL, raw INTEGER NOT NULL, payload BLOB NOT NULL,
  wanted INTEGER NOT NULL DEFAULT 0);
CREATE TABLE suspects(component TEXT, key_high INTEGER, key_low INTEGER, poison INTEGER NOT NULL,
  PRIMARY KEY(component, key_high, key_low)) WITHOUT ROWID;
)sql",
                                    // 2: authors to be forgotten; when it is done, who it was is forgotten too
                                    R"sql(
CREATE TABLE erasures(number INTEGER PRIMARY KEY AUTOINCREMENT, platform TEXT NOT NULL, id TEXT NOT NULL,
  handle TEXT NOT NULL, name TEXT NOT NULL, done INTEGER NOT NULL DEFAULT 0, components INTEGER NOT NULL DEFAULT 0,
  letters INTEGER NOT NULL DEFAULT 0, deliveries INTEGER NOT NULL DEFAULT 0, failed TEXT NOT NULL DEFAULT '');
)sql"};
constexpr std::int64_t kVersion = std::size(kScripts);

}  // namespace

void prepare_state(Database& database) {
  database.run("PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA journal_size_limit=67108864;");
  database.run(
      "PRAGMA secure_delete=ON");  // what goes is overwritten; pages that are freed here are filled anew anyway
  const std::int64_t version = database.number("PRAGMA user_version");
  if (version > kVersion)
    throw Failure(
        fmt::format("the state was written by a newer Earshot (state version {}, this one knows {}): run that "
                    "version, or give another `state` folder to start anew",
                    version, kVersion));
  if (version == kVersion) return;
  {
    Transaction transaction(database);
    const std::int64_t from = database.number("PRAGMA user_version");  // another process may have been faster
    for (std::int64_t next = from; next < kVersion; ++next) database.run(kScripts[next]);
    database.run(fmt::format("PRAGMA user_version = {}", kVersion).c_str());
    transaction.commit();
  }
  if (version == 1) database.run("VACUUM");  // it did not overwrite what went
}

std::filesystem::path existing_state(const std::filesystem::path& folder) {
  std::filesystem::path file = folder / "state.db";
  if (!std::filesystem::exists(file))
    throw Failure(fmt::format("there is no state in {}: the pipeline has not run yet, or it has another `state` folder",
                              folder.string()));
  return file;
}

}  // namespace earshot::host
