#include <fmt/format.h>

#include <memory>

#include "base/nearest.hpp"
#include "base/utf8.hpp"
#include "cli/component_text.hpp"
#include "cli/open_catalog.hpp"

namespace earshot::host {
namespace {

struct Describe {
  std::string name;
  bool json = false, markdown = false;
};

std::string not_found(Catalog& catalog, const std::string& name) {
  std::string shown;
  append_visible(shown, name);
  if (const std::string fault = catalog.fault(name); !fault.empty())
    return fmt::format("The plugin '{}' cannot be used: {}", shown, fault);
  std::string text = fmt::format("No plugin offers '{}'.", shown);
  if (const std::string near = nearest(name, catalog.names(0)); !near.empty())
    text += fmt::format(" Did you mean '{}'?", near);
  return text + " `earshot plugins` lists what there is.";
}

// One plugin may offer several components of that name, of different kinds.
std::vector<Found> all_called(const Found& first) {
  std::vector<Found> all;
  for (const ComponentSchema& component : first.plugin->module.components)
    if (component.name == first.component->name) all.push_back({first.plugin, &component});
  return all;
}

int describe(const Describe& what, const Shell& shell) {
  Catalog catalog = open_catalog(shell);
  const Found first = catalog.find(0, what.name);
  if (!first) {
    fmt::print(stderr, "earshot describe: {}\n", not_found(catalog, what.name));
    return kNotSo;
  }
  const std::vector<Found> all = all_called(first);
  std::string out;
  for (const Found& found : all) {
    if (!out.empty()) out += what.json ? "," : "\n";
    if (what.json)
      out += component_json(found);
    else
      out += what.markdown ? component_markdown(*found.component) : component_text(found, shell.colour);
  }
  if (what.json) out = "[" + out + "]\n";
  std::fwrite(out.data(), 1, out.size(), stdout);
  return kDone;
}

}  // namespace

void add_describe(CLI::App& app, Shell& shell) {
  CLI::App* verb = app.add_subcommand("describe", "Show a plugin's options, their defaults and an example");
  auto what = std::make_shared<Describe>();
  verb->add_option("name", what->name, "What a pipeline writes after `plugin:`")->required()->type_name("PLUGIN");
  CLI::Option* json = verb->add_flag("--json", what->json, "An array of objects, one for each component of that name");
  verb->add_flag("--markdown", what->markdown, "The table of options for a README")->excludes(json);
  verb->footer("Examples:\n  earshot describe brand_text\n  earshot describe file --json");
  verb->callback([what, &shell] { shell.exit_code = describe(*what, shell); });
}

}  // namespace earshot::host
