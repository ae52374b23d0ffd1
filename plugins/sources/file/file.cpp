// file: posts out of files, each object or row a post. One path, a glob, or standard input; packed or not; to the end,
// or for ever through rotation and truncation.
#include <fcntl.h>
#include <glob.h>
#include <poll.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <set>

#include <earshot/source.hpp>

#include "input.hpp"
#include "position.hpp"
#include "post/lines.hpp"
#include "post/reader.hpp"

namespace {

using earshot::Polled;
using earshot::file::Input;
using earshot::file::Position;
namespace post = earshot::post;
using std::chrono::milliseconds;

struct FileOptions {
  std::string path;
  bool follow;
  earshot::Bytes max_line;
  double rate;

  static constexpr auto schema() {
    using earshot::option;
    using O = FileOptions;
    return earshot::schema(
        option<&O::path>("path", "A file, a glob as data/*.ndjson.gz, or - for standard input",
                         {.example = "data/posts.ndjson"}),
        option<&O::follow>("follow", "Wait for more at the end, also when the file is rotated or cut",
                           {.fallback = "false"}),
        option<&O::max_line>("max_line", "Longer lines are set aside",
                             {.fallback = "1MiB", .min = 1024, .max = 1 << 28}),
        option<&O::rate>("rate", "Posts a second at most; 0: as fast as they are taken",
                         {.fallback = "0", .max = 1e9}));
  }
};

// One open file.
struct Tail {
  Position position;
  std::unique_ptr<Input> input;
  int file = -1;         // belongs to `input`
  bool stream = false;   // a pipe or terminal: cannot be gone back in
  bool rotated = false;  // another file has taken its name
  std::uint64_t read = 0;
  post::Lines lines;
};

class File : public earshot::Source<FileOptions> {
 public:
  static constexpr earshot::Info info{"file", "Posts from files: NDJSON, plain or packed, to the end or for ever"};

  void prepare() {
    if (options().path.empty()) throw earshot::invalid("there is no path").at_option("path");
    is_glob_ = options().path != "-" && options().path.find_first_of("*?[") != std::string::npos;
    if (options().path == "-" && options().follow)
      throw earshot::invalid("standard input ends when its writer does; it cannot be followed").at_option("follow");
  }

  void open(std::string_view cursor) {
    tails_.clear();
    known_ = earshot::file::from_cursor(cursor);
    known_text_.clear();
    next_ = 0, due_ = {}, listed_ = {};
    list();
    if (!options().follow && paths_.empty()) throw earshot::io_failure("no file matches '" + options().path + "'");
    if (!is_glob_ && !options().follow && options().path != "-" && ::access(options().path.c_str(), R_OK) != 0)
      throw earshot::io_failure("cannot open '" + options().path + "': " + std::strerror(errno));
    find_rotated();
  }

  Polled poll(earshot::SourceOut& out) {
    const earshot::Time now = host().now();
    if (options().rate > 0 && now < due_)
      return Polled::idle(std::min<earshot::Duration>(due_ - now, milliseconds(100)));
    if (options().follow && now - listed_ >= milliseconds(500)) list();
    while (next_ < paths_.size() && (tails_.empty() || (options().follow && !any_rotated())))
      attach(paths_[next_++], out);
    if (tails_.empty()) {
      tell(out);
      return options().follow ? Polled::idle(milliseconds(100)) : Polled::end();
    }
    for (std::size_t tried = 0; tried < tails_.size(); ++tried) {
      turn_ = (turn_ + 1) % tails_.size();
      if (!read(*tails_[turn_], out)) continue;
      tell(out);
      return Polled::more();
    }
    return Polled::idle(options().follow ? milliseconds(100) : milliseconds(1));
  }

 private:
  // The end of a rotated file comes before the beginning of the next.
  bool any_rotated() const {
    return std::any_of(tails_.begin(), tails_.end(), [](const auto& tail) { return tail->rotated; });
  }

