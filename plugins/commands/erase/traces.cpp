#include "erase/traces.hpp"

#include <algorithm>
#include <array>
#include <fstream>

#include "erase/index_terms.hpp"
#include "erase/who.hpp"
#include "store/database.hpp"

namespace earshot::erase {
namespace {

using store::Database;
using store::Statement;

constexpr std::size_t kBlock = 4 << 20;
constexpr std::chrono::seconds kPatience{30};

std::string_view beginning(const std::filesystem::path& file, std::array<char, 16>& buffer) {
  std::ifstream in(file, std::ios::binary);
  in.read(buffer.data(), buffer.size());
  return {buffer.data(), static_cast<std::size_t>(in.gcount())};
}

std::uint64_t in_bytes(std::string_view small, Matcher& matcher) {
  std::uint64_t count = 0;
  matcher.scan(small, [&](std::size_t which) { count += matcher[which].size() >= kShortestInBytes; });
  return count;
}

// Block by block, each with the end of the one before it, so that nothing is lost between two.
void look_at_bytes(const std::filesystem::path& file, Matcher& matcher, Found& found) {
  std::ifstream in(file, std::ios::binary);
  if (!in) {
    found.unread = "it cannot be opened";
    return;
  }
  const std::size_t overlap = matcher.longest() == 0 ? 0 : matcher.longest() - 1;
  std::string block, rest;
  for (bool more = true; more;) {
    block = rest;
    const std::size_t had = block.size();
    block.resize(had + kBlock);
    in.read(block.data() + had, static_cast<std::streamsize>(kBlock));
    block.resize(had + static_cast<std::size_t>(in.gcount()));
    more = in.gcount() > 0;
    block = small(block);
    matcher.places(block, [&](const Place& place) {
      // What ends within the part that was seen before has been counted.
      if (place.end > had && matcher[place.literal].size() >= kShortestInBytes) ++found.places;
    });
    rest = block.substr(block.size() - std::min(overlap, block.size()));
  }
}

std::string as_name(std::string_view name) {
  std::string out = "\"";
  for (const char c : name) out.append(c == '"' ? 2 : 1, c);
  return out + '"';
}

std::uint64_t in_table(const Database& database, const std::string& table, Matcher& matcher) {
  std::uint64_t count = 0;
  Statement rows(database, "SELECT * FROM " + as_name(table));
  while (rows.step())
    for (int column = 0; column < sqlite3_column_count(rows.raw()); ++column) {
      const int type = sqlite3_column_type(rows.raw(), column);
      if (type == SQLITE_BLOB) count += in_bytes(small(rows.text_at(column)), matcher);
      if (type == SQLITE_TEXT) matcher.scan(small(rows.text_at(column)), [&](std::size_t) { ++count; });
    }
  return count;
}

std::uint64_t in_index(const Database& database, const std::string& table, Matcher& matcher) {
  std::uint64_t count = 0;
  Statement rows(database, "SELECT id, block FROM " + as_name(table));
  while (rows.step())
    each_term(rows.integer_at(0), rows.text_at(1), [&](std::string_view term) {
      matcher.scan(term, [&](std::size_t which) { count += matcher[which].size() == term.size(); });
    });
  return count;
}

void look_at_tables(const std::filesystem::path& file, const std::string& name, Matcher& matcher, Traces& traces) {
  const Database database(file, Database::Mode::read, kPatience);
  std::vector<std::string> tables, indexes;
  Statement select(database,
                   "SELECT name, sql LIKE 'CREATE VIRTUAL%', name LIKE '%\\_data' ESCAPE '\\' AND"
                   " sql LIKE '%id INTEGER PRIMARY KEY, block BLOB%' FROM sqlite_schema WHERE type = 'table'");
  while (select.step()) {
    if (select.integer_at(1) != 0) continue;
    (select.integer_at(2) != 0 ? indexes : tables).emplace_back(select.text_at(0));
  }
  for (const std::string& table : tables) traces[name + ": " + table].places += in_table(database, table, matcher);
  for (const std::string& table : indexes)
    traces[name + ": words of " + table.substr(0, table.size() - 5)].places += in_index(database, table, matcher);
}

}  // namespace

bool is_sqlite(const std::filesystem::path& file) {
  std::array<char, 16> buffer{};
  return beginning(file, buffer).starts_with("SQLite format 3");
}

void look(const std::filesystem::path& file, const std::string& name, Matcher& matcher, Traces& traces) {
  std::error_code none;
  if (!std::filesystem::is_regular_file(file, none)) return;
  Found& found = traces[name];
  std::array<char, 16> buffer{};
  const std::string_view first = beginning(file, buffer);
  if (first.starts_with("EARSEAL")) found.unread = "it is sealed";
  if (first.starts_with("\x1f\x8b") || first.starts_with("\x28\xb5\x2f\xfd")) found.unread = "it is compressed";
  if (!found.unread.empty() || matcher.empty()) return;
  look_at_bytes(file, matcher, found);
  if (first.starts_with("SQLite format 3")) look_at_tables(file, name, matcher, traces);
}

}  // namespace earshot::erase
