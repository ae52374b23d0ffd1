#include <fmt/format.h>
#include <unistd.h>

#include <map>
#include <memory>

#include "base/json_text.hpp"
#include "cli/open_catalog.hpp"
#include "observe/table.hpp"
#include "plugin/not_built.hpp"

namespace earshot::host {
namespace {

struct Plugins {
  bool json = false, names = false, again = false;
};

// Which file a component comes from, for those that stand behind it in the search.
using First = std::map<std::pair<std::uint32_t, std::string>, const PluginEntry*>;

First first_of_each(const std::vector<std::unique_ptr<PluginEntry>>& entries) {
  First first;
  for (const auto& entry : entries)
    for (const ComponentSchema& component : entry->module.components)
      first.emplace(std::pair(component.kind, component.name), entry.get());
  return first;
}

void print_json(const std::vector<std::unique_ptr<PluginEntry>>& entries) {
  const First first = first_of_each(entries);
  std::string text;
  JsonText out(text);
  out.open('[');
  for (const auto& entry : entries) {
    out.open('{').field("file", entry->file.string());
    if (!entry->fault.empty()) {
      out.field("fault", entry->fault).close('}');
      continue;
    }
    const ModuleSchema& module = entry->module;
    out.field("id", module.id).field("version", module.version).field("vendor", module.vendor);
    out.field("licence", module.licence).field("summary", module.summary);
    out.field("abi", fmt::format("{}.{}", module.abi >> 16, module.abi & 0xFFFF)).key("components").open('[');
    for (const ComponentSchema& component : module.components) {
      out.open('{').field("kind", kind_name(component.kind)).field("name", component.name);
      out.field("summary", component.summary);
      const PluginEntry* winner = first.at({component.kind, component.name});
      if (winner != entry.get()) out.field("hidden_by", winner->file.string());
      out.close('}');
    }
    out.close(']').close('}');
  }
  for (const NotBuilt& one : read_not_built(not_built_file()))
    out.open('{').field("not_built", one.name).field("kind", one.kind).field("packages", one.packages).close('}');
  out.close(']');
  fmt::print("{}\n", text);
}

// The plugins that can be used and stand in `folder`.
Table table_of(const std::vector<std::unique_ptr<PluginEntry>>& entries, const std::filesystem::path& folder,
               const First& first) {
  Table table({{"component", {}}, {"kind", {}}, {"version", {}}, {"file", {}}, {"what it does", {}}});
  for (const auto& entry : entries) {
    if (entry->file.parent_path() != folder || !entry->fault.empty()) continue;
    for (const ComponentSchema& component : entry->module.components) {
      const PluginEntry* winner = first.at({component.kind, component.name});
      const bool hidden = winner != entry.get();
      table.row({{component.name, hidden ? Style::dim : Style::bold},
                 std::string(kind_name(component.kind)),
                 entry->module.version,
                 entry->file.filename().string(),
                 hidden ? Cell("hidden by " + winner->file.string(), Style::yellow) : Cell(component.summary)});
    }
  }
  return table;
}

void print_not_built(bool colour) {
  const std::vector<NotBuilt> missing = read_not_built(not_built_file());
  if (missing.empty()) return;
  fmt::print("{}\n", paint("Not built, because packages were missing", Style::bold, colour));
  Table table({{"component", {}}, {"kind", {}}, {"apt-get install", {}}});
  for (const NotBuilt& one : missing) table.row({{one.name, Style::bold}, one.kind, one.packages});
  fmt::print("{}Build again once they are there.\n", table.text(colour, terminal_width(STDOUT_FILENO)));
}

void print_text(Catalog& catalog, bool colour) {
  const auto& entries = catalog.all();
  const First first = first_of_each(entries);
  const std::size_t width = terminal_width(STDOUT_FILENO);
  for (const std::filesystem::path& folder : catalog.folders()) {
    const Table table = table_of(entries, folder, first);
    std::error_code ignored;
    const char* none = std::filesystem::is_directory(folder, ignored) ? "no plugins" : "there is no such folder";
    fmt::print("{}\n{}\n", paint(folder.string(), Style::bold, colour),
               table.empty() ? fmt::format("{}\n", none) : table.text(colour, width));
  }
  print_not_built(colour);
  std::string faults;
  for (const auto& entry : entries)
    if (!entry->fault.empty())
      faults += fmt::format("{}\n  {}\n", entry->file.string(), paint(entry->fault, Style::red, colour));
  if (faults.empty()) return;
  fmt::print("Cannot be used:\n{}", faults);
  fmt::print("Repair or remove these files; once what they need is installed, `earshot plugins --again` looks anew.\n");
}

void print_names(Catalog& catalog) {
  for (const std::string& name : catalog.names(0)) fmt::print("{}\n", name);
}

}  // namespace

void add_plugins(CLI::App& app, Shell& shell) {
  CLI::App* verb = app.add_subcommand("plugins", "List the plugins that are found, and those that cannot be used");
  auto what = std::make_shared<Plugins>();
  CLI::Option* json = verb->add_flag("--json", what->json, "An array of objects, one for each file");
  verb->add_flag("--names", what->names, "Only what a pipeline may write after `plugin:`, one a line")->excludes(json);
  verb->add_flag("--again", what->again, "Look once more at files that could not be used");
  verb->footer("Examples:\n  earshot plugins\n  earshot --plugin-path build plugins --json");
  verb->callback([what, &shell] {
    Catalog catalog = open_catalog(shell);
    if (what->again) catalog.forget_faults();
    if (what->json) return print_json(catalog.all());
    if (what->names) return print_names(catalog);
    print_text(catalog, shell.colour);
  });
}

}  // namespace earshot::host
