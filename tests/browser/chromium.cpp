#include "browser/chromium.hpp"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cstdlib>
#include <filesystem>
#include <stdexcept>
#include <vector>

extern char** environ;

namespace browser {
namespace {

using namespace std::chrono_literals;
constexpr auto kPatience = 60s;             // a loaded machine starts a browser slowly
constexpr int kCommands = 3, kAnswers = 4;  // the descriptors that --remote-debugging-pipe names

struct Pipe {
  int read = -1, write = -1;
};

// Descriptors above those that the child is given, which none of its own may stand on.
Pipe pipe_above() {
  int ends[2];
  if (::pipe2(ends, O_CLOEXEC) != 0) throw std::runtime_error("no pipe for the browser");
  Pipe out;
  out.read = ::fcntl(ends[0], F_DUPFD_CLOEXEC, 10), out.write = ::fcntl(ends[1], F_DUPFD_CLOEXEC, 10);
  ::close(ends[0]), ::close(ends[1]);
  return out;
}

std::vector<std::string> arguments(const std::string& program, const std::string& profile) {
  std::vector<std::string> out{program,
                               "--headless=new",
                               "--remote-debugging-pipe",
                               "--user-data-dir=" + profile,
                               "--no-first-run",
                               "--disable-gpu",
                               "--disable-extensions",
                               "--disable-background-networking",
                               "--disable-component-update",
                               "--disable-sync",
                               "--force-color-profile=srgb",
                               "--autoplay-policy=no-user-gesture-required"};
  if (::geteuid() == 0) out.emplace_back("--no-sandbox");  // it refuses to run as root with one
  out.emplace_back("about:blank");
  return out;
}

pid_t spawn(std::vector<std::string> words, int commands, int answers) {
  std::vector<char*> argv;
  for (std::string& word : words) argv.push_back(word.data());
  argv.push_back(nullptr);
  posix_spawn_file_actions_t actions;
  posix_spawnattr_t attributes;
  ::posix_spawn_file_actions_init(&actions);
  ::posix_spawnattr_init(&attributes);
  ::posix_spawn_file_actions_adddup2(&actions, commands, kCommands);
  ::posix_spawn_file_actions_adddup2(&actions, answers, kAnswers);
  ::posix_spawn_file_actions_addopen(&actions, 2, "/dev/null", O_WRONLY, 0);
  ::posix_spawnattr_setpgroup(&attributes, 0);
  ::posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETPGROUP);
  pid_t process = -1;
  const int fault = ::posix_spawn(&process, argv[0], &actions, &attributes, argv.data(), environ);
  ::posix_spawn_file_actions_destroy(&actions);
  ::posix_spawnattr_destroy(&attributes);
  if (fault != 0) throw std::runtime_error("the browser does not start: " + words[0]);
  return process;
}

}  // namespace

std::optional<std::string> Chromium::installed() {
  if (const char* named = std::getenv("CHROMIUM"); named != nullptr) return named;
  for (const char* path : {"/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"})
    if (std::filesystem::exists(path)) return path;
  return {};
}

Chromium::Chromium(const std::string& program, const std::string& profile) {
  const Pipe down = pipe_above(), up = pipe_above();
  commands_ = down.write, answers_ = up.read;
  process_ = spawn(arguments(program, profile), down.read, up.write);
  ::close(down.read), ::close(up.write);
}

Chromium::~Chromium() {
  ::kill(-process_, SIGKILL);
  ::waitpid(process_, nullptr, 0);
  ::close(commands_), ::close(answers_);
}

json::object Chromium::call(std::string_view method, json::object parameters, std::string_view session) {
  const std::int64_t id = ++last_;
  json::object command{{"id", id}, {"method", method}, {"params", std::move(parameters)}};
  if (!session.empty()) command["sessionId"] = session;
  send(json::serialize(command));
  const Deadline until = std::chrono::steady_clock::now() + kPatience;
  while (auto message = next(until)) {
    const json::value* answered = message->if_contains("id");
    if (answered == nullptr) {
      events_.push_back(std::move(*message));
    } else if (*answered == id) {
      if (const json::value* fault = message->if_contains("error"))
        throw std::runtime_error(std::string(method) + ": " + json::serialize(*fault));
      return std::move(message->at("result").as_object());
    }
  }
  throw std::runtime_error("the browser does not answer " + std::string(method));
}

std::deque<json::object> Chromium::events(std::chrono::milliseconds patience) {
  if (events_.empty())
    if (auto message = next(std::chrono::steady_clock::now() + patience)) events_.push_back(std::move(*message));
  return std::exchange(events_, {});
}

void Chromium::send(std::string_view text) {
  std::string bytes(text);
  bytes.push_back('\0');  // ends a message
  for (std::size_t sent = 0; sent < bytes.size();) {
    const ssize_t now = ::write(commands_, bytes.data() + sent, bytes.size() - sent);
    if (now <= 0) throw std::runtime_error("the browser is gone");
    sent += static_cast<std::size_t>(now);
  }
}

std::optional<json::object> Chromium::next(Deadline until) {
  for (;;) {
    if (const std::size_t end = read_.find('\0'); end != read_.npos) {
      json::object message = json::parse(std::string_view(read_).substr(0, end)).as_object();
      read_.erase(0, end + 1);
      return message;
    }
    const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(until - std::chrono::steady_clock::now());
    pollfd ready{answers_, POLLIN, 0};
    if (left <= 0ms || ::poll(&ready, 1, static_cast<int>(left.count())) <= 0) return {};
    std::array<char, 65'536> some;
    const ssize_t got = ::read(answers_, some.data(), some.size());
    if (got <= 0) throw std::runtime_error("the browser is gone");
    read_.append(some.data(), static_cast<std::size_t>(got));
  }
}

}  // namespace browser
