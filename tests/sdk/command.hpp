// command.hpp: other programs, run in a test: what they print and how they end; and a folder to run them in. One
// thread.
#pragma once

#include <stdlib.h>
#include <sys/wait.h>

#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <stdexcept>
#include <string>

struct Ended {
  int status = -1;     // exit code, or 128 and the signal
  std::string output;  // both of what it printed
};

// `line` as the shell reads it.
inline Ended run(const std::string& line) {
  FILE* pipe = ::popen(("{ " + line + "; } 2>&1 </dev/null").c_str(), "re");
  if (pipe == nullptr) throw std::runtime_error("cannot run " + line);
  Ended ended;
  char block[4096];
  for (std::size_t n = 0; (n = std::fread(block, 1, sizeof block, pipe)) > 0;) ended.output.append(block, n);
  const int status = ::pclose(pipe);
  ended.status = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
  return ended;
}

// A folder of a test's own, gone with it.
class Folder {
 public:
  Folder() {
    std::string name = (std::filesystem::temp_directory_path() / "earshot-sdk-XXXXXX").string();
    if (::mkdtemp(name.data()) == nullptr) throw std::runtime_error("no temporary folder");
    path = name;
  }
  ~Folder() {
    std::error_code ignored;
    std::filesystem::remove_all(path, ignored);
  }
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;
  std::filesystem::path path;
};

inline std::string read_file(const std::filesystem::path& file) {
  std::ifstream in(file);
  return {std::istreambuf_iterator<char>(in), {}};
}

// Is there such a verb in this build of the command?
inline bool has_verb(const std::string& verb) {
  return run(std::string("'") + EARSHOT_BINARY + "' --help").output.find("\n  " + verb + " ") != std::string::npos;
}
