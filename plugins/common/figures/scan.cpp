#include "figures/scan.hpp"

#include "store/schema.hpp"

namespace earshot::figures {
namespace {

constexpr std::chrono::seconds kPatience{10};

}  // namespace

Figures::Figures(const std::filesystem::path& path, const Host* host)
    : database_(store::open_for_reading(path, kPatience)),
      facts_(database_,
             "SELECT day, records FROM facts WHERE subject = ?1 AND day >= ?2 AND day <= ?3 ORDER BY day, first"),
      fact_chunks_(database_,
                   "SELECT day, first, chunk FROM facts WHERE subject = ?1 AND day >= ?2 AND day <= ?3"
                   " ORDER BY day, first"),
      fact_chunk_(database_, "SELECT records FROM facts WHERE chunk = ?1"),
      terms_(database_,
             "SELECT day, records FROM terms WHERE subject = ?1 AND day >= ?2 AND day <= ?3 ORDER BY day, first"),
      term_chunks_(database_,
                   "SELECT day, first, chunk FROM terms WHERE subject = ?1 AND day >= ?2 AND day <= ?3"
                   " ORDER BY day, first"),
      term_chunk_(database_, "SELECT records FROM terms WHERE chunk = ?1"),
      sums_(database_,
            "SELECT day, posts, unique_posts, negative, neutral, positive, reach, engagement FROM facts"
            " WHERE subject = ?1 AND day >= ?2 AND day <= ?3"),
      number_(database_, "SELECT number FROM names WHERE kind = ?1 AND value = ?2"),
      name_(database_, "SELECT value, label FROM names WHERE kind = ?1 AND number = ?2"),
      author_(database_, "SELECT platform, id, handle, name, url, followers FROM authors WHERE author = ?1"),
      card_(database_,
            "SELECT p.platform, p.id, p.url, p.published, p.language, coalesce(a.handle, a.id), a.name, a.followers,"
            " p.likes, p.reposts, p.replies FROM posts p LEFT JOIN authors a ON a.author = p.author"
            " WHERE p.post = ?1 AND p.state = 'live'"),
      text_(database_, "SELECT origin, text FROM segments WHERE post = ?1 ORDER BY number"),
      media_(database_, "SELECT kind, url, path, type, alt FROM media WHERE post = ?1 ORDER BY number LIMIT 8"),
      evidence_(database_,
                "SELECT platform, id, url, author, text, published, weight FROM evidence WHERE alert = ?1"
                " ORDER BY number LIMIT 20") {
  database_.execute("PRAGMA cache_size = -65536");  // KiB
  if (host != nullptr) service_ = std::make_unique<Store>(*host, path.string());
}

Figures::Figures(const std::filesystem::path& path, const ear_store_1& service) : Figures(path) {
  service_ = std::make_unique<Store>(service, path.string());
}

State Figures::state() {
  State state;
  store::Statement ask(
      database_,
      "SELECT (SELECT user_version FROM pragma_user_version), coalesce((SELECT max(post) FROM posts), 0),"
      " (SELECT min(published) FROM posts WHERE published IS NOT NULL), (SELECT max(published) FROM posts),"
      " (SELECT rolled_up_to FROM rollup_state)");
  if (!ask.step()) return state;
  state.version = ask.integer_at(0), state.posts = ask.integer_at(1);
  state.first = ask.integer_at(2), state.last = ask.integer_at(3);
  state.not_counted = std::max<std::int64_t>(0, state.posts - ask.integer_at(4));
  return state;
}

std::vector<std::string> Figures::subjects() {
  std::vector<std::string> all;
  store::Statement ask(database_, "SELECT value FROM names WHERE kind = 'subject' ORDER BY value");
  while (ask.step()) all.emplace_back(ask.text_at(0));
  return all;
}

std::optional<std::uint32_t> Figures::number_of(std::string_view kind, std::string_view value) {
  std::optional<std::uint32_t> number;
  if (number_.text(1, kind).text(2, value).step()) number = static_cast<std::uint32_t>(number_.integer_at(0));
  number_.reset();
  return number;
}

std::string Figures::name_of(std::string_view kind, std::uint32_t number, std::string* label) {
  std::string value;
  if (name_.text(1, kind).integer(2, number).step()) {
    value = name_.text_at(0);
    if (label != nullptr) *label = name_.text_at(1);
  }
  name_.reset();
  return value;
}

}  // namespace earshot::figures
