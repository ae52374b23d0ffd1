#include "config/node.hpp"

#include <utility>

namespace earshot::host {

const YamlNode* YamlNode::find(std::string_view name) const {
  for (const YamlNode& item : items)
    if (!item.duplicate && item.key == name) return &item;
  return nullptr;
}

YamlNode* YamlNode::find(std::string_view name) {
  return const_cast<YamlNode*>(std::as_const(*this).find(name));
}

std::string_view kind_of(const YamlNode& node) {
  switch (node.kind) {
    case YamlNode::Kind::text:
      return "a single value";
    case YamlNode::Kind::list:
      return "a list";
    case YamlNode::Kind::map:
      return "a map";
    default:
      return "nothing";
  }
}

}  // namespace earshot::host
