// explain: what a store knows of one post: its texts with the words that were found, each finding with its detector
// and why, and the alerts that it shows.
#include <fmt/format.h>

#include <algorithm>
#include <earshot/command.hpp>
#include <earshot/services/store.hpp>

#include "near.hpp"
#include "store/location.hpp"
#include "store/show.hpp"
#include "text/cells.hpp"
#include "text/marks.hpp"

namespace {

using earshot::Row;
using earshot::Rows;
using earshot::Store;
using earshot::store::time_text;

struct ExplainOptions {
  std::optional<std::filesystem::path> store;
  bool json;

  static constexpr auto schema() {
    using earshot::option;
    using O = ExplainOptions;
    return earshot::schema(
        option<&O::store>("store", "The store to look into; without it, that of the pipeline's sqlite sink",
                          {.example = "var/acme.db"}),
        option<&O::json>("json", "One object of JSON instead of text", {.fallback = "false"}));
  }
};

std::string shown(std::string_view text) {
  return earshot::text::cells(text, 2000);
}
std::string shown(const Row& row, std::string_view column) {
  return shown(row.text(column));
}

// Everything that is known of one post.
struct Known {
  Row post;
  Rows segments, findings, alerts;
};

class Explain : public earshot::Command<ExplainOptions> {
 public:
  static constexpr earshot::Info info{"explain", "Tells why a post was found: each finding, the words, the alerts"};
  static constexpr const char* usage = "POST";
  static constexpr const char* examples =
      "earshot explain mastodon/1093 --store var/acme.db\n"
      "earshot explain 1093 --store var/acme.db --json";

  int run(std::span<const std::string_view> arguments, earshot::CommandIo& io) {
    if (arguments.size() != 1)
      throw earshot::invalid("say which post: its id, or PLATFORM/ID where several platforms have that id");
    const std::string path = earshot::store::location(options().store, host());
    Store store(host(), path);
    const Rows posts = find(store, arguments[0]);
    if (posts.size() == 1) {
      const Known known = look_up(store, posts[0]);
      io.out(options().json ? as_json(known) : as_text(known, io.terminal()));
      return 0;
    }
    io.error(posts.empty() ? unknown(store, arguments[0], path) : ambiguous(posts, arguments[0]));
    return 1;
  }

 private:
  // An id may have slashes in it.
  static Rows find(Store& store, std::string_view name) {
    Rows posts = store.posts({.id = name});
    const std::size_t slash = name.find('/');
    if (posts.empty() && slash != std::string_view::npos)
      posts = store.posts({.platform = name.substr(0, slash), .id = name.substr(slash + 1)});
    return posts;
  }

  static Known look_up(Store& store, const Row& post) {
    const std::int64_t number = post.integer("post");
    return {post, store.segments(number), store.findings(number),
            store.alerts({.platform = post.text("platform"), .id = post.text("id")})};
  }