  // The files that there are, in the order of their names' bytes.
  void list() {
    listed_ = host().now();
    next_ = 0;
    paths_.clear();
    if (!is_glob_) {
      paths_.push_back(options().path);
    } else {
      glob_t found{};
      const int result = ::glob(options().path.c_str(), GLOB_NOSORT, nullptr, &found);
      if (result == 0) paths_.assign(found.gl_pathv, found.gl_pathv + found.gl_pathc);
      ::globfree(&found);
      if (result != 0 && result != GLOB_NOMATCH) throw earshot::io_failure("cannot list '" + options().path + "'");
      std::sort(paths_.begin(), paths_.end());
    }
    if (options().follow) forget_gone();
  }

  // Files that are done and gone need not be remembered. The cursor stays small that way.
  void forget_gone() {
    std::set<std::pair<std::uint64_t, std::uint64_t>> there;
    struct stat about {};
    for (const std::string& path : paths_)
      if (::stat(path.c_str(), &about) == 0) there.emplace(about.st_dev, about.st_ino);
    const auto gone = [&](const Position& p) { return p.done != 0 && !there.contains({p.device, p.inode}); };
    if (std::erase_if(known_, gone) != 0) known_text_.clear();
  }

  // A file that was half read and has another name now is read to its end first.
  void find_rotated() {
    for (std::size_t i = 0; i < known_.size();) {
      const Position was = known_[i];
      const auto same = [&](const std::string& path) {
        struct stat about {};
        return ::stat(path.c_str(), &about) == 0 && about.st_ino == was.inode && about.st_dev == was.device;
      };
      ++i;
      if (was.done != 0 || std::any_of(paths_.begin(), paths_.end(), same) || was.path == "-") continue;
      known_.erase(known_.begin() + static_cast<std::ptrdiff_t>(--i));
      const std::filesystem::path folder = std::filesystem::path(was.path).parent_path();
      std::error_code error;
      bool found = false;
      for (const auto& entry : std::filesystem::directory_iterator(folder.empty() ? "." : folder, error)) {
        if (!same(entry.path())) continue;
        found = resume(entry.path(), was);
        break;
      }
      if (!found)
        host().warn("'" + was.path + "' was read up to byte " + std::to_string(was.offset) + " and is gone now");
    }
  }

  bool resume(const std::filesystem::path& path, const Position& was) {
    const int file = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
    struct stat about {};
    if (file < 0 || ::fstat(file, &about) != 0 || !was.is(file, about)) return file >= 0 && ::close(file) != 0;
    auto tail = make_tail(file, path);
    tail->position = was;
    tail->rotated = true;
    if (!go_to(*tail)) return false;
    tails_.push_back(std::move(tail));
    return true;
  }

  std::unique_ptr<Tail> make_tail(int file, const std::string& path) {
    auto tail = std::make_unique<Tail>();
    tail->lines = post::Lines(static_cast<std::size_t>(options().max_line.count));
    tail->file = file;
    tail->input = Input::open(file, path);
    tail->position.path = path;
    return tail;
  }

  bool go_to(Tail& tail) {
    tail.read = tail.position.offset;
    tail.position.done = 0;
    if (tail.position.skipping) tail.lines.skip_line();
    return tail.stream || tail.input->skip_to(tail.read);
  }

  void attach(const std::string& path, earshot::SourceOut& out) {
    const bool standard = path == "-";
    const int file = standard ? STDIN_FILENO : ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
    struct stat about {};
    if (file < 0 || ::fstat(file, &about) != 0 || S_ISDIR(about.st_mode)) {
      const int error = file >= 0 && S_ISDIR(about.st_mode) ? EISDIR : errno;
      if (file >= 0) ::close(file);
      if (!options().follow) out.reject({}, path, std::string("file cannot be opened: ") + std::strerror(error));
      return;
    }
    const auto is_open = [&](const auto& t) {
      return t->position.inode == about.st_ino && t->position.device == about.st_dev;
    };
    const auto same = [&](const Position& p) { return p.inode == about.st_ino && p.device == about.st_dev; };
    const auto known = std::find_if(known_.begin(), known_.end(), same);
    const bool done = known != known_.end() && known->done == static_cast<std::uint64_t>(about.st_size) + 1;
    if (std::any_of(tails_.begin(), tails_.end(), is_open) || (done && known->is(file, about))) {
      if (!standard) ::close(file);
      return;
    }
    const bool stream = !S_ISREG(about.st_mode);
    if (stream && !readable(file)) return wait_for(path, file);
    begin(path, file, about, out);
  }

