// names.hpp: numbers for the values that are counted (a platform, a topic, a link), so that records are small. A number
// is given once and stays. One instance for one thread, used within transactions.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <unordered_map>

#include "store/database.hpp"

namespace earshot::store {

class Names {
 public:
  explicit Names(const Database& database);

  void begin();  // forgets what another connection has removed
  // The number of a value, from 1 on, given now where it has none. With `label`, what people call it.
  std::uint32_t number(std::string_view kind, std::string_view value, std::string_view label = {});
  // The number of a value that is there; 0: it is not.
  std::uint32_t find(std::string_view kind, std::string_view value);
  void remove(std::string_view kind, std::uint32_t number);
  // Takes out every name of a kind that `used` does not say is used. How many.
  std::int64_t remove_unused(std::string_view kind, const std::function<bool(std::uint32_t number)>& used);
  void removed_rows();  // other connections forget what they know of rows
  void forget();        // after a transaction was rolled back

 private:
  static constexpr std::size_t kMost = 400'000;  // in memory
  struct Known {
    std::uint32_t number;
    std::size_t label;  // its hash
  };

  std::unordered_map<std::string, Known> known_;
  std::string key_;
  std::int64_t removals_ = 0;
  Statement find_, insert_, label_, remove_, removals_now_, removed_, of_kind_, delete_;
};

}  // namespace earshot::store
