// yaml_tree.hpp: makes nodes of what yaml-cpp finds in one document. One thread.
#pragma once

#include <yaml-cpp/eventhandler.h>
#include <yaml-cpp/mark.h>

#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "config/yaml.hpp"

namespace earshot::host {

class YamlTree final : public YAML::EventHandler {
 public:
  struct GaveUp {};  // a fault after which reading on makes no sense; it is reported

  YamlTree(YamlReader& reader, std::uint32_t file, std::size_t depth) : reader_(reader), file_(file), depth_(depth) {}

  std::optional<YamlNode> take() { return std::move(root_); }
  TextPlace last_text() const { return last_text_; }  // where the last text of this file begins

  void OnDocumentStart(const YAML::Mark& mark) override;
  void OnDocumentEnd() override {}
  void OnNull(const YAML::Mark& mark, YAML::anchor_t anchor) override;
  void OnAlias(const YAML::Mark& mark, YAML::anchor_t anchor) override;
  void OnScalar(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                const std::string& value) override;
  void OnSequenceStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                       YAML::EmitterStyle::value style) override;
  void OnSequenceEnd() override { close(); }
  void OnMapStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                  YAML::EmitterStyle::value style) override;
  void OnMapEnd() override { close(); }

 private:
  struct Open {
    YamlNode node;
    YAML::anchor_t anchor = 0;
    bool has_key = false;
    std::string key;
    TextPlace key_at;
    std::map<std::string, int> lines;  // of the keys so far
  };
  TextPlace place(const YAML::Mark& mark) const { return {file_, mark.line + 1, mark.column + 1}; }
  void check_tag(const std::string& tag, TextPlace at);
  void open(YamlNode::Kind kind, const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor);
  void close();
  void add(YamlNode node, YAML::anchor_t anchor);
  void take_key(Open& map, YamlNode node);

  YamlReader& reader_;
  std::uint32_t file_;
  std::size_t depth_;
  bool seen_ = false;
  TextPlace last_text_;
  std::vector<Open> open_;
  std::optional<YamlNode> root_;
  std::map<YAML::anchor_t, YamlNode> anchors_;
};

}  // namespace earshot::host
