// query.hpp: looks into a store as anybody with SQLite can. One thread.
#pragma once

#include <sqlite3.h>

#include <stdexcept>
#include <string>

// w7, a12.
template <class Number>
std::string named(const char* before, Number number) {
  return std::string(before).append(std::to_string(number));
}

// The rows, a line each, their columns between bars; NULL is "-".
inline std::string rows(const std::string& path, const std::string& sql) {
  sqlite3* database = nullptr;
  sqlite3_stmt* statement = nullptr;
  std::string out;
  sqlite3_open_v2(path.c_str(), &database, SQLITE_OPEN_READWRITE, nullptr);
  sqlite3_busy_timeout(database, 10'000);
  int code = sqlite3_prepare_v2(database, sql.c_str(), -1, &statement, nullptr);
  while (code == SQLITE_OK && (code = sqlite3_step(statement)) == SQLITE_ROW) {
    code = SQLITE_OK;
    for (int i = 0; i < sqlite3_column_count(statement); ++i) {
      const auto* text = reinterpret_cast<const char*>(sqlite3_column_text(statement, i));
      out.append(i == 0 ? "" : "|").append(text == nullptr ? "-" : text);
    }
    out += '\n';
  }
  const std::string message = sqlite3_errmsg(database);
  sqlite3_finalize(statement);
  sqlite3_close(database);
  if (code != SQLITE_DONE) throw std::runtime_error(sql + ": " + message);
  return out;
}

inline std::string one(const std::string& path, const std::string& sql) {
  const std::string all = rows(path, sql);
  return all.substr(0, all.find('\n'));
}

// Everything that was delivered, without the numbers that the store gave.
inline std::string contents(const std::string& path) {
  return rows(path,
              "SELECT p.platform, p.id, p.revision, p.state, p.published, p.url, a.id,"
              " (SELECT group_concat(number || origin || text, ';') FROM segments s WHERE s.post = p.post),"
              " (SELECT group_concat(kind || ifnull(subject, '') || score, ';') FROM findings f WHERE f.post = p.post),"
              " (SELECT count(*) FROM media m WHERE m.post = p.post)"
              " FROM posts p LEFT JOIN authors a USING(author) ORDER BY p.platform, p.id") +
         rows(path,
              "SELECT hex(alert), revision, state, kind, subject, starts, ends, observed,"
              " (SELECT group_concat(platform || id || ifnull(text, '-'), ';') FROM evidence e WHERE e.alert = a.alert)"
              " FROM alerts a ORDER BY alert") +
         rows(path, "SELECT source, starts, ends, reason FROM gaps ORDER BY 1, 2");
}

// Damage, and whether the index, once it has caught up, is that of the texts.
inline std::string integrity(const std::string& path) {
  return one(path, "PRAGMA integrity_check");
}
inline void check_index(const std::string& path) {
  rows(path, "INSERT INTO search(search, rank) VALUES('integrity-check', 1)");
}
