#include <algorithm>
#include <set>

#include "figures/scan.hpp"
#include "find/narrow.hpp"
#include "find/stored_post.hpp"
#include "query/query.hpp"

namespace earshot::figures {
namespace {

constexpr std::size_t kPage = 500;            // posts that are loaded at once
constexpr std::int64_t kFewWords = 10'000;    // posts that the index of words offers: each is asked for its time
constexpr std::int64_t kMostWords = 100'000;  // beyond, it is no help
constexpr int kHandful = 3;                   // posts that lie together are drawn together: 2^3

std::uint64_t mixed(std::uint64_t z) {
  z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9u;
  z = (z ^ (z >> 27)) * 0x94D049BB133111EBu;
  return z ^ (z >> 31);
}

// About that many of them, drawn by the hash of their place, in their order.
void draw(std::vector<std::uint32_t>& posts, std::uint64_t most) {
  if (posts.size() <= most) return;
  const auto before = [](std::uint32_t a, std::uint32_t b) {
    const std::uint64_t x = mixed((a >> kHandful) + 0x9E3779B97F4A7C15u);
    const std::uint64_t y = mixed((b >> kHandful) + 0x9E3779B97F4A7C15u);
    return x != y ? x < y : a < b;
  };
  const auto end = posts.begin() + static_cast<std::ptrdiff_t>(most);
  std::nth_element(posts.begin(), end, posts.end(), before);
  posts.erase(end, posts.end());
  std::sort(posts.begin(), posts.end());
}

void note(Matches& to, find::StoredPost& stored) {
  const auto post = static_cast<std::uint32_t>(stored.row.integer("post"));
  to.posts.set(post, 1), to.sorted.push_back(post);
  std::set<std::string_view> subjects;
  const Post said = stored.copy.post();
  for (const FoundBefore finding : said.findings())
    if (finding.kind() == "mention" && !finding.subject().empty()) subjects.insert(finding.subject());
  for (const std::string_view subject : subjects)
    to.mentions[std::string(subject)].push_back({post, stored.row.integer("published")});
}

}  // namespace

// Posts of the scope that the index of words offers. `all`: it offers no more than these.
std::vector<std::uint32_t> Figures::words_within(std::string_view match, const Marks& scope, bool& all) {
  std::vector<std::uint32_t> posts;
  store::Statement ask(database_,
                       "SELECT rowid FROM search WHERE search MATCH ?1 UNION ALL"
                       " SELECT rowid FROM search_plain WHERE search_plain MATCH ?1 LIMIT ?2");
  ask.text(1, match).integer(2, kMostWords + 1);
  std::int64_t offered = 0;
  for (; ask.step(); ++offered)
    if (const auto post = static_cast<std::uint32_t>(ask.integer_at(0)); scope.at(post) != 0) posts.push_back(post);
  all = offered <= kMostWords;
  const std::int64_t indexed_to = database_.integer("SELECT indexed_to FROM search_state");
  scope.each([&](std::uint32_t post, std::uint8_t) {
    if (post > indexed_to) posts.push_back(post);
  });
  std::sort(posts.begin(), posts.end());
  posts.erase(std::unique(posts.begin(), posts.end()), posts.end());
  return posts;
}

// Posts of the scope for which a query may hold that asks for these words; empty: for whatever.
std::vector<std::uint32_t> Figures::candidates(const std::string& words, const Scope& scope) {
  std::vector<std::uint32_t> posts;
  if (const auto few = words.empty() ? std::nullopt : offered(words, kFewWords)) {
    for (const Dated& one : dated(*few, scope)) posts.push_back(static_cast<std::uint32_t>(one.post));
    std::sort(posts.begin(), posts.end());
    return posts;
  }
  Marks within;
  scan({scope.period, scope.subject, nullptr}, [&](const store::Fact& fact, std::int64_t) {
    posts.push_back(fact.post);
    if (!words.empty()) within.set(fact.post, 1);
  });
  if (!words.empty()) {
    bool all = false;
    std::vector<std::uint32_t> offered = words_within(words, within, all);
    if (all) return offered;
  }
  std::sort(posts.begin(), posts.end());
  return posts;
}

std::shared_ptr<const Matches> Figures::matches(std::string_view text, const std::filesystem::path& lists,
                                                const Scope& scope, std::uint64_t look_at, const Progress& progress) {
  if (service_ == nullptr) throw unsupported("queries need the service earshot.store/1");
  const query::Query wanted(text, {lists});
  auto out = std::make_shared<Matches>();
  out->query = text;
  std::vector<std::uint32_t> posts = candidates(find::words_of(wanted.root()), scope);
  out->of = posts.size();
  draw(posts, look_at);
  out->looked_at = posts.size();
  if (posts.size() < out->of) out->weight = static_cast<double>(out->of) / static_cast<double>(posts.size());
  query::Evaluator evaluator = wanted.evaluator();
  std::vector<std::int64_t> page;
  for (std::size_t at = 0; at < posts.size(); at += kPage) {
    page.assign(posts.begin() + static_cast<std::ptrdiff_t>(at),
                posts.begin() + static_cast<std::ptrdiff_t>(std::min(posts.size(), at + kPage)));
    for (find::StoredPost& stored : find::load(*service_, page))
      if (wanted.match(stored.copy.post(), evaluator)) note(*out, stored);
    if (progress && !progress(at + page.size(), posts.size())) throw cancelled();
  }
  std::sort(out->sorted.begin(), out->sorted.end());
  return out;
}

}  // namespace earshot::figures
