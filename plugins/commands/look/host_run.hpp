// host_run.hpp: this very `earshot` once more, as a child process. A decoder that falls over a file takes the child
// with it and not whoever asked. Main thread.
#pragma once

#include <string>
#include <vector>

namespace earshot::look {

// Runs `earshot WORDS…` with this process's standard error; what it prints to standard output is returned. Throws Error
// where it cannot be started. `exit_code`: as a shell has it, 128 + signal where one ended it.
struct HostRun {
  int exit_code = 0;
  std::string output;
};
HostRun run_host(const std::vector<std::string>& words);

}  // namespace earshot::look
