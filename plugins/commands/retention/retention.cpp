// retention: removes what a pipeline keeps longer than it should, now; or shows what that would be.
#include "store/retention.hpp"

#include <fmt/format.h>

#include <earshot/command.hpp>
#include <earshot/services/state.hpp>

#include "audit/audit.hpp"
#include "store/schema.hpp"
#include "store/settings.hpp"
#include "text/cells.hpp"

namespace {

namespace audit = earshot::audit;
namespace store = earshot::store;
using earshot::text::cells;

constexpr std::chrono::seconds kPatience{30};
constexpr std::int64_t kPosts = 1000;  // in one transaction: a sink that runs waits for it

struct RetentionOptions {
  std::optional<std::filesystem::path> store;
  std::optional<earshot::Duration> posts, alerts, gaps, dead_letters;
  bool dry_run;

  static constexpr auto schema() {
    using earshot::option;
    using O = RetentionOptions;
    return earshot::schema(
        option<&O::store>("store", "A store; without it, those of the pipeline, and its dead letters",
                          {.example = "var/acme.db"}),
        option<&O::posts>("posts", "How long posts are kept, this once; without it, as the sink is told",
                          {.max = 3.2e9, .example = "90d"}),
        option<&O::alerts>("alerts", "The same for alerts", {.max = 3.2e9}),
        option<&O::gaps>("gaps", "The same for gaps", {.max = 3.2e9}),
        option<&O::dead_letters>("dead_letters", "The same for dead letters; without it, as `keep_dead_letters` says",
                                 {.max = 3.2e9}),
        option<&O::dry_run>("dry_run", "Shows what would go, and changes nothing", {.fallback = "false"}));
  }
};

std::string days(std::int64_t keep) {
  if (keep <= 0) return "for ever";
  const std::int64_t hours = keep / 3'600'000'000'000;
  return hours % 24 == 0 ? fmt::format("{} d", hours / 24) : fmt::format("{} h", hours);
}

class Retention : public earshot::Command<RetentionOptions> {
 public:
  static constexpr earshot::Info info{"retention", "Removes what is older than it may be, or shows what that is"};
  static constexpr const char* usage = "";
  static constexpr const char* examples =
      "earshot retention --pipeline acme.yaml --dry-run\n"
      "earshot retention --store var/acme.db --posts 30d";

  int run(std::span<const std::string_view> arguments, earshot::CommandIo& io) {
    if (!arguments.empty()) throw earshot::invalid("retention takes no words; name the pipeline with --pipeline FILE");
    const std::vector<std::filesystem::path> all = stores();
    if (all.empty() && host().state_dir().empty())
      throw earshot::invalid("say whose: --pipeline FILE, or --store PATH of a store that is there");
    for (const std::filesystem::path& path : all) retain(path, io);
    if (!options().store && !host().state_dir().empty() && !options().dry_run) drop_letters(io);
    return 0;
  }

 private:
  std::vector<std::filesystem::path> stores() const {
    std::vector<std::filesystem::path> all;
    if (options().store) return {*options().store};
    for (const earshot::Value sink : host().config()["sinks"].items())
      if (const std::filesystem::path path = sink["path"].text();
          sink["plugin"].text() == "sqlite" && std::filesystem::exists(path))
        all.push_back(path);
    return all;
  }

  store::Keep keep(const store::Database& database) const {
    store::Keep keep = store::remembered(database);
    if (options().posts) keep.posts = options().posts->count();
    if (options().alerts) keep.alerts = options().alerts->count();
    if (options().gaps) keep.gaps = options().gaps->count();
    return keep;
  }

  void retain(const std::filesystem::path& path, earshot::CommandIo& io) {
    if (!std::filesystem::exists(path)) throw earshot::invalid("there is no store '" + path.string() + "'");
    const store::Database database = store::open_for_writing(path, kPatience);
    store::TextIndex index(database);
    store::Rollup rollup(database);
    store::Retention retention(database, index, rollup);
    const store::Keep wanted = keep(database);
    const ear_time now = earshot::ticks(host().now());
    const store::Removed due = retention.due(wanted, now);
    io.out(fmt::format("{}\n  {:<8}  {:<10}  {}\n", cells(path.string()), "what", "kept for", "older"));
    const auto line = [&](std::string_view what, std::int64_t kept, std::int64_t older) {
      io.out(fmt::format("  {:<8}  {:<10}  {}\n", what, days(kept), older));
    };
    line("posts", wanted.posts, due.posts);
    for (const auto& [name, time] : wanted.kinds) io.out(fmt::format("  - {} {}\n", cells(name, 40), days(time)));
    line("alerts", wanted.alerts, due.alerts), line("gaps", wanted.gaps, due.gaps);
    if (options().dry_run || !wanted.any()) return;
    retention.begin(wanted, now);
    while (retention.step(kPosts))
      if (host().cancelled()) throw earshot::cancelled();
    database.execute("PRAGMA wal_checkpoint(TRUNCATE)");
    io.out("removed " + store::words(retention.removed()) + "\n");
    audit::note(host(),
                {.command = "retention", .what = store::words(retention.removed()), .count = retention.removed().posts},
                path);
  }

  void drop_letters(earshot::CommandIo& io) {
    const earshot::PipelineState state(host());
    const std::uint64_t dropped = options().dead_letters ? state.drop_letters(host().now() - *options().dead_letters)
                                                         : state.drop_letters(earshot::no_time);
    io.out(fmt::format("removed {} dead letter{}\n", dropped, dropped == 1 ? "" : "s"));
    if (dropped > 0)
      audit::note(host(),
                  {.command = "retention", .what = "dead letters", .count = static_cast<std::int64_t>(dropped)});
  }
};

}  // namespace

EARSHOT_PLUGIN("org.earshot.retention", "0.1.0", "Earshot", "Apache-2.0", "Removes what is older than it may be",
               Retention)
