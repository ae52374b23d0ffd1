#include "store/schema.hpp"

#include <array>
#include <string>

#include "earshot/error.hpp"

namespace earshot::store {
namespace {

// One script for each version, in order. A script that was released never changes.
constexpr std::array<const char*, kVersion> kScripts = {
    R"(
CREATE TABLE authors(
  author INTEGER PRIMARY KEY,
  platform TEXT NOT NULL, id TEXT NOT NULL,
  handle TEXT, name TEXT, url TEXT, bio TEXT, place TEXT,
  followers INTEGER, following INTEGER, posts INTEGER,
  created TIME,
  seen TIME,
  UNIQUE(platform, id));

CREATE TABLE posts(
  post INTEGER PRIMARY KEY,
  platform TEXT NOT NULL, id TEXT NOT NULL,
  revision INTEGER NOT NULL,
  state TEXT NOT NULL DEFAULT 'live',
  late INTEGER,
  published TIME, collected TIME,
  kind TEXT, url TEXT, language TEXT, country TEXT, parent TEXT, repost_of TEXT, source TEXT,
  author INTEGER REFERENCES authors,
  likes INTEGER, reposts INTEGER, replies INTEGER, views INTEGER,
  attributes TEXT,
  UNIQUE(platform, id));
CREATE INDEX posts_published ON posts(published);

CREATE TABLE segments(
  post INTEGER NOT NULL REFERENCES posts, number INTEGER NOT NULL,
  origin TEXT NOT NULL, text TEXT NOT NULL, language TEXT, detector TEXT, media INTEGER, confidence REAL,
  starts DURATION, ends DURATION, box TEXT,
  PRIMARY KEY(post, number)) WITHOUT ROWID;

CREATE TABLE media(
  post INTEGER NOT NULL REFERENCES posts, number INTEGER NOT NULL,
  kind TEXT NOT NULL, url TEXT, path TEXT, type TEXT, alt TEXT, width INTEGER, height INTEGER, duration DURATION,
  PRIMARY KEY(post, number)) WITHOUT ROWID;

CREATE TABLE findings(
  post INTEGER NOT NULL REFERENCES posts, number INTEGER NOT NULL,
  kind TEXT NOT NULL, subject TEXT, value TEXT, score REAL, detector TEXT, reason TEXT,
  segment INTEGER, begin_byte INTEGER, end_byte INTEGER,
  media INTEGER, starts DURATION, ends DURATION, box TEXT, attributes TEXT,
  PRIMARY KEY(post, number)) WITHOUT ROWID;

CREATE TABLE alerts(
  alert BLOB PRIMARY KEY,
  revision INTEGER NOT NULL,
  state TEXT NOT NULL,
  detector TEXT, kind TEXT NOT NULL, subject TEXT, summary TEXT,
  starts TIME, ends TIME,
  observed REAL, expected REAL, lower REAL, upper REAL, severity INTEGER, attributes TEXT) WITHOUT ROWID;
CREATE INDEX alerts_starts ON alerts(starts);

CREATE TABLE evidence(
  alert BLOB NOT NULL REFERENCES alerts, number INTEGER NOT NULL,
  platform TEXT NOT NULL, id TEXT NOT NULL, url TEXT, author TEXT, text TEXT, published TIME, weight REAL,
  PRIMARY KEY(alert, number)) WITHOUT ROWID;
CREATE INDEX evidence_post ON evidence(platform, id);

CREATE TABLE gaps(
  source TEXT NOT NULL, starts TIME NOT NULL, ends TIME NOT NULL, reason TEXT,
  PRIMARY KEY(source, starts)) WITHOUT ROWID;

CREATE VIEW search_text AS
  SELECT post,
    (SELECT group_concat(text, char(10)) FROM segments s WHERE s.post = p.post AND origin = 'title') AS title,
    (SELECT group_concat(text, char(10)) FROM segments s WHERE s.post = p.post AND origin = 'body') AS body,
    (SELECT group_concat(text, char(10)) FROM segments s WHERE s.post = p.post AND origin = 'quote') AS quote,
    (SELECT group_concat(text, char(10)) FROM segments s WHERE s.post = p.post AND origin = 'alt') AS alt,
    (SELECT group_concat(text, char(10)) FROM segments s WHERE s.post = p.post AND origin = 'image') AS image,
    (SELECT group_concat(text, char(10)) FROM segments s WHERE s.post = p.post AND origin = 'speech') AS speech,
    (SELECT group_concat(text, char(10)) FROM segments s WHERE s.post = p.post AND origin = 'caption') AS caption
  FROM posts p WHERE state = 'live';
CREATE VIRTUAL TABLE search USING fts5(title, body, quote, alt, image, speech, caption,
  content='search_text', content_rowid='post', tokenize='unicode61 remove_diacritics 2');
CREATE TABLE search_state(one INTEGER PRIMARY KEY CHECK(one = 1), indexed_to INTEGER NOT NULL);
INSERT INTO search_state VALUES(1, 0);

CREATE VIEW mentions AS
  SELECT f.subject, p.platform, p.id, datetime(p.published / 1000000000, 'unixepoch') AS published,
    a.handle AS author, f.score, f.detector, f.reason, s.origin, s.text, p.url
  FROM findings f JOIN posts p USING(post) LEFT JOIN authors a USING(author)
    LEFT JOIN segments s ON s.post = f.post AND s.number = f.segment
  WHERE f.kind = 'mention';
)",
    // 2: what is counted, as records (fact.hpp), and words as the index would not find them (query/plain_words.hpp)
    R"(
CREATE TABLE names(
  kind TEXT NOT NULL, number INTEGER NOT NULL, value TEXT NOT NULL, label TEXT,
  PRIMARY KEY(kind, number), UNIQUE(kind, value)) WITHOUT ROWID;
CREATE TABLE facts(
  chunk INTEGER PRIMARY KEY,
  subject INTEGER NOT NULL, day INTEGER NOT NULL, first INTEGER NOT NULL,
  posts INTEGER, unique_posts INTEGER, late INTEGER, negative INTEGER, neutral INTEGER, positive INTEGER,
  reach INTEGER, engagement INTEGER,
  records BLOB NOT NULL,
  UNIQUE(subject, day, first));
CREATE TABLE terms(
  chunk INTEGER PRIMARY KEY,
  subject INTEGER NOT NULL, day INTEGER NOT NULL, first INTEGER NOT NULL,
  records BLOB NOT NULL,
  UNIQUE(subject, day, first));
CREATE TABLE rollup_state(
  one INTEGER PRIMARY KEY CHECK(one = 1), rolled_up_to INTEGER NOT NULL, names_removed INTEGER NOT NULL);
INSERT INTO rollup_state VALUES(1, 0, 0);

CREATE VIEW days AS
  SELECT n.value AS subject, date(f.day * 86400, 'unixepoch') AS day, sum(f.posts) AS posts,
    sum(f.unique_posts) AS unique_posts, sum(f.negative) AS negative, sum(f.neutral) AS neutral,
    sum(f.positive) AS positive, sum(f.reach) AS reach, sum(f.engagement) AS engagement
  FROM facts f LEFT JOIN names n ON n.kind = 'subject' AND n.number = f.subject
  GROUP BY f.subject, f.day;

CREATE VIRTUAL TABLE search_plain USING fts5(words);
INSERT INTO search(search) VALUES('delete-all');
UPDATE search_state SET indexed_to = 0;
)",
    // 3: what the store says of itself
    R"(
CREATE TABLE settings(name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
)"};

std::string quoted(const std::filesystem::path& path) {
  return "'" + path.string() + "'";
}

// 0 for a file without anything in it.
std::int64_t version_of(const Database& database, const std::filesystem::path& path) {
  const std::int64_t version = database.integer("PRAGMA user_version");
  const bool ours = database.integer("PRAGMA application_id") == kApplication;
  const bool empty = version == 0 && database.integer("SELECT count(*) FROM sqlite_schema") == 0;
  if (!ours && !empty)
    throw not_allowed(quoted(path) + " is a SQLite file of another program, not a store; name another path");
  if (version > kVersion)
    throw not_allowed("the store " + quoted(path) + " has version " + std::to_string(version) +
                      " and was written by a newer Earshot; this one knows versions up to " + std::to_string(kVersion) +
                      ": upgrade Earshot, or name another path");
  return version;
}

void migrate(const Database& database, const std::filesystem::path& path) {
  if (version_of(database, path) == kVersion) return;
  for (;;) {
    Transaction transaction(database);
    const std::int64_t version = version_of(database, path);  // once more: another process may have been faster
    if (version == kVersion) return;
    database.execute(kScripts[static_cast<std::size_t>(version)]);
    database.execute(("PRAGMA user_version = " + std::to_string(version + 1)).c_str());
    database.execute(("PRAGMA application_id = " + std::to_string(kApplication)).c_str());
    transaction.commit();
  }
}

}  // namespace

