#include "check/process.hpp"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <fstream>

#include "base/error.hpp"

namespace earshot::check {

namespace {

struct Pipe {
  int read = -1, write = -1;
  Pipe() {
    int ends[2];
    if (::pipe2(ends, O_CLOEXEC) != 0) throw host::Failure("no pipe can be made");
    read = ends[0], write = ends[1];
  }
  ~Pipe() { close_write(), ::close(read); }
  Pipe(const Pipe&) = delete;
  Pipe& operator=(const Pipe&) = delete;
  void close_write() {
    if (write >= 0) ::close(write);
    write = -1;
  }
};

pid_t start(const Attempt& attempt, const std::filesystem::path& in, const Pipe& answers, const Pipe& errors) {
  std::vector<std::string> words{"earshot", kChildVerb};
  for (std::string& word : to_arguments(attempt)) words.push_back(std::move(word));
  std::vector<char*> arguments;
  for (std::string& word : words) arguments.push_back(word.data());
  arguments.push_back(nullptr);

  posix_spawn_file_actions_t files;
  posix_spawn_file_actions_init(&files);
  posix_spawn_file_actions_addopen(&files, 0, "/dev/null", O_RDONLY, 0);
  posix_spawn_file_actions_addopen(&files, 1, "/dev/null", O_WRONLY, 0);
  posix_spawn_file_actions_adddup2(&files, errors.write, 2);
  // dup2 onto itself would keep close-on-exec, so it goes by way of a high number.
  posix_spawn_file_actions_adddup2(&files, answers.write, 99);
  posix_spawn_file_actions_adddup2(&files, 99, kAnswers);
  posix_spawn_file_actions_addclose(&files, 99);
  posix_spawn_file_actions_addchdir_np(&files, in.c_str());
  posix_spawnattr_t how;
  posix_spawnattr_init(&how);
  posix_spawnattr_setflags(&how, POSIX_SPAWN_SETPGROUP);
  pid_t child = -1;
  const int fault = ::posix_spawn(&child, "/proc/self/exe", &files, &how, arguments.data(), environ);
  posix_spawn_file_actions_destroy(&files);
  posix_spawnattr_destroy(&how);
  if (fault != 0) throw host::Failure("a process for a rule cannot be started");
  return child;
}

// How long a thread of the process has been ready to run and was not, because others had the processors: no fault of
// its own. Zero where the kernel does not tell (proc(5), schedstat).
std::chrono::nanoseconds starved(pid_t process) {
  std::int64_t most = 0;
  std::error_code error;
  const auto tasks = std::filesystem::path("/proc") / std::to_string(process) / "task";
  for (std::filesystem::directory_iterator at(tasks, error), end; !error && at != end; at.increment(error)) {
    std::ifstream file(at->path() / "schedstat");
    std::int64_t ran = 0, waited = 0;
    if (file >> ran >> waited) most = std::max(most, waited);
  }
  return std::chrono::nanoseconds{most};
}

}  // namespace

Ended run_process(const Attempt& attempt, const std::filesystem::path& in, std::chrono::milliseconds limit) {
  Pipe answers, errors;
  const pid_t child = start(attempt, in, answers, errors);
  answers.close_write(), errors.close_write();
  const auto begun = std::chrono::steady_clock::now();
  Ended ended;
  bool open[2] = {true, true};
  while (open[0] || open[1]) {
    auto left = std::chrono::duration_cast<std::chrono::milliseconds>(begun + limit - std::chrono::steady_clock::now());
    if (left.count() <= 0) left += std::chrono::duration_cast<std::chrono::milliseconds>(starved(child));
    pollfd files[2] = {{open[0] ? answers.read : -1, POLLIN, 0}, {open[1] ? errors.read : -1, POLLIN, 0}};
    if (left.count() <= 0) {
      ended.timed_out = true;
      break;
    }
    if (::poll(files, 2, static_cast<int>(left.count())) == 0) continue;
    for (int i = 0; i < 2; ++i) {
      if ((files[i].revents & (POLLIN | POLLHUP)) == 0) continue;
      char block[4096];
      const ssize_t got = ::read(files[i].fd, block, sizeof block);
      if (got <= 0) open[i] = false;
      std::string& text = i == 0 ? ended.answer : ended.errors;
      if (got > 0) text.append(block, static_cast<std::size_t>(got));
      if (i == 1 && text.size() > 16384) text.erase(0, text.size() - 8192);
    }
  }
  ::kill(-child, SIGKILL);  // it has ended, or its time has; what it started goes with it
  int status = 0;
  ::waitpid(child, &status, 0);
  if (WIFSIGNALED(status)) ended.signal = WTERMSIG(status);
  if (WIFEXITED(status)) ended.code = WEXITSTATUS(status);
  return ended;
}

}  // namespace earshot::check
