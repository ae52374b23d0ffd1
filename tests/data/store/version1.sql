-- A store of version 1, as the first release made it, with a few posts. It never changes.
PRAGMA application_id = 1161908819;
PRAGMA user_version = 1;
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
INSERT INTO authors(author, platform, id, handle, followers, seen) VALUES
  (1, 'forum', 'ana', 'ana', 120, 1777600000000000000), (2, 'blog', 'bea', 'bea', NULL, 1777600000000000000);
INSERT INTO posts(post, platform, id, revision, state, late, published, collected, language, author, likes) VALUES
  (1, 'forum', '1', 0, 'live', NULL, 1777600000000000000, 1777600001000000000, 'en', 1, 4),
  (2, 'blog', '2', 1, 'live', 1, 1777686400000000000, 1777686401000000000, 'de', 2, NULL),
  (3, 'blog', '3', 2, 'deleted', NULL, 1777686500000000000, 1777686501000000000, NULL, 2, NULL),
  (4, 'forum', '4', 0, 'live', NULL, NULL, 1777686501000000000, NULL, 1, NULL);
INSERT INTO segments(post, number, origin, text) VALUES
  (1, 0, 'body', 'Acme is bad #fail'), (2, 0, 'title', 'Acme'), (2, 1, 'body', 'ist gut'), (4, 0, 'body', 'no time');
INSERT INTO findings(post, number, kind, subject, value, score, detector) VALUES
  (1, 0, 'mention', 'acme', NULL, 0.9, 'mentions'), (1, 1, 'sentiment', 'acme', 'negative', 0.8, 'feeling'),
  (2, 0, 'mention', 'acme', NULL, 0.9, 'mentions'), (2, 1, 'duplicate', NULL, 'forum/1', 0.9, 'copies');
INSERT INTO alerts(alert, revision, state, kind, subject, starts, ends, observed, expected) VALUES
  (x'000102030405060708090a0b0c0d0e0f', 0, 'open', 'spike', 'acme', 1777600000000000000, 1777603600000000000, 9, 2);
INSERT INTO evidence(alert, number, platform, id, text) VALUES
  (x'000102030405060708090a0b0c0d0e0f', 0, 'forum', '1', 'Acme is bad #fail');
INSERT INTO gaps VALUES('forum', 1777600000000000000, 1777603600000000000, 'rate limit');
