#include "audit/chain.hpp"

#include <fcntl.h>
#include <sodium.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <boost/json.hpp>
#include <cerrno>
#include <cstring>
#include <fstream>

#include "earshot/error.hpp"
#include "post/time.hpp"
#include "text/cells.hpp"

namespace earshot::audit {
namespace {

namespace json = boost::json;

constexpr std::size_t kLongestLine = 64 << 10, kLongestText = 1000;
constexpr std::size_t kMark = 16;  // bytes of a salt, and of a hash under it
const std::string kNothing(2 * crypto_generichash_BYTES, '0');

[[noreturn]] void fail(const char* doing, const std::filesystem::path& file) {
  throw io_failure(std::string("cannot ") + doing + " the audit log '" + file.string() + "': " + std::strerror(errno));
}

std::string hex(const unsigned char* bytes, std::size_t size) {
  std::string out(2 * size + 1, '\0');
  sodium_bin2hex(out.data(), out.size(), bytes, size);
  out.pop_back();
  return out;
}

std::string hash_of(std::string_view line) {
  std::array<unsigned char, crypto_generichash_BYTES> hash{};
  crypto_generichash(hash.data(), hash.size(), reinterpret_cast<const unsigned char*>(line.data()), line.size(),
                     nullptr, 0);
  return hex(hash.data(), hash.size());
}

std::string hash_under(const unsigned char* salt, std::string_view platform, std::string_view author) {
  std::string text(platform);
  text.append(1, '\0').append(author);
  std::array<unsigned char, kMark> hash{};
  crypto_generichash(hash.data(), hash.size(), reinterpret_cast<const unsigned char*>(text.data()), text.size(), salt,
                     kMark);
  return hex(hash.data(), hash.size());
}

// The file, locked until it goes.
class Locked {
 public:
  explicit Locked(const std::filesystem::path& file) : file_(file) {
    std::error_code ignored;  // the open that follows tells
    if (file.has_parent_path()) std::filesystem::create_directories(file.parent_path(), ignored);
    fd_ = ::open(file.c_str(), O_RDWR | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
    if (fd_ < 0) fail("open", file);
    while (::flock(fd_, LOCK_EX) != 0)
      if (errno != EINTR) fail("lock", file);
  }
  ~Locked() { ::close(fd_); }
  Locked(const Locked&) = delete;
  Locked& operator=(const Locked&) = delete;

  // The last line; a half one, which a crash left, is one too.
  std::string last_line(bool& whole) const {
    struct stat about {};
    if (::fstat(fd_, &about) != 0) fail("look at", file_);
    const auto size = static_cast<std::size_t>(about.st_size);
    std::string end(std::min(size, 2 * kLongestLine), '\0');
    if (::pread(fd_, end.data(), end.size(), static_cast<off_t>(size - end.size())) != static_cast<ssize_t>(end.size()))
      fail("read", file_);
    whole = end.empty() || end.back() == '\n';
    if (whole && !end.empty()) end.pop_back();
    const std::size_t before = end.rfind('\n');
    return before == end.npos ? end : end.substr(before + 1);
  }
  void add(std::string_view line) const {
    if (::write(fd_, line.data(), line.size()) != static_cast<ssize_t>(line.size())) fail("write", file_);
    if (::fsync(fd_) != 0) fail("write", file_);
  }

 private:
  std::filesystem::path file_;
  int fd_ = -1;
};

std::string line_of(const Entry& entry, std::uint64_t number, const std::string& before) {
  const auto text = [](const std::string& from) { return text::cells(from, kLongestText); };
  std::array<char, post::kTimeText> buffer{};
  const std::string time(buffer.data(), post::write_time(buffer.data(), entry.time));
  json::object line{{"number", number},         {"time", time},
                    {"uid", entry.uid},         {"user", text(entry.user)},
                    {"command", entry.command}, {"what", text(entry.what)}};
  if (entry.count >= 0) line["count"] = entry.count;
  if (!entry.file.empty()) line["file"] = text(entry.file);
  if (!entry.author.empty()) line["author"] = entry.author;
  line["before"] = before;
  return json::serialize(line);
}

template <class T>
T value(const json::object& line, const char* key, T otherwise) {
  const json::value* found = line.if_contains(key);
  if (found == nullptr) return otherwise;
  if constexpr (std::is_same_v<T, std::string>)
    return found->is_string() ? T(found->get_string()) : otherwise;
  else
    return found->is_number() ? found->to_number<T>() : otherwise;
}

// Nothing: it is no line of the log.
bool entry_of(const std::string& line, Entry& entry, std::string& before) {
  boost::system::error_code fault;
  const json::value parsed = json::parse(line, fault);
  const json::object* object = fault ? nullptr : parsed.if_object();
  if (object == nullptr || !object->contains("before")) return false;
  entry = {0,
           value<std::int64_t>(*object, "uid", 0),
           value<std::string>(*object, "user", {}),
           value<std::string>(*object, "command", {}),
           value<std::string>(*object, "what", {}),
           value<std::int64_t>(*object, "count", -1),
           value<std::string>(*object, "file", {}),
           value<std::string>(*object, "author", {}),
           value<std::uint64_t>(*object, "number", 0),
           hash_of(line)};
  entry.time = post::read_time(value<std::string>(*object, "time", {})).value_or(0);
  before = value<std::string>(*object, "before", {});
  return true;
}

}  // namespace

void append(const std::filesystem::path& file, const Entry& entry) {
  if (sodium_init() < 0) throw Error(EAR_INTERNAL, "libsodium cannot start");
  const Locked log(file);
  bool whole = true;
  const std::string last = log.last_line(whole);
  Entry before;
  std::string ignored;
  if (!last.empty()) entry_of(last, before, ignored);
  const std::string line = line_of(entry, before.number + 1, last.empty() ? kNothing : hash_of(last));
  log.add((whole ? "" : "\n") + line + "\n");
}

Log read(const std::filesystem::path& file) {
  if (sodium_init() < 0) throw Error(EAR_INTERNAL, "libsodium cannot start");
  Log log;
  std::error_code none;
  if (!std::filesystem::exists(file, none)) return log;
  std::ifstream in(file, std::ios::binary);
  if (!in) fail("read", file);
  std::string before = kNothing;
  for (std::string line; std::getline(in, line);) {
    Entry entry;
    std::string says;
    const std::string place = "line " + std::to_string(log.entries.size() + 1);
    if (!entry_of(line, entry, says)) return log.fault = place + " is no line of the log", log;
    if (says != before) return log.fault = place + " does not follow on the one before it", log;
    if (entry.number != log.entries.size() + 1) return log.fault = place + " has another number", log;
    if (in.eof()) return log.fault = place + " is cut off", log;
    before = entry.hash;
    log.entries.push_back(std::move(entry));
  }
  return log;
}

std::string mark(std::string_view platform, std::string_view author) {
  if (sodium_init() < 0) throw Error(EAR_INTERNAL, "libsodium cannot start");
  std::array<unsigned char, kMark> salt{};
  randombytes_buf(salt.data(), salt.size());
  return hex(salt.data(), salt.size()) + ":" + hash_under(salt.data(), platform, author);
}

bool is_marked(std::string_view mark, std::string_view platform, std::string_view author) {
  std::array<unsigned char, kMark> salt{};
  std::size_t size = 0;
  if (mark.size() != 4 * kMark + 1 ||
      sodium_hex2bin(salt.data(), salt.size(), mark.data(), 2 * kMark, nullptr, &size, nullptr) != 0 || size != kMark)
    return false;
  return mark.substr(2 * kMark + 1) == hash_under(salt.data(), platform, author);
}

}  // namespace earshot::audit
