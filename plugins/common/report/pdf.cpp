#include "report/pdf.hpp"

#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <cstdlib>
#include <sstream>
#include <thread>
#include <vector>

#include "earshot/error.hpp"
#include "work_folder/work_folder.hpp"

extern char** environ;

namespace earshot::report {
namespace {

namespace fs = std::filesystem;
constexpr std::chrono::seconds kMostTime{120};

// Runs it without input and output, in a group of its own. Returns the exit code; -1: it had to be ended.
int run(const std::vector<std::string>& words) {
  std::vector<char*> argv;
  for (const std::string& word : words) argv.push_back(const_cast<char*>(word.c_str()));
  argv.push_back(nullptr);
  posix_spawn_file_actions_t actions;
  posix_spawnattr_t attributes;
  posix_spawn_file_actions_init(&actions);
  posix_spawnattr_init(&attributes);
  posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
  posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, "/dev/null", O_WRONLY, 0);
  posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, "/dev/null", O_WRONLY, 0);
  posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETPGROUP);
  pid_t child = 0;
  const int failed = ::posix_spawn(&child, argv[0], &actions, &attributes, argv.data(), environ);
  posix_spawn_file_actions_destroy(&actions);
  posix_spawnattr_destroy(&attributes);
  if (failed != 0) return 127;
  const auto deadline = std::chrono::steady_clock::now() + kMostTime;
  for (int status = 0;;) {
    if (::waitpid(child, &status, WNOHANG) == child) return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
    if (std::chrono::steady_clock::now() > deadline) break;
    std::this_thread::sleep_for(std::chrono::milliseconds{50});
  }
  ::kill(-child, SIGKILL);
  ::waitpid(child, nullptr, 0);
  return -1;
}

}  // namespace

fs::path pdf_program() {
  const char* path = std::getenv("PATH");
  for (const char* name : {"chromium", "chromium-browser", "google-chrome", "weasyprint"}) {
    std::stringstream folders(path == nullptr ? "/usr/bin:/bin" : path);
    for (std::string folder; std::getline(folders, folder, ':');)
      if (fs::path candidate = fs::path(folder) / name; !folder.empty() && ::access(candidate.c_str(), X_OK) == 0)
        return candidate;
  }
  return {};
}

void write_pdf(const fs::path& html, const fs::path& to) {
  const fs::path program = pdf_program();
  if (program.empty())
    throw unsupported(
        "a PDF needs Chromium or WeasyPrint, and neither is installed: apt-get install chromium, or leave pdf out");
  const WorkFolder folder("pdf");
  const fs::path made = folder.path() / "report.pdf";
  std::vector<std::string> words{program.string()};
  if (program.filename() == "weasyprint") {
    words.insert(words.end(), {fs::absolute(html).string(), made.string()});
  } else {
    words.insert(words.end(),
                 {"--headless", "--disable-gpu", "--no-first-run", "--disable-extensions", "--disable-dev-shm-usage",
                  "--no-pdf-header-footer", "--user-data-dir=" + (folder.path() / "profile").string(),
                  "--print-to-pdf=" + made.string()});
    if (::geteuid() == 0)
      words.push_back("--no-sandbox");  // it refuses to run as root otherwise; the page has no script
    words.push_back("file://" + fs::absolute(html).string());
  }
  const int code = run(words);
  std::error_code error;
  if (code != 0 || fs::file_size(made, error) == 0 || error)
    throw io_failure("'" + program.string() + "' made no PDF of '" + html.string() + "' (exit code " +
                     std::to_string(code) + ")");
  fs::copy_file(made, to, fs::copy_options::overwrite_existing, error);
  if (error) throw io_failure("cannot write '" + to.string() + "': " + error.message());
}

}  // namespace earshot::report
