// reader.hpp: asks a store. Every question is one statement that only reads, bounded in rows and in time. One instance
// for one thread.
#pragma once

#include <chrono>
#include <functional>
#include <string>
#include <vector>

#include "earshot/services/store.h"
#include "store/database.hpp"

namespace earshot::store {

// False: enough.
using RowUse = std::function<bool(const ear_value* columns, std::uint32_t count)>;

class Reader {
 public:
  explicit Reader(const std::filesystem::path& path);

  void state(const RowUse& use);
  void posts(const ear_store_filter& filter, const RowUse& use);
  void segments(std::int64_t post, const RowUse& use);
  void findings(std::int64_t post, const RowUse& use);
  void alerts(const ear_store_filter& filter, const RowUse& use);
  void counts(const ear_store_filter& filter, const RowUse& use);
  void query(std::string_view sql, const ear_value* parameters, std::uint32_t count, std::uint64_t limit,
             const RowUse& use);

 private:
  void run(std::string_view sql, const std::vector<ear_value>& parameters, std::uint64_t limit, const RowUse& use);
  void run(Statement& statement, std::uint64_t limit, const RowUse& use);

  Database database_;
  std::chrono::steady_clock::time_point deadline_;
};

}  // namespace earshot::store
