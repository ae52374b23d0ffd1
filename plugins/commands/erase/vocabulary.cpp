#include "erase/vocabulary.hpp"

#include <boost/json.hpp>

#include "erase/traces.hpp"
#include "store/database.hpp"

namespace earshot::erase {
namespace {

using store::Database;
using store::Statement;
using Use = std::function<void(std::string_view)>;
namespace json = boost::json;

void each_text(const Value& value, const Use& use) {
  use(value.key()), use(value.text());
  for (const Value item : value.items()) each_text(item, use);
}

void each_key(const json::value& value, const Use& use) {
  if (const json::object* map = value.if_object())
    for (const auto& item : *map) use(item.key()), each_key(item.value(), use);
  if (const json::array* list = value.if_array())
    for (const json::value& item : *list) each_key(item, use);
}

// Every value of the first column: as it stands, or the keys of the JSON that it is. A table that is not there has
// none.
void each_row(const Database& database, const char* sql, bool keys, const Use& use) {
  try {
    Statement rows(database, sql);
    while (rows.step()) {
      if (!keys) {
        use(rows.text_at(0));
        continue;
      }
      boost::system::error_code fault;
      const json::value value = json::parse(rows.text_at(0), fault);
      if (!fault) each_key(value, use);
    }
  } catch (const Error& error) {
    if (error.status != EAR_INTERNAL) throw;  // "no such table"
  }
}

}  // namespace

void each_own_word(const Host& host, const Places& places, const Use& use) {
  each_text(host.config(), use);
  each_text(host.watchlist(), use);
  use(host.pipeline());
  for (const File& file : places.kept) {
    if (!is_sqlite(file.path)) continue;
    const Database database(file.path, Database::Mode::read, std::chrono::seconds{30});
    for (const char* sql : {"SELECT sql FROM sqlite_schema", "SELECT component || ' ' || key FROM pieces",
                            "SELECT kind || ' ' || detector FROM alerts", "SELECT subject FROM alerts",
                            "SELECT held FROM routes", "SELECT detail FROM log", "SELECT plugin FROM channels"})
      each_row(database, sql, false, use);
    for (const char* sql :
         {"SELECT attributes FROM alerts", "SELECT evidence FROM alerts", "SELECT content FROM messages"})
      each_row(database, sql, true, use);
  }
}

}  // namespace earshot::erase
