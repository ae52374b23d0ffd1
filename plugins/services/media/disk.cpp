#include "media/disk.hpp"

#include <fcntl.h>
#include <stdlib.h>
#include <sys/file.h>

#include <algorithm>
#include <charconv>
#include <vector>

#include "earshot/error.hpp"

namespace earshot::media {
namespace {

namespace fs = std::filesystem;

constexpr std::uint64_t kBlock = 4096;     // that a file takes at least
constexpr std::uint64_t kUnscanned = 256;  // files written until others' are counted again
constexpr std::size_t kMostFetched = 256;  // bytes of an entry of a URL
constexpr std::string_view kTemporary = "tmp";

std::uint64_t on_disk(std::uint64_t size) {
  return (size + kBlock - 1) / kBlock * kBlock;
}

File open_locked(const fs::path& path, int kind) {
  File file(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW));
  if (!file || ::flock(file.get(), kind | LOCK_NB) != 0) return {};
  struct stat s {};
  // It may have been removed between the two.
  if (::fstat(file.get(), &s) != 0 || s.st_nlink == 0 || !S_ISREG(s.st_mode)) return {};
  return file;
}

// Unless somebody has it open.
bool remove_unlocked(const fs::path& path) {
  const File file = open_locked(path, LOCK_EX);
  return file && ::unlink(path.c_str()) == 0;
}

struct Entry {
  fs::path path;
  std::uint64_t size = 0;
  std::int64_t used = 0;  // nanoseconds since 1970
};

std::vector<Entry> entries_in(const fs::path& folder) {
  std::vector<Entry> all;
  std::error_code fault;
  for (fs::recursive_directory_iterator at(folder, fault), end; !fault && at != end; at.increment(fault)) {
    struct stat s {};
    if (::lstat(at->path().c_str(), &s) != 0 || !S_ISREG(s.st_mode)) continue;
    all.push_back({at->path(), on_disk(static_cast<std::uint64_t>(s.st_size)),
                   std::int64_t{s.st_mtim.tv_sec} * 1'000'000'000 + s.st_mtim.tv_nsec});
  }
  return all;
}

}  // namespace

Disk::Disk(fs::path folder, std::uint64_t budget) : folder_(std::move(folder)), budget_(budget) {
  try {
    for (const std::string_view shelf : {kContents, kFrames, kUrls, kTemporary})
      fs::create_directories(folder_ / shelf);
  } catch (const fs::filesystem_error& fault) {
    throw invalid("the cache of media cannot be made: " + fault.code().message()).at_option("cache");
  }
  remove_leftovers();
  const std::lock_guard hold(mutex_);
  scan(0);
}

void Disk::remove_leftovers() {
  for (const Entry& entry : entries_in(folder_ / kTemporary)) remove_unlocked(entry.path);  // a writer locks its file
}

fs::path Disk::place(std::string_view shelf, const std::string& name) const {
  return folder_ / shelf / name.substr(0, 2) / name;
}

std::optional<Disk::Held> Disk::find(std::string_view shelf, const std::string& name) {
  const fs::path path = place(shelf, name);
  File file = open_locked(path, LOCK_SH);
  if (!file) return std::nullopt;
  const timespec now[] = {{0, UTIME_OMIT}, {0, UTIME_NOW}};
  ::futimens(file.get(), now);
  const auto size = static_cast<std::uint64_t>(identity(file).size);
  return Held{std::move(file), path, size};
}

void Disk::forget(std::string_view shelf, const std::string& name) {
  ::unlink(place(shelf, name).c_str());
}

Disk::Held Disk::keep(const Content& content, std::string_view bytes) {
  const std::string name = hex(content);
  if (auto held = find(kContents, name); held && held->size == bytes.size()) return std::move(*held);
  make_room(bytes.size());
  Writing writing(*this);
  writing.add(bytes);
  return writing.commit(kContents, name);
}

Disk::Writing::Writing(Disk& disk) : disk_(disk) {
  std::string name = disk.folder_ / kTemporary / "XXXXXX";
  file_ = File(::mkostemp(name.data(), O_CLOEXEC));
  if (!file_) throw io_failure("the cache of media cannot be written: " + std::generic_category().message(errno));
  path_ = name;
  ::flock(file_.get(), LOCK_EX | LOCK_NB);
}

Disk::Writing::~Writing() {
  if (!path_.empty()) ::unlink(path_.c_str());
}

void Disk::Writing::add(std::string_view bytes) {
  write_all(file_, bytes);
  size_ += bytes.size();
}

Disk::Held Disk::Writing::commit(std::string_view shelf, const std::string& name) {
  const fs::path to = disk_.place(shelf, name);
  std::error_code ignored;
  fs::create_directories(to.parent_path(), ignored);
  ::flock(file_.get(), LOCK_SH);  // from here on held by whoever asked
  if (::rename(path_.c_str(), to.c_str()) != 0)
    throw io_failure("the cache of media cannot be written: " + std::generic_category().message(errno));
  path_.clear();
  const std::lock_guard hold(disk_.mutex_);
  disk_.bytes_ += on_disk(size_), ++disk_.files_;
  if (++disk_.unscanned_ >= kUnscanned || disk_.bytes_ > disk_.budget_) disk_.scan(0);
  return {std::move(file_), to, size_};
}

void Disk::make_room(std::uint64_t bytes) {
  if (on_disk(bytes) > budget_)
    throw unsupported("the medium has " + std::to_string(bytes) +
                      " bytes, which is more than the whole cache may hold (" + std::to_string(budget_) +
                      ", option `cache_size` of the service media)");
  const std::lock_guard hold(mutex_);
  if (bytes_ + on_disk(bytes) > budget_) scan(on_disk(bytes));
}

void Disk::scan(std::uint64_t room) {
  std::vector<Entry> all;
  for (const std::string_view shelf : {kContents, kFrames, kUrls}) {
    std::vector<Entry> some = entries_in(folder_ / shelf);
    all.insert(all.end(), std::make_move_iterator(some.begin()), std::make_move_iterator(some.end()));
  }
  bytes_ = 0, files_ = all.size(), unscanned_ = 0;
  for (const Entry& entry : all) bytes_ += entry.size;
  if (bytes_ + room <= budget_) return;
  std::sort(all.begin(), all.end(),
            [](const Entry& a, const Entry& b) { return std::tie(a.used, a.path) < std::tie(b.used, b.path); });
  const std::uint64_t aim = budget_ - std::min(budget_, room), low = aim - std::min(aim, budget_ / 10);
  for (const Entry& entry : all) {
    if (bytes_ <= low) return;
    if (remove_unlocked(entry.path)) bytes_ -= entry.size, --files_;
  }
}

std::optional<Disk::Fetched> Disk::fetched(std::string_view url) {
  const auto held = find(kUrls, hex(content_of(url)));
  if (!held) return std::nullopt;
  const std::string text = read_all(held->file, kMostFetched);  // "HEX NANOSECONDS\n"
  const auto content = content_named(std::string_view(text).substr(0, 64));
  std::int64_t when = 0;
  if (!content || text.size() < 66 ||
      std::from_chars(text.data() + 65, text.data() + text.size(), when).ec != std::errc{})
    return std::nullopt;
  return Fetched{*content, time(when)};
}

void Disk::put_fetched(std::string_view url, const Fetched& fetched) {
  Writing writing(*this);
  writing.add(hex(fetched.content) + " " + std::to_string(ticks(fetched.when)) + "\n");
  writing.commit(kUrls, hex(content_of(url)));
}

std::uint64_t Disk::bytes() const {
  const std::lock_guard hold(mutex_);
  return bytes_;
}
std::uint64_t Disk::files() const {
  const std::lock_guard hold(mutex_);
  return files_;
}

}  // namespace earshot::media
