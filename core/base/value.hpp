// value.hpp: a tree of typed values that owns what it holds, and its frozen form for the binary contract.
// Values; a Frozen may be read from any thread.
#pragma once

#include <cstdint>
#include <deque>
#include <string>
#include <vector>

#include "earshot/abi.h"

namespace earshot::host {

// One option, attribute or node of the watchlist. `type` is EAR_TEXT and its like; EAR_UNSET holds nothing.
struct Value {
  std::uint32_t type = EAR_UNSET;
  std::string key;  // inside a map
  std::string text;
  std::int64_t integer = 0;
  double real = 0;
  std::vector<Value> items;  // of a list or a map

  const Value* find(std::string_view name) const;  // the item of a map; nullptr where there is none
};

// The same as ear_value, at addresses that stay. Copying is forbidden, because the pointers lead inside.
class Frozen {
 public:
  Frozen() = default;
  explicit Frozen(const Value& tree);                 // root() is the tree
  explicit Frozen(const std::vector<Value>& values);  // root().items are the values
  Frozen(const Frozen&) = delete;
  Frozen& operator=(const Frozen&) = delete;

  const ear_value& root() const { return root_; }
  const ear_value* items() const { return root_.items; }

 private:
  ear_value freeze(const Value& value);
  ear_str keep(const std::string& text);

  std::deque<std::string> texts_;
  std::deque<std::vector<ear_value>> arrays_;
  ear_value root_{};
};

}  // namespace earshot::host
