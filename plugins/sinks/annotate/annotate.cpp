// annotate: pictures with boxes drawn around what was found in them, so that anyone can see what the machine saw. Of a
// video a sheet of the frames in which something is seen first.
#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <string>
#include <vector>

#include <earshot/services/media.hpp>
#include <earshot/sink.hpp>

#include "drawing.hpp"
#include "media/clock.hpp"
#include "post/box.hpp"

namespace {

using earshot::annotate::Canvas;
using earshot::post::has_box;

struct AnnotateOptions {
  std::string folder;
  bool only_found;
  std::int64_t most_files;

  static constexpr auto schema() {
    using earshot::option;
    using O = AnnotateOptions;
    return earshot::schema(option<&O::folder>("folder", "Where the pictures go", {.example = "var/acme/seen"}),
                           option<&O::only_found>("only_found", "Only pictures with something of the watchlist in them",
                                                  {.fallback = "true"}),
                           option<&O::most_files>("most_files", "More pictures than that are not written in one run",
                                                  {.fallback = "10000", .min = 1, .max = 1e7}));
  }
};

constexpr std::uint32_t kWidest = 1280, kTile = 480, kColumns = 3;
constexpr std::size_t kMostTiles = 12;

// Letters and digits of an id, for a file's name.
std::string plain(std::string_view text) {
  std::string out;
  for (const char c : text.substr(text.size() - std::min<std::size_t>(text.size(), 80))) {
    const bool kept = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
    if (kept || (!out.empty() && out.back() != '-')) out += kept ? c : '-';
  }
  return out.empty() ? "-" : out;
}

// What is to be drawn on one medium of a post.
struct Mark {
  ear_quad box;
  std::int64_t start, stop;
  std::string who, label;  // both empty: lettering that was read
};

std::vector<Mark> marks_of(const earshot::Post& post, std::uint32_t media) {
  std::vector<Mark> out;
  for (const earshot::Segment segment : post.segments())
    if (segment.raw().media == media && segment.origin() == EAR_IMAGE && has_box(segment.raw().box))
      out.push_back({segment.raw().box, segment.raw().start, segment.raw().end, {}, {}});
  for (const earshot::FoundBefore finding : post.findings()) {
    const ear_finding& f = finding.raw();
    if (f.media != media || !has_box(f.box)) continue;
    const std::string who(finding.subject().empty() ? finding.value() : finding.subject());
    out.push_back({f.box, f.start, f.stop, who.empty() ? "?" : who, fmt::format("{} {:.2f}", who, f.score)});
  }
  return out;
}

bool seen_in(const Mark& mark, const ear_picture& picture) {
  if (picture.start == 0 && picture.stop == 0) return true;
  return mark.start < picture.stop && picture.start < std::max(mark.stop, mark.start + 1);
}

class Annotate : public earshot::Sink<AnnotateOptions> {
 public:
  static constexpr earshot::Info info{"annotate", "Pictures with boxes drawn around what was found"};

  void start() {
    media_ = earshot::MediaService(host());
    std::error_code error;
    std::filesystem::create_directories(options().folder, error);
    if (error)
      throw earshot::invalid(fmt::format("the folder cannot be made: {}", error.message())).at_option("folder");
  }

  void write(const earshot::Delivery& delivery) {
    if (!delivery.is_post()) return;
    const earshot::Post post = delivery.post();
    const std::string name = plain(post.platform()) + '-' + plain(post.id());
    if (post.is_gone()) return remove(name);
    for (const earshot::Media media : post.media()) {
      std::vector<Mark> marks = marks_of(post, media.number());
      const bool found = std::any_of(marks.begin(), marks.end(), [](const Mark& m) { return !m.who.empty(); });
      if (marks.empty() || (options().only_found && !found)) continue;
      if (written_ >= options().most_files) return host().count("skipped");
      draw(media, marks, file_of(name, media.number()));
    }
  }
  void flush() {}  // each file was renamed into its place; after a power cut a post comes again and draws it anew

 private:
  std::filesystem::path file_of(const std::string& name, std::uint32_t media) const {
    return std::filesystem::path(options().folder) / fmt::format("{}-{}.jpg", name, media);
  }

  void remove(const std::string& name) const {
    std::error_code ignored;
    for (std::uint32_t media = 0; media < 256; ++media) std::filesystem::remove(file_of(name, media), ignored);
  }

  // A medium that cannot be read any more (the cache has let it go) leaves no picture; the findings stay.
  void draw(const earshot::Media& media, const std::vector<Mark>& marks, const std::filesystem::path& file) {
    try {
      const earshot::Medium medium = media_.open(media);
      if (medium.kind() == EAR_MEDIA_IMAGE)
        draw_still(medium, marks, file);
      else
        draw_sheet(medium, marks, file);
    } catch (const earshot::Error& error) {
      if (error.status == EAR_CANCELLED || error.status == EAR_IO) throw;
      host().warn(fmt::format("no picture of what was found: {}", error.what()));
    }
  }

  void draw_still(const earshot::Medium& medium, const std::vector<Mark>& marks, const std::filesystem::path& file) {
    medium.pictures([&](const ear_picture& picture) {
      Canvas canvas(picture, kWidest);
      for (const Mark& mark : marks) canvas.box(mark.box, mark.who, mark.label);
      canvas.save(file);
      ++written_;
      return false;
    });
  }

  void draw_sheet(const earshot::Medium& medium, const std::vector<Mark>& marks, const std::filesystem::path& file) {
    std::vector<Canvas> tiles;
    std::vector<char> drawn(marks.size());
    medium.pictures([&](const ear_picture& picture) {
      bool is_new = false;
      for (std::size_t i = 0; i < marks.size(); ++i) is_new = is_new || (!drawn[i] && seen_in(marks[i], picture));
      if (!is_new) return true;
      Canvas& canvas = tiles.emplace_back(picture, kTile);
      for (std::size_t i = 0; i < marks.size(); ++i)
        if (seen_in(marks[i], picture)) canvas.box(marks[i].box, marks[i].who, marks[i].label), drawn[i] = 1;
      canvas.caption(earshot::media::clock_text(picture.start / 100'000'000));
      return tiles.size() < kMostTiles;
    });
    if (tiles.empty()) return;
    Canvas::sheet(tiles, kColumns).save(file);
    ++written_;
  }

  earshot::MediaService media_;
  std::int64_t written_ = 0;
};

}  // namespace

EARSHOT_PLUGIN("org.earshot.annotate", "0.1.0", "Earshot", "Apache-2.0", "What was found, drawn into the pictures",
               Annotate)