  static std::string unknown(Store& store, std::string_view name, const std::string& path) {
    std::string out = fmt::format("The store '{}' has no post {}.\n", path, shown(name));
    std::vector<std::string> known;
    for (const Row& row : store.query("SELECT platform, id FROM posts ORDER BY post DESC", {}, 100'000)) {
      const bool with_platform = name.find('/') != std::string_view::npos;
      known.push_back(with_platform ? fmt::format("{}/{}", row.text("platform"), row.text("id"))
                                    : std::string(row.text("id")));
    }
    const std::vector<std::string> near = earshot::explain::nearest(name, known, 3);
    for (std::size_t i = 0; i < near.size(); ++i)
      out += fmt::format("{}{}", i == 0 ? "Did you mean " : i + 1 == near.size() ? " or " : ", ", shown(near[i]));
    return near.empty() ? out : out + "?\n";
  }

  static std::string ambiguous(const Rows& posts, std::string_view name) {
    std::string out = fmt::format("Several platforms have a post {}; say which:\n", shown(name));
    for (const Row& row : posts) out += fmt::format("  {}/{}\n", shown(row, "platform"), shown(row, "id"));
    return out;
  }

  static std::string as_json(const Known& known) {
    using earshot::store::json;
    return fmt::format("{{\"post\":{},\"segments\":{},\"findings\":{},\"alerts\":{}}}\n", json(known.post),
                       json(known.segments), json(known.findings), json(known.alerts));
  }

  static std::string as_text(const Known& known, bool colour) {
    std::string out = heading(known.post);
    for (const Row& segment : known.segments) out += of_segment(segment, known.findings, colour);
    if (known.segments.empty()) out += "\nno text\n";
    out += known.findings.empty() ? "\nno findings\n" : "\nfindings\n";
    for (const Row& finding : known.findings) out += of_finding(finding, known.segments);
    if (!known.alerts.empty()) out += "\nalerts that show this post\n";
    for (const Row& alert : known.alerts) out += of_alert(alert);
    return out;
  }

  static std::string heading(const Row& post) {
    std::string out = fmt::format("{}/{}", shown(post, "platform"), shown(post, "id"));
    if (post.has("kind")) out += fmt::format(", {}", shown(post, "kind"));
    if (post.has("author")) out += fmt::format(" by @{}", shown(post, "author"));
    if (post.has("author_name")) out += fmt::format(" ({})", shown(post, "author_name"));
    out += fmt::format(", {}", time_text(post, "published"));
    if (post.integer("revision") != 0) out += fmt::format(", revision {}", post.integer("revision"));
    if (post.text("state") != "live") out += fmt::format(", {}", shown(post, "state"));
    if (post.has("source")) out += fmt::format(", from {}", shown(post, "source"));
    out += '\n';
    return post.has("url") ? out + shown(post, "url") + '\n' : out;
  }

  static std::string of_segment(const Row& segment, const Rows& findings, bool colour) {
    std::vector<earshot::text::Stretch> stretches;
    for (const Row& f : findings)
      if (f.has("segment") && f.has("begin_byte") && f.integer("segment") == segment.integer("number"))
        stretches.push_back({f.integer("begin_byte"), f.integer("end_byte")});
    std::string out = fmt::format("\n{}", shown(segment, "origin"));
    if (segment.has("detector")) out += fmt::format(", read by {}", shown(segment, "detector"));
    if (segment.has("starts"))
      out += fmt::format(", {:.1f} s to {:.1f} s", segment.real("starts") / 1e9, segment.real("ends") / 1e9);
    return out + fmt::format("\n  {}\n", earshot::text::marked(segment.text("text"), std::move(stretches), colour));
  }

  static std::string of_finding(const Row& finding, const Rows& segments) {
    std::string out = fmt::format("  {}", shown(finding, "kind"));
    if (finding.has("subject")) out += fmt::format(" of {}", shown(finding, "subject"));
    if (finding.has("value")) out += fmt::format(" = {}", shown(finding, "value"));
    out += fmt::format(", score {:.2f}, by {}", finding.real("score"), shown(finding, "detector"));
    if (finding.has("reason")) out += fmt::format(", because of {}", shown(finding, "reason"));
    if (finding.has("begin_byte"))
      for (const Row& s : segments)
        if (s.integer("number") == finding.integer("segment")) out += where(finding, s);
    return out + '\n';
  }

  static std::string where(const Row& finding, const Row& segment) {
    const std::string_view text = segment.text("text");
    const auto size = static_cast<std::int64_t>(text.size());
    const std::int64_t begin = std::clamp<std::int64_t>(finding.integer("begin_byte"), 0, size);
    const std::int64_t end = std::clamp<std::int64_t>(finding.integer("end_byte"), begin, size);
    const std::string_view found = text.substr(static_cast<std::size_t>(begin), static_cast<std::size_t>(end - begin));
    return fmt::format(", \"{}\" in bytes {} to {} of the {}", shown(found), begin, end, shown(segment, "origin"));
  }

  static std::string of_alert(const Row& alert) {
    std::string out = fmt::format("  {} of {}, {}, severity {}, {} to {}: observed {:g}, expected {:g}, by {}\n",
                                  shown(alert, "kind"), shown(alert, "subject"), shown(alert, "state"),
                                  alert.integer("severity"), time_text(alert, "starts"), time_text(alert, "ends"),
                                  alert.real("observed"), alert.real("expected"), shown(alert, "detector"));
    return alert.has("summary") ? out + fmt::format("    {}\n", shown(alert, "summary")) : out;
  }
};

}  // namespace

EARSHOT_PLUGIN("org.earshot.explain", "1.0.0", "Earshot", "Apache-2.0", "Tells why a post was found", Explain)
