#include "store/database.hpp"

#include <string>

#include "earshot/error.hpp"

namespace earshot::store {

void fail(sqlite3* database, int code, std::string_view doing) {
  const char* file = database == nullptr ? nullptr : sqlite3_db_filename(database, "main");
  const std::string name = file == nullptr ? "" : std::string(" '") + file + "'";
  const std::string what = std::string("cannot ").append(doing).append(name) + ": ";
  const std::string why = database == nullptr ? sqlite3_errstr(code) : sqlite3_errmsg(database);
  switch (code & 0xFF) {
    case SQLITE_FULL:
      throw io_failure(what + "the disk, or what may be used of it, is full; free some space");
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
      throw again(what + "another program has been writing to it for long");
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
      throw not_allowed(what + "it is damaged or no store (" + why +
                        "). Stop what uses it, keep a copy, save what is left with" +
                        " `sqlite3 FILE .recover | sqlite3 NEW_FILE`, and go on with the new file");
    case SQLITE_READONLY:
    case SQLITE_PERM:
    case SQLITE_AUTH:
      throw not_allowed(what + why + "; check who may write the file and its folder");
    case SQLITE_TOOBIG:
      throw invalid(what + "one row is larger than SQLite takes");
    case SQLITE_INTERRUPT:
      throw cancelled();
    case SQLITE_NOMEM:
      throw std::bad_alloc();
    case SQLITE_IOERR:
    case SQLITE_CANTOPEN:
      throw io_failure(what + why);
    default:
      throw Error(EAR_INTERNAL, what + why);
  }
}

Database::Database(const std::filesystem::path& path, Mode mode, std::chrono::milliseconds patience) {
  const int flags = mode == Mode::read ? SQLITE_OPEN_READONLY : SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE;
  sqlite3* handle = nullptr;
  const int code = sqlite3_open_v2(path.c_str(), &handle, flags | SQLITE_OPEN_NOMUTEX, nullptr);
  handle_.reset(handle);
  if (code != SQLITE_OK) {
    if ((code & 0xFF) == SQLITE_CANTOPEN)
      throw io_failure("cannot open the store '" + path.string() + "': " +
                       (mode == Mode::read ? "there is no such file, or it may not be read"
                                           : "its folder is not there or may not be written"));
    fail(handle, code, "open the store");
  }
  sqlite3_extended_result_codes(handle, 1);
  sqlite3_busy_timeout(handle, static_cast<int>(patience.count()));
  sqlite3_db_config(handle, SQLITE_DBCONFIG_DEFENSIVE, 1, nullptr);
  sqlite3_db_config(handle, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, nullptr);
}

void Database::execute(const char* sql) const {
  const int code = sqlite3_exec(raw(), sql, nullptr, nullptr, nullptr);
  if (code != SQLITE_OK) fail(raw(), code, "use the store");
}

std::int64_t Database::integer(const char* sql) const {
  Statement statement(*this, sql);
  return statement.step() ? statement.integer_at(0) : 0;
}

Statement::Statement(const Database& database, std::string_view sql) {
  sqlite3_stmt* handle = nullptr;
  const int code = sqlite3_prepare_v3(database.raw(), sql.data(), static_cast<int>(sql.size()),
                                      SQLITE_PREPARE_PERSISTENT, &handle, nullptr);
  handle_.reset(handle);
  if (code != SQLITE_OK) fail(database.raw(), code, "use the store");
}

Statement& Statement::text(int index, std::string_view value) {
  sqlite3_bind_text64(handle_.get(), index, value.data() == nullptr ? "" : value.data(), value.size(), SQLITE_STATIC,
                      SQLITE_UTF8);
  return *this;
}
Statement& Statement::known(int index, std::string_view value) {
  return value.empty() ? null(index) : text(index, value);
}
Statement& Statement::integer(int index, std::int64_t value) {
  sqlite3_bind_int64(handle_.get(), index, value);
  return *this;
}
Statement& Statement::known(int index, std::int64_t value) {
  return value < 0 ? null(index) : integer(index, value);
}
Statement& Statement::time(int index, ear_time value) {
  return value == EAR_TIME_NONE ? null(index) : integer(index, value);
}
Statement& Statement::number(int index, std::uint32_t value) {
  return value == EAR_NONE ? null(index) : integer(index, value);
}
Statement& Statement::real(int index, double value) {
  sqlite3_bind_double(handle_.get(), index, value);
  return *this;
}
Statement& Statement::blob(int index, std::string_view value) {
  sqlite3_bind_blob64(handle_.get(), index, value.data(), value.size(), SQLITE_STATIC);
  return *this;
}
Statement& Statement::null(int index) {
  sqlite3_bind_null(handle_.get(), index);
  return *this;
}

bool Statement::step() {
  const int code = sqlite3_step(handle_.get());
  if (code == SQLITE_ROW) return true;
  sqlite3* database = sqlite3_db_handle(handle_.get());
  if (code == SQLITE_DONE) return sqlite3_reset(handle_.get()), false;
  const int extended = sqlite3_extended_errcode(database);
  sqlite3_reset(handle_.get());  // keeps the message
  fail(database, extended, "use the store");
}

void Statement::run() {
  while (step()) {
  }
}

std::string_view Statement::text_at(int column) const {
  const void* bytes = sqlite3_column_blob(handle_.get(), column);
  return {static_cast<const char*>(bytes), static_cast<std::size_t>(sqlite3_column_bytes(handle_.get(), column))};
}

void compact(const Database& database) {
  database.execute("VACUUM");
  database.execute("PRAGMA wal_checkpoint(TRUNCATE)");
}

Transaction::~Transaction() {
  // A failed commit has rolled back by itself, as a rule.
  if (sqlite3_get_autocommit(database_.raw()) == 0)
    sqlite3_exec(database_.raw(), "ROLLBACK", nullptr, nullptr, nullptr);
}

}  // namespace earshot::store
