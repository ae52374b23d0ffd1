#include "state/dead_letters.hpp"

#include "state/sealed_letter.hpp"
#include "state/state_store.hpp"

namespace earshot::host {
namespace {

// Numbers come from the command line as integers, so they may stand in the text; the rest is bound.
std::string condition(const DeadLetters::Which& which) {
  std::string sql = " WHERE (?1 = '' OR component = ?1) AND (?2 = '' OR instr(reason, ?2) > 0)";
  if (which.numbers.empty()) return sql;
  sql += " AND number IN (";
  for (std::size_t i = 0; i < which.numbers.size(); ++i) sql += (i == 0 ? "" : ",") + std::to_string(which.numbers[i]);
  return sql + ")";
}

}  // namespace

DeadLetters::DeadLetters(const std::filesystem::path& folder, std::shared_ptr<const Seal> seal)
    : database_(existing_state(folder)), seal_(std::move(seal)) {
  database_.run("PRAGMA secure_delete=ON");
}

std::vector<DeadLetter> DeadLetters::list(const Which& which, std::size_t limit, bool newest_first) {
  const std::string sql = "SELECT component, source, place, reason, raw, payload, time, number FROM dead_letters" +
                          condition(which) + " ORDER BY number " + (newest_first ? "DESC" : "ASC") + " LIMIT ?3";
  Statement row(database_, sql.c_str());
  row.bind_text(which.component).bind_text(which.reason).bind(static_cast<std::int64_t>(limit));
  std::vector<DeadLetter> out;
  while (row.step()) {
    out.push_back(
        {row.text(0), row.text(1), row.text(2), row.text(3), false, {}, row.integer(6), row.integer(7), false});
    unseal(row.integer(4), row.blob(5), seal_.get(), out.back());
  }
  return out;
}

std::int64_t DeadLetters::count(const Which& which) {
  const std::string sql = "SELECT count(*) FROM dead_letters" + condition(which);
  Statement row(database_, sql.c_str());
  row.bind_text(which.component).bind_text(which.reason);
  return row.step() ? row.integer(0) : 0;
}

bool DeadLetters::wanted(std::int64_t number) {
  Statement row(database_, "SELECT wanted FROM dead_letters WHERE number = ?");
  row.bind(number);
  return row.step() && row.integer(0) != 0;
}

std::int64_t DeadLetters::replay(const Which& which) {
  const std::string sql = "UPDATE dead_letters SET wanted = 1" + condition(which);
  Statement update(database_, sql.c_str());
  update.bind_text(which.component).bind_text(which.reason).run();
  return database_.changes();
}

std::int64_t DeadLetters::drop(const Which& which) {
  const std::string sql = "DELETE FROM dead_letters" + condition(which) + " AND wanted = 0";
  Statement(database_, sql.c_str()).bind_text(which.component).bind_text(which.reason).run();
  return database_.changes();
}

std::int64_t DeadLetters::drop(ear_time before) {
  Statement(database_, "DELETE FROM dead_letters WHERE time < ? AND wanted = 0").bind(before).run();
  return database_.changes();
}

}  // namespace earshot::host
