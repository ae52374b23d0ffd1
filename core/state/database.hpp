// database.hpp: the few words of SQLite that the host needs, as values that close themselves. Throws Failure with the
// file, what was tried and what SQLite says. One thread at a time.
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <string_view>

struct sqlite3;
struct sqlite3_stmt;

namespace earshot::host {

class Database;

// A prepared statement. `bind` in order, then `step` until it says false.
class Statement {
 public:
  Statement(Database& database, const char* sql);
  Statement& bind(std::int64_t value);
  Statement& bind_text(std::string_view value);
  Statement& bind_blob(std::string_view value);
  bool step();  // true: a row is there
  void run();   // for what gives no rows; ready to be bound anew
  void reset();
  std::int64_t integer(int column) const;
  std::string text(int column) const;
  std::string blob(int column) const;
  bool null(int column) const;

 private:
  struct Finalize {
    void operator()(sqlite3_stmt* statement) const;
  };
  Database& database_;
  std::unique_ptr<sqlite3_stmt, Finalize> statement_;
  int bound_ = 0;
};

class Database {
 public:
  enum class Mode { read_write, read_only };
  // An empty path: in memory.
  explicit Database(const std::filesystem::path& file, Mode mode = Mode::read_write);
  void run(const char* sql);
  std::int64_t number(const char* sql);  // the first column of the first row
  std::int64_t last_row() const;
  std::int64_t changes() const;
  [[noreturn]] void fail(const char* what) const;
  sqlite3* raw() const { return database_.get(); }

 private:
  struct Close {
    void operator()(sqlite3* database) const;
  };
  std::string file_;
  std::unique_ptr<sqlite3, Close> database_;
};

// Rolled back unless it was committed.
class Transaction {
 public:
  explicit Transaction(Database& database) : database_(database) { database_.run("BEGIN IMMEDIATE"); }
  ~Transaction();
  Transaction(const Transaction&) = delete;
  Transaction& operator=(const Transaction&) = delete;
  void commit() { database_.run("COMMIT"), open_ = false; }

 private:
  Database& database_;
  bool open_ = true;
};

}  // namespace earshot::host
