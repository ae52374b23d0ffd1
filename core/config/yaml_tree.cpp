#include "config/yaml_tree.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace earshot::host {
namespace {

struct Extent {
  std::size_t nodes = 1, bytes = 0, depth = 0;
};

Extent extent(const YamlNode& node) {
  Extent all{1, node.text.size() + node.key.size(), node.items.empty() ? 0u : 1u};
  for (const YamlNode& item : node.items) {
    const Extent one = extent(item);
    all.nodes += one.nodes;
    all.bytes += one.bytes;
    all.depth = std::max(all.depth, one.depth + 1);
  }
  return all;
}

}  // namespace

void YamlTree::OnDocumentStart(const YAML::Mark& mark) {
  if (seen_) {
    reader_.report().error(place(mark), {}, "a second document begins here, and a config is one",
                           "Take the line '---' out, or put the rest into a file of its own.");
    throw GaveUp();
  }
  seen_ = true;
}

void YamlTree::OnNull(const YAML::Mark& mark, YAML::anchor_t anchor) {
  YamlNode node;
  // yaml-cpp says where the next token is; the key is nearer to what is missing.
  node.at = !open_.empty() && open_.back().has_key ? open_.back().key_at : place(mark);
  add(std::move(node), anchor);
}

void YamlTree::OnAlias(const YAML::Mark& mark, YAML::anchor_t anchor) {
  const auto known = anchors_.find(anchor);
  if (known == anchors_.end()) {
    reader_.report().error(place(mark), {}, "this alias stands inside of what it repeats");
    throw GaveUp();
  }
  const Extent all = extent(known->second);
  if (!reader_.spend(all.nodes, all.bytes, place(mark))) throw GaveUp();
  if (depth_ + open_.size() + all.depth > reader_.limits().depth) {
    reader_.report().error(place(mark), {},
                           fmt::format("more than {} maps and lists in each other", reader_.limits().depth));
    throw GaveUp();
  }
  add(known->second, 0);
}

void YamlTree::check_tag(const std::string& tag, TextPlace at) {
  if (tag.empty() || tag == "?" || tag == "!" || tag.starts_with("tag:yaml.org,2002:")) return;
  reader_.report().error(at, {}, fmt::format("the tag {} is not known", in_quotes(tag)),
                         "The only one is !include FILE.");
}

void YamlTree::OnScalar(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                        const std::string& value) {
  const TextPlace at = place(mark);
  if (!reader_.spend(1, value.size(), at)) throw GaveUp();
  last_text_ = at;
  YamlNode node;
  node.at = at;
  node.kind = YamlNode::Kind::text;
  node.text = value;
  node.plain = tag == "?" || tag.empty();
  unshield_references(node.text);
  if (tag == "!include") {
    std::optional<YamlNode> included = reader_.include(node.text, at, depth_ + open_.size());
    if (!included) throw GaveUp();
    node = std::move(*included);
    if (node.at.line == 0) node.at = at;
  } else {
    check_tag(tag, at);
  }
  add(std::move(node), anchor);
}

void YamlTree::OnSequenceStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                               YAML::EmitterStyle::value) {
  open(YamlNode::Kind::list, mark, tag, anchor);
}

void YamlTree::OnMapStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                          YAML::EmitterStyle::value) {
  open(YamlNode::Kind::map, mark, tag, anchor);
}

void YamlTree::open(YamlNode::Kind kind, const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor) {
  const TextPlace at = place(mark);
  if (!reader_.spend(1, 0, at)) throw GaveUp();
  if (depth_ + open_.size() >= reader_.limits().depth) {
    reader_.report().error(at, {}, fmt::format("more than {} maps and lists in each other", reader_.limits().depth));
    throw GaveUp();
  }
  check_tag(tag, at);
  Open opened;
  opened.node.kind = kind;
  opened.node.at = at;
  opened.anchor = anchor;
  open_.push_back(std::move(opened));
}

void YamlTree::close() {
  Open closed = std::move(open_.back());
  open_.pop_back();
  add(std::move(closed.node), closed.anchor);
}

void YamlTree::take_key(Open& map, YamlNode node) {
  if (node.kind == YamlNode::Kind::list || node.kind == YamlNode::Kind::map) {
    reader_.report().error(node.at, {}, fmt::format("{} cannot be a key", kind_of(node)),
                           "Put a text that begins with '{' or '[' into quotes.");
    throw GaveUp();
  }
  map.has_key = true;
  map.key = node.kind == YamlNode::Kind::null ? "null" : std::move(node.text);
  map.key_at = node.at;
}

void YamlTree::add(YamlNode node, YAML::anchor_t anchor) {
  if (anchor != 0) {
    const Extent all = extent(node);
    if (!reader_.spend(all.nodes, all.bytes, node.at)) throw GaveUp();
    anchors_[anchor] = node;
  }
  if (open_.empty()) {
    root_ = std::move(node);
    return;
  }
  Open& top = open_.back();
  if (top.node.kind == YamlNode::Kind::map && !top.has_key) return take_key(top, std::move(node));
  if (top.node.kind == YamlNode::Kind::map) {
    const auto [first, fresh] = top.lines.emplace(top.key, top.key_at.line);
    if (!fresh)
      reader_.report().error(top.key_at, {}, fmt::format("the key {} stands twice in this map", in_quotes(top.key)),
                             fmt::format("It was first given in line {}.", first->second));
    node.duplicate = !fresh;
    node.key = std::move(top.key);
    node.key_at = top.key_at;
    top.has_key = false;
  }
  top.node.items.push_back(std::move(node));
}

}  // namespace earshot::host
