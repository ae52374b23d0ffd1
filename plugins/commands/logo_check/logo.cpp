// logo: measures, before going live, how often the logos of a watchlist are found where they are not.
#include <fmt/format.h>

#include <algorithm>
#include <earshot/command.hpp>

#include "measured.hpp"
#include "text/cells.hpp"
#include "watchlist.hpp"

namespace {

namespace logo = earshot::logo;
namespace check = earshot::logo_check;

struct Options {
  std::filesystem::path against;
  int worst;

  static constexpr auto schema() {
    return earshot::schema(
        earshot::option<&Options::against>("against", "Folder of pictures of yours, none of which holds a logo",
                                           {.example = "pictures/ordinary", .flags = EAR_OPTION_REQUIRED}),
        earshot::option<&Options::worst>("worst", "How many of the worst false hits are shown for each item",
                                         {.fallback = "3", .max = 1000}));
  }
};

class LogoCheck : public earshot::Command<Options> {
 public:
  static constexpr earshot::Info info{"logo", "Measures false hits of logos and recommends a threshold"};
  static constexpr const char* usage = "check WATCHLIST";
  static constexpr const char* examples = "earshot logo check watchlists/acme.yaml --against pictures/ordinary";

  void start() { media_ = earshot::MediaService(host()); }
  void stop() {}

  int run(std::span<const std::string_view> arguments, earshot::CommandIo& io) {
    if (arguments.size() != 2 || arguments[0] != "check")
      throw earshot::invalid("write `earshot logo check WATCHLIST --against FOLDER`");
    const auto stop = [&] {
      if (host().cancelled()) throw earshot::cancelled();
    };
    const logo::Gallery gallery = logo::enrol(media_, check::read_file(std::filesystem::path(arguments[1])), stop);
    const auto seen = [&, count = 0]() mutable {
      if (io.terminal()) io.error(fmt::format("\r{} pictures", ++count));
    };
    const check::Measured all = check::measure(media_, gallery, options().against, seen, stop);
    if (io.terminal()) io.error("\r\x1b[K");
    if (all.pictures == 0)
      throw earshot::invalid(
          fmt::format("'{}' has no picture that can be read: name a folder with pictures that hold "
                      "none of the logos",
                      options().against.string()));
    tell(gallery, all, io);
    return 0;
  }

 private:
  void tell(const logo::Gallery& gallery, const check::Measured& all, earshot::CommandIo& io) const {
    io.out(fmt::format("{} pictures that hold none of the logos\n\n", all.pictures));
    io.out(fmt::format("{:<20} {:>5} {:>9} {:>10} {:>6} {:>11}\n", "item", "logos", "threshold", "false hits", "worst",
                       "recommended"));
    for (std::size_t i = 0; i < gallery.items.size(); ++i) tell_item(gallery, i, all, io);
    for (const auto& [file, fault] : all.faults) io.error(fmt::format("not looked at: {}: {}\n", file.string(), fault));
  }

  void tell_item(const logo::Gallery& gallery, std::size_t number, const check::Measured& all,
                 earshot::CommandIo& io) const {
    const logo::WatchedLogos& item = gallery.items[number];
    const auto& hits = all.worst[number];
    const double threshold = item.threshold.value_or(logo::kThreshold);
    const auto over = std::count_if(hits.begin(), hits.end(), [&](auto& h) { return h.score >= threshold; });
    io.out(fmt::format("{:<20} {:>5} {:>9.2f} {:>10} {:>6.2f} {:>11.2f}\n", earshot::text::cells(item.id, 20),
                       item.files.size(), threshold, over, hits.empty() ? 0.0 : hits.front().score,
                       check::recommended(hits)));
    const std::size_t shown = std::min(hits.size(), static_cast<std::size_t>(options().worst));
    for (std::size_t i = 0; i < shown; ++i)
      io.out(fmt::format("  {:.2f} {} as {}\n", hits[i].score, hits[i].picture.string(), hits[i].logo));
    for (const logo::GalleryView& view : gallery.views)
      if (view.item == number)
        if (const std::string weak = logo::weakness(view.enrolled); !weak.empty())
          io.out(fmt::format("  {}: {}\n", view.file, weak));
    if (over > 0)
      io.out(fmt::format("  put this into the watch item {}: logo_threshold: {:.2f}\n", item.id,
                         check::recommended(hits)));
  }

  earshot::MediaService media_;
};

}  // namespace

EARSHOT_PLUGIN("org.earshot.logo_check", "1.0.0", "Earshot", "Apache-2.0", "False hits of logos, before going live",
               LogoCheck)
