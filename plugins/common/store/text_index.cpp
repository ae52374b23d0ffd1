#include "store/text_index.hpp"

#include <algorithm>

#include "query/plain_words.hpp"
#include "store/schema.hpp"

namespace earshot::store {

TextIndex::TextIndex(const Database& database)
    : state_(database, "SELECT indexed_to FROM search_state"),
      set_state_(database, "UPDATE search_state SET indexed_to = ?1"),
      last_(database, "SELECT max(post) FROM posts"),
      texts_(database, "SELECT origin, text FROM segments WHERE post = ?1 ORDER BY number"),
      range_(database,
             "SELECT p.post, s.origin, s.text FROM posts p LEFT JOIN segments s ON s.post = p.post"
             " WHERE p.post > ?1 AND p.post <= ?2 AND p.state = 'live' ORDER BY p.post, s.number"),
      add_(database,
           "INSERT INTO search(rowid, title, body, quote, alt, image, speech, caption)"
           " VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)"),
      remove_(database,
              "INSERT INTO search(search, rowid, title, body, quote, alt, image, speech, caption)"
              " VALUES('delete', ?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)"),
      add_plain_(database, "INSERT INTO search_plain(rowid, words) VALUES(?1, ?2)"),
      remove_plain_(database, "DELETE FROM search_plain WHERE rowid = ?1") {}

void TextIndex::begin() {
  indexed_to_ = state_.step() ? state_.integer_at(0) : 0;
  state_.reset();
}

Statement& TextIndex::bind(Statement& statement, std::int64_t post, const Texts& texts) {
  statement.integer(1, post);
  for (std::size_t i = 0; i < kOrigins; ++i) statement.known(static_cast<int>(i) + 2, std::string_view(texts[i]));
  return statement;
}

void TextIndex::add(std::int64_t post, const Texts& texts) {
  bind(add_, post, texts).run();
  plain_.clear();
  for (const std::string& text : texts) query::append_plain_words(plain_, text, fold_, memory_);
  if (!plain_.empty()) add_plain_.integer(1, post).text(2, plain_).run();
}

void TextIndex::remove(std::int64_t post, const Texts& texts) {
  bind(remove_, post, texts).run();
  remove_plain_.integer(1, post).run();
}

void TextIndex::append(Texts& texts, int origin_column, int text_column, const Statement& row) const {
  const std::string_view origin = row.text_at(origin_column);
  std::uint32_t i = 0;
  while (i + 1 < kOrigins && origin_word(i) != origin) ++i;
  if (!texts[i].empty()) texts[i] += '\n';
  texts[i] += row.text_at(text_column);
}

TextIndex::Texts TextIndex::texts_of(std::int64_t post) {
  Texts texts;
  texts_.integer(1, post);
  while (texts_.step()) append(texts, 0, 1, texts_);
  return texts;
}

bool TextIndex::advance(std::int64_t most) {
  const std::int64_t last = last_.step() ? last_.integer_at(0) : 0;
  last_.reset();
  if (last <= indexed_to_) return false;
  const std::int64_t to = std::min(last, indexed_to_ + most);
  Texts texts;
  std::int64_t post = 0;
  range_.integer(1, indexed_to_).integer(2, to);
  while (range_.step()) {
    if (const std::int64_t next = range_.integer_at(0); next != post) {
      if (post != 0) add(post, texts);
      for (std::string& text : texts) text.clear();
      post = next;
    }
    if (!range_.is_null(1)) append(texts, 1, 2, range_);
  }
  if (post != 0) add(post, texts);
  set_indexed_to(to);
  return true;
}

void TextIndex::removed_posts() {
  const std::int64_t last = last_.step() ? last_.integer_at(0) : 0;
  last_.reset();
  if (last < indexed_to_) set_indexed_to(last);
}

void TextIndex::set_indexed_to(std::int64_t post) {
  set_state_.integer(1, post).run();
  indexed_to_ = post;
}

void merge_index(const Database& database, const std::function<bool()>& go_on) {
  constexpr int kPages = 1000, kMostSteps = 100'000;
  for (const std::string table : {"search", "search_plain"}) {
    // A negative number has parts of one level merged too, down to one part; fewer than two changes: nothing was left.
    Statement step(database,
                   "INSERT INTO " + table + "(" + table + ", rank) VALUES('merge', " + std::to_string(-kPages) + ")");
    for (int i = 0; i < kMostSteps && go_on(); ++i) {
      const int before = sqlite3_total_changes(database.raw());
      step.run();
      if (sqlite3_total_changes(database.raw()) - before < 2) break;
    }
  }
}

}  // namespace earshot::store