  // A pipe that nobody writes to yet is tried again in the next poll.
  void wait_for(const std::string& path, int file) {
    if (path != "-") ::close(file);
    --next_;
  }

  void begin(const std::string& path, int file, const struct stat& about, earshot::SourceOut& out) {
    Position was;
    const auto same = [&](const Position& p) { return p.inode == about.st_ino && p.device == about.st_dev; };
    if (const auto known = std::find_if(known_.begin(), known_.end(), same); known != known_.end()) {
      if (S_ISREG(about.st_mode) && known->is(file, about))
        was = *known;
      else if (S_ISREG(about.st_mode))
        host().warn("'" + path + "' is another file than before; it is read from its beginning");
      known_.erase(known);
      known_text_.clear();
    }
    auto tail = make_tail(file, path);
    if (options().follow && !tail->input->is_plain())
      throw earshot::unsupported("'" + path + "' is packed and cannot be followed: leave `follow` out");
    tail->stream = !S_ISREG(about.st_mode);
    was.path = path;
    if (was.inode == 0) was.identify(file, about);
    if (tail->input->is_plain() && !tail->stream && was.offset > static_cast<std::uint64_t>(about.st_size))
      was.offset = was.line = 0, was.skipping = false;
    tail->position = was;
    bool there = false;
    try {
      there = go_to(*tail);
    } catch (const earshot::file::Damaged&) {
    }
    if (there)
      tails_.push_back(std::move(tail));
    else
      out.reject({}, path, "file is shorter than it was");
  }

  bool readable(int file) const {
    struct pollfd wanted {
      file, POLLIN, 0
    };
    return ::poll(&wanted, 1, 50) != 0;
  }

  // Reads once. False: there is nothing for now.
  bool read(Tail& tail, earshot::SourceOut& out) {
    if (tail.stream && !readable(tail.file)) return false;
    const bool last = !options().follow || tail.rotated;
    post::Chunk chunk;
    try {
      chunk = tail.lines.next([&](char* to, std::size_t size) { return tail.input->read(to, size); }, chunk_size(out),
                              out.raw().buffer, out.raw().ctx, last);
    } catch (const earshot::file::Damaged& damage) {
      out.reject({}, place(tail, 1), damage.what());
      finish(tail);
      return true;
    }
    tail.read += chunk.read;
    if (chunk.any) take(tail, chunk.lines, out);
    if (!chunk.too_long.empty()) {
      out.reject(chunk.too_long, place(tail, 1), "too long: a line has more bytes than max_line");
      ++tail.position.line;
    }
    tail.position.offset = tail.read - tail.lines.pending();
    tail.position.skipping = tail.lines.skipping();
    if (!chunk.ended) return true;
    if (last) return finish(tail), true;
    return look_after(tail);
  }

  std::size_t chunk_size(const earshot::SourceOut& out) const {
    constexpr double kPost = 400;  // bytes, as a rule
    if (options().rate > 0)
      return static_cast<std::size_t>(std::clamp(options().rate * 0.02 * kPost, 1024.0, 262144.0));
    return std::clamp<std::size_t>(out.max_posts() * std::size_t{400}, 65536, 1048576);
  }

