#include "config/components.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "config/option_value.hpp"

namespace earshot::host {
namespace {

using Kind = YamlNode::Kind;

bool is_plugin_name(std::string_view text) {
  return !text.empty() && text.size() <= Longest::kName && std::all_of(text.begin(), text.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_';
  });
}

bool is_common(std::uint32_t kind, std::string_view key) {
  if (key == "plugin" || (key == "from" && has_from(kind))) return true;
  const std::vector<OptionSchema>& keys = component_keys(kind);
  return std::any_of(keys.begin(), keys.end(), [&](const OptionSchema& each) { return each.name == key; });
}

std::vector<std::string> common_names(std::uint32_t kind) {
  std::vector<std::string> all{"plugin"};
  if (has_from(kind)) all.emplace_back("from");
  for (const OptionSchema& key : component_keys(kind)) all.push_back(key.name);
  return all;
}

// "sinks", where `key` is a key of every sink and of nothing else.
std::string_view only_of(std::string_view key) {
  for (const Section& section : kSections)
    if (is_common(section.kind, key)) return section.name;
  return {};
}

const OptionSchema* option_named(const ComponentSchema& schema, std::string_view name) {
  for (const OptionSchema& option : schema.options)
    if (option.name == name) return &option;
  return nullptr;
}

bool is_secret(const OptionSchema* option) {
  return option != nullptr && (option->type == EAR_SECRET || option->element == EAR_SECRET);
}

void hide_all(const YamlNode& node, FaultReport& report) {
  TextPlace last = node.at;
  for (const char c : node.text) last.line += c == '\n' ? 1 : 0;
  if (node.kind == Kind::text && node.from == YamlNode::From::literal) report.hide(node.at, last);
  for (const YamlNode& item : node.items) hide_all(item, report);
}

void set_common(ComponentPlan& plan, const std::string& name, const Value& value) {
  if (name == "deadline") plan.deadline = std::chrono::nanoseconds(value.integer);
  if (name == "lateness") plan.lateness = std::chrono::nanoseconds(value.integer);
  if (name == "when_full") plan.when_full = static_cast<WhenFull>(value.integer);
  if (name == "takes") plan.takes = static_cast<Takes>(value.integer);
  if (name == "required") plan.required = value.integer != 0;
}

}  // namespace

std::vector<ReadComponent> ComponentReader::read(const Section& section, YamlNode& node) {
  std::vector<ReadComponent> all;
  const std::string name(section.name);
  if (node.kind == Kind::null) {
    typing_.report.error(node.at, name, fmt::format("names no {}", kind_name(section.kind)));
    return all;
  }
  if (!expect(node, Kind::map, name, typing_.report, "Write each as `id: {plugin: name, …}`")) return all;
  for (YamlNode& item : node.items) {
    if (item.duplicate) {
      if (item.kind == Kind::map) hide_guessed(section, item, {});
      continue;
    }
    ReadComponent one;
    one.path = joined(name, item.key);
    one.at = item.key_at;
    one.plan.kind = section.kind;
    one.plan.id = item.key;
    one.plan.at = typing_.report.position(item.key_at);
    if (!is_id(item.key))
      typing_.report.error(
          item.key_at, one.path,
          fmt::format("{} cannot be an id; it takes lower case letters, digits, '_' and '-', at most 64, "
                      "and begins with a letter or digit",
                      in_quotes(item.key)));
    const auto [first, fresh] = ids_.try_emplace(item.key, name, one.plan.at.line);
    if (!fresh)
      typing_.report.error(item.key_at, one.path,
                           fmt::format("the id is taken: {}.{} in line {} has it too", first->second.first, item.key,
                                       first->second.second),
                           "Each component has an id of its own, whatever its kind.");
    if (expect(item, Kind::map, one.path, typing_.report, "Write it as {plugin: name, …}"))
      read_one(section, item, one);
    all.push_back(std::move(one));
  }
  return all;
}

void ComponentReader::read_one(const Section& section, YamlNode& node, ReadComponent& out) {
  if (!read_plugin(section, node, out)) {
    const YamlNode* plugin = node.find("plugin");
    hide_guessed(section, node, plugin != nullptr ? plugin->text : std::string());
  }
  if (has_from(section.kind)) read_from(node, out);
  read_common(node, out);
  if (!out.plan.found) return;
  read_options(node, out, check_unknown(node, out));
}

