#include <unistd.h>

#include <cstdio>
#include <cstdlib>

#include "base/error.hpp"
#include "cli/plugin_command.hpp"
#include "cli/verb.hpp"

namespace {

using namespace earshot::host;

// Verbs that are there; one line each.
// clang-format off
constexpr AddVerb kVerbs[] = {
    add_run,
    add_validate,
    add_graph,
    add_test,
    add_apply,
    add_backtest,
    add_plugins,
    add_describe,
    add_schema,
    add_new,
    add_check,
    add_dlq,
    add_tap,
    add_completion,
    add_probe,
};
// clang-format on

}  // namespace

int main(int argc, char** argv) {
  Shell shell;
  shell.colour = isatty(STDOUT_FILENO) != 0 && std::getenv("NO_COLOR") == nullptr;
  CLI::App app{"Earshot watches what is published about brands, products and keywords.", "earshot"};
  app.set_version_flag("--version", EARSHOT_VERSION);
  app.require_subcommand(1);
  app.add_option("--plugin-path", shell.plugin_folders, "Folders with plugins, searched before the default ones");
  for (const AddVerb add : kVerbs) add(app, shell);
  app.footer([&shell] { return plugin_commands(shell); });
  if (run_plugin_command(app, {argv + 1, argv + argc}, shell)) return shell.exit_code;
  try {
    app.parse(argc, argv);
  } catch (const CLI::Success& help) {
    return app.exit(help);
  } catch (const CLI::ParseError& error) {
    app.exit(error);
    return kUsage;
  } catch (const Failure& failure) {
    std::fprintf(stderr, "earshot: %s\n", failure.what());
    return kStopped;
  }
  return shell.exit_code;
}
