#include "position.hpp"

#include <unistd.h>

#include <algorithm>
#include <charconv>

#include <earshot/error.hpp>

namespace earshot::file {
namespace {

constexpr std::string_view kVersion = "file 1\n";
constexpr std::uint64_t kHead = 1024;

std::uint64_t hash_head(int file, std::uint64_t size) {
  char head[kHead];
  const ssize_t came = size == 0 ? 0 : ::pread(file, head, static_cast<std::size_t>(std::min(size, kHead)), 0);
  std::uint64_t hash = 14695981039346656037u;  // FNV-1a
  for (ssize_t i = 0; i < came; ++i) hash = (hash ^ static_cast<unsigned char>(head[i])) * 1099511628211u;
  return hash;
}

}  // namespace

void Position::identify(int file, const struct stat& about) {
  device = about.st_dev, inode = about.st_ino;
  head_size = std::min(kHead, static_cast<std::uint64_t>(about.st_size));
  head = hash_head(file, head_size);
}

bool Position::is(int file, const struct stat& about) const {
  if (about.st_dev != device || about.st_ino != inode) return false;
  return static_cast<std::uint64_t>(about.st_size) >= head_size && hash_head(file, head_size) == head;
}

std::string to_text(const Position& p) {
  std::string all;
  for (const std::uint64_t number :
       {p.device, p.inode, p.head, p.head_size, p.offset, p.line, p.done, static_cast<std::uint64_t>(p.skipping)})
    all += std::to_string(number) += ' ';
  for (const char c : p.path) {  // a name may hold any byte but 0
    if (c == '\\' || c == '\n') all += '\\';
    all += c == '\n' ? 'n' : c;
  }
  return all += '\n';
}

std::string to_cursor(const std::vector<Position>& positions) {
  std::string all(kVersion);
  for (const Position& position : positions) all += to_text(position);
  return all;
}

std::vector<Position> from_cursor(std::string_view cursor) {
  std::vector<Position> positions;
  if (cursor.empty()) return positions;
  const auto bad = [] { return invalid("the cursor is none of a file source, or of a newer version"); };
  if (!cursor.starts_with(kVersion)) throw bad();
  cursor.remove_prefix(kVersion.size());
  while (!cursor.empty()) {
    Position p;
    std::uint64_t skipping = 0;
    for (std::uint64_t* number : {&p.device, &p.inode, &p.head, &p.head_size, &p.offset, &p.line, &p.done, &skipping}) {
      const auto read = std::from_chars(cursor.data(), cursor.data() + cursor.size(), *number);
      if (read.ec != std::errc{} || read.ptr == cursor.data() + cursor.size() || *read.ptr != ' ') throw bad();
      cursor.remove_prefix(static_cast<std::size_t>(read.ptr + 1 - cursor.data()));
    }
    p.skipping = skipping != 0;
    std::size_t i = 0;
    for (; i < cursor.size() && cursor[i] != '\n'; ++i) {
      const bool escaped = cursor[i] == '\\' && i + 1 < cursor.size();
      if (escaped) ++i;
      p.path += escaped && cursor[i] == 'n' ? '\n' : cursor[i];
    }
    cursor.remove_prefix(std::min(cursor.size(), i + 1));
    positions.push_back(std::move(p));
  }
  return positions;
}

}  // namespace earshot::file
