#include "process.hpp"

#include <fcntl.h>
#include <signal.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <filesystem>
#include <fstream>
#include <stdexcept>

namespace earshot::bench {
namespace {

// With standard output into `out`, where that is a file.
pid_t start(const Command& command, int out) {
  std::vector<char*> words;
  for (const std::string& word : command.words) words.push_back(const_cast<char*>(word.c_str()));
  words.push_back(nullptr);
  const pid_t process = ::fork();
  if (process < 0) throw std::runtime_error("no process can be started");
  if (process != 0) return process;
  if (out >= 0) ::dup2(out, STDOUT_FILENO);
  ::execv(words[0], words.data());
  ::_exit(127);
}

double seconds(const timeval& t) {
  return static_cast<double>(t.tv_sec) + static_cast<double>(t.tv_usec) * 1e-6;
}

std::string read_all(int from) {
  std::string all;
  char some[4096];
  for (ssize_t got = 0; (got = ::read(from, some, sizeof some)) > 0;) all.append(some, static_cast<std::size_t>(got));
  return all;
}

}  // namespace

Used run(const Command& command) {
  for (const std::string& made : command.makes) std::filesystem::remove_all(made);
  int pipe[2];
  if (::pipe2(pipe, O_CLOEXEC) != 0) throw std::runtime_error("no pipe");
  const auto began = std::chrono::steady_clock::now();
  const pid_t process = start(command, pipe[1]);
  ::close(pipe[1]);
  Used used;
  used.output = read_all(pipe[0]);
  ::close(pipe[0]);
  int status = 0;
  rusage usage{};
  ::wait4(process, &status, 0, &usage);
  used.wall = std::chrono::duration<double>(std::chrono::steady_clock::now() - began).count();
  used.cpu = seconds(usage.ru_utime) + seconds(usage.ru_stime);
  used.peak_kb = usage.ru_maxrss;
  if (!WIFEXITED(status) || WEXITSTATUS(status) != 0) {
    std::string line;
    for (const std::string& word : command.words) line += word + ' ';
    throw std::runtime_error(line + "did not exit with 0");
  }
  return used;
}

std::vector<Used> least(const std::vector<Command>& commands, int rounds) {
  std::vector<Used> all(commands.size());
  for (int round = 0; round < rounds; ++round)
    for (std::size_t i = 0; i < commands.size(); ++i) {
      Used once = run(commands[i]);
      if (round != 0) {
        once.cpu = std::min(once.cpu, all[i].cpu);
        once.wall = std::min(once.wall, all[i].wall);
        once.peak_kb = std::min(once.peak_kb, all[i].peak_kb);
      }
      all[i] = std::move(once);
    }
  return all;
}

Running::Running(const Command& command) : process_(start(command, -1)) {}

Running::~Running() {
  if (ended_) return;
  ::kill(process_, SIGTERM);
  ::waitpid(process_, nullptr, 0);
}

bool Running::ended() {
  ended_ = ended_ || ::waitpid(process_, nullptr, WNOHANG) == process_;
  return ended_;
}

long Running::status_kb(const std::string& name) const {
  std::ifstream in("/proc/" + std::to_string(process_) + "/status");
  for (std::string line; std::getline(in, line);)
    if (line.starts_with(name + ":")) return std::stol(line.substr(name.size() + 1));
  throw std::runtime_error("the process has no " + name);
}

}  // namespace earshot::bench