bool ComponentReader::read_plugin(const Section& section, const YamlNode& node, ReadComponent& out) {
  const YamlNode* plugin = node.find("plugin");
  if (const YamlNode* merge = node.find("<<"); plugin == nullptr && merge != nullptr) {
    typing_.report.error(merge->key_at, joined(out.path, "<<"), "merge keys are not known here",
                         "Write the keys out, or use !include.");
    return false;
  }
  if (plugin == nullptr) {
    typing_.report.error(out.at, out.path, "names no plugin",
                         fmt::format("Add `plugin: NAME`. Known: {}.", listed(names(section.kind))));
    return false;
  }
  const std::string path = joined(out.path, "plugin");
  if (!expect(*plugin, Kind::text, path, typing_.report)) return false;
  if (plugin->from != YamlNode::From::literal) {
    typing_.report.error(plugin->at, path, "takes a name as it is, without ${…}");
    return false;
  }
  out.plan.plugin = plugin->text;
  if (is_plugin_name(plugin->text)) out.plan.found = components_.find(section.kind, plugin->text);
  if (!out.plan.found) tell_unknown(section, *plugin, path);
  return static_cast<bool>(out.plan.found);
}

void ComponentReader::tell_unknown(const Section& section, const YamlNode& plugin, const std::string& path) {
  const std::string_view kind = kind_name(section.kind);
  if (!is_plugin_name(plugin.text)) {
    typing_.report.error(plugin.at, path, fmt::format("{} is not the name of a {}", in_quotes(plugin.text), kind),
                         typing_.report.suggestion(plugin.text, names(section.kind)));
    return;
  }
  if (const std::string fault = components_.fault(plugin.text); !fault.empty()) {
    typing_.report.error(plugin.at, path,
                         fmt::format("the plugin {} cannot be used: {}", in_quotes(plugin.text), fault),
                         "`earshot plugins` lists what is found where.");
    return;
  }
  if (const Found other = components_.find(0, plugin.text)) {
    typing_.report.error(
        plugin.at, path,
        fmt::format("{} is a {}, not a {}", in_quotes(plugin.text), kind_name(other.component->kind), kind),
        other.component->kind == EAR_COMMAND ? std::string("It is a verb of the `earshot` command.")
                                             : fmt::format("Put it under `{}s:`.", kind_name(other.component->kind)));
    return;
  }
  std::string help = typing_.report.suggestion(plugin.text, names(section.kind));
  if (help.empty()) help = "`earshot plugins` lists what is found where; --plugin-path adds a folder.";
  typing_.report.error(plugin.at, path, fmt::format("there is no {} {}", kind, in_quotes(plugin.text)), help);
}

// Without a schema nobody can say which options are secret: the nearest plugin's schema and the keys' names decide.
void ComponentReader::hide_guessed(const Section& section, const YamlNode& node, const std::string& plugin) {
  Found near;
  const std::string meant = plugin.empty() ? std::string() : typing_.report.near(plugin, names(section.kind));
  if (!meant.empty()) near = components_.find(section.kind, meant);
  for (const YamlNode& item : node.items) {
    const OptionSchema* option = near ? option_named(*near.component, item.key) : nullptr;
    if (is_secret(option) || sounds_secret(item.key)) hide_all(item, typing_.report);
  }
}

void ComponentReader::read_from(const YamlNode& node, ReadComponent& out) {
  const YamlNode* from = node.find("from");
  const std::string path = joined(out.path, "from");
  FaultReport& report = typing_.report;
  if (from == nullptr || from->kind == Kind::null || (from->kind == Kind::list && from->items.empty())) {
    report.error(from != nullptr ? from->at : out.at, from != nullptr ? path : out.path,
                 from != nullptr ? "names nothing to read from" : "does not say what it reads from",
                 "Add `from: ID`, or `from: [ID, ID]`, with ids of sources or detectors.");
    return;
  }
  const auto take = [&](const YamlNode& id) {
    if (!expect(id, Kind::text, path, report)) return;
    if (id.from != YamlNode::From::literal) return report.error(id.at, path, "takes ids as they are, without ${…}");
    if (std::find(out.plan.from.begin(), out.plan.from.end(), id.text) != out.plan.from.end())
      return report.error(id.at, path, fmt::format("{} stands twice", in_quotes(id.text)));
    out.plan.from.push_back(id.text);
    out.from_at.push_back(id.at);
  };
  if (from->kind == Kind::map) {
    report.error(from->at, path, "is a map; expected an id or a list of ids");
  } else if (from->kind == Kind::text) {
    take(*from);
  } else if (from->items.size() > 256) {
    report.error(from->at, path, "names more than 256 components");
  } else {
    for (const YamlNode& id : from->items) take(id);
  }
}

