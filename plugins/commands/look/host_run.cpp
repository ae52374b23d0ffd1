#include "host_run.hpp"

#include <fcntl.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <earshot/error.hpp>

extern char** environ;

namespace earshot::look {
namespace {

constexpr std::size_t kMostOutput = 16 << 20;

[[noreturn]] void fail(int error) {
  throw io_failure(std::string("cannot run `earshot`: ") + std::strerror(error));
}

}  // namespace

HostRun run_host(const std::vector<std::string>& words) {
  int ends[2];
  if (::pipe2(ends, O_CLOEXEC) != 0) fail(errno);
  std::vector<std::string> all{"earshot"};
  all.insert(all.end(), words.begin(), words.end());
  std::vector<char*> arguments;
  for (std::string& word : all) arguments.push_back(word.data());
  arguments.push_back(nullptr);
  posix_spawn_file_actions_t actions;
  ::posix_spawn_file_actions_init(&actions);
  ::posix_spawn_file_actions_adddup2(&actions, ends[1], STDOUT_FILENO);
  pid_t pid = -1;
  const int error = ::posix_spawn(&pid, "/proc/self/exe", &actions, nullptr, arguments.data(), environ);
  ::posix_spawn_file_actions_destroy(&actions);
  ::close(ends[1]);
  HostRun out;
  char bytes[1 << 14];
  for (ssize_t got = 0;
       error == 0 && ((got = ::read(ends[0], bytes, sizeof bytes)) > 0 || (got < 0 && errno == EINTR));)
    if (got > 0 && out.output.size() < kMostOutput) out.output.append(bytes, static_cast<std::size_t>(got));
  ::close(ends[0]);
  if (error != 0) fail(error);
  int status = 0;
  while (::waitpid(pid, &status, 0) < 0 && errno == EINTR) {
  }
  out.exit_code = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
  return out;
}

}  // namespace earshot::look
