// plugin_command.hpp: verbs that plugins bring: `earshot explain …` creates the component and hands it the command
// line, typed by its schema. Main thread.
#pragma once

#include <string>
#include <vector>

#include "cli/verb.hpp"

namespace earshot::host {

// Is the first word a verb that is not built in? Then runs it, and true. `words`: the command line without the program.
bool run_plugin_command(const CLI::App& app, const std::vector<std::string>& words, Shell& shell);
// "explain  Why a post was found (from sqlite)", a line each, for the help text.
std::string plugin_commands(Shell& shell);

}  // namespace earshot::host
