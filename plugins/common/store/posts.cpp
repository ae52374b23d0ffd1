#include "store/posts.hpp"

#include <algorithm>
#include <charconv>
#include <limits>
#include <vector>

#include "post/box.hpp"
#include "store/schema.hpp"

namespace earshot::store {
namespace {

template <class T>
const T& item(const T* first, std::uint32_t stride, std::uint32_t i) {
  return *reinterpret_cast<const T*>(reinterpret_cast<const char*>(first) + std::size_t{i} * stride);
}

constexpr std::string_view kStates[] = {"live", "withdrawn", "deleted"};

int rank_of(std::uint32_t change) {
  return change == EAR_DELETED ? 2 : change == EAR_WITHDRAWN ? 1 : 0;
}

std::int64_t revision_of(const ear_post& post) {
  return static_cast<std::int64_t>(
      std::min<std::uint64_t>(post.revision, std::uint64_t{std::numeric_limits<std::int64_t>::max()}));
}

// Nothing where both are 0.
void bind_span(Statement& statement, int index, std::int64_t start, std::int64_t end) {
  if (start == 0 && end == 0)
    statement.null(index).null(index + 1);
  else
    statement.integer(index, start).integer(index + 1, end);
}

}  // namespace

std::string_view box_text(const ear_quad& box, std::string& buffer) {
  buffer.clear();
  if (!post::has_box(box)) return buffer;
  char digits[32];
  for (std::size_t i = 0; i < 8; ++i) {
    buffer += i == 0 ? '[' : ',';
    buffer.append(digits, std::to_chars(digits, digits + sizeof digits, i % 2 == 0 ? box.x[i / 2] : box.y[i / 2]).ptr);
  }
  return buffer += ']';
}

Posts::Posts(const Database& database, Authors& authors, TextIndex& index, Rollup& rollup)
    : database_(database),
      authors_(authors),
      index_(index),
      rollup_(rollup),
      insert_(database,
              "INSERT INTO posts(platform, id, revision, late, published, collected, kind, url, language, country,"
              " parent, repost_of, source, author, likes, reposts, replies, views, attributes)"
              " VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19)"
              " ON CONFLICT DO NOTHING"),
      find_(database, "SELECT post, revision, state FROM posts WHERE platform = ?1 AND id = ?2"),
      update_(database,
              "UPDATE posts SET revision = ?3, late = ?4, published = ?5, collected = ?6, kind = ?7, url = ?8,"
              " language = ?9, country = ?10, parent = ?11, repost_of = ?12, source = ?13, author = ?14, likes = ?15,"
              " reposts = ?16, replies = ?17, views = ?18, attributes = ?19, state = 'live'"
              " WHERE platform = ?1 AND id = ?2"),
      bury_(database, "UPDATE posts SET revision = ?2, state = ?3, url = NULL, attributes = NULL WHERE post = ?1"),
      forget_evidence_(database, "UPDATE evidence SET text = NULL WHERE platform = ?1 AND id = ?2"),
      segment_(database,
               "INSERT INTO segments(post, number, origin, text, language, detector, media, confidence,"
               " starts, ends, box) VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)"),
      media_(database,
             "INSERT INTO media(post, number, kind, url, path, type, alt, width, height, duration)"
             " VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)"),
      finding_(database,
               "INSERT INTO findings(post, number, kind, subject, value, score, detector, reason, segment, begin_byte,"
               " end_byte, media, starts, ends, box, attributes)"
               " VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16)"),
      remove_segments_(database, "DELETE FROM segments WHERE post = ?1"),
      remove_media_(database, "DELETE FROM media WHERE post = ?1"),
      remove_findings_(database, "DELETE FROM findings WHERE post = ?1"),
      of_author_(database, "SELECT post, state = 'live' FROM posts WHERE author = ?1"),
      erase_evidence_(database,
                      "DELETE FROM evidence WHERE (platform, id) IN (SELECT platform, id FROM posts WHERE author = ?1)"
                      " OR EXISTS(SELECT 1 FROM authors a WHERE a.author = ?1 AND a.platform = evidence.platform"
                      " AND evidence.author IN (a.id, a.handle))"),
      erase_(database, "DELETE FROM posts WHERE author = ?1") {}

void Posts::write(const ear_post& post) {
  if (rank_of(post.change) == 0) {
    bind(insert_, post);
    insert_.run();
    if (sqlite3_changes(database_.raw()) == 1) return write_parts(sqlite3_last_insert_rowid(database_.raw()), post);
  }
  const Stored stored = find(post);
  if (stored.row == 0) return;  // gone before it was ever seen
  if (std::pair(revision_of(post), rank_of(post.change)) >= std::pair(stored.revision, stored.rank))
    replace(stored, post);
}

Posts::Stored Posts::find(const ear_post& post) {
  Stored stored;
  if (find_.text(1, post.platform).text(2, post.id).step()) {
    stored = {find_.integer_at(0), find_.integer_at(1), 0};
    while (kStates[stored.rank] != find_.text_at(2)) ++stored.rank;
  }
  find_.reset();
  return stored;
}

void Posts::replace(const Stored& stored, const ear_post& post) {
  const bool indexed = index_.covers(stored.row);
  const bool was_live = stored.rank == 0, is_live = rank_of(post.change) == 0;
  const TextIndex::Texts before = indexed && was_live ? index_.texts_of(stored.row) : TextIndex::Texts{};
  const bool counted = rollup_.covers(stored.row);
  if (counted && was_live) rollup_.remove(stored.row);
  remove_parts(stored.row);
  update(stored.row, post);
  if (counted && is_live) rollup_.add(stored.row);
  if (!indexed) return;
  const TextIndex::Texts after = is_live ? index_.texts_of(stored.row) : TextIndex::Texts{};
  if (was_live && is_live && before == after) return;
  if (was_live) index_.remove(stored.row, before);
  if (is_live) index_.add(stored.row, after);
}

void Posts::update(std::int64_t row, const ear_post& post) {
  const int rank = rank_of(post.change);
  if (rank == 0) {
    bind(update_, post);
    update_.run();
    return write_parts(row, post);
  }
  bury_.integer(1, row).integer(2, revision_of(post)).text(3, kStates[rank]).run();
  if (rank == 2) forget_evidence_.text(1, post.platform).text(2, post.id).run();
}

void Posts::bind(Statement& statement, const ear_post& post) {
  const std::int64_t author = authors_.row_of(post);
  statement.text(1, post.platform).text(2, post.id).integer(3, revision_of(post));
  statement.known(4, std::int64_t{(post.flags & EAR_POST_LATE) != 0 ? 1 : -1});
  statement.time(5, post.published).time(6, post.collected);
  statement.known(7, post.kind).known(8, post.url).known(9, post.language).known(10, post.country);
  statement.known(11, post.parent).known(12, post.repost_of).known(13, post.source);
  statement.known(14, author == 0 ? -1 : author);
  statement.known(15, post.likes).known(16, post.reposts).known(17, post.replies).known(18, post.views);
  statement.known(19, json(post.attributes, post.attribute_count));
}

void Posts::write_parts(std::int64_t row, const ear_post& post) {
  for (std::uint32_t i = 0; i < post.segment_count; ++i)
    write_segment(row, item(post.segments, post.segment_stride, i));
  for (std::uint32_t i = 0; i < post.media_count; ++i) write_media(row, item(post.media, post.media_stride, i));
  for (std::uint32_t i = 0; i < post.finding_count; ++i)
    write_finding(row, i, item(post.findings, post.finding_stride, i));
}

void Posts::write_segment(std::int64_t row, const ear_segment& segment) {
  std::string box;
  segment_.integer(1, row).integer(2, segment.number).text(3, origin_word(segment.origin)).text(4, segment.text);
  segment_.known(5, segment.language).known(6, segment.detector).number(7, segment.media);
  if (segment.confidence == 1)
    segment_.null(8);
  else
    segment_.real(8, segment.confidence);
  bind_span(segment_, 9, segment.start, segment.end);
  segment_.known(11, box_text(segment.box, box)).run();
}

void Posts::write_media(std::int64_t row, const ear_media& media) {
  const auto positive = [](std::int64_t n) { return n > 0 ? n : -1; };
  media_.integer(1, row).integer(2, media.number).text(3, media_word(media.kind));
  media_.known(4, media.url).known(5, media.path).known(6, media.type).known(7, media.alt);
  media_.known(8, positive(media.width)).known(9, positive(media.height)).known(10, positive(media.duration)).run();
}

void Posts::write_finding(std::int64_t row, std::uint32_t number, const ear_finding& finding) {
  std::string box;
  finding_.integer(1, row).integer(2, number).text(3, finding.kind).known(4, finding.subject).known(5, finding.value);
  finding_.real(6, finding.score).known(7, finding.detector).known(8, finding.reason).number(9, finding.segment);
  if (finding.end > finding.begin)
    finding_.integer(10, finding.begin).integer(11, finding.end);
  else
    finding_.null(10).null(11);
  finding_.number(12, finding.media);
  bind_span(finding_, 13, finding.start, finding.stop);
  finding_.known(15, box_text(finding.box, box)).known(16, json(finding.attributes, finding.attribute_count)).run();
}

void Posts::remove_parts(std::int64_t row) {
  for (Statement* statement : {&remove_segments_, &remove_media_, &remove_findings_}) statement->integer(1, row).run();
}

std::string_view Posts::json(const ear_value* attributes, std::uint32_t count) {
  if (count == 0) return {};
  ear_value map{};
  map.type = EAR_MAP, map.count = count, map.items = attributes;
  json_.clear();
  json_.value(map);
  return json_.text();
}

std::int64_t Posts::erase(std::int64_t author) {
  std::vector<std::pair<std::int64_t, bool>> rows;
  of_author_.integer(1, author);
  while (of_author_.step()) rows.emplace_back(of_author_.integer_at(0), of_author_.integer_at(1) != 0);
  for (const auto& [row, live] : rows) {
    if (live && index_.covers(row)) index_.remove(row, index_.texts_of(row));
    if (live && rollup_.covers(row)) rollup_.remove(row);
    remove_parts(row);
  }
  erase_evidence_.integer(1, author).run();
  erase_.integer(1, author).run();
  return static_cast<std::int64_t>(rows.size());
}

}  // namespace earshot::store
