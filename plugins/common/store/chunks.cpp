#include "store/chunks.hpp"

#include <type_traits>

namespace earshot::store {
namespace {

constexpr std::int64_t kEnd = std::numeric_limits<std::int64_t>::max();

// What stands beside the records of a chunk, so that it need not be read for the plainest figures.
struct Sums {
  std::int64_t posts = 0, unique = 0, late = 0, reach = 0, engagement = 0;
  std::int64_t by_sentiment[4] = {};
};

Sums sums_of(const std::vector<Fact>& facts) {
  Sums sums;
  for (const Fact& fact : facts) {
    ++sums.posts, ++sums.by_sentiment[static_cast<std::size_t>(fact.sentiment())];
    if (!fact.is_copy()) ++sums.unique;
    if (fact.is(Fact::kLate)) ++sums.late;
    if (fact.reach != kUnknown) sums.reach += fact.reach;
    if (fact.engagement != kUnknown) sums.engagement += fact.engagement;
  }
  return sums;
}

std::string write_sql(const std::string& table) {
  if (table == "facts")
    return "UPDATE facts SET first = ?2, records = ?3, posts = ?4, unique_posts = ?5, late = ?6, negative = ?7,"
           " neutral = ?8, positive = ?9, reach = ?10, engagement = ?11 WHERE chunk = ?1";
  return "UPDATE " + table + " SET first = ?2, records = ?3 WHERE chunk = ?1";
}

}  // namespace

template <class Record>
Chunks<Record>::Chunks(const Database& database, const std::string& table)
    : before_(database, "SELECT chunk, first FROM " + table +
                            " WHERE subject = ?1 AND day = ?2 AND first <= ?3 ORDER BY first DESC LIMIT 1"),
      behind_(database, "SELECT chunk, first FROM " + table +
                            " WHERE subject = ?1 AND day = ?2 AND first > ?3 ORDER BY first LIMIT 1"),
      read_(database, "SELECT records FROM " + table + " WHERE chunk = ?1"),
      insert_(database, "INSERT INTO " + table + "(subject, day, first, records) VALUES(?1, ?2, ?3, x'')"),
      move_(database, "UPDATE " + table + " SET first = ?2 WHERE chunk = ?1"),
      write_(database, write_sql(table)),
      remove_(database, "DELETE FROM " + table + " WHERE chunk = ?1") {}

template <class Record>
typename Chunks<Record>::Chunk* Chunks<Record>::find(std::uint32_t subject, std::int64_t day, std::uint32_t post,
                                                     bool make) {
  const Place place{subject, day};
  if (const auto last = last_used_.find(place); last != last_used_.end()) {
    Chunk& chunk = loaded_.at(last->second);
    if (chunk.first <= post && post < chunk.until) return &chunk;
  }
  Found found = look(before_, place, post);
  if (found.row == 0) {
    if (!make) return nullptr;
    found = {look(behind_, place, post).row, post};
    if (found.row == 0)
      found.row = insert(subject, day, post);
    else
      move_.integer(1, found.row).integer(2, post).run();  // before all that are there: into the first of them
  }
  const Found next = look(behind_, place, post);
  last_used_[place] = found.row;
  return &load(found.row, static_cast<std::uint32_t>(found.first), next.row == 0 ? kEnd : next.first);
}

template <class Record>
typename Chunks<Record>::Found Chunks<Record>::look(Statement& statement, const Place& place, std::uint32_t post) {
  Found found;
  if (statement.integer(1, place.first).integer(2, place.second).integer(3, post).step())
    found = {statement.integer_at(0), statement.integer_at(1)};
  statement.reset();
  return found;
}

template <class Record>
std::int64_t Chunks<Record>::insert(std::uint32_t subject, std::int64_t day, std::uint32_t first) {
  insert_.integer(1, subject).integer(2, day).integer(3, first).run();
  return sqlite3_last_insert_rowid(sqlite3_db_handle(insert_.raw()));
}

template <class Record>
typename Chunks<Record>::Chunk& Chunks<Record>::load(std::int64_t row, std::uint32_t first, std::int64_t until) {
  const auto [at, is_new] = loaded_.try_emplace(row);
  Chunk& chunk = at->second;
  if (is_new) {
    if (read_.integer(1, row).step()) read_records(read_.text_at(0), chunk.records);
    read_.reset();
    bytes_ += chunk.records.size() * sizeof(Record) + sizeof(Chunk);
  }
  chunk.first = first, chunk.until = until;
  return chunk;
}

template <class Record>
void Chunks<Record>::add(std::uint32_t subject, std::int64_t day, const Record& record) {
  Chunk* chunk = find(subject, day, record.post, true);
  if (chunk->records.size() >= kMostRecords) {
    split({subject, day}, *chunk, record.post);
    chunk = find(subject, day, record.post, true);
  }
  const auto at = chunk->records.empty() || chunk->records.back().post <= record.post
                      ? chunk->records.end()
                      : std::upper_bound(chunk->records.begin(), chunk->records.end(), record.post, ByPost{});
  chunk->records.insert(at, record);
  chunk->dirty = true, bytes_ += sizeof(Record);
  if (bytes_ > kMostBytes) finish();
}

// A post stands in one chunk: a cut goes between posts. Where all is of one post it grows as it must.
template <class Record>
void Chunks<Record>::split(const Place& place, Chunk& full, std::uint32_t post) {
  std::vector<Record>& records = full.records;
  auto cut = records.back().post < post
                 ? records.end()
                 : std::lower_bound(records.begin(), records.end(), records[records.size() / 2].post, ByPost{});
  if (cut == records.begin()) cut = std::upper_bound(records.begin(), records.end(), records.front().post, ByPost{});
  if (cut == records.end() && records.back().post >= post) return;
  const std::uint32_t first = cut == records.end() ? post : cut->post;
  const std::int64_t row = insert(place.first, place.second, first);
  Chunk& behind = load(row, first, full.until);
  behind.records.assign(cut, records.end());
  records.erase(cut, records.end());
  full.until = first, full.dirty = behind.dirty = true;
  last_used_.erase(place);
}

template <class Record>
void Chunks<Record>::write(std::int64_t row, const Chunk& chunk) {
  if (chunk.records.empty()) {
    remove_.integer(1, row).run();
    return;
  }
  write_.integer(1, row).integer(2, chunk.first).blob(3, as_blob(chunk.records));
  if constexpr (std::is_same_v<Record, Fact>) {
    const Sums sums = sums_of(chunk.records);
    write_.integer(4, sums.posts).integer(5, sums.unique).integer(6, sums.late);
    for (int i = 1; i < 4; ++i) write_.integer(6 + i, sums.by_sentiment[i]);
    write_.integer(10, sums.reach).integer(11, sums.engagement);
  }
  write_.run();
}

template <class Record>
void Chunks<Record>::finish() {
  for (const auto& [row, chunk] : loaded_)
    if (chunk.dirty || chunk.records.empty()) write(row, chunk);
  forget();
}

template <class Record>
void Chunks<Record>::forget() {
  loaded_.clear(), last_used_.clear();
  bytes_ = 0;
}

template class Chunks<Fact>;
template class Chunks<Term>;

}  // namespace earshot::store
