// testing/tree.hpp: options, attributes and watch items as values of a test's own, and how they become the ear_values
// that a component is given. Values; one thread.
#pragma once

#include <chrono>
#include <cstdint>
#include <cstring>
#include <filesystem>
#include <initializer_list>
#include <memory_resource>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

#include "earshot/abi.h"
#include "earshot/types.hpp"

namespace earshot::testing {

struct Setting;

// A tree that owns what it holds. Made from text, a number, a yes or no, a duration, a path, or {a list of them}.
struct Tree {
  std::uint32_t type = EAR_UNSET;
  std::string key;  // inside a map and among attributes
  std::string text;
  std::int64_t integer = 0;
  double real = 0;
  std::vector<Tree> items;

  Tree() = default;
  Tree(const char* value) : type(EAR_TEXT), text(value) {}
  Tree(std::string value) : type(EAR_TEXT), text(std::move(value)) {}
  Tree(std::string_view value) : type(EAR_TEXT), text(value) {}
  Tree(const std::filesystem::path& value) : type(EAR_TEXT), text(value.string()) {}
  Tree(bool value) : type(EAR_BOOLEAN), integer(value) {}
  template <class Number>
  requires std::is_arithmetic_v<Number> Tree(Number value)
      : type(std::is_floating_point_v<Number> ? std::uint32_t{EAR_REAL} : std::uint32_t{EAR_INTEGER}),
        integer(static_cast<std::int64_t>(value)),
        real(static_cast<double>(value)) {}
  template <class Rep, class Period>
  Tree(std::chrono::duration<Rep, Period> value)
      : type(EAR_DURATION), integer(std::chrono::duration_cast<Duration>(value).count()) {}
  Tree(Time value) : type(EAR_TIME), integer(ticks(value)) {}
  Tree(std::initializer_list<Tree> list) : type(EAR_LIST), items(list) {}
  Tree(const std::vector<std::string>& list) : type(EAR_LIST), items(list.begin(), list.end()) {}

  bool is_text() const { return type == EAR_TEXT; }
};

// A name and its value: {"share", 0.6}, {"names", {"acme", "Acme Corp"}}, {"window", "5m"}.
struct Setting {
  std::string name;
  Tree value;
};

inline Tree map(std::initializer_list<Setting> settings) {
  Tree tree;
  tree.type = EAR_MAP;
  for (const Setting& s : settings) tree.items.push_back(s.value), tree.items.back().key = s.name;
  return tree;
}

inline Tree list_of(Tree item) {
  Tree list;
  list.type = EAR_LIST;
  list.items.push_back(std::move(item));
  return list;
}

// Copies into `memory`, which must outlive what is returned.
inline ear_str keep(std::string_view text, std::pmr::memory_resource& memory) {
  if (text.empty()) return {nullptr, 0};
  char* copy = static_cast<char*>(memory.allocate(text.size(), 1));
  std::memcpy(copy, text.data(), text.size());
  return {copy, text.size()};
}

inline const ear_value* freeze(const std::vector<Tree>& trees, std::pmr::memory_resource& memory);

inline ear_value freeze(const Tree& tree, std::pmr::memory_resource& memory) {
  return {tree.type,
          static_cast<std::uint32_t>(tree.items.size()),
          keep(tree.key, memory),
          keep(tree.text, memory),
          tree.integer,
          tree.real,
          freeze(tree.items, memory)};
}

inline const ear_value* freeze(const std::vector<Tree>& trees, std::pmr::memory_resource& memory) {
  if (trees.empty()) return nullptr;
  auto* values = static_cast<ear_value*>(memory.allocate(trees.size() * sizeof(ear_value), alignof(ear_value)));
  for (std::size_t i = 0; i < trees.size(); ++i) values[i] = freeze(trees[i], memory);
  return values;
}

// A copy of what a component said.
inline Tree copy(const ear_value& value) {
  Tree tree;
  tree.type = value.type, tree.integer = value.integer, tree.real = value.real;
  tree.key = view(value.key), tree.text = view(value.text);
  for (std::uint32_t i = 0; i < value.count; ++i) tree.items.push_back(copy(value.items[i]));
  return tree;
}
inline std::vector<Tree> copy(const ear_value* values, std::uint32_t count) {
  std::vector<Tree> trees;
  for (std::uint32_t i = 0; i < count; ++i) trees.push_back(copy(values[i]));
  return trees;
}

}  // namespace earshot::testing
