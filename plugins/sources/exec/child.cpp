#include "child.hpp"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <cerrno>
#include <chrono>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <string_view>
#include <thread>

#include <earshot/error.hpp>

namespace earshot::exec {
namespace {

std::string because(int error) {
  return std::string(": ") + std::strerror(error);
}

struct Pipe {
  int ends[2] = {-1, -1};
  Pipe() {
    if (::pipe2(ends, O_CLOEXEC) != 0) throw io_failure("cannot make a pipe" + because(errno));
  }
  ~Pipe() { close(0), close(1); }
  Pipe(const Pipe&) = delete;
  Pipe& operator=(const Pipe&) = delete;
  void close(int end) {
    if (ends[end] >= 0) ::close(ends[end]);
    ends[end] = -1;
  }
  int take(int end) { return std::exchange(ends[end], -1); }
};

// The file that a name means, as a shell would look for it.
std::string find_program(const std::string& name) {
  if (name.find('/') != std::string::npos) return name;
  const char* path = std::getenv("PATH");
  std::string_view folders = path != nullptr ? path : "/usr/local/bin:/usr/bin:/bin";
  while (!folders.empty()) {
    const std::size_t end = std::min(folders.find(':'), folders.size());
    std::string file(folders.substr(0, end));
    file.append("/").append(name);
    if (::access(file.c_str(), X_OK) == 0) return file;
    folders.remove_prefix(std::min(folders.size(), end + 1));
  }
  throw io_failure("there is no program '" + name + "' in PATH: install it, or write its whole path");
}

std::vector<char*> pointers(const std::vector<std::string>& texts) {
  std::vector<char*> all;
  for (const std::string& text : texts) all.push_back(const_cast<char*>(text.c_str()));
  all.push_back(nullptr);
  return all;
}

struct Wanted {
  const char* file;
  char* const* command;
  char* const* environment;
  int output, messages, failure;  // ends of pipes for writing
  int nothing;                    // /dev/null
  pid_t parent;
};

// In the new process, where other threads may have left locks held: nothing but system calls.
[[noreturn]] void become(const Wanted& w) {
  ::setpgid(0, 0);
  ::prctl(PR_SET_PDEATHSIG, SIGKILL);
  if (::getppid() != w.parent) ::_exit(127);  // gone in between
  sigset_t none;
  ::sigemptyset(&none);
  ::sigprocmask(SIG_SETMASK, &none, nullptr);
  for (const int number : {SIGPIPE, SIGXFSZ, SIGINT, SIGTERM, SIGHUP, SIGCHLD, SIGUSR1, SIGUSR2})
    ::signal(number, SIG_DFL);
  if (::dup2(w.nothing, STDIN_FILENO) >= 0 && ::dup2(w.output, STDOUT_FILENO) >= 0 &&
      ::dup2(w.messages, STDERR_FILENO) >= 0) {
    ::close_range(3, ~0u, CLOSE_RANGE_CLOEXEC);
    ::execve(w.file, w.command, w.environment);
  }
  const int error = errno;
  [[maybe_unused]] const ssize_t told = ::write(w.failure, &error, sizeof error);
  ::_exit(127);
}

Exit described(const siginfo_t& info) {
  if (info.si_code == CLD_EXITED) return {info.si_status == 0, "exited with " + std::to_string(info.si_status)};
  return {false, "was killed by signal " + std::to_string(info.si_status) + " (" + ::strsignal(info.si_status) + ")"};
}

// EARSHOT_PROGRAM=PID-START-COUNT: no other program has it.
std::string make_mark() {
  static std::atomic<unsigned> count{0};
  const auto now = std::chrono::steady_clock::now().time_since_epoch().count();
  return "EARSHOT_PROGRAM=" + std::to_string(::getpid()) + "-" + std::to_string(now) + "-" + std::to_string(++count);
}

bool is_marked(const std::filesystem::path& process, const std::string& mark) {
  std::ifstream file(process / "environ", std::ios::binary);
  for (std::string variable; std::getline(file, variable, '\0');)
    if (variable == mark) return true;
  return false;
}

// Kills whoever has the mark in the environment it was started with. The number of a process may pass to another
// meanwhile, so each is held by its pidfd before it is looked at.
bool kill_marked_once(const std::string& mark) {
  bool any = false;
  std::error_code error;
  for (std::filesystem::directory_iterator at("/proc", error), end; !error && at != end; at.increment(error)) {
    const std::string name = at->path().filename();
    if (name.find_first_not_of("0123456789") != name.npos || !is_marked(at->path(), mark)) continue;
    const int process = static_cast<int>(::syscall(SYS_pidfd_open, std::stoi(name), 0));
    if (process < 0) continue;
    if (is_marked(at->path(), mark)) any |= ::syscall(SYS_pidfd_send_signal, process, SIGKILL, nullptr, 0) == 0;
    ::close(process);
  }
  return any;
}

// One that is just being forked may be missed in one pass, so until a pass finds none. A zombie has no environment.
void kill_marked(const std::string& mark) {
  for (int pass = 0; pass < 20 && kill_marked_once(mark); ++pass)
    std::this_thread::sleep_for(std::chrono::milliseconds(1));
}

}  // namespace

Child::Child(const std::vector<std::string>& command, std::vector<std::string> environment) : mark_(make_mark()) {
  const std::string file = find_program(command.front());
  environment.push_back(mark_);
  const std::vector<char*> arguments = pointers(command), variables = pointers(environment);
  Pipe output, messages, failure;
  const int nothing = ::open("/dev/null", O_RDONLY | O_CLOEXEC);
  const Wanted wanted{file.c_str(),     arguments.data(), variables.data(), output.ends[1],
                      messages.ends[1], failure.ends[1],  nothing,          ::getpid()};
  pid_ = ::fork();
  const int fork_error = errno;
  if (pid_ == 0) become(wanted);
  if (nothing >= 0) ::close(nothing);
  if (pid_ < 0) throw io_failure("cannot start '" + command.front() + "'" + because(fork_error));
  ::setpgid(pid_, pid_);  // whichever of the two comes first
  failure.close(1), output.close(1), messages.close(1);
  int error = 0;
  ssize_t came;
  while ((came = ::read(failure.ends[0], &error, sizeof error)) < 0 && errno == EINTR) {
  }
  if (came == sizeof error) {
    ::waitpid(pid_, nullptr, 0);
    throw io_failure("cannot start '" + command.front() + "'" + because(error));
  }
  output_ = output.take(0), messages_ = messages.take(0);
  for (const int end : {output_, messages_}) ::fcntl(end, F_SETFL, O_NONBLOCK);
}

Child::~Child() {
  stop(Duration{0});
}

void Child::wait(int milliseconds) const {
  struct pollfd files[] = {{output_, POLLIN, 0}, {messages_, POLLIN, 0}};  // one that is closed is passed over
  ::poll(files, 2, milliseconds);
}

std::size_t Child::read(int& file, char* to, std::size_t size) {
  if (file < 0) return 0;
  ssize_t came;
  while ((came = ::read(file, to, size)) < 0 && errno == EINTR) {
  }
  if (came > 0) return static_cast<std::size_t>(came);
  if (came == 0 || (errno != EAGAIN && errno != EWOULDBLOCK)) ::close(file), file = -1;
  return 0;
}

std::optional<Exit> Child::ended() {
  if (exit_) return exit_;
  siginfo_t info{};
  if (::waitid(P_PID, static_cast<id_t>(pid_), &info, WEXITED | WNOHANG | WNOWAIT) != 0 || info.si_pid == 0) return {};
  kill_all();  // while the number of the group still belongs to this child
  ::waitpid(pid_, nullptr, 0);
  return exit_ = described(info);
}

void Child::stop(Duration grace) {
  const auto until = std::chrono::steady_clock::now() + grace;
  if (!ended() && grace.count() > 0) ::kill(-pid_, SIGTERM);
  char unread[4096];
  while (!ended() && std::chrono::steady_clock::now() < until) {
    wait(5);
    while (read_output(unread, sizeof unread) != 0 || read_messages(unread, sizeof unread) != 0) {
    }
    if (output_ < 0 && messages_ < 0) std::this_thread::sleep_for(std::chrono::milliseconds(1));
  }
  if (!ended()) {
    kill_all();
    ::waitpid(pid_, nullptr, 0);
    exit_ = Exit{false, "was killed"};
  }
  close_all();
}

void Child::kill_all() {
  ::kill(-pid_, SIGKILL);
  kill_marked(mark_);
}

void Child::close_all() {
  for (int* file : {&output_, &messages_}) {
    if (*file >= 0) ::close(*file);
    *file = -1;
  }
}

}  // namespace earshot::exec
