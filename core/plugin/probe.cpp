#include "plugin/probe.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <string>

#include "base/error.hpp"
#include "plugin/library.hpp"

extern "C" char** environ;

namespace earshot::host {
namespace {

using Clock = std::chrono::steady_clock;

constexpr std::size_t kLongestAnswer = std::size_t{16} << 20;

struct Descriptor {
  int fd = -1;
  ~Descriptor() { close(); }
  void close() {
    if (fd >= 0) ::close(fd);
    fd = -1;
  }
};

Failure failed(int error) {
  return Failure(fmt::format("no process could be started to look into it: {}", std::strerror(error)));
}

// A child in a process group of its own, so that nothing it started outlives it.
pid_t start(const std::filesystem::path& host, const std::filesystem::path& file, int answer) {
  posix_spawn_file_actions_t actions;
  posix_spawnattr_t attributes;
  posix_spawn_file_actions_init(&actions);
  posix_spawnattr_init(&attributes);
  posix_spawn_file_actions_adddup2(&actions, answer, kProbeDescriptor);
  for (int fd = 0; fd < kProbeDescriptor; ++fd) posix_spawn_file_actions_addopen(&actions, fd, "/dev/null", O_RDWR, 0);
  posix_spawn_file_actions_addclosefrom_np(&actions, kProbeDescriptor + 1);
  sigset_t none;
  sigemptyset(&none);
  posix_spawnattr_setsigmask(&attributes, &none);
  posix_spawnattr_setpgroup(&attributes, 0);
  posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGMASK);
  std::string name = host.string(), verb = kProbeVerb, path = file.string();
  char* const arguments[] = {name.data(), verb.data(), path.data(), nullptr};
  pid_t child = 0;
  const int error = ::posix_spawn(&child, name.c_str(), &actions, &attributes, arguments, environ);
  posix_spawn_file_actions_destroy(&actions);
  posix_spawnattr_destroy(&attributes);
  if (error != 0) throw failed(error);
  return child;
}

enum class Heard { all, too_much, too_late };

Heard read_answer(int fd, Clock::time_point until, std::string& answer) {
  char part[65536];
  for (;;) {
    const auto left = std::chrono::ceil<std::chrono::milliseconds>(until - Clock::now()).count();
    if (left <= 0) return Heard::too_late;
    pollfd wanted{fd, POLLIN, 0};
    const int ready = ::poll(&wanted, 1, static_cast<int>(left));
    if (ready == 0 || (ready < 0 && errno == EINTR)) continue;
    const ssize_t n = ::read(fd, part, sizeof part);
    if (n < 0 && errno == EINTR) continue;
    if (n <= 0) return Heard::all;
    answer.append(part, static_cast<std::size_t>(n));
    if (answer.size() > kLongestAnswer) return Heard::too_much;
  }
}

// Kills what is left of it. A child that had ended or crashed by then keeps its own status.
int finish(pid_t child) {
  ::kill(-child, SIGKILL);
  int status = 0;
  while (::waitpid(child, &status, 0) < 0 && errno == EINTR) {
  }
  return status;
}

std::string ending(int status) {
  if (WIFSIGNALED(status)) {
    const char* name = ::sigabbrev_np(WTERMSIG(status));
    return fmt::format("crashes when it is loaded (SIG{}: {})", name == nullptr ? "?" : name,
                       ::strsignal(WTERMSIG(status)));
  }
  return fmt::format("ends the process when it is loaded (exit code {})", WEXITSTATUS(status));
}

}  // namespace

Seen probe(const std::filesystem::path& host, const std::filesystem::path& file, std::chrono::milliseconds limit) {
  try {
    int ends[2];
    if (::pipe2(ends, O_CLOEXEC) != 0) throw failed(errno);
    Descriptor in{ends[0]}, out{ends[1]};
    const pid_t child = start(host, file, out.fd);
    out.close();
    std::string answer;
    const Heard heard = read_answer(in.fd, Clock::now() + limit, answer);
    const int status = finish(child);
    if (heard == Heard::too_late)
      return {
          {},
          fmt::format("did not answer within {:g} s when it was loaded", std::chrono::duration<double>(limit).count())};
    if (heard == Heard::too_much) return {{}, "says too much of itself"};
    if (answer.empty()) return {{}, ending(status)};
    return seen_from_json(answer);
  } catch (const Failure& failure) {
    return {{}, failure.what()};
  }
}

void answer_probe(const std::filesystem::path& file) {
  ::prctl(PR_SET_PDEATHSIG, SIGKILL);
  ::fcntl(kProbeDescriptor, F_SETFD, FD_CLOEXEC);
  const rlimit no_core{0, 0};
  ::setrlimit(RLIMIT_CORE, &no_core);
  Seen seen;
  try {
    seen.module = read_descriptor(load_library(std::filesystem::absolute(file)));
  } catch (const std::exception& error) {
    seen.fault = error.what();
  }
  const std::string answer = to_json(seen);
  for (std::string_view rest = answer; !rest.empty();) {
    const ssize_t n = ::write(kProbeDescriptor, rest.data(), rest.size());
    if (n < 0 && errno == EINTR) continue;
    if (n <= 0) ::_exit(1);
    rest.remove_prefix(static_cast<std::size_t>(n));
  }
  ::_exit(0);  // without the plugin's destructors
}

}  // namespace earshot::host
