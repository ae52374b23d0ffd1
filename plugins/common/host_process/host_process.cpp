#include "host_process/host_process.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <signal.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <cstring>

#include "earshot/error.hpp"

extern char** environ;

namespace earshot {
namespace {

constexpr std::size_t kLongestLine = 256 << 20;

[[noreturn]] void fail(const std::string& verb, int error) {
  throw io_failure(fmt::format("cannot run `earshot {}`: {}", verb, std::strerror(error)));
}

}  // namespace

HostProcess::HostProcess(std::vector<std::string> words, int input) : verb_(words.at(0)) {
  int ends[2];
  if (::pipe2(ends, O_CLOEXEC) != 0) fail(verb_, errno);
  std::string name = "earshot";
  std::vector<char*> arguments{name.data()};
  for (std::string& word : words) arguments.push_back(word.data());
  arguments.push_back(nullptr);
  posix_spawn_file_actions_t actions;
  ::posix_spawn_file_actions_init(&actions);
  if (input >= 0) ::posix_spawn_file_actions_adddup2(&actions, input, STDIN_FILENO);
  ::posix_spawn_file_actions_adddup2(&actions, ends[1], STDOUT_FILENO);
  const int error = ::posix_spawn(&pid_, "/proc/self/exe", &actions, nullptr, arguments.data(), environ);
  ::posix_spawn_file_actions_destroy(&actions);
  ::close(ends[1]);
  if (error != 0) pid_ = -1;  // it may hold anything then
  out_ = ::fdopen(ends[0], "r");
  if (error == 0 && out_ != nullptr) return;
  const int why = error != 0 ? error : errno;
  if (out_ == nullptr) ::close(ends[0]);
  if (out_ != nullptr) std::fclose(out_);
  if (pid_ > 0) ::kill(pid_, SIGKILL), wait();
  fail(verb_, why);
}

HostProcess::~HostProcess() {
  if (out_ != nullptr) std::fclose(out_);
  std::free(line_);
  if (pid_ > 0) ::kill(pid_, SIGKILL), wait();
}

bool HostProcess::next(std::string_view& line) {
  const ssize_t size = ::getline(&line_, &room_, out_);
  if (size < 0) return false;
  if (static_cast<std::size_t>(size) > kLongestLine)
    throw invalid(fmt::format("`earshot {}` prints a line of more than 256 MiB", verb_));
  line = {line_, static_cast<std::size_t>(size)};
  return true;
}

int HostProcess::wait() {
  int status = 0;
  while (::waitpid(pid_, &status, 0) < 0 && errno == EINTR) {
  }
  pid_ = -1;
  return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

}  // namespace earshot
