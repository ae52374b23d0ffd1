// chromium.hpp: a headless Chromium as a child process that takes DevTools commands through a pipe, so that it opens no
// port. One thread. https://chromedevtools.github.io/devtools-protocol/
#pragma once

#include <sys/types.h>

#include <boost/json.hpp>
#include <chrono>
#include <deque>
#include <optional>
#include <string>
#include <string_view>

namespace browser {

namespace json = boost::json;

class Chromium {
 public:
  // Where the program is, if it is installed; CHROMIUM in the environment goes before the usual names.
  static std::optional<std::string> installed();

  // `profile`: a folder for what the browser keeps, which outlives it.
  Chromium(const std::string& program, const std::string& profile);
  ~Chromium();
  Chromium(const Chromium&) = delete;
  Chromium& operator=(const Chromium&) = delete;

  // The result of a command, in a session of a page or, with an empty one, of the browser. Throws std::runtime_error
  // with the browser's words where it refuses, and where nothing comes within a minute.
  json::object call(std::string_view method, json::object parameters = {}, std::string_view session = {});
  // What was told since the last asking, oldest first; waits at most that long for the first.
  std::deque<json::object> events(std::chrono::milliseconds patience);

 private:
  using Deadline = std::chrono::steady_clock::time_point;
  void send(std::string_view text);
  std::optional<json::object> next(Deadline until);  // one message, if it comes in time

  pid_t process_ = -1;
  int commands_ = -1, answers_ = -1;
  std::int64_t last_ = 0;
  std::string read_;
  std::deque<json::object> events_;
};

}  // namespace browser
