// components.hpp: one section of a pipeline, as `sources:`, made into plans of components. One thread.
#pragma once

#include <map>
#include <set>
#include <string>
#include <vector>

#include "config/keys.hpp"
#include "config/plan.hpp"
#include "config/typed.hpp"

namespace earshot::host {

// A component as read, before the graph is known to be sound.
struct ReadComponent {
  ComponentPlan plan;
  TextPlace at;  // of the id
  std::string path;
  std::vector<TextPlace> from_at;  // of each of plan.from
};

class ComponentReader {
 public:
  ComponentReader(Components& components, Typing& typing) : components_(components), typing_(typing) {}

  // Ids that stand in several sections are reported. What is wrong in one component does not hide the next.
  std::vector<ReadComponent> read(const Section& section, YamlNode& node);

 private:
  void read_one(const Section& section, YamlNode& node, ReadComponent& out);
  bool read_plugin(const Section& section, const YamlNode& node, ReadComponent& out);
  void tell_unknown(const Section& section, const YamlNode& plugin, const std::string& path);
  void hide_guessed(const Section& section, const YamlNode& node, const std::string& plugin);
  void read_from(const YamlNode& node, ReadComponent& out);
  void read_common(YamlNode& node, ReadComponent& out);
  void read_options(YamlNode& node, ReadComponent& out, const std::set<std::string>& meant);
  // The options that somebody meant who wrote another word.
  std::set<std::string> check_unknown(const YamlNode& node, const ReadComponent& out);
  const std::vector<std::string>& names(std::uint32_t kind);

  Components& components_;
  Typing& typing_;
  std::map<std::string, std::pair<std::string, int>> ids_;  // to section and line
  std::map<std::uint32_t, std::vector<std::string>> names_;
};

}  // namespace earshot::host
