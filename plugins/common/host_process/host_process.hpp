// host_process.hpp: this very `earshot` once more, as a child process: a command that needs a whole run asks for one,
// and what a decoder or a detector of it falls over does not take the command along. One thread; the child is gone when
// this goes.
#pragma once

#include <sys/types.h>

#include <cstdio>
#include <string>
#include <string_view>
#include <vector>

namespace earshot {

class HostProcess {
 public:
  // Starts `earshot WORDS…` with this process's standard error. `input`: an open file for its standard input; -1: this
  // process's own. Throws Error where it cannot be started. REQUIRES: at least one word.
  explicit HostProcess(std::vector<std::string> words, int input = -1);
  HostProcess(const HostProcess&) = delete;
  HostProcess& operator=(const HostProcess&) = delete;
  ~HostProcess();

  // The next line of what it prints, with its end, valid until the next call; false at the end. Throws Error on a line
  // of more than 256 MiB.
  bool next(std::string_view& line);
  // Its exit code as a shell has it: 128 and the signal where one ended it. Once.
  int wait();

 private:
  std::string verb_;
  pid_t pid_ = -1;
  FILE* out_ = nullptr;
  char* line_ = nullptr;
  std::size_t room_ = 0;
};

}  // namespace earshot
