#include "plugin/cache.hpp"

#include <fmt/format.h>
#include <sodium.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>

#include "base/error.hpp"
#include "plugin/elf.hpp"

namespace earshot::host {
namespace {

constexpr std::size_t kHashSize = 2 * crypto_hash_sha256_BYTES;
constexpr std::size_t kMostKept = 1024;  // above it only what was used this time

// Another build of the host may have other rules; what it saw does not count.
std::string heading(const std::filesystem::path& host) {
  struct stat status {};
  if (::stat(host.c_str(), &status) != 0) status = {};
  return fmt::format("earshot plugins 1 {:x} {:x} {}.{}", status.st_size, status.st_ino, status.st_mtim.tv_sec,
                     status.st_mtim.tv_nsec);
}

// Written beside `file` and then renamed, so that nobody reads half of it.
bool replace(const std::filesystem::path& file, std::string_view text) {
  std::error_code error;
  std::filesystem::create_directories(file.parent_path(), error);
  std::string beside = file.string() + ".XXXXXX";
  const int fd = ::mkstemp(beside.data());
  if (fd < 0) return false;
  bool good = true;
  while (good && !text.empty()) {
    const ssize_t n = ::write(fd, text.data(), text.size());
    good = n > 0;
    if (good) text.remove_prefix(static_cast<std::size_t>(n));
  }
  good = ::close(fd) == 0 && good && ::rename(beside.c_str(), file.c_str()) == 0;
  if (!good) ::unlink(beside.c_str());
  return good;
}

}  // namespace

std::string sha256(std::string_view bytes) {
  unsigned char hash[crypto_hash_sha256_BYTES];
  crypto_hash_sha256(hash, reinterpret_cast<const unsigned char*>(bytes.data()), bytes.size());
  char text[kHashSize + 1];
  return sodium_bin2hex(text, sizeof text, hash, sizeof hash);
}

SeenCache::SeenCache(std::filesystem::path file, const std::filesystem::path& host)
    : file_(std::move(file)), heading_(heading(host)) {
  if (!file_.empty()) read();
}

void SeenCache::read() {
  try {
    if (!std::filesystem::exists(file_)) return;
    const std::string text = read_file(file_);
    std::string_view rest = text;
    const auto next = [&rest] {
      const std::string_view line = rest.substr(0, rest.find('\n'));
      rest.remove_prefix(std::min(line.size() + 1, rest.size()));
      return line;
    };
    if (next() != heading_) return;
    while (!rest.empty()) {
      const std::string_view line = next();
      if (line.size() <= kHashSize || line[kHashSize] != ' ') throw Failure("a line without hash");
      seen_.insert_or_assign(std::string(line.substr(0, kHashSize)), seen_from_json(line.substr(kHashSize + 1)));
    }
  } catch (const std::exception&) {
    seen_.clear();
  }
}

const Seen* SeenCache::find(const std::string& hash) {
  const auto at = seen_.find(hash);
  if (at == seen_.end()) return nullptr;
  used_.insert(hash);
  return &at->second;
}

void SeenCache::put(const std::string& hash, Seen seen) {
  seen_.insert_or_assign(hash, std::move(seen));
  used_.insert(hash);
  changed_ = true;
}

void SeenCache::forget_faults() {
  changed_ = std::erase_if(seen_, [](const auto& item) { return !item.second.fault.empty(); }) > 0 || changed_;
}

void SeenCache::write() {
  if (file_.empty() || !changed_) return;
  if (seen_.size() > kMostKept) std::erase_if(seen_, [this](const auto& item) { return used_.count(item.first) == 0; });
  std::string text = heading_ + '\n';
  for (const auto& [hash, seen] : seen_) text += fmt::format("{} {}\n", hash, to_json(seen));
  changed_ = !replace(file_, text);
}

}  // namespace earshot::host
