// store.hpp: the service of store.h in C++. A Store is used by one thread at a time; rows are copies.
//
//   earshot::Store store(host(), "var/acme.db");
//   for (const earshot::Row& row : store.posts({.subject = "acme"})) use(row.text("id"));
#pragma once

#include <cstdint>
#include <exception>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "earshot/host.hpp"
#include "earshot/services/store.h"

namespace earshot {

class Row {
 public:
  Row(const ear_value* columns, std::uint32_t count) {
    for (std::uint32_t i = 0; i < count; ++i)
      cells_.push_back({std::string(view(columns[i].key)), std::string(view(columns[i].text)), columns[i].type,
                        columns[i].integer, columns[i].real});
  }
  bool has(std::string_view column) const {
    const Cell* cell = find(column);
    return cell != nullptr && cell->type != EAR_UNSET;
  }
  std::string_view text(std::string_view column) const {
    const Cell* cell = find(column);
    return cell == nullptr ? std::string_view{} : cell->text;
  }
  std::int64_t integer(std::string_view column) const {
    const Cell* cell = find(column);
    return cell == nullptr ? 0 : cell->integer;
  }
  double real(std::string_view column) const {
    const Cell* cell = find(column);
    return cell == nullptr ? 0 : cell->type == EAR_REAL ? cell->real : static_cast<double>(cell->integer);
  }
  // Shows the row as a map of values, alive during the call.
  void as_map(const std::function<void(const ear_value&)>& use) const {
    std::vector<ear_value> items;
    for (const Cell& c : cells_) items.push_back({c.type, 0, str(c.name), str(c.text), c.integer, c.real, nullptr});
    use({EAR_MAP, static_cast<std::uint32_t>(items.size()), {}, {}, 0, 0, items.data()});
  }

 private:
  struct Cell {
    std::string name, text;
    std::uint32_t type;
    std::int64_t integer;
    double real;
  };
  const Cell* find(std::string_view column) const {
    for (const Cell& cell : cells_)
      if (cell.name == column) return &cell;
    return nullptr;
  }
  std::vector<Cell> cells_;
};

using Rows = std::vector<Row>;

struct StoreFilter {
  std::string_view platform = {}, id = {}, author = {}, subject = {}, kind = {}, search = {};
  Time from = no_time, to = no_time;
  std::uint64_t limit = 0;
};

class Store {
 public:
  Store(const Host& host, std::string_view path) : Store(host.service<ear_store_1>(EAR_STORE_1), path) {}
  // With the table that the main thread was given; any thread.
  Store(const ear_store_1& table, std::string_view path) : table_(table) {
    ear_store* store = nullptr;
    check([&](ear_error* error) { return table_.open(str(path), &store, error); });
    store_ = {store, table_.close};
  }

  Row state() {
    return rows([&](ear_store_row row, void* user, ear_error* e) { return table_.state(raw(), row, user, e); }).at(0);
  }
  Rows posts(const StoreFilter& filter) { return filtered(table_.posts, filter); }
  Rows alerts(const StoreFilter& filter) { return filtered(table_.alerts, filter); }
  Rows counts(const StoreFilter& filter) { return filtered(table_.counts, filter); }
  Rows segments(std::int64_t post) { return of_post(table_.segments, post); }
  Rows findings(std::int64_t post) { return of_post(table_.findings, post); }
  Rows query(std::string_view sql, const std::vector<ear_value>& parameters = {}, std::uint64_t limit = 0) {
    return rows([&](ear_store_row row, void* user, ear_error* e) {
      return table_.query(raw(), str(sql), parameters.data(), static_cast<std::uint32_t>(parameters.size()), limit, row,
                          user, e);
    });
  }

  // Returns how many posts were removed.
  static std::uint64_t erase(const Host& host, std::string_view path, std::string_view platform,
                             std::string_view author) {
    std::uint64_t posts = 0;
    const auto& table = host.service<ear_store_1>(EAR_STORE_1);
    check([&](ear_error* e) { return table.erase(str(path), str(platform), str(author), &posts, e); });
    return posts;
  }

 private:
  template <class Call>
  static void check(Call&& call) {
    ear_error error{};
    error.size = sizeof error;
    error.post = EAR_NONE;
    if (const ear_status status = call(&error); status != EAR_OK)
      throw Error(status, error.message).at_option(error.option, error.offset);
  }
  template <class Call>
  static Rows rows(Call&& call) {
    struct Collected {
      Rows rows;
      std::exception_ptr thrown;
    } collected;
    const auto add = [](void* user, const ear_value* columns, std::uint32_t count) -> std::int32_t {
      auto& c = *static_cast<Collected*>(user);
      try {
        c.rows.emplace_back(columns, count);
        return 0;
      } catch (...) {
        return c.thrown = std::current_exception(), 1;
      }
    };
    check([&](ear_error* error) { return call(add, &collected, error); });
    if (collected.thrown) std::rethrow_exception(collected.thrown);
    return std::move(collected.rows);
  }
  template <class Function>
  Rows filtered(Function function, const StoreFilter& f) {
    const ear_store_filter filter{sizeof(ear_store_filter),
                                  0,
                                  str(f.platform),
                                  str(f.id),
                                  str(f.author),
                                  str(f.subject),
                                  str(f.kind),
                                  str(f.search),
                                  ticks(f.from),
                                  ticks(f.to),
                                  f.limit};
    return rows([&](ear_store_row row, void* user, ear_error* e) { return function(raw(), &filter, row, user, e); });
  }
  template <class Function>
  Rows of_post(Function function, std::int64_t post) {
    return rows([&](ear_store_row row, void* user, ear_error* e) { return function(raw(), post, row, user, e); });
  }
  ear_store* raw() const { return store_.get(); }

  const ear_store_1& table_;
  std::unique_ptr<ear_store, void (*)(ear_store*)> store_{nullptr, nullptr};
};

}  // namespace earshot
