#include "base/value.hpp"

namespace earshot::host {

const Value* Value::find(std::string_view name) const {
  for (const Value& item : items)
    if (item.key == name) return &item;
  return nullptr;
}

Frozen::Frozen(const Value& tree) : root_(freeze(tree)) {}

Frozen::Frozen(const std::vector<Value>& values) {
  Value list;
  list.type = EAR_LIST;
  list.items = values;
  root_ = freeze(list);
}

ear_str Frozen::keep(const std::string& text) {
  if (text.empty()) return {nullptr, 0};
  texts_.push_back(text);
  return {texts_.back().data(), texts_.back().size()};
}

ear_value Frozen::freeze(const Value& value) {
  ear_value out{};
  out.type = value.type;
  out.count = static_cast<std::uint32_t>(value.items.size());
  out.key = keep(value.key);
  out.text = keep(value.text);
  out.integer = value.integer;
  out.real = value.real;
  if (!value.items.empty()) {
    std::vector<ear_value> frozen;
    frozen.reserve(value.items.size());
    for (const Value& item : value.items) frozen.push_back(freeze(item));
    arrays_.push_back(std::move(frozen));
    out.items = arrays_.back().data();
  }
  return out;
}

}  // namespace earshot::host
