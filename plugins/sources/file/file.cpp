// file: posts out of files, each object or row a post. One path, a glob, or standard input; packed or not; to the end,
// or for ever through rotation and truncation.
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>

#include <earshot/source.hpp>

#include "csv_records.hpp"
#include "listing.hpp"
#include "ndjson_records.hpp"
#include "post/reread.hpp"
#include "tail.hpp"

namespace {
enum class Format { automatic, ndjson, csv };
}
template <>
inline constexpr const char* earshot::choices<Format>[] = {"auto", "ndjson", "csv", nullptr};

namespace {

using earshot::Polled;
using earshot::file::Position;
using earshot::file::Tail;
using std::chrono::milliseconds;

struct FileOptions {
  std::string path;
  bool follow;
  Format format;
  std::map<std::string, std::string> columns, constants;
  std::string delimiter;
  bool header;
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
        option<&O::format>("format", "auto goes by the name: .csv and .tsv, also packed, are CSV",
                           {.fallback = "auto"}),
        option<&O::columns>("columns", "Of CSV: which column is which field of the post",
                            {.fallback = "{}", .example = "{id: tweet_id, published: tweet_created, author: name}"}),
        option<&O::constants>("constants", "Of CSV: fields that are the same in all rows",
                              {.fallback = "{}", .example = "{platform: twitter, language: en}"}),
        option<&O::delimiter>("delimiter", "Of CSV: one character, or tab; auto: seen in the first line",
                              {.fallback = "auto"}),
        option<&O::header>("header",
                           "Of CSV: the first row names the columns; without it columns are numbers from 1 on",
                           {.fallback = "true"}),
        option<&O::max_line>("max_line", "Longer lines and rows are set aside",
                             {.fallback = "1MiB", .min = 1024, .max = 1 << 28}),
        option<&O::rate>("rate", "Posts a second at most; 0: as fast as they are taken",
                         {.fallback = "0", .max = 1e9}));
  }
};

class File : public earshot::Source<FileOptions> {
 public:
  static constexpr earshot::Info info{"file",
                                      "Posts from files: NDJSON or CSV, plain or packed, to the end or for ever"};

  void prepare() {
    if (options().path.empty()) throw earshot::invalid("there is no path").at_option("path");
    if (options().path == "-" && options().follow)
      throw earshot::invalid("standard input ends when its writer does; it cannot be followed").at_option("follow");
    for (const auto& [name, fields] : {std::pair{"columns", options().columns}, {"constants", options().constants}})
      if (const std::string wrong = earshot::file::unknown_field(fields); !wrong.empty())
        throw earshot::invalid(wrong).at_option(name);
    const std::string& delimiter = options().delimiter;
    if (delimiter != "auto" && delimiter != "tab" && (delimiter.size() != 1 || delimiter == "\"" || delimiter == "\n"))
      throw earshot::invalid("a delimiter is one character, or tab, or auto").at_option("delimiter");
    csv_ = {options().columns, options().constants, delimiter, options().header};
  }

