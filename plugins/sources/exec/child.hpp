// child.hpp: one program in a process group of its own, with its output and its messages on pipes. Whatever happens
// to this process, the program does not outlive it. What it has started ends with it: its group, and by a mark in their
// environment also those that have left it. One instance for one thread at a time.
#pragma once

#include <sys/types.h>

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "earshot/types.hpp"

namespace earshot::exec {

// How a program ended.
struct Exit {
  bool success = false;
  std::string text;  // "exited with 3", "was killed by signal 9 (Killed)"
};

class Child {
 public:
  // Throws io_failure where it cannot be started, and says why.
  Child(const std::vector<std::string>& command, std::vector<std::string> environment);
  ~Child();
  Child(const Child&) = delete;
  Child& operator=(const Child&) = delete;

  // Waits until there is something to read, or for so long.
  void wait(int milliseconds) const;
  // Bytes read, 0: nothing for now or ever.
  std::size_t read_output(char* to, std::size_t size) { return read(output_, to, size); }
  std::size_t read_messages(char* to, std::size_t size) { return read(messages_, to, size); }
  bool output_ended() const { return output_ < 0; }

  // How it ended, once it has; what is left of its group is then killed. Asked again it says the same.
  std::optional<Exit> ended();
  // Asks it to end, waits for so long, and kills it.
  void stop(Duration grace);

 private:
  void kill_all();
  static std::size_t read(int& file, char* to, std::size_t size);
  void close_all();

  pid_t pid_ = -1;
  std::string mark_;  // a variable that what it starts inherits
  int output_ = -1, messages_ = -1;
  std::optional<Exit> exit_;
};

}  // namespace earshot::exec
