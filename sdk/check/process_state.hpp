// process_state.hpp: what a process has one of, and a plugin must leave alone. Values.
#pragma once

#include <map>
#include <string>

namespace earshot::check {

// Each by its name: working directory, locale, environment, umask, signal handlers, signal mask, terminal output flags.
std::map<std::string, std::string> process_state();

std::size_t open_files();
std::size_t threads();

}  // namespace earshot::check
