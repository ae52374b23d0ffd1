#include "check/process_state.hpp"

#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cfenv>
#include <clocale>
#include <filesystem>
#include <iterator>

namespace earshot::check {

std::map<std::string, std::string> process_state() {
  std::map<std::string, std::string> state;
  std::error_code ignored;
  state["the working directory"] = std::filesystem::current_path(ignored).string();
  const char* locale = std::setlocale(LC_ALL, nullptr);
  state["the locale"] = locale == nullptr ? "" : locale;
  for (char** variable = environ; variable != nullptr && *variable != nullptr; ++variable)
    state["the environment"] += *variable + std::string(1, '\n');
  const mode_t mask = ::umask(0);
  ::umask(mask);
  state["the umask"] = std::to_string(mask);
  for (int signal = 1; signal < 32; ++signal) {
    struct sigaction action {};
    if (::sigaction(signal, nullptr, &action) == 0)
      state["the handler of signal " + std::to_string(signal)] =
          std::to_string(reinterpret_cast<std::uintptr_t>(action.sa_handler)) + "/" + std::to_string(action.sa_flags);
  }
  sigset_t blocked;
  ::pthread_sigmask(SIG_BLOCK, nullptr, &blocked);
  for (int signal = 1; signal < 32; ++signal)
    state["the signal mask"] += ::sigismember(&blocked, signal) == 1 ? '1' : '0';
  state["the rounding of numbers"] = std::to_string(std::fegetround());
  for (int file = 0; file < 3; ++file)
    state["standard input or output"] += std::to_string(::fcntl(file, F_GETFL)) + ' ';
  return state;
}

namespace {
std::size_t entries(const char* folder) {
  std::error_code ignored;
  const std::filesystem::directory_iterator all(folder, ignored);
  return static_cast<std::size_t>(std::distance(begin(all), end(all)));
}
}  // namespace

std::size_t open_files() {
  return entries("/proc/self/fd");
}
std::size_t threads() {
  return entries("/proc/self/task");
}

}  // namespace earshot::check
