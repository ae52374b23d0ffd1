#include "state/dead_letters.hpp"

#include <fmt/format.h>

#include "base/error.hpp"

namespace earshot::host {
namespace {

std::filesystem::path state_file(const std::filesystem::path& folder) {
  std::filesystem::path file = folder / "state.db";
  if (!std::filesystem::exists(file))
    throw Failure(fmt::format("there is no state in {}: the pipeline has not run yet, or it has another `state` folder",
                              folder.string()));
  return file;
}

// Numbers come from the command line as integers, so they may stand in the text; the rest is bound.
std::string condition(const DeadLetters::Which& which) {
  std::string sql = " WHERE (?1 = '' OR component = ?1) AND (?2 = '' OR instr(reason, ?2) > 0)";
  if (which.numbers.empty()) return sql;
  sql += " AND number IN (";
  for (std::size_t i = 0; i < which.numbers.size(); ++i) sql += (i == 0 ? "" : ",") + std::to_string(which.numbers[i]);
  return sql + ")";
}

}  // namespace

DeadLetters::DeadLetters(const std::filesystem::path& folder) : database_(state_file(folder)) {}

std::vector<DeadLetter> DeadLetters::list(const Which& which, std::size_t limit, bool newest_first) {
  const std::string sql = "SELECT component, source, place, reason, raw, payload, time, number FROM dead_letters" +
                          condition(which) + " ORDER BY number " + (newest_first ? "DESC" : "ASC") + " LIMIT ?3";
  Statement row(database_, sql.c_str());
  row.bind_text(which.component).bind_text(which.reason).bind(static_cast<std::int64_t>(limit));
  std::vector<DeadLetter> out;
  while (row.step())
    out.push_back({row.text(0), row.text(1), row.text(2), row.text(3), row.integer(4) != 0, row.blob(5), row.integer(6),
                   row.integer(7)});
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

}  // namespace earshot::host
