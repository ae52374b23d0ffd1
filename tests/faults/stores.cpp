#include "stores.hpp"

#include <fmt/format.h>
#include <sqlite3.h>

#include <algorithm>
#include <catch2/catch.hpp>
#include <iterator>
#include <sstream>
#include <stdexcept>

std::vector<std::string> rows(const std::string& path, const std::string& sql) {
  sqlite3* database = nullptr;
  sqlite3_stmt* statement = nullptr;
  std::vector<std::string> out;
  int code = sqlite3_open_v2(path.c_str(), &database, SQLITE_OPEN_READWRITE, nullptr);
  if (code == SQLITE_OK) {
    sqlite3_busy_timeout(database, 10'000);
    code = sqlite3_prepare_v2(database, sql.c_str(), -1, &statement, nullptr);
  }
  while (code == SQLITE_OK && (code = sqlite3_step(statement)) == SQLITE_ROW) {
    code = SQLITE_OK;
    std::string& row = out.emplace_back();
    for (int i = 0; i < sqlite3_column_count(statement); ++i) {
      const auto* text = reinterpret_cast<const char*>(sqlite3_column_text(statement, i));
      row.append(i == 0 ? "" : "|").append(text == nullptr ? "-" : text);
    }
  }
  const std::string message = sqlite3_errmsg(database);
  sqlite3_finalize(statement);
  sqlite3_close(database);
  if (code != SQLITE_DONE) throw std::runtime_error(path + ": " + sql + ": " + message);
  return out;
}

std::string one(const std::string& database, const std::string& sql) {
  const std::vector<std::string> all = rows(database, sql);
  return all.empty() ? std::string() : all.front();
}

std::vector<std::string> stored(const Folder& folder, const std::string& name) {
  const std::string database = folder / (name + ".db");
  std::vector<std::string> out;
  for (const char* sql :
       {"SELECT 'post', p.platform, p.id, p.revision, p.state, p.late, p.published, p.collected, a.id, a.handle,"
        " (SELECT group_concat(number || origin || text, ';') FROM segments s WHERE s.post = p.post)"
        " FROM posts p LEFT JOIN authors a USING(author)",
        "SELECT 'finding', p.platform, p.id, f.number, f.kind, f.subject, f.score, f.detector, f.reason, f.segment, "
        "f.begin_byte,"
        " f.end_byte FROM findings f JOIN posts p USING(post)",
        "SELECT 'alert', hex(alert), revision, state, detector, kind, subject, summary, starts, ends, observed, "
        "expected, severity,"
        " (SELECT group_concat(platform || id || ifnull(text, '-'), ';') FROM evidence e WHERE e.alert = a.alert) FROM "
        "alerts a",
        "SELECT 'gap', source, starts, ends, reason FROM gaps"}) {
    std::vector<std::string> some = rows(database, sql);
    out.insert(out.end(), std::make_move_iterator(some.begin()), std::make_move_iterator(some.end()));
  }
  std::sort(out.begin(), out.end());
  return out;
}

std::vector<std::string> sorted_lines(const std::string& file) {
  std::istringstream in(read_file(file));
  std::vector<std::string> out;
  for (std::string line; std::getline(in, line);) out.push_back(line);
  std::sort(out.begin(), out.end());
  return out;
}

std::string difference(const std::vector<std::string>& expected, const std::vector<std::string>& found) {
  std::string out;
  const auto tell = [&](const char* what, const std::vector<std::string>& has, const std::vector<std::string>& lacks) {
    std::vector<std::string> only;
    std::set_difference(has.begin(), has.end(), lacks.begin(), lacks.end(), std::back_inserter(only));
    if (only.empty()) return;
    out += fmt::format("{} {}:\n", only.size(), what);
    for (std::size_t i = 0; i < only.size() && i < 4; ++i) out += "  " + only[i].substr(0, 400) + "\n";
  };
  tell("missing", expected, found);
  tell("too many", found, expected);
  return out;
}

void check_same(const Folder& folder, const std::string& expected, const std::string& name) {
  CHECK(one(folder / (name + ".db"), "PRAGMA integrity_check") == "ok");
  CHECK(difference(stored(folder, expected), stored(folder, name)) == "");
  CHECK(difference(sorted_lines(folder / (expected + ".ndjson")), sorted_lines(folder / (name + ".ndjson"))) == "");
}
