// `earshot schema`: the JSON Schema of a pipeline file, for editors.
#include "config/schema.hpp"

#include <cstdio>

#include "cli/shared/pipeline.hpp"

namespace earshot::host {

void add_schema(CLI::App& app, Shell& shell) {
  CLI::App* verb = app.add_subcommand("schema", "Print the JSON Schema of a pipeline, made from the plugins found");
  verb->footer(
      "Examples:\n  earshot schema > pipeline.schema.json\n"
      "Then put this line at the top of a pipeline, and an editor that speaks YAML completes and checks it:\n"
      "  # yaml-language-server: $schema=pipeline.schema.json");
  verb->callback([&shell] {
    Catalog catalog = open_catalog(shell);
    std::printf("%s\n", pipeline_schema(catalog).c_str());
  });
}

}  // namespace earshot::host
