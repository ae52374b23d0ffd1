// summary: what stands in a store, on one page: posts, mentions of each watch item, alerts with their cause, the
// busiest authors, and where the sources could not see.
#include <fmt/format.h>

#include <algorithm>
#include <earshot/command.hpp>
#include <earshot/services/store.hpp>
#include <vector>

#include "perception.hpp"
#include "store/location.hpp"
#include "store/show.hpp"
#include "table.hpp"

namespace {

using earshot::Row;
using earshot::Rows;
using earshot::Store;
using earshot::store::time_text;
using earshot::summary::shown;
using earshot::summary::Table;

constexpr const char* kPlatforms =
    "SELECT platform, count(*) AS posts, count(*) FILTER (WHERE state = 'live') AS live,"
    " count(*) FILTER (WHERE state <> 'live') AS gone FROM posts GROUP BY platform ORDER BY posts DESC, platform";
constexpr const char* kMentions =
    "SELECT f.subject, count(DISTINCT f.post) AS posts, count(*) AS mentions, count(DISTINCT p.author) AS authors"
    " FROM findings f JOIN posts p USING(post) WHERE f.kind = 'mention' AND f.subject IS NOT NULL"
    " GROUP BY f.subject ORDER BY posts DESC, f.subject";
constexpr const char* kAuthors =
    "SELECT a.platform, coalesce(a.handle, a.id) AS author, a.name, a.followers, count(*) AS posts"
    " FROM posts p JOIN authors a USING(author) WHERE p.state = 'live'"
    " AND EXISTS(SELECT 1 FROM findings f WHERE f.post = p.post AND f.kind = 'mention')"
    " GROUP BY p.author ORDER BY posts DESC, a.platform, author";
constexpr const char* kGaps =
    "SELECT source, count(*) AS gaps, sum(ends - starts) / 1000000000 AS seconds, min(starts) AS first, max(ends) AS "
    "last"
    " FROM gaps GROUP BY source ORDER BY source";

struct SummaryOptions {
  std::optional<std::filesystem::path> store;
  bool json;
  std::int64_t top;

  static constexpr auto schema() {
    using earshot::option;
    using O = SummaryOptions;
    return earshot::schema(
        option<&O::store>("store", "The store to look into; without it, that of the pipeline's sqlite sink",
                          {.example = "var/acme.db"}),
        option<&O::json>("json", "One object of JSON instead of tables", {.fallback = "false"}),
        option<&O::top>("top", "How many authors and alerts to list", {.fallback = "10", .min = 1, .max = 1000}));
  }
};

std::string number(const Row& row, std::string_view column) {
  return row.has(column) ? std::to_string(row.integer(column)) : "";
}

class Summary : public earshot::Command<SummaryOptions> {
 public:
  static constexpr earshot::Info info{"summary",
                                      "Posts, mentions, alerts with their cause, authors and coverage of a store"};
  static constexpr const char* usage = "";
  static constexpr const char* examples =
      "earshot summary --store var/acme.db\n"
      "earshot summary --store var/acme.db --json --top 50";

