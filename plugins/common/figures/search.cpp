#include <algorithm>

#include "figures/scan.hpp"
#include "find/narrow.hpp"
#include "find/stored_post.hpp"
#include "query/query.hpp"

namespace earshot::figures {
namespace {

constexpr std::int64_t kMostWords = 5000;  // posts that the index of words may offer before walking back is better
constexpr std::size_t kPage = 250;

// Those of the candidates for which the query holds, in their order, until there are enough.
class Looking {
 public:
  Looking(Store& store, const query::Query& wanted, std::size_t most, std::uint64_t look_at)
      : store_(store), wanted_(wanted), evaluator_(wanted.evaluator()), most_(most), left_(look_at) {}

  bool enough() const { return found_.size() >= most_ || left_ == 0; }
  void look(const std::vector<Dated>& candidates) {
    std::vector<std::int64_t> page;
    for (std::size_t at = 0; at < candidates.size() && !enough(); at += page.size()) {
      const std::size_t size = std::min<std::uint64_t>({kPage, candidates.size() - at, left_});
      page.clear();
      for (std::size_t i = at; i < at + size; ++i) page.push_back(candidates[i].post);
      for (find::StoredPost& stored : find::load(store_, page))
        if (found_.size() < most_ && wanted_.match(stored.copy.post(), evaluator_))
          found_.push_back(stored.row.integer("post"));
      left_ -= size;
    }
  }
  const std::vector<std::int64_t>& found() const { return found_; }
  bool gave_up() const { return left_ == 0 && found_.size() < most_; }

 private:
  Store& store_;
  const query::Query& wanted_;
  query::Evaluator evaluator_;
  std::size_t most_;
  std::uint64_t left_;
  std::vector<std::int64_t> found_;
};

}  // namespace

// What the index of words offers, with its times; nothing where that is too much.
std::optional<std::vector<std::int64_t>> Figures::offered(std::string_view match, std::int64_t most) {
  std::vector<std::int64_t> posts;
  store::Statement ask(database_,
                       "SELECT rowid FROM search WHERE search MATCH ?1 UNION ALL"
                       " SELECT rowid FROM search_plain WHERE search_plain MATCH ?1 LIMIT ?2");
  ask.text(1, match).integer(2, most + 1);
  while (ask.step()) posts.push_back(ask.integer_at(0));
  if (static_cast<std::int64_t>(posts.size()) > most) return std::nullopt;
  store::Statement behind(database_,
                          "SELECT post FROM posts WHERE post > (SELECT indexed_to FROM search_state) LIMIT ?1");
  behind.integer(1, most);
  while (behind.step()) posts.push_back(behind.integer_at(0));
  std::sort(posts.begin(), posts.end());
  posts.erase(std::unique(posts.begin(), posts.end()), posts.end());
  return posts;
}

// Those of the posts that are in the scope, its query aside, the latest first.
std::vector<Dated> Figures::dated(const std::vector<std::int64_t>& posts, const Scope& scope) {
  std::vector<Dated> out;
  store::Statement when(database_,
                        "SELECT published FROM posts WHERE post = ?1 AND state = 'live' AND published >= ?2 AND"
                        " published < ?3 AND (?4 = '' OR EXISTS(SELECT 1 FROM findings f WHERE f.post = ?1 AND"
                        " f.kind = 'mention' AND f.subject = ?4))");
  when.integer(2, scope.period.from).integer(3, scope.period.to).text(4, scope.subject);
  for (const std::int64_t post : posts) {
    if (when.integer(1, post).step()) out.push_back({when.integer_at(0), post});
    when.reset();
  }
  std::sort(out.begin(), out.end());
  return out;
}

Found Figures::search(std::string_view text, const std::filesystem::path& lists, const Scope& scope, std::size_t most,
                      std::uint64_t look_at) {
  if (service_ == nullptr) throw unsupported("queries need the service earshot.store/1");
  const query::Query wanted(text, {lists});
  Looking looking(*service_, wanted, most, look_at);
  std::vector<Dated> some;
  const std::string words = find::words_of(wanted.root());
  if (const auto few = words.empty() ? std::nullopt : offered(words, kMostWords)) {
    some = dated(*few, scope);
    looking.look(some);
  } else {
    // Back from the latest, a day at a time.
    for (std::int64_t to = scope.period.to; to > scope.period.from && !looking.enough();) {
      Scope day = scope;
      day.query = nullptr;
      const std::optional<std::int64_t> last = last_day(scope, to);
      if (!last) break;
      day.period = {std::max(scope.period.from, *last * store::kDay), std::min(to, (*last + 1) * store::kDay)};
      some.clear();
      scan(day, [&](const store::Fact& fact, std::int64_t published) { some.push_back({published, fact.post}); });
      std::sort(some.begin(), some.end());
      looking.look(some);
      to = day.period.from;
    }
  }
  return {posts(looking.found()), !looking.gave_up()};
}

// The latest day before `to` on which there is something.
std::optional<std::int64_t> Figures::last_day(const Scope& scope, std::int64_t to) {
  const std::optional<std::uint32_t> subject = scope.subject.empty() ? 0 : number_of("subject", scope.subject);
  if (!subject) return std::nullopt;
  store::Statement ask(database_, "SELECT max(day) FROM facts WHERE subject = ?1 AND day <= ?2");
  ask.integer(1, *subject).integer(2, store::day_of(to - 1));
  if (!ask.step() || ask.is_null(0)) return std::nullopt;
  return ask.integer_at(0);
}

}  // namespace earshot::figures
