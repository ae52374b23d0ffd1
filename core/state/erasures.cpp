#include "state/erasures.hpp"

#include <fmt/format.h>

#include "base/error.hpp"
#include "state/state_store.hpp"

namespace earshot::host {

Erasures::Erasures(const std::filesystem::path& folder) : database_(existing_state(folder)) {
  prepare_state(database_);
}

std::int64_t Erasures::ask(const Erasure& whom) {
  Statement insert(database_, "INSERT INTO erasures(platform, id, handle, name) VALUES(?,?,?,?)");
  insert.bind_text(whom.platform).bind_text(whom.id).bind_text(whom.handle).bind_text(whom.name).run();
  return database_.last_row();
}

std::optional<Erased> Erasures::answer(std::int64_t number) {
  Erased out;
  {
    Statement row(database_,
                  "SELECT components, letters, deliveries, failed FROM erasures WHERE number = ? AND done = 1");
    if (!row.bind(number).step()) return std::nullopt;
    out = {row.integer(0), row.integer(1), row.integer(2), row.text(3)};
  }
  withdraw(number);
  return out;
}

void Erasures::withdraw(std::int64_t number) {
  Statement(database_, "DELETE FROM erasures WHERE number = ?").bind(number).run();
}

}  // namespace earshot::host