  void take(Tail& tail, std::string_view lines, earshot::SourceOut& out) {
    if (tail.position.line == 0 && lines.starts_with("\xEF\xBB\xBF")) lines.remove_prefix(3);
    post::Memory memory(out.raw());
    reader_.block(lines);
    std::uint64_t posts = 0;
    const char* end = lines.data() + lines.size();
    for (const char* at = lines.data(); at <= end;) {
      const auto left = static_cast<std::size_t>(end - at);
      const auto* stop = static_cast<const char*>(std::memchr(at, '\n', left));
      std::string_view line(at, stop == nullptr ? left : static_cast<std::size_t>(stop - at));
      at += line.size() + 1;
      ++tail.position.line;
      if (line.ends_with('\r')) line.remove_suffix(1);
      if (line.find_first_not_of(" \t") == line.npos) continue;
      if (line.size() > static_cast<std::size_t>(options().max_line.count)) {
        out.reject(line.substr(0, 1024), place(tail, 0), "too long: a line has more bytes than max_line");
      } else if (const ear_post* read = reader_.read(line, memory); read != nullptr) {
        out.post(*read);
        ++posts;
      } else {
        out.reject(line, place(tail, 0), reader_.fault().text());
      }
    }
    if (options().rate > 0) {
      const earshot::Time now = host().now();
      due_ = std::max(due_, now - milliseconds(100)) +
             earshot::Duration{static_cast<std::int64_t>(static_cast<double>(posts) / options().rate * 1e9)};
    }
  }

  static std::string place(const Tail& tail, std::uint64_t ahead) {
    return tail.position.path + ":" + std::to_string(tail.position.line + ahead);
  }

  // At the end of a file that is followed. True: something has changed, so there may be more at once.
  bool look_after(Tail& tail) {
    struct stat about {};
    if (::fstat(tail.file, &about) != 0) return false;
    if (static_cast<std::uint64_t>(about.st_size) < tail.read) {
      host().warn("'" + tail.position.path + "' was cut; it is read from its beginning");
      tail.lines.clear();
      tail.position.offset = tail.position.line = 0, tail.position.skipping = false;
      tail.position.identify(tail.file, about);
      return go_to(tail);
    }
    if (tail.position.head_size < 1024 && about.st_size > static_cast<off_t>(tail.position.head_size))
      tail.position.identify(tail.file, about);
    struct stat named {};
    if (::stat(tail.position.path.c_str(), &named) != 0) return false;
    tail.rotated = named.st_ino != about.st_ino || named.st_dev != about.st_dev;
    return tail.rotated;
  }

  void finish(Tail& tail) {
    struct stat about {};
    if (::fstat(tail.file, &about) == 0) {
      tail.position.done = static_cast<std::uint64_t>(about.st_size) + 1;
      if (!tail.stream) tail.position.identify(tail.file, about);
    }
    tail.position.offset = tail.read;
    if (!tail.stream) known_.push_back(tail.position);
    known_text_.clear();
    std::erase_if(tails_, [&](const auto& t) { return t.get() == &tail; });
  }

  void tell(earshot::SourceOut& out) {
    if (known_text_.empty()) known_text_ = earshot::file::to_cursor(known_);
    cursor_ = known_text_;
    for (const auto& tail : tails_) cursor_ += earshot::file::to_text(tail->position);
    if (cursor_.size() > (1 << 20))
      throw earshot::unsupported("'" + options().path +
                                 "' matches more files than a cursor can hold; use several sources");
    out.cursor(cursor_);
  }

  bool is_glob_ = false;
  std::vector<std::string> paths_;
  std::size_t next_ = 0;         // of paths_: not looked at yet
  std::vector<Position> known_;  // files that are not open
  std::string known_text_, cursor_;
  std::vector<std::unique_ptr<Tail>> tails_;
  std::size_t turn_ = 0;
  earshot::Time listed_{}, due_{};
  post::Reader reader_;
};

}  // namespace

EARSHOT_PLUGIN("org.earshot.file", "1.0.0", "Earshot", "Apache-2.0", "Posts from files", File)