  void open(std::string_view cursor) {
    tails_.clear();
    known_ = earshot::file::from_cursor(cursor);
    known_text_.clear();
    next_ = 0, due_ = {}, listed_ = {};
    list();
    if (!options().follow && paths_.empty()) throw earshot::io_failure("no file matches '" + options().path + "'");
    if (!earshot::file::is_glob(options().path) && !options().follow && options().path != "-" &&
        ::access(options().path.c_str(), R_OK) != 0)
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

  // The file of the place says what its columns are.
  void reread(std::string_view raw, std::string_view place, earshot::SourceOut& out) {
    const std::string path(place.substr(0, place.rfind(':')));
    if (!is_csv(path)) return earshot::post::reread(reader_, raw, out);
    const int file = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
    if (file < 0) throw earshot::unsupported("cannot open '" + path + "' for its header: " + std::strerror(errno));
    earshot::file::CsvRecords records(csv_, max_line(), path);
    records.read_header(*earshot::file::Input::open(file, path));
    records.reread(raw, place, out);
  }

 private:
  std::size_t max_line() const { return static_cast<std::size_t>(options().max_line.count); }

  bool is_csv(const std::string& path) const {
    if (options().format != Format::automatic) return options().format == Format::csv;
    const std::string name = std::filesystem::path(path).filename();
    const auto has = [&](const std::string& extension) {
      return name.ends_with(extension) || name.find(extension + ".") != std::string::npos;
    };
    return has(".csv") || has(".tsv");
  }

  // The end of a rotated file comes before the beginning of the next.
  bool any_rotated() const {
    return std::any_of(tails_.begin(), tails_.end(), [](const auto& tail) { return tail->is_rotated(); });
  }

  void list() {
    listed_ = host().now();
    next_ = 0;
    paths_ = earshot::file::list_files(options().path);
    if (options().follow && earshot::file::forget_gone(known_, paths_)) known_text_.clear();
  }

  // A file that was half read and has another name now is read to its end first.
  void find_rotated() {
    std::vector<Position> renamed;
    std::erase_if(known_, [&](const Position& was) {
      const auto same = [&](const std::string& path) { return earshot::file::is_named(path, was); };
      if (was.done != 0 || was.path == "-" || std::any_of(paths_.begin(), paths_.end(), same)) return false;
      return renamed.push_back(was), true;
    });
    for (const Position& was : renamed) {
      const auto path = earshot::file::find_renamed(was);
      if (!path || !resume(*path, was))
        host().warn("'" + was.path + "' was read up to byte " + std::to_string(was.offset) + " and is gone now");
    }
  }

  bool resume(const std::string& path, const Position& was) {
    const int file = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
    struct stat about {};
    if (file < 0 || ::fstat(file, &about) != 0 || !was.is(file, about)) {
      if (file >= 0) ::close(file);
      return false;
    }
    auto tail = make_tail(file, about, was.path, was.offset);
    if (!tail->go_to(was)) return false;
    tail->set_rotated();
    tails_.push_back(std::move(tail));
    return true;
  }

  std::unique_ptr<Tail> make_tail(int file, const struct stat& about, const std::string& path, std::uint64_t offset) {
    std::unique_ptr<earshot::file::Records> records;
    if (is_csv(path)) {
      auto csv = std::make_unique<earshot::file::CsvRecords>(csv_, max_line(), path);
      if (offset > 0 && S_ISREG(about.st_mode)) {  // its header has been passed: it is read apart
        const int again = ::open(("/proc/self/fd/" + std::to_string(file)).c_str(), O_RDONLY | O_CLOEXEC);
        if (again < 0) throw earshot::io_failure("cannot open '" + path + "' again: " + std::strerror(errno));
        csv->read_header(*earshot::file::Input::open(again, path));
      }
      records = std::move(csv);
    } else {
      records = std::make_unique<earshot::file::NdjsonRecords>(reader_, max_line());
    }
    return std::make_unique<Tail>(file, about, path, std::move(records));
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
    const auto known = find_known(about);
    const bool done = known != known_.end() && known->done == static_cast<std::uint64_t>(about.st_size) + 1;
    const bool is_open = std::any_of(tails_.begin(), tails_.end(), [&](const auto& t) { return t->is_file(about); });
    if (is_open || (done && known->is(file, about))) {
      if (!standard) ::close(file);
      return;
    }
    if (!S_ISREG(about.st_mode) && !earshot::file::is_readable(file)) {
      if (!standard) ::close(file);  // a pipe that nobody writes to yet is tried again in the next poll
      --next_;
      return;
    }
    begin(path, file, about, out);
  }

  std::vector<Position>::iterator find_known(const struct stat& about) {
    return std::find_if(known_.begin(), known_.end(),
                        [&](const Position& p) { return p.inode == about.st_ino && p.device == about.st_dev; });
  }

  // From where it was read up to, or from its beginning.
  void begin(const std::string& path, int file, const struct stat& about, earshot::SourceOut& out) {
    Position was;
    if (const auto known = find_known(about); known != known_.end()) {
      if (S_ISREG(about.st_mode) && known->is(file, about))
        was = *known;
      else if (S_ISREG(about.st_mode))
        host().warn("'" + path + "' is another file than before; it is read from its beginning");
      known_.erase(known);
      known_text_.clear();
    }
    auto tail = make_tail(file, about, path, was.offset);
    if (options().follow && !tail->is_plain())
      throw earshot::unsupported("'" + path + "' is packed and cannot be followed: leave `follow` out");
    was.path = path;
    if (was.inode == 0) was.identify(file, about);
    if (tail->is_plain() && !tail->is_stream() && was.offset > static_cast<std::uint64_t>(about.st_size))
      was.offset = was.line = 0, was.skipping = false;
    bool there = false;
    try {
      there = tail->go_to(was);
    } catch (const earshot::file::Damaged&) {
    }
    if (there)
      tails_.push_back(std::move(tail));
    else
      out.reject({}, path, "file is shorter than it was");
  }

  // Reads once. False: there is nothing for now.
  bool read(Tail& tail, earshot::SourceOut& out) {
    const Tail::State state = tail.read(chunk_size(out), options().follow, out, host());
    if (options().rate > 0)
      due_ = std::max(due_, host().now() - milliseconds(100)) +
             earshot::Duration{static_cast<std::int64_t>(static_cast<double>(tail.posts()) / options().rate * 1e9)};
    if (state == Tail::State::done) {
      if (!tail.is_stream()) known_.push_back(tail.position()), known_text_.clear();
      std::erase_if(tails_, [&](const auto& t) { return t.get() == &tail; });
    }
    return state != Tail::State::nothing;
  }

  std::size_t chunk_size(const earshot::SourceOut& out) const {
    constexpr double kPost = 400;  // bytes, as a rule
    if (options().rate > 0)
      return static_cast<std::size_t>(std::clamp(options().rate * 0.02 * kPost, 1024.0, 262144.0));
    return std::clamp<std::size_t>(out.max_posts() * std::size_t{400}, 400, 1048576);
  }

  void tell(earshot::SourceOut& out) {
    if (known_text_.empty()) known_text_ = earshot::file::to_cursor(known_);
    cursor_ = known_text_;
    for (const auto& tail : tails_) cursor_ += earshot::file::to_text(tail->position());
    if (cursor_.size() > (1 << 20))
      throw earshot::unsupported("'" + options().path +
                                 "' matches more files than a cursor can hold; use several sources");
    out.cursor(cursor_);
  }

  earshot::file::CsvOptions csv_;
  std::vector<std::string> paths_;
  std::size_t next_ = 0;         // of paths_: not looked at yet
  std::vector<Position> known_;  // files that are not open
  std::string known_text_, cursor_;
  std::vector<std::unique_ptr<Tail>> tails_;
  std::size_t turn_ = 0;
  earshot::Time listed_{}, due_{};
  earshot::post::Reader reader_;
};

}  // namespace

EARSHOT_PLUGIN("org.earshot.file", "1.0.0", "Earshot", "Apache-2.0", "Posts from files", File)
