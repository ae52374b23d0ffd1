#include "erase/redact.hpp"

#include <algorithm>
#include <boost/json.hpp>
#include <memory>
#include <vector>

#include "erase/who.hpp"

namespace earshot::erase {
namespace {

using store::Database;
using store::Statement;
namespace json = boost::json;

struct Column {
  const char* table;
  const char* key;  // its columns
  const char* name;
  bool is_json;
};

constexpr Column kStore[] = {
    {"alerts", "alert", "summary", false},         {"alerts", "alert", "attributes", true},
    {"evidence", "alert, number", "text", false},  {"findings", "post, number", "value", false},
    {"findings", "post, number", "reason", false}, {"findings", "post, number", "attributes", true},
    {"names", "kind, number", "label", false}};
constexpr Column kBook[] = {{"alerts", "alert", "summary", false},    {"alerts", "alert", "attributes", true},
                            {"alerts", "alert", "evidence", true},    {"alerts", "alert", "life_note", false},
                            {"messages", "message", "content", true}, {"messages", "message", "answer", false}};

bool redact(json::value& value, Matcher& matcher) {
  bool some = false;
  if (json::object* map = value.if_object())
    for (auto& item : *map) some |= redact(item.value(), matcher);
  if (json::array* list = value.if_array())
    for (json::value& item : *list) some |= redact(item, matcher);
  if (const json::string* text = value.if_string()) {
    if (const std::string changed = redacted(*text, matcher); changed != std::string_view(*text))
      value = changed, some = true;
  }
  return some;
}

// Only the strings that it holds: keys are words of Earshot's own.
std::string redacted_json(std::string_view text, Matcher& matcher) {
  boost::system::error_code fault;
  json::value value = json::parse(text, fault);
  if (fault) return redacted(text, matcher);
  return redact(value, matcher) ? json::serialize(value) : std::string(text);
}

struct FreeValue {
  void operator()(sqlite3_value* value) const { sqlite3_value_free(value); }
};

std::uint64_t redact(const Database& database, const Column& column, Matcher& matcher) {
  struct Change {
    std::vector<std::unique_ptr<sqlite3_value, FreeValue>> key;
    std::string text;
  };
  std::vector<Change> changes;
  const std::string name = column.name, table = column.table, key = column.key;
  Statement select(database, "SELECT " + name + ", " + key + " FROM " + table + " WHERE " + name + " IS NOT NULL");
  const int columns = sqlite3_column_count(select.raw());
  while (select.step()) {
    const std::string_view text = select.text_at(0);
    std::string changed = column.is_json ? redacted_json(text, matcher) : redacted(text, matcher);
    if (changed == text) continue;
    Change& change = changes.emplace_back();
    change.text = std::move(changed);
    for (int i = 1; i < columns; ++i) change.key.emplace_back(sqlite3_value_dup(sqlite3_column_value(select.raw(), i)));
  }
  std::string where;
  for (std::size_t from = 0, i = 2; from < key.size(); ++i) {
    const std::size_t comma = std::min(key.find(", ", from), key.size());
    where += (where.empty() ? "" : " AND ") + key.substr(from, comma - from) + " = ?" + std::to_string(i);
    from = comma + 2;
  }
  Statement update(database, "UPDATE " + table + " SET " + name + " = ?1 WHERE " + where);
  for (const Change& change : changes) {
    update.text(1, change.text);
    for (std::size_t i = 0; i < change.key.size(); ++i)
      sqlite3_bind_value(update.raw(), static_cast<int>(i) + 2, change.key[i].get());
    update.run();
  }
  return changes.size();
}

template <std::size_t N>
std::uint64_t redact(const Database& database, const Column (&columns)[N], Matcher& matcher) {
  if (matcher.empty()) return 0;
  store::Transaction transaction(database);
  std::uint64_t changed = 0;
  for (const Column& column : columns) changed += redact(database, column, matcher);
  transaction.commit();
  return changed;
}

}  // namespace

std::string redacted(std::string_view text, Matcher& matcher) {
  std::vector<Place> places;
  matcher.places(small(text), [&](const Place& place) { places.push_back(place); });
  if (places.empty()) return std::string(text);
  std::sort(places.begin(), places.end(), [](const Place& a, const Place& b) { return a.begin < b.begin; });
  std::string out;
  std::size_t at = 0;
  for (const Place& place : places) {
    if (place.end <= at) continue;
    if (place.begin >= at) out.append(text.substr(at, place.begin - at)).append(kErased);
    at = place.end;
  }
  return out.append(text.substr(at));
}

std::uint64_t redact_store(const Database& database, Matcher& matcher) {
  return redact(database, kStore, matcher);
}
std::uint64_t redact_book(const Database& database, Matcher& matcher) {
  return redact(database, kBook, matcher);
}

}  // namespace earshot::erase
