// figures.hpp: the figures of a store, for reports and pages: how much is said, by whom, how it is meant, about what.
// They come from what the sqlite sink counts beside its rows (store/rollup.hpp), so that a question costs a walk over
// 40 bytes a post and nothing else, and every count is exact. What is given out is a copy. One instance for one
// thread; several may read one store, also while a pipeline writes to it.
//
//   figures::Figures store("var/acme.db", host());
//   const Scope acme{calendar::around(now, Step::week, zone), "acme", {}};
//   store.counts(acme).authors;  store.top(acme, By::topic, 10);
//
// A store whose sink has not run since an upgrade throws not_allowed.
#pragma once

#include <earshot/host.hpp>
#include <earshot/services/store.hpp>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "figures/tally.hpp"
#include "figures/types.hpp"
#include "store/database.hpp"
#include "store/fact.hpp"

namespace earshot::figures {

// Looked at, of how many. False: enough.
using Progress = std::function<bool(std::uint64_t, std::uint64_t)>;

class Figures {
 public:
  // `host` lends the service earshot.store/1, which queries need; without, they are refused.
  explicit Figures(const std::filesystem::path& path, const Host* host = nullptr);
  // With the table of that service, which the main thread was given; any thread.
  Figures(const std::filesystem::path& path, const ear_store_1& service);

  State state();
  std::vector<std::string> subjects();  // watch items that are mentioned, by name

  Counts counts(const Scope& scope);
  // How many posts alone, which costs a look at each day: about a watch item, or all of them where it is empty.
  std::int64_t posts_about(const std::string& subject, const Period& period);
  // By steps of time: `edges` as calendar::edges gives them. A step without posts is there too.
  std::vector<Bin> volume(const Scope& scope, const std::vector<std::int64_t>& edges);
  // Of these watch items, the largest first. A post that mentions two counts for both.
  std::vector<Share> share_of_voice(const Period& period, const std::vector<std::string>& subjects,
                                    std::shared_ptr<const Matches> query = nullptr);
  Sentiment sentiment(const Scope& scope);
  // All of these at once, from one walk: what a page or a report shows of a scope.
  Summary summary(const Scope& scope, const std::vector<std::int64_t>& edges, std::size_t most);
  std::vector<Ranked> top(const Scope& scope, By by, std::size_t most);
  std::vector<RankedAuthor> top_authors(const Scope& scope, AuthorsBy by, std::size_t most);

  // The posts that show it best: copies are left out, and one author comes at most twice.
  std::vector<PostCard> posts(const Scope& scope, PostsBy by, std::size_t most);
  std::vector<PostCard> posts(const std::vector<std::int64_t>& numbers);
  // For each of the values, as top() gives them, the numbers of up to `most` posts, those without a copy first, then by
  // engagement.
  std::vector<std::vector<std::int64_t>> examples(const Scope& scope, By by, const std::vector<std::string>& values,
                                                  std::size_t most);

  std::vector<AlertCard> alerts(const Period& period, std::string_view subject = {}, std::size_t most = 200);
  std::vector<Gap> gaps(const Period& period, std::size_t most = 1000);

  // Which posts of the scope (its own query aside) a query finds. Where more than `look_at` may be, that many are
  // drawn, in handfuls that came one behind the other, and stand for all; always the same ones. Throws query::Fault,
  // and cancelled() where `progress` says so.
  std::shared_ptr<const Matches> matches(std::string_view query, const std::filesystem::path& lists, const Scope& scope,
                                         std::uint64_t look_at = 5'000, const Progress& progress = {});
  // The latest posts of the scope that a query finds. Throws query::Fault.
  Found search(std::string_view query, const std::filesystem::path& lists, const Scope& scope, std::size_t most,
               std::uint64_t look_at = 5'000);
  static constexpr std::uint64_t kAll = UINT64_MAX;

 private:
  template <class Record, class Use>
  void records_of(const Scope& scope, store::Statement& all, store::Statement& chunks, store::Statement& one,
                  std::vector<Record>& to, Use&& use);
  template <class Use>
  void scan_days(const Scope& scope, Use&& use);
  template <class Use>
  void scan(const Scope& scope, Use&& use);
  std::optional<std::uint32_t> number_of(std::string_view kind, std::string_view value);
  std::string name_of(std::string_view kind, std::uint32_t number, std::string* label = nullptr);
  std::vector<std::vector<std::uint32_t>> posts_with(const Scope& scope, By by, const std::vector<std::string>& values);
  template <class Use>
  void scan_terms(const Scope& scope, Use&& use);
  std::vector<Ranked> named(std::vector<std::pair<std::uint32_t, Ranked>> numbers, By by, const Scope& scope);
  std::vector<RankedAuthor> named(const std::vector<std::pair<std::uint32_t, AuthorTally::Of>>& rows,
                                  const Scope& scope);
  std::vector<Bin> volume_by_sums(std::uint32_t subject, const std::vector<std::int64_t>& edges);
  std::vector<std::uint32_t> candidates(const std::string& words, const Scope& scope);
  std::vector<Dated> dated(const std::vector<std::int64_t>& posts, const Scope& scope);
  std::optional<std::vector<std::int64_t>> offered(std::string_view match, std::int64_t most);
  std::optional<std::int64_t> last_day(const Scope& scope, std::int64_t to);
  void add_media(PostCard& to);
  std::vector<std::uint32_t> words_within(std::string_view match, const Marks& scope, bool& all);

  store::Database database_;
  std::unique_ptr<Store> service_;
  store::Statement facts_, fact_chunks_, fact_chunk_, terms_, term_chunks_, term_chunk_, sums_, number_, name_, author_,
      card_, text_, media_, evidence_;
  std::vector<store::Fact> records_;
  std::vector<store::Term> term_records_;
};

}  // namespace earshot::figures