  int run(std::span<const std::string_view> arguments, earshot::CommandIo& io) {
    if (!arguments.empty()) throw earshot::invalid("summary takes no words; name the store with --store PATH");
    const std::string path = earshot::store::location(options().store, host());
    Store store(host(), path);
    const auto top = static_cast<std::uint64_t>(options().top);
    const Found found{store.state(),
                      store.query(kPlatforms, {}, top),
                      store.query(kMentions, {}, 10'000),
                      earshot::summary::perception(store),
                      store.alerts({.limit = top}),
                      store.query(kAuthors, {}, top),
                      store.query(kGaps)};
    io.out(options().json ? as_json(found) : as_text(found, path));
    return 0;
  }

 private:
  struct Found {
    Row state;
    Rows platforms, mentions;
    earshot::summary::Perception perception;
    Rows alerts, authors, gaps;
  };

  static std::string as_json(const Found& found) {
    using earshot::store::json;
    return fmt::format(
        "{{\"state\":{},\"platforms\":{},\"mentions\":{},\"perception\":{},\"alerts\":{},\"authors\":{},\"gaps\":{}}}"
        "\n",
        json(found.state), json(found.platforms), json(found.mentions), earshot::summary::as_json(found.perception),
        json(found.alerts), json(found.authors), json(found.gaps));
  }

  std::string as_text(const Found& found, const std::string& path) const {
    const Row& s = found.state;
    std::string out = fmt::format("{}: {} posts, {} findings, {} alerts\n", path, s.integer("posts"),
                                  s.integer("findings"), s.integer("alerts"));
    if (s.has("first")) out += fmt::format("published {} to {}\n", time_text(s, "first"), time_text(s, "last"));
    out += "\nPosts\n" + platforms(found.platforms);
    out += "\nMentions\n" + mentions(found.mentions);
    out +=
        "\nPerception (unique: without copies; stated: with a sentiment; shares of all posts, estimated, with 95 %)\n" +
        earshot::summary::as_text(found.perception);
    out += "\nAlerts\n" + alerts(found.alerts, s.integer("alerts"));
    out += "\nBusiest authors among the mentions\n" + authors(found.authors);
    out += "\nCoverage\n" + coverage(found.gaps);
    if (s.integer("index_lag") > 0)
      out += fmt::format("  {} posts are not in the full-text index yet\n", s.integer("index_lag"));
    return out;
  }

  static std::string or_none(const Table& table) { return table.empty() ? "  none\n" : table.text(); }

  static std::string platforms(const Rows& rows) {
    Table table({"platform", "posts", "gone"});
    for (const Row& r : rows) table.add({shown(r.text("platform"), 30), number(r, "posts"), number(r, "gone")});
    return or_none(table);
  }

  // Watch items that nobody spoke of are told too, where the pipeline says what they are.
  std::string mentions(const Rows& rows) const {
    Table table({"watch item", "posts", "mentions", "authors"});
    for (const Row& r : rows)
      table.add({shown(r.text("subject"), 40), number(r, "posts"), number(r, "mentions"), number(r, "authors")});
    for (const earshot::Value item : host().watchlist().items()) {
      const auto is_it = [&](const Row& r) { return r.text("subject") == item["id"].text(); };
      if (std::none_of(rows.begin(), rows.end(), is_it)) table.add({shown(item["id"].text(), 40), "0", "0", "0"});
    }
    return or_none(table);
  }

  static std::string alerts(const Rows& rows, std::int64_t all) {
    Table table({"since", "kind", "watch item", "severity", "observed", "expected", "cause"});
    for (const Row& r : rows)
      table.add({time_text(r, "starts"), shown(r.text("kind"), 20), shown(r.text("subject"), 30), number(r, "severity"),
                 fmt::format("{:.4g}", r.real("observed")), fmt::format("{:.4g}", r.real("expected")),
                 shown(r.text("summary"), 120)});
    std::string out = or_none(table);
    if (all > static_cast<std::int64_t>(rows.size()))
      out += fmt::format("  and {} before these\n", all - static_cast<std::int64_t>(rows.size()));
    return out;
  }

  static std::string authors(const Rows& rows) {
    Table table({"author", "platform", "posts", "followers"});
    for (const Row& r : rows)
      table.add({fmt::format("@{}", shown(r.text("author"), 40)), shown(r.text("platform"), 30), number(r, "posts"),
                 number(r, "followers")});
    return or_none(table);
  }

  static std::string coverage(const Rows& rows) {
    Table table({"source", "gaps", "seconds unseen"});
    for (const Row& r : rows) table.add({shown(r.text("source"), 40), number(r, "gaps"), number(r, "seconds")});
    return table.empty() ? "  no gaps\n" : table.text();
  }
};

}  // namespace

EARSHOT_PLUGIN("org.earshot.summary", "1.0.0", "Earshot", "Apache-2.0", "What stands in a store, on one page", Summary)
