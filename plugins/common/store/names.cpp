#include "store/names.hpp"

#include <functional>
#include <vector>

namespace earshot::store {

Names::Names(const Database& database)
    : find_(database, "SELECT number, label FROM names WHERE kind = ?1 AND value = ?2"),
      insert_(database,
              "INSERT INTO names(kind, number, value, label) VALUES(?1,"
              " (SELECT coalesce(max(number), 0) + 1 FROM names WHERE kind = ?1), ?2, ?3) RETURNING number"),
      label_(database, "UPDATE names SET label = ?3 WHERE kind = ?1 AND number = ?2"),
      remove_(database,
              "UPDATE names SET value = '(erased ' || number || ')', label = NULL WHERE kind = ?1 AND"
              " number = ?2"),
      removals_now_(database, "SELECT names_removed FROM rollup_state"),
      removed_(database, "UPDATE rollup_state SET names_removed = names_removed + 1"),
      of_kind_(database, "SELECT number FROM names WHERE kind = ?1 AND value <> '(erased ' || number || ')'"),
      // The highest number stays taken: the next one is counted from it.
      delete_(database,
              "DELETE FROM names WHERE kind = ?1 AND number = ?2 AND number < (SELECT max(number) FROM names WHERE"
              " kind = ?1)") {}

void Names::begin() {
  const std::int64_t now = removals_now_.step() ? removals_now_.integer_at(0) : 0;
  removals_now_.reset();
  if (now != removals_ || known_.size() > kMost) known_.clear();
  removals_ = now;
}

std::uint32_t Names::find(std::string_view kind, std::string_view value) {
  std::uint32_t number = 0;
  if (find_.text(1, kind).text(2, value).step()) number = static_cast<std::uint32_t>(find_.integer_at(0));
  find_.reset();
  return number;
}

std::uint32_t Names::number(std::string_view kind, std::string_view value, std::string_view label) {
  key_.assign(kind).append(1, '\0').append(value);
  const std::size_t hash = label.empty() ? 0 : std::hash<std::string_view>{}(label);
  auto known = known_.find(key_);
  if (known == known_.end()) {
    Known found{};
    if (find_.text(1, kind).text(2, value).step())
      found = {static_cast<std::uint32_t>(find_.integer_at(0)),
               find_.is_null(1) ? 0 : std::hash<std::string_view>{}(find_.text_at(1))};
    find_.reset();
    if (found.number == 0) {
      if (insert_.text(1, kind).text(2, value).known(3, label).step())
        found = {static_cast<std::uint32_t>(insert_.integer_at(0)), hash};
      insert_.run();
    }
    known = known_.emplace(key_, found).first;
  }
  if (hash != 0 && known->second.label != hash) {
    label_.text(1, kind).integer(2, known->second.number).text(3, label).run();
    known->second.label = hash;
  }
  return known->second.number;
}

void Names::remove(std::string_view kind, std::uint32_t number) {
  remove_.text(1, kind).integer(2, number).run();
  removed_rows();
}

std::int64_t Names::remove_unused(std::string_view kind, const std::function<bool(std::uint32_t number)>& used) {
  std::vector<std::int64_t> unused;
  of_kind_.text(1, kind);
  while (of_kind_.step())
    if (!used(static_cast<std::uint32_t>(of_kind_.integer_at(0)))) unused.push_back(of_kind_.integer_at(0));
  for (const std::int64_t number : unused) {
    remove_.text(1, kind).integer(2, number).run();
    delete_.text(1, kind).integer(2, number).run();
  }
  if (!unused.empty()) removed_rows();
  return static_cast<std::int64_t>(unused.size());
}

void Names::removed_rows() {
  removed_.run();
  forget();
}

void Names::forget() {
  known_.clear();
}

}  // namespace earshot::store
