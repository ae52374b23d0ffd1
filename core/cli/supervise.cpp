#include "cli/supervise.hpp"

#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <atomic>
#include <cerrno>
#include <chrono>
#include <cstdio>
#include <cstring>
#include <fstream>
#include <string>
#include <thread>
#include <vector>

#include "base/error.hpp"
#include "cli/verb.hpp"
#include "runtime/backoff.hpp"

extern char** environ;

namespace earshot::host {
namespace {

std::atomic<pid_t> child{0};
std::atomic<bool> stopping{false};

void pass_on(int signal) {
  if (signal != SIGHUP) stopping = true;
  if (const pid_t pid = child.load(); pid > 0) ::kill(pid, signal);
}

// The words of this command, without --supervise.
std::vector<std::string> own_words() {
  std::ifstream in("/proc/self/cmdline", std::ios::binary);
  std::vector<std::string> words;
  for (std::string word; std::getline(in, word, '\0');)
    if (word != "--supervise") words.push_back(word);
  return words;
}

pid_t start(std::vector<std::string>& words) {
  std::vector<char*> arguments;
  for (std::string& word : words) arguments.push_back(word.data());
  arguments.push_back(nullptr);
  pid_t pid = 0;
  if (const int error = ::posix_spawn(&pid, "/proc/self/exe", nullptr, nullptr, arguments.data(), environ); error != 0)
    throw Failure(std::string("the pipeline cannot be started: ") + std::strerror(error));
  return pid;
}

}  // namespace

int supervise() {
  struct sigaction action {};
  ::sigemptyset(&action.sa_mask);
  action.sa_handler = pass_on;
  for (const int signal : {SIGTERM, SIGINT, SIGHUP}) ::sigaction(signal, &action, nullptr);
  std::vector<std::string> words = own_words();
  Backoff backoff(std::chrono::milliseconds{200}, std::chrono::seconds{30});
  for (;;) {
    const auto began = std::chrono::steady_clock::now();
    child = start(words);
    int status = 0;
    while (::waitpid(child, &status, 0) < 0 && errno == EINTR) {
    }
    child = 0;
    const bool crashed = WIFSIGNALED(status), hung = WIFEXITED(status) && WEXITSTATUS(status) == kHung;
    if ((!crashed && !hung) || stopping) return crashed ? 128 + WTERMSIG(status) : WEXITSTATUS(status);
    if (std::chrono::steady_clock::now() - began > std::chrono::minutes{1}) backoff.reset();
    const auto wait = backoff.next();
    std::fprintf(stderr, "earshot: the pipeline %s; it starts again in %lld ms\n",
                 crashed ? (std::string("was ended by ") + ::strsignal(WTERMSIG(status))).c_str() : "hung",
                 static_cast<long long>(std::chrono::duration_cast<std::chrono::milliseconds>(wait).count()));
    const auto until = std::chrono::steady_clock::now() + wait;
    while (!stopping && std::chrono::steady_clock::now() < until)
      std::this_thread::sleep_for(std::chrono::milliseconds{20});
    if (stopping) return kDone;
  }
}

}  // namespace earshot::host
