// database.hpp: one connection to a SQLite file and its prepared statements. What fails is thrown as an earshot::Error
// that says which file, what happened and what to do. One thread at a time for a connection and its statements.
#pragma once

#include <sqlite3.h>

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <string_view>

#include "earshot/types.hpp"

namespace earshot::store {

// SQLite's code as the status that the host acts on, and `doing` in the message: "write the store".
[[noreturn]] void fail(sqlite3* database, int code, std::string_view doing);

class Database {
 public:
  enum class Mode { read, write };  // write: made where it is not there

  // Every connection waits up to `patience` for a lock that another process holds.
  Database(const std::filesystem::path& path, Mode mode, std::chrono::milliseconds patience);

  sqlite3* raw() const { return handle_.get(); }
  void execute(const char* sql) const;
  std::int64_t integer(const char* sql) const;  // the first column of the first row; 0: none

 private:
  struct Close {
    void operator()(sqlite3* handle) const { sqlite3_close_v2(handle); }
  };
  std::unique_ptr<sqlite3, Close> handle_;
};

// Text that is bound must live until the statement has run.
class Statement {
 public:
  Statement() = default;
  Statement(const Database& database, std::string_view sql);
  explicit Statement(sqlite3_stmt* prepared) : handle_(prepared) {}

  Statement& text(int index, std::string_view value);
  Statement& text(int index, ear_str value) { return text(index, view(value)); }
  Statement& known(int index, std::string_view value);  // empty: NULL
  Statement& known(int index, ear_str value) { return known(index, view(value)); }
  Statement& integer(int index, std::int64_t value);
  Statement& known(int index, std::int64_t value);    // negative: NULL
  Statement& time(int index, ear_time value);         // EAR_TIME_NONE: NULL
  Statement& number(int index, std::uint32_t value);  // EAR_NONE: NULL
  Statement& real(int index, double value);
  Statement& blob(int index, std::string_view value);
  Statement& null(int index);

  bool step();  // true: a row is there; false: it has run to its end
  void run();   // to its end, rows unread
  void reset() { sqlite3_reset(handle_.get()); }

  std::string_view text_at(int column) const;
  std::int64_t integer_at(int column) const { return sqlite3_column_int64(handle_.get(), column); }
  double real_at(int column) const { return sqlite3_column_double(handle_.get(), column); }
  bool is_null(int column) const { return sqlite3_column_type(handle_.get(), column) == SQLITE_NULL; }
  sqlite3_stmt* raw() const { return handle_.get(); }

 private:
  struct Finalize {
    void operator()(sqlite3_stmt* statement) const { sqlite3_finalize(statement); }
  };
  std::unique_ptr<sqlite3_stmt, Finalize> handle_;
};

// Writes the file anew without anything that is not in its tables, and empties the journal.
void compact(const Database& database);

// Holds the write lock from construction on; what is not committed is rolled back.
class Transaction {
 public:
  explicit Transaction(const Database& database) : database_(database) { database_.execute("BEGIN IMMEDIATE"); }
  ~Transaction();
  Transaction(const Transaction&) = delete;
  Transaction& operator=(const Transaction&) = delete;
  void commit() { database_.execute("COMMIT"); }

 private:
  const Database& database_;
};

}  // namespace earshot::store
