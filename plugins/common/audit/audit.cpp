#include "audit/audit.hpp"

#include <pwd.h>
#include <unistd.h>

#include <array>

namespace earshot::audit {
namespace {

std::string user_name() {
  passwd entry{};
  passwd* found = nullptr;
  std::array<char, 4096> buffer{};
  if (::getpwuid_r(::getuid(), &entry, buffer.data(), buffer.size(), &found) == 0 && found != nullptr)
    return found->pw_name;
  return {};
}

}  // namespace

std::filesystem::path file_of(const Host& host, const std::optional<std::filesystem::path>& store) {
  if (store && !store->empty()) return store->string() + ".audit";
  for (const Value sink : host.config()["sinks"].items())
    if (sink["plugin"].text() == "sqlite" && !sink["path"].text().empty())
      return std::string(sink["path"].text()) + ".audit";
  if (host.state_dir().empty()) return {};
  return std::filesystem::path(host.state_dir()) / "audit.log";
}

void note(const std::filesystem::path& log, ear_time now, const Note& note) {
  Entry entry;
  entry.time = now;
  entry.uid = ::getuid();
  entry.user = note.who.empty() ? user_name() : std::string(note.who);
  entry.command = note.command, entry.what = note.what, entry.count = note.count, entry.author = note.author;
  if (!note.file.empty()) entry.file = std::filesystem::absolute(note.file).string();
  append(log, entry);
}

void note(const Host& host, const Note& note, const std::optional<std::filesystem::path>& store) {
  if (const std::filesystem::path log = file_of(host, store); !log.empty()) audit::note(log, ticks(host.now()), note);
}

}  // namespace earshot::audit
