// look: the media detectors on given pictures, sounds and videos: what was found where, and pictures that show it.
#include <fmt/format.h>

#include <algorithm>
#include <earshot/command.hpp>
#include <fstream>
#include <optional>
#include <thread>

#include "host_process/host_process.hpp"
#include "page.hpp"
#include "pipeline_text.hpp"
#include "text/cells.hpp"
#include "work_folder/work_folder.hpp"

namespace {

using earshot::HostProcess;
using earshot::WorkFolder;
using earshot::look::Seen;
using earshot::look::Wish;

struct LookOptions {
  std::optional<std::filesystem::path> watchlist, annotate, model;
  std::vector<std::string> languages;
  bool json;

  static constexpr auto schema() {
    using earshot::option;
    using O = LookOptions;
    return earshot::schema(
        option<&O::watchlist>("watchlist", "The brands to look for, with their names and logos",
                              {.example = "configs/watchlists/demo.yaml"}),
        option<&O::annotate>("annotate",
                             "A folder for the pictures with boxes drawn, and a sheet of each video's frames",
                             {.example = "var/look"}),
        option<&O::model>("model", "A model of whisper.cpp, for transcripts", {.example = "ggml-base.bin"}),
        option<&O::languages>("languages", "Of lettering, as Tesseract names them", {.fallback = "[eng]"}),
        option<&O::json>("json", "The posts with their findings, one object a line, instead of a page",
                         {.fallback = "false"}));
  }
};

void write_file(const std::filesystem::path& path, const std::string& text) {
  std::ofstream out(path, std::ios::binary);
  if (!(out << text).flush()) throw earshot::io_failure("cannot write '" + path.string() + "'");
}

class Look : public earshot::Command<LookOptions> {
 public:
  static constexpr earshot::Info info{"look", "What the media detectors find in pictures, sounds and videos"};
  static constexpr const char* usage = "FILE...";
  static constexpr const char* examples =
      "earshot look photo.jpg clip.mp4 --watchlist configs/watchlists/demo.yaml\n"
      "  earshot look shots/*.png --watchlist acme.yaml --annotate var/look";

  int run(std::span<const std::string_view> arguments, earshot::CommandIo& io) {
    if (arguments.empty()) throw earshot::invalid("name the files to look at: earshot look photo.jpg clip.mp4");
    const Wish wish = wish_of(arguments);
    for (const std::string& one : earshot::look::left_out(wish)) io.error("note: " + one + '\n');
    const WorkFolder folder("look");
    const std::vector<std::string> posts = earshot::look::posts_texts(wish, std::thread::hardware_concurrency());
    for (std::size_t i = 0; i < posts.size(); ++i) write_file(folder.path() / earshot::look::posts_name(i), posts[i]);
    write_file(folder.path() / "look.yaml", earshot::look::pipeline_text(wish, posts.size(), folder.path()));
    // A decoder that falls over a file takes that process with it, and not this one.
    HostProcess look({"run", "--no-summary", "--log-level", "warning", (folder.path() / "look.yaml").string()});
    for (std::string_view line; look.next(line);) {
    }
    const int exit_code = look.wait();
    std::ifstream found(folder.path() / "found.ndjson", std::ios::binary);
    const std::size_t came = options().json ? pass_on(found, io) : show(found, arguments, io);
    if (exit_code != 0 || came < wish.files.size())
      throw earshot::invalid(fmt::format("{} of {} files were looked at, and the run ended with {}; see above for why",
                                         came, wish.files.size(), ended(exit_code)));
    if (wish.annotate) io.error(fmt::format("pictures with what was found: {}\n", wish.annotate->string()));
    return 0;
  }

 private:
  static std::string ended(int exit_code) {
    return exit_code > 128 ? fmt::format("a crash (signal {})", exit_code - 128) : std::to_string(exit_code);
  }

  Wish wish_of(std::span<const std::string_view> arguments) const {
    Wish wish;
    std::string missing;
    for (const std::string_view argument : arguments) {
      std::error_code error;
      const std::filesystem::path file = std::filesystem::absolute(std::filesystem::path(argument), error);
      if (error || !std::filesystem::is_regular_file(file, error))
        missing += fmt::format("{}'{}'", missing.empty() ? "" : ", ", earshot::text::cells(argument));
      wish.files.push_back(std::filesystem::weakly_canonical(file, error));
    }
    if (!missing.empty()) throw earshot::invalid("there is no such file: " + missing);
    const auto absolute = [](const std::optional<std::filesystem::path>& path) {
      return path ? std::optional(std::filesystem::absolute(*path)) : std::nullopt;
    };
    wish.watchlist = absolute(options().watchlist), wish.annotate = absolute(options().annotate);
    wish.model = absolute(options().model), wish.languages = options().languages;
    HostProcess names({"plugins", "--names"});
    for (std::string_view line; names.next(line);) wish.plugins.emplace(line.substr(0, line.find('\n')));
    if (!wish.plugins.contains("media"))
      throw earshot::unsupported("the plugin media is not here; `earshot plugins` tells what it needs");
    return wish;
  }

  static std::size_t pass_on(std::ifstream& found, earshot::CommandIo& io) {
    std::size_t came = 0;
    for (std::string line; std::getline(found, line); ++came) io.out(line + '\n');
    return came;
  }

  // In the order of the command line, whatever was done first.
  static std::size_t show(std::ifstream& found, std::span<const std::string_view> names, earshot::CommandIo& io) {
    std::vector<std::optional<Seen>> all(names.size());
    for (std::string line; std::getline(found, line);) {
      earshot::look::SeenLine one = earshot::look::read_line(line);
      if (one.file < all.size()) all[one.file] = std::move(one.seen);
    }
    for (std::size_t i = 0; i < all.size(); ++i)
      if (all[i]) io.out(earshot::look::page(names[i], *all[i], true, io.terminal()));
    return static_cast<std::size_t>(
        std::count_if(all.begin(), all.end(), [](const auto& one) { return one.has_value(); }));
  }
};

}  // namespace

EARSHOT_PLUGIN("org.earshot.look", "0.1.0", "Earshot", "Apache-2.0", "What the media detectors find in given files",
               Look)
