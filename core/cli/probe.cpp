#include "plugin/probe.hpp"

#include <memory>

#include "cli/verb.hpp"

namespace earshot::host {

void add_probe(CLI::App& app, Shell&) {
  CLI::App* verb = app.add_subcommand(kProbeVerb, "Looks into a plugin file for the host that started this");
  verb->group("");  // not for people
  auto file = std::make_shared<std::string>();
  verb->add_option("file", *file)->required();
  verb->callback([file] { answer_probe(*file); });
}

}  // namespace earshot::host
