#include "backup/copies.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>

#include "earshot/error.hpp"
#include "sealed/sealed.hpp"
#include "store/database.hpp"

namespace earshot::backup {
namespace {

using store::Database;
using store::Statement;

constexpr std::chrono::seconds kPatience{30};
constexpr int kLookEvery = 20'000;  // instructions of SQLite

// A file that goes unless it is kept.
class Temporary {
 public:
  explicit Temporary(std::filesystem::path path) : path_(std::move(path)) {}
  ~Temporary() {
    std::error_code ignored;
    if (!kept_) std::filesystem::remove(path_, ignored);
  }
  Temporary(const Temporary&) = delete;
  Temporary& operator=(const Temporary&) = delete;
  const std::filesystem::path& path() const { return path_; }
  void keep() { kept_ = true; }

 private:
  std::filesystem::path path_;
  bool kept_ = false;
};

struct Watch {
  const std::filesystem::path& copy;
  double bytes;
  const Progress& progress;
  bool stopped = false;

  static int look(void* self) {
    auto& watch = *static_cast<Watch*>(self);
    std::error_code none;
    const auto now = std::filesystem::file_size(watch.copy, none);
    const double part = none || watch.bytes <= 0 ? 0 : std::min(1.0, static_cast<double>(now) / watch.bytes);
    watch.stopped = !watch.progress(part);
    return watch.stopped ? 1 : 0;
  }
};

void copy_to(const std::filesystem::path& from, const std::filesystem::path& to, const Progress& progress) {
  const Database database(from, Database::Mode::read, kPatience);
  const auto bytes = static_cast<double>(database.integer("PRAGMA page_count") * database.integer("PRAGMA page_size"));
  Watch watch{to, bytes, progress};
  if (progress) sqlite3_progress_handler(database.raw(), kLookEvery, Watch::look, &watch);
  try {
    Statement(database, "VACUUM INTO ?1").text(1, to.string()).run();
  } catch (const Error&) {
    if (watch.stopped) throw cancelled();
    throw;
  }
}

void sync(const std::filesystem::path& path) {
  const int fd = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
  const bool done = fd >= 0 && ::fsync(fd) == 0;
  if (fd >= 0) ::close(fd);
  if (!done) throw io_failure("cannot write '" + path.string() + "'");
}

}  // namespace

void take(Copy& copy, const std::filesystem::path& folder, std::string_view passphrase, const Progress& progress) {
  Temporary plain(folder / (passphrase.empty() ? copy.name : copy.name + ".plain"));
  copy_to(copy.from, plain.path(), progress);
  std::filesystem::permissions(plain.path(), std::filesystem::perms::owner_read | std::filesystem::perms::owner_write);
  copy.bytes = std::filesystem::file_size(plain.path());
  if (passphrase.empty()) {
    sync(plain.path());
    plain.keep();
  } else {
    sealed::seal(plain.path(), folder / copy.name, passphrase);
  }
  copy.fingerprint = sealed::fingerprint(folder / copy.name);
}

void put_back(const Copy& copy, const std::filesystem::path& folder, bool is_sealed, std::string_view passphrase,
              const std::filesystem::path& to) {
  const std::filesystem::path kept = folder / copy.name;
  if (sealed::fingerprint(kept) != copy.fingerprint)
    throw invalid("'" + kept.string() + "' is not the file that was backed up: its fingerprint is another one");
  if (to.has_parent_path()) std::filesystem::create_directories(to.parent_path());
  Temporary fresh(to.string() + ".restored");
  if (is_sealed)
    sealed::open(kept, fresh.path(), passphrase);
  else
    std::filesystem::copy_file(kept, fresh.path(), std::filesystem::copy_options::overwrite_existing);
  std::filesystem::permissions(fresh.path(), std::filesystem::perms::owner_read | std::filesystem::perms::owner_write);
  {
    const Database database(fresh.path(), Database::Mode::read, kPatience);
    Statement check(database, "PRAGMA quick_check(1)");
    if (!check.step() || check.text_at(0) != "ok")
      throw invalid("'" + kept.string() + "' holds a damaged database: " + std::string(check.text_at(0)));
  }
  sync(fresh.path());
  if (std::filesystem::exists(to)) throw invalid("'" + to.string() + "' is there already");
  std::filesystem::rename(fresh.path(), to);
  fresh.keep();
}

}  // namespace earshot::backup
