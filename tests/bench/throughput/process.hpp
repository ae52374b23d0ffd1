// process.hpp: child processes, and what they used by the kernel's own account. One thread.
#pragma once

#include <sys/types.h>

#include <string>
#include <vector>

namespace earshot::bench {

struct Used {
  double cpu = 0, wall = 0;  // seconds; CPU is user and system time
  long peak_kb = 0;          // the most memory at once that was resident
  std::string output;        // standard output
};

struct Command {
  std::vector<std::string> words;
  std::vector<std::string> makes = {};  // files and folders, removed before each run so that each begins anew
};

// Runs it to its end. Throws where it does not exit with 0.
Used run(const Command& command);

// Runs each command once a round, in turn, so that a machine that is slower for a while is so for all of them, and
// gives for each the least of all rounds.
std::vector<Used> least(const std::vector<Command>& commands, int rounds);

// A process that runs until this object goes, which ends it with SIGTERM.
class Running {
 public:
  explicit Running(const Command& command);
  ~Running();
  Running(const Running&) = delete;
  Running& operator=(const Running&) = delete;

  bool ended();
  // A line of /proc/PID/status in kB, as "VmRSS".
  long status_kb(const std::string& name) const;

 private:
  pid_t process_;
  bool ended_ = false;
};

}  // namespace earshot::bench
