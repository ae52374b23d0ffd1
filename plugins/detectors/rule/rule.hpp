// rule.hpp: the detector: an alert when enough posts for which a query holds came in a stretch of time. Posts are
// judged as they come; an alert is over when too few came for as long.
#pragma once

#include <earshot/detector.hpp>
#include <filesystem>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

#include "explain/explanation.hpp"
#include "query/query.hpp"
#include "rule/episode.hpp"
#include "sketch/trigrams.hpp"

namespace earshot::rule {

enum class Per { subject, author, platform, source, all };
enum class Sum { none, likes, reposts, replies, views, followers };

}  // namespace earshot::rule

template <>
inline constexpr const char* earshot::choices<earshot::rule::Distinct>[] = {"posts", "authors", "texts", nullptr};
template <>
inline constexpr const char* earshot::choices<earshot::rule::Per>[] = {"subject", "author", "platform",
                                                                       "source",  "all",    nullptr};
template <>
inline constexpr const char* earshot::choices<earshot::rule::Sum>[] = {"none",  "likes",     "reposts", "replies",
                                                                       "views", "followers", nullptr};

namespace earshot::rule {

struct RuleOptions {
  earshot::Query where;
  std::int64_t count;
  Duration within, cooldown;
  Distinct distinct;
  Per per;
  Sum sum;
  double at_least;
  std::int64_t severity, evidence;
  std::string summary, kind;
  std::optional<std::filesystem::path> lists;

  static constexpr auto schema() {
    using O = RuleOptions;
    return earshot::schema(
        option<&O::where>("where", "Which posts count, as intent:complains AND followers:>1000",
                          {.example = "spoken:acme AND followers:>100000", .flags = EAR_OPTION_RELOADABLE}),
        option<&O::count>("count", "So many of them make an alert", {.fallback = "1", .min = 1, .max = 10000}),
        option<&O::within>("within", "In this time", {.fallback = "1h", .min = 1, .max = 30 * 86400.0}),
        option<&O::distinct>("distinct", "What is counted: posts, their authors, or texts, of which copies are one",
                             {.fallback = "posts"}),
        option<&O::per>("per",
                        "Counted for each of these by itself; of a subject the findings about others do not count",
                        {.fallback = "subject"}),
        option<&O::sum>("sum", "A number of the posts that is added up", {.fallback = "none"}),
        option<&O::at_least>("at_least", "The sum makes an alert from this on",
                             {.fallback = "0", .min = 0, .max = 1e15}),
        option<&O::cooldown>("cooldown",
                             "Behind an alert none is raised for so long; 0s and a count of 1: every post is "
                             "an alert of its own",
                             {.fallback = "1h", .max = 366 * 86400.0}),
        option<&O::severity>("severity", "How grave it is, 1 to 10", {.fallback = "5", .min = 1, .max = 10}),
        option<&O::summary>("summary",
                            "The sentence of an alert, as {subject}: {posts} complaints within {within}{why}",
                            {.fallback = "\"\""}),
        option<&O::kind>("kind", "The kind of the alerts", {.fallback = "rule"}),
        option<&O::evidence>("evidence", "Posts to show with an alert", {.fallback = "5", .max = 20}),
        option<&O::lists>("lists",
                          "The folder of the files that @list:FILE in the query names; without it, the "
                          "folder of the file that the query stands in",
                          {.example = "/srv/lists"}));
  }
};

class Rule : public Detector<RuleOptions> {
 public:
  static constexpr Info info{"rule", "Raises an alert when enough posts match a query in a stretch of time",
                             EAR_ADDS_NOTHING};

  void prepare();
  void start();
  void detect(const Post& post, Out& out);
  void advance(Time watermark, Out& out);
  void save(StateOut& out);
  void load(std::uint32_t version, std::string_view key, std::string_view value);
  void erase(std::string_view platform, std::string_view author);

 private:
  bool is_every() const {
    return options().count == 1 && options().sum == Sum::none && options().cooldown.count() == 0;
  }
  bool holds_for(const Post& post, std::string_view subject);
  void take(const Post& post, std::string_view key, Out& out);
  void tell_one(const Post& post, std::string_view key, Out& out);
  Episode* episode(std::string_view key);
  Match match_of(const Post& post);
  double amount(const Post& post) const;
  bool is_enough(const Tally& tally) const;
  void consider(Episode& episode, const Match& match, Out& out);
  void grow(Episode& episode, const Match& match, Out& out);
  void ask(Out& out);
  void tell(Episode& episode, Out& out);
  void push(const Episode& episode, const Tally& tally, std::string_view subject, Out& out);
  void pass(std::int64_t to, Out& out);
  void settle(Episode& episode, Out& out);
  std::int64_t due(const Episode& episode) const;
  void set_due(const Episode& episode);

  std::shared_ptr<const query::Query> query_;
  std::optional<query::Evaluator> evaluator_;
  explain::Pool pool_;
  explain::Values values_;
  std::unique_ptr<sketch::Reader> reader_;
  std::map<std::string, Episode, std::less<>> episodes_;
  std::set<std::pair<std::int64_t, std::string>> due_;
  std::unordered_map<std::string, std::int64_t> due_of_;
  std::set<std::string> unsaved_;
  std::int64_t clock_ = INT64_MIN, asked_ = INT64_MIN;
  bool told_full_ = false;
  std::vector<std::string_view> about_;
  std::vector<ear_finding> findings_;
};

}  // namespace earshot::rule