void ComponentReader::read_common(YamlNode& node, ReadComponent& out) {
  for (const OptionSchema& key : component_keys(out.plan.kind))
    if (YamlNode* given = node.find(key.name))
      if (const auto value = typed(key, *given, joined(out.path, key.name), typing_))
        set_common(out.plan, key.name, *value);
}

void ComponentReader::read_options(YamlNode& node, ReadComponent& out, const std::set<std::string>& meant) {
  const ComponentSchema& schema = *out.plan.found.component;
  FaultReport& report = typing_.report;
  for (const OptionSchema& option : schema.options) {
    YamlNode* given = is_common(out.plan.kind, option.name) ? nullptr : node.find(option.name);
    const std::string path = joined(out.path, option.name);
    std::optional<Value> value;
    if (given != nullptr && !(given->kind == Kind::null && (option.flags & EAR_OPTION_REQUIRED) == 0)) {
      value = typed(option, *given, path, typing_);
      if (option.type != EAR_QUERY && (is_secret(&option) || given->secret))
        out.plan.places.add_begin(option.name, *given, report);
      else
        out.plan.places.add(option.name, *given, report);
      if ((option.flags & EAR_OPTION_DEPRECATED) != 0)
        report.warning(given->key_at, path, "is deprecated and will go", option.doc);
    } else if (meant.contains(option.name)) {  // it is there under another name, which is told
    } else if ((option.flags & EAR_OPTION_REQUIRED) != 0) {
      report.error(out.at, out.path,
                   fmt::format("lacks the option {}, {} that {} needs", in_quotes(option.name), a_type(option.type),
                               in_quotes(schema.name)),
                   option.example ? fmt::format("{}. For example: `{}: {}`", option.doc, option.name, *option.example)
                                  : option.doc + ".");
    } else {
      std::string complaint;
      value = option_default(option, complaint);
      if (!value)
        report.error(out.at, path,
                     fmt::format("the plugin {} has a default here that {}", in_quotes(schema.name), complaint),
                     "Give a value of your own, and tell the plugin's author.");
    }
    out.plan.values.push_back(value.value_or(Value{}));
  }
}

std::set<std::string> ComponentReader::check_unknown(const YamlNode& node, const ReadComponent& out) {
  const ComponentSchema& schema = *out.plan.found.component;
  std::set<std::string> wanted;
  std::vector<std::string> options, all;
  for (const OptionSchema& option : schema.options) options.push_back(option.name);
  all = options;
  for (std::string& name : common_names(out.plan.kind)) all.push_back(std::move(name));
  for (const YamlNode& item : node.items) {
    const OptionSchema* own = option_named(schema, item.key);
    if (item.duplicate && (is_secret(own) || sounds_secret(item.key))) hide_all(item, typing_.report);
    if (item.duplicate || own != nullptr || is_common(out.plan.kind, item.key)) continue;
    if (typing_.report.full()) {
      typing_.report.error(item.key_at, {}, {});
      continue;
    }
    const std::string meant = typing_.report.near(item.key, all);
    if (!meant.empty() && node.find(meant) == nullptr) wanted.insert(meant);
    std::string help = meant.empty() ? meant : fmt::format("Did you mean {}?", in_quotes(meant));
    if (is_secret(option_named(schema, meant)) || sounds_secret(item.key)) hide_all(item, typing_.report);
    const std::string_view other = only_of(item.key);
    if (!other.empty()) help = fmt::format("It is for {}.", other);
    if (item.key == "<<") help = "Merge keys are not known here; write the keys out, or use !include.";
    typing_.report.error(item.key_at, joined(out.path, item.key),
                         fmt::format("is not an option of {}", in_quotes(schema.name)),
                         fmt::format("{}{}Options: {}. Every {} also takes {}.", help, help.empty() ? "" : " ",
                                     options.empty() ? "none" : listed(options), kind_name(out.plan.kind),
                                     listed(common_names(out.plan.kind))));
  }
  return wanted;
}

const std::vector<std::string>& ComponentReader::names(std::uint32_t kind) {
  const auto known = names_.find(kind);
  return known != names_.end() ? known->second : names_[kind] = components_.names(kind);
}

}  // namespace earshot::host
