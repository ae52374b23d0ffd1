#include "store/settings.hpp"

namespace earshot::store {

std::optional<std::string> setting(const Database& database, std::string_view name) {
  Statement select(database, "SELECT value FROM settings WHERE name = ?1");
  if (!select.text(1, name).step()) return std::nullopt;
  return std::string(select.text_at(0));
}

void set_setting(const Database& database, std::string_view name, std::string_view value) {
  if (setting(database, name) == value) return;  // nothing to be written each time that a sink starts
  Statement(database,
            "INSERT INTO settings(name, value) VALUES(?1, ?2) ON CONFLICT DO UPDATE SET value = excluded.value")
      .text(1, name)
      .text(2, value)
      .run();
}

}  // namespace earshot::store
