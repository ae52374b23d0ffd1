#include "process.hpp"

#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <fstream>
#include <iterator>
#include <stdexcept>
#include <thread>

namespace {

// A crash is to be seen by the host, not by what watches for faults in it.
void set_aside_sanitizers() {
  for (const char* name : {"ASAN_OPTIONS", "TSAN_OPTIONS"}) {
    const char* before = ::getenv(name);
    const std::string value = (before == nullptr ? std::string() : std::string(before) + ":") + "handle_segv=0";
    ::setenv(name, value.c_str(), 1);
  }
}

}  // namespace

Folder::Folder() {
  std::string name = (std::filesystem::temp_directory_path() / "earshot-faults-XXXXXX").string();
  if (::mkdtemp(name.data()) == nullptr) throw std::runtime_error("no temporary folder");
  path_ = name;
}

Folder::~Folder() {
  std::error_code ignored;
  if (::getenv("EARSHOT_KEEP") == nullptr) std::filesystem::remove_all(path_, ignored);
}

std::string Folder::write(const std::string& name, const std::string& text) const {
  std::ofstream(path_ / name) << text;
  return path_ / name;
}

std::string Folder::read(const std::string& name) const {
  return read_file(path_ / name);
}

std::string read_file(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

bool wait_until(const std::function<bool()>& come, std::chrono::milliseconds limit) {
  const auto until = std::chrono::steady_clock::now() + limit;
  while (!come()) {
    if (std::chrono::steady_clock::now() > until) return false;
    std::this_thread::sleep_for(std::chrono::microseconds{500});
  }
  return true;
}

Process::Process(std::vector<std::string> words, std::string log) : log_(std::move(log)) {
  words.insert(words.begin(), {EARSHOT_BINARY, "--plugin-path", EARSHOT_FAULT_PLUGINS});
  std::vector<char*> arguments;
  for (std::string& word : words) arguments.push_back(word.data());
  arguments.push_back(nullptr);
  const int file = ::open(log_.c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
  if (file < 0) throw std::runtime_error("no log");
  log_begin_ = static_cast<std::size_t>(std::filesystem::file_size(log_));
  set_aside_sanitizers();
  ::setenv("NO_COLOR", "1", 1);
  pid_ = ::fork();
  if (pid_ == 0) {
    ::setpgid(0, 0);
    ::prctl(PR_SET_PDEATHSIG, SIGKILL);
    const rlimit no_core{0, 0};
    ::setrlimit(RLIMIT_CORE, &no_core);
    ::dup2(::open("/dev/null", O_RDONLY), STDIN_FILENO);
    ::dup2(file, STDOUT_FILENO);
    ::dup2(file, STDERR_FILENO);
    ::execv(EARSHOT_BINARY, arguments.data());
    ::_exit(127);
  }
  ::setpgid(pid_, pid_);
  ::close(file);
}

Process::~Process() {
  if (pid_ > 0) ::kill(-pid_, SIGKILL);
  if (!ended_) gone(0);
}

void Process::signal(int number) const {
  ::kill(pid_, number);
}

bool Process::gone(int options) {
  if (ended_) return true;
  int status = 0;
  rusage used{};
  if (::wait4(pid_, &status, options, &used) != pid_) return false;
  ended_ = Ended{WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status), used.ru_maxrss};
  return true;
}

bool Process::lives() {
  return !gone(WNOHANG);
}

Ended Process::wait(std::chrono::milliseconds limit) {
  if (!wait_until([&] { return gone(WNOHANG); }, limit))
    throw std::runtime_error("it does not end; it said:\n" + said());
  return *ended_;
}

std::string Process::said() const {
  return read_file(log_).substr(log_begin_);
}

bool Process::wait_for(const std::string& text) {
  const auto found = [&] { return said().find(text) != std::string::npos; };
  wait_until([&] { return found() || !lives(); });
  return found();
}

Ended run(std::vector<std::string> words, const std::string& log) {
  return Process(std::move(words), log).wait();
}