std::string_view origin_word(std::uint32_t origin) {
  static constexpr std::string_view words[] = {"title", "body", "quote", "alt", "image", "speech", "caption"};
  return origin < std::size(words) ? words[origin] : "body";
}
std::string_view media_word(std::uint32_t kind) {
  static constexpr std::string_view words[] = {"other", "image", "audio", "video"};
  return kind < std::size(words) ? words[kind] : "other";
}

Database open_for_writing(const std::filesystem::path& path, std::chrono::milliseconds patience) {
  std::error_code ignored;  // the open that follows tells
  if (path.has_parent_path()) std::filesystem::create_directories(path.parent_path(), ignored);
  Database database(path, Database::Mode::write, patience);
  version_of(database, path);                   // before anything is changed
  database.execute("PRAGMA page_size = 8192");  // of a new file; measured: fewer and larger writes than with 4096
  database.execute("PRAGMA journal_mode = WAL");
  database.execute("PRAGMA cache_size = -32768");  // KiB: what one large transaction touches
  database.execute("PRAGMA synchronous = FULL");   // a commit is on the disk when it returns
  database.execute("PRAGMA secure_delete = ON");   // what goes is overwritten
  migrate(database, path);
  return database;
}

Database open_for_reading(const std::filesystem::path& path, std::chrono::milliseconds patience) {
  Database database(path, Database::Mode::read, patience);
  if (version_of(database, path) < kVersion)
    throw not_allowed("the store " + quoted(path) +
                      " has an older version; the sqlite sink brings it up to date when it next runs");
  return database;
}

}  // namespace earshot::store
