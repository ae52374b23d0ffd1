// verb.hpp: how a verb joins the `earshot` command. One file a verb; each has one function that adds a subcommand to
// `app` and gives it a callback, which sets `shell.exit_code`. Main thread.
#pragma once

#include <CLI/CLI.hpp>
#include <filesystem>
#include <string>
#include <vector>

namespace earshot::host {

// docs/command.md lists these for people; scripts rely on them.
enum Exit : int {
  kDone = 0,
  kNotSo = 1,    // what was asked is not so: a config has faults, a check or a test fails, --strict and dead letters
  kUsage = 2,    // the command line cannot be understood
  kStopped = 3,  // a run ended because a component could not go on
  kHung = 4      // a run ended because a call did not come back within its deadline
};

// What all verbs share.
struct Shell {
  std::vector<std::filesystem::path> plugin_folders;  // --plugin-path, before the default ones
  bool colour = false;                                // standard output is a terminal, and NO_COLOR is not set
  int exit_code = kDone;
};

using AddVerb = void (*)(CLI::App& app, Shell& shell);

// In the order of the help text. A verb that is not here may be a command component of a plugin.
void add_run(CLI::App& app, Shell& shell);
void add_validate(CLI::App& app, Shell& shell);
void add_graph(CLI::App& app, Shell& shell);
void add_test(CLI::App& app, Shell& shell);
void add_apply(CLI::App& app, Shell& shell);
void add_backtest(CLI::App& app, Shell& shell);
void add_plugins(CLI::App& app, Shell& shell);
void add_describe(CLI::App& app, Shell& shell);
void add_schema(CLI::App& app, Shell& shell);
void add_new(CLI::App& app, Shell& shell);
void add_check(CLI::App& app, Shell& shell);
void add_dlq(CLI::App& app, Shell& shell);
void add_tap(CLI::App& app, Shell& shell);
void add_completion(CLI::App& app, Shell& shell);
void add_probe(CLI::App& app, Shell& shell);  // hidden: how the host looks into a plugin file in a child process

}  // namespace earshot::host
