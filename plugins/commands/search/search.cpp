// search: the posts of a store for which a query holds, the latest first. The store's index and its columns narrow
// down which posts to look at; the same evaluator as everywhere decides.
#include <fmt/format.h>

#include <algorithm>
#include <earshot/command.hpp>
#include <earshot/services/store.hpp>
#include <map>

#include "audit/audit.hpp"
#include "find/narrow.hpp"
#include "find/stored_post.hpp"
#include "query/explain.hpp"
#include "sealed/frames.hpp"
#include "sealed/out.hpp"
#include "store/location.hpp"
#include "store/schema.hpp"
#include "store/show.hpp"
#include "text/cells.hpp"
#include "text/marks.hpp"

namespace {

using earshot::Row;
using earshot::Rows;
using earshot::Store;
namespace query = earshot::query;
namespace find = earshot::find;

struct SearchOptions {
  std::optional<std::filesystem::path> store;
  std::int64_t limit, most;
  bool json;
  std::optional<std::filesystem::path> lists, to, key_file;

  static constexpr auto schema() {
    using earshot::option;
    using O = SearchOptions;
    return earshot::schema(
        option<&O::store>("store", "The store to search; without it, that of the pipeline's sqlite sink",
                          {.example = "var/acme.db"}),
        option<&O::limit>("limit", "How many posts to show", {.fallback = "20", .min = 1, .max = 100'000}),
        option<&O::most>("most", "How many posts to look at before giving up",
                         {.fallback = "200000", .min = 1, .max = 1e9}),
        option<&O::json>("json", "One object of JSON for each post, instead of text", {.fallback = "false"}),
        option<&O::lists>("lists",
                          "The folder of the files that @list:FILE in the query names; without it, the one in which "
                          "earshot runs",
                          {.example = "configs/lists"}),
        option<&O::to>("to", "A new file for what is found, for its owner alone to read; the audit log tells of it",
                       {.example = "found.ndjson"}),
        option<&O::key_file>("key_file", "A key that the file is sealed with; `earshot unseal` opens it",
                             {.example = "secrets/acme.key"}));
  }
};

class Search : public earshot::Command<SearchOptions> {
 public:
  static constexpr earshot::Info info{"search", "Finds the posts of a store for which a query holds"};
  static constexpr const char* usage = "QUERY";
  static constexpr const char* examples =
      "earshot search 'acme NEAR/5 (battery OR charger) -job' --store var/acme.db\n"
      "earshot search 'subject:acme sentiment:negative published:>2026-03-01' --limit 100 --json";

  int run(std::span<const std::string_view> arguments, earshot::CommandIo& io) {
    if (arguments.size() != 1) throw earshot::invalid("say what to search, in quotes: earshot search 'QUERY'");
    try {
      const query::Query wanted(arguments[0], {options().lists.value_or("")});
      Store store(host(), earshot::store::location(options().store, host()).string());
      return run(wanted, store, io);
    } catch (const query::Fault& fault) {
      io.error(pointed(arguments[0], fault));
      return 2;
    }
  }

 private:
  int run(const query::Query& wanted, Store& store, earshot::CommandIo& io) {
    query::Evaluator evaluator = wanted.evaluator();
    const std::vector<std::int64_t> candidates = narrowed(wanted, store);
    const std::span<const std::int64_t> all(candidates.data(), std::min(candidates.size(), most()));
    std::int64_t shown = 0;
    for (std::size_t at = 0, page = 50; at < all.size(); at += page, page = std::min<std::size_t>(2 * page, 500)) {
      page = std::min(page, all.size() - at);
      for (find::StoredPost& stored : find::load(store, all.subspan(at, page))) {
        const earshot::Post post = stored.copy.post();
        if (!wanted.match(post, evaluator)) continue;
        const std::string found = options().json ? as_json(wanted, stored.row, post, evaluator)
                                                 : as_text(wanted, stored.row, post, evaluator, io);
        options().to ? void(export_ += found) : io.out(found);
        if (++shown == options().limit) return finish(shown, io);
      }
      if (host().cancelled()) return 0;
    }
    if (candidates.size() > most())
      io.error(
          fmt::format("Looked at {} posts and stopped there: narrow the query, as by published:>2026-03-01, or "
                      "raise --most.\n",
                      options().most));
    else if (shown == 0 && !options().json)
      io.error("No post of the store is found by this query.\n");
    return finish(shown, io);
  }

  // Writes the file, where one is wanted, and tells the audit log; not the query, which may name somebody.
  int finish(std::int64_t shown, earshot::CommandIo& io) {
    if (shown == 0 || !options().to) return shown > 0 ? 0 : 1;
    const std::filesystem::path& to = *options().to;
    if (std::filesystem::exists(to)) throw earshot::invalid("'" + to.string() + "' is there already").at_option("to");
    if (options().key_file) {
      earshot::sealed::seal_text(export_, to,
                                 earshot::sealed::key_from(*options().key_file, earshot::sealed::Use::files));
    } else {
      earshot::sealed::Out out(to);
      out.write(export_.data(), export_.size());
      out.finish();
    }
    earshot::audit::note(
        host(),
        {.command = "search", .what = options().key_file ? "posts, sealed" : "posts", .count = shown, .file = to},
        options().store);
    io.out(fmt::format("{} posts are in {}\n", shown, earshot::text::cells(to.string(), 300)));
    return 0;
  }

  std::size_t most() const { return static_cast<std::size_t>(options().most); }

  // The numbers of the posts to look at, the latest first, and one more where there are more than `most`.
  std::vector<std::int64_t> narrowed(const query::Query& wanted, Store& store) const {
    find::Narrowed by;
    find::narrow(wanted.root(), by);
    std::string sql = "SELECT p.post FROM posts p WHERE p.state = 'live'";
    for (const std::string& condition : by.conditions) sql += " AND " + condition;
    sql += " ORDER BY p.published DESC, p.post DESC";
    std::vector<std::int64_t> posts;
    for (const Row& row : store.query(sql, by.parameters, most() + 1)) posts.push_back(row.integer("post"));
    return posts;
  }

  // By segment.
  static std::map<std::uint32_t, std::vector<earshot::text::Stretch>> marks(const query::Query& wanted,
                                                                            query::Evaluator& evaluator) {
    query::Hits hits;
    evaluator.places(wanted.root(), hits);
    std::map<std::uint32_t, std::vector<earshot::text::Stretch>> all;
    for (const query::Hit& hit : hits)
      if (hit.passage != query::kNone)
        all[evaluator.document().passages()[hit.passage].number].push_back({hit.begin, hit.end});
    return all;
  }

  static std::string as_text(const query::Query& wanted, const Row& row, const earshot::Post& post,
                             query::Evaluator& evaluator, const earshot::CommandIo& io) {
    constexpr std::size_t kShown = 1000;
    using earshot::text::cells;
    std::string out = fmt::format("{}/{}  {}", cells(row.text("platform")), cells(row.text("id")),
                                  earshot::store::time_text(row, "published"));
    if (row.has("author")) out += "  @" + cells(row.text("author"));
    if (row.has("url")) out += "\n  " + cells(row.text("url"), 400);
    const auto places = marks(wanted, evaluator);
    for (const earshot::Segment segment : post.segments()) {
      const auto found = places.find(segment.number());
      if (found == places.end() && segment.origin() > EAR_BODY) continue;
      const std::string_view text = segment.text().substr(0, kShown);
      out += fmt::format(
          "\n  {}: {}", query::origin_text(segment.origin()),
          earshot::text::marked(text, found == places.end() ? std::vector<earshot::text::Stretch>{} : found->second,
                                io.terminal()));
    }
    return out + "\n\n";
  }

  static std::string as_json(const query::Query& wanted, const Row& row, const earshot::Post& post,
                             query::Evaluator& evaluator) {
    std::string texts, places;
    for (const earshot::Segment segment : post.segments())
      texts += fmt::format("{}{{\"number\":{},\"origin\":{},\"text\":{}}}", texts.empty() ? "" : ",", segment.number(),
                           earshot::store::json(earshot::store::origin_word(segment.origin())),
                           earshot::store::json(segment.text()));
    for (const auto& [segment, all] : marks(wanted, evaluator))
      for (const auto& place : all)
        places += fmt::format("{}{{\"segment\":{},\"begin\":{},\"end\":{}}}", places.empty() ? "" : ",", segment,
                              place.begin, place.end);
    return fmt::format("{{\"post\":{},\"segments\":[{}],\"places\":[{}]}}\n", earshot::store::json(row), texts, places);
  }

  std::string export_;  // what goes into the file
};

}  // namespace

EARSHOT_PLUGIN("org.earshot.search", "0.1.0", "Earshot", "Apache-2.0", "Finds the posts for which a query holds",
               Search)
