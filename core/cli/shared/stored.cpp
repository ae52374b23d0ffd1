#include "cli/shared/stored.hpp"

#include <earshot/services/store.h>

#include <functional>
#include <limits>

#include "base/error.hpp"
#include "earshot/types.hpp"

namespace earshot::host {
namespace {

constexpr const char* kRange =
    "SELECT count(*) AS posts, min(published) AS first, max(published) AS last FROM posts"
    " WHERE published >= ?1 AND published < ?2 AND state = 'live'";
// All would be too many to look through.
constexpr const char* kVoices =
    "SELECT DISTINCT detector FROM (SELECT detector FROM findings ORDER BY post DESC LIMIT 50000)"
    " UNION SELECT DISTINCT detector FROM (SELECT detector FROM segments ORDER BY post DESC LIMIT 50000)"
    " WHERE detector IS NOT NULL";

using Column = std::function<void(const ear_value&)>;

class Open {
 public:
  Open(const ear_store_1& table, const std::string& path) : table_(table) {
    const Outcome outcome = calling([&](ear_error* error) { return table_.open(str(path), &store_, error); });
    if (!outcome.ok()) throw Failure(outcome.text());
  }
  ~Open() { table_.close(store_); }
  Open(const Open&) = delete;
  Open& operator=(const Open&) = delete;

  void ask(const char* sql, const std::vector<ear_value>& parameters, const Column& column) {
    const auto row = [](void* user, const ear_value* columns, std::uint32_t count) -> std::int32_t {
      for (std::uint32_t i = 0; i < count; ++i)
        if (columns[i].type != EAR_UNSET) (*static_cast<const Column*>(user))(columns[i]);
      return 0;
    };
    const Outcome outcome = calling([&](ear_error* error) {
      return table_.query(store_, str(sql), parameters.data(), static_cast<std::uint32_t>(parameters.size()), 1000, row,
                          const_cast<Column*>(&column), error);
    });
    if (!outcome.ok()) throw Failure(outcome.text());
  }

 private:
  const ear_store_1& table_;
  ear_store* store_ = nullptr;
};

}  // namespace

Stored look_at_store(const std::string& path, ear_time from, ear_time to, Environment& environment, const Plan& plan) {
  Services services(environment, surroundings_of(plan), {});
  const auto* table = static_cast<const ear_store_1*>(services.table(EAR_STORE_1, "backtest"));
  if (table == nullptr) throw Failure("the plugin 'store' is needed and is not there");
  Open store(*table, path);
  constexpr std::int64_t kLeast = std::numeric_limits<std::int64_t>::min();
  constexpr std::int64_t kMost = std::numeric_limits<std::int64_t>::max();
  Stored stored;
  store.ask(
      kRange,
      {integer_value("", from == EAR_TIME_NONE ? kLeast : from), integer_value("", to == EAR_TIME_NONE ? kMost : to)},
      [&](const ear_value& column) {
        if (view(column.key) == "posts") stored.posts = static_cast<std::uint64_t>(column.integer);
        if (view(column.key) == "first") stored.first = column.integer;
        if (view(column.key) == "last") stored.last = column.integer;
      });
  store.ask(kVoices, {}, [&](const ear_value& column) { stored.detectors.emplace(view(column.text)); });
  return stored;
}

}  // namespace earshot::host
