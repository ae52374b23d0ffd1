#include "values.hpp"

#include <cstring>

namespace earshot::replay {
namespace {

constexpr int kMaxDepth = 16;  // what is deeper is left out

}  // namespace

ear_str keep(std::string_view text, post::Memory& memory) {
  if (text.empty()) return {};
  char* to = memory.take(text.size());
  std::memcpy(to, text.data(), text.size());
  memory.keep(text.size());
  return {to, text.size()};
}

Values::Array Values::read(std::string_view json, post::Memory& memory) {
  simdjson::dom::element root;
  if (json.empty() || parser_.parse(json.data(), json.size()).get(root) != simdjson::SUCCESS) return {};
  if (!root.is_object()) return {};
  const ear_value map = value({}, root, memory, 0);
  return {map.items, map.count};
}

ear_value Values::value(std::string_view key, const simdjson::dom::element& from, post::Memory& memory, int depth) {
  ear_value to{};
  to.key = keep(key, memory);
  std::vector<ear_value> items;
  switch (from.type()) {
    case simdjson::dom::element_type::STRING:
      to.type = EAR_TEXT, to.text = keep(from.get_string().value_unsafe(), memory);
      return to;
    case simdjson::dom::element_type::INT64:
      to.type = EAR_INTEGER, to.integer = from.get_int64().value_unsafe(), to.real = static_cast<double>(to.integer);
      return to;
    case simdjson::dom::element_type::UINT64:
    case simdjson::dom::element_type::DOUBLE:
      to.type = EAR_REAL, to.real = from.get_double().value_unsafe();
      return to;
    case simdjson::dom::element_type::BOOL:
      to.type = EAR_BOOLEAN, to.integer = from.get_bool().value_unsafe() ? 1 : 0;
      return to;
    case simdjson::dom::element_type::NULL_VALUE:
      return to;
    case simdjson::dom::element_type::ARRAY:
      to.type = EAR_LIST;
      if (depth >= kMaxDepth) return to;
      if (simdjson::dom::array array; from.get(array) == simdjson::SUCCESS)
        for (const simdjson::dom::element item : array) items.push_back(value({}, item, memory, depth + 1));
      break;
    case simdjson::dom::element_type::OBJECT:
      to.type = EAR_MAP;
      if (depth >= kMaxDepth) return to;
      if (simdjson::dom::object object; from.get(object) == simdjson::SUCCESS)
        for (const auto& [name, item] : object) items.push_back(value(name, item, memory, depth + 1));
      break;
  }
  const std::vector<ear_value>& kept = arrays_.emplace_back(std::move(items));
  to.count = static_cast<std::uint32_t>(kept.size()), to.items = kept.data();
  return to;
}

}  // namespace earshot::replay
