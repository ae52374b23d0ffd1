// process.hpp: the real binary as a process of a test's own, in a folder of its own. One thread.
#pragma once

#include <sys/types.h>

#include <chrono>
#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
inline constexpr bool kSanitized = true;
#else
inline constexpr bool kSanitized = false;
#endif

// No test waits longer for something that must come.
inline constexpr std::chrono::seconds kLimit{kSanitized ? 180 : 90};

// A folder of a test's own, gone with it.
class Folder {
 public:
  Folder();
  ~Folder();
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;

  std::string operator/(const std::string& name) const { return path_ / name; }
  std::string write(const std::string& name, const std::string& text) const;
  std::string read(const std::string& name) const;

 private:
  std::filesystem::path path_;
};

std::string read_file(const std::string& path);

// False: `come` has not become true within `limit`.
bool wait_until(const std::function<bool()>& come, std::chrono::milliseconds limit = kLimit);

struct Ended {
  int code = -1;            // 128 and the signal where one ended it
  long most_kilobytes = 0;  // of memory, at its peak
};

// `earshot WORD...`; with it ends whatever it has started. What it prints is appended to `log`.
class Process {
 public:
  Process(std::vector<std::string> words, std::string log);
  ~Process();
  Process(const Process&) = delete;
  Process& operator=(const Process&) = delete;

  pid_t pid() const { return pid_; }
  void signal(int number) const;
  bool lives();
  // Throws where it does not end in time.
  Ended wait(std::chrono::milliseconds limit = kLimit);

  // What this process has printed so far.
  std::string said() const;
  bool wait_for(const std::string& text);       // false: it ended without it, or it takes too long
  bool runs() { return wait_for("' runs: "); }  // all components have started

 private:
  bool gone(int options);

  pid_t pid_ = -1;
  std::string log_;
  std::size_t log_begin_ = 0;
  std::optional<Ended> ended_;
};

// Runs it to its end.
Ended run(std::vector<std::string> words, const std::string& log);
