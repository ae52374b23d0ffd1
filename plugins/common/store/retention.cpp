#include "store/retention.hpp"

#include <charconv>
#include <vector>

#include "earshot/error.hpp"
#include "store/settings.hpp"

namespace earshot::store {
namespace {

constexpr std::int64_t kSecond = 1'000'000'000;

// Posts of one kind (?2), or of all kinds but those that have a time of their own (?3, a list of JSON).
constexpr const char* kOfKind =
    " (CASE WHEN ?2 <> '' THEN kind = ?2 ELSE coalesce(kind, '') NOT IN (SELECT value FROM json_each(?3)) END)";

// The time before which it goes; EAR_TIME_NONE: nothing goes.
ear_time before(std::int64_t keep, ear_time now) {
  return keep <= 0 ? EAR_TIME_NONE : now - keep;
}

std::int64_t unit(char letter) {
  switch (letter) {
    case 's':
      return kSecond;
    case 'm':
      return 60 * kSecond;
    case 'h':
      return 3600 * kSecond;
    case 'd':
      return 86'400 * kSecond;
    case 'w':
      return 7 * 86'400 * kSecond;
    default:
      return 0;
  }
}

std::int64_t whole_number(std::string_view text) {
  std::int64_t value = 0;
  std::from_chars(text.data(), text.data() + text.size(), value);
  return value;
}

}  // namespace

bool Keep::any() const {
  bool some = posts > 0 || alerts > 0 || gaps > 0;
  for (const auto& [kind, time] : kinds) some |= time > 0;
  return some;
}

std::pair<std::string, std::int64_t> kept_kind(std::string_view text) {
  const std::size_t blank = text.rfind(' ');
  std::int64_t number = 0;
  const std::string_view time = blank == text.npos ? std::string_view{} : text.substr(blank + 1);
  const auto read = std::from_chars(time.data(), time.data() + time.size(), number);
  const bool good = read.ec == std::errc{} && read.ptr + 1 == time.data() + time.size() && number > 0 &&
                    number < 100'000 && unit(*read.ptr) > 0 && blank > 0;
  if (!good) throw invalid("a kind of posts and a time are wanted, such as \"comment 30d\"");
  return {std::string(text.substr(0, blank)), number * unit(*read.ptr)};
}

void remember(const Database& database, const Keep& keep) {
  set_setting(database, "keep_posts", std::to_string(keep.posts));
  set_setting(database, "keep_alerts", std::to_string(keep.alerts));
  set_setting(database, "keep_gaps", std::to_string(keep.gaps));
  std::string kinds;
  for (const auto& [kind, time] : keep.kinds) kinds += kind + '\n' + std::to_string(time) + '\n';
  set_setting(database, "keep_kinds", kinds);
}

Keep remembered(const Database& database) {
  Keep keep;
  keep.posts = whole_number(setting(database, "keep_posts").value_or(""));
  keep.alerts = whole_number(setting(database, "keep_alerts").value_or(""));
  keep.gaps = whole_number(setting(database, "keep_gaps").value_or(""));
  const std::string kinds = setting(database, "keep_kinds").value_or("");
  std::string_view left = kinds;
  const auto line = [&] {
    const std::size_t end = std::min(left.find('\n'), left.size());
    const std::string_view out = left.substr(0, end);
    left.remove_prefix(std::min(end + 1, left.size()));
    return out;
  };
  while (!left.empty()) {
    const std::string kind(line());
    keep.kinds[kind] = whole_number(line());
  }
  return keep;
}

std::string words(const Removed& removed) {
  std::string out;
  const auto add = [&](std::int64_t count, const char* one, const char* many) {
    if (count > 0) out += (out.empty() ? "" : ", ") + std::to_string(count) + " " + (count == 1 ? one : many);
  };
  add(removed.posts, "post", "posts"), add(removed.authors, "author", "authors");
  add(removed.alerts, "alert", "alerts"), add(removed.gaps, "gap", "gaps");
  add(removed.names, "name that was counted", "names that were counted");
  return out.empty() ? "nothing" : out;
}

Retention::Retention(const Database& database, TextIndex& index, Rollup& rollup)
    : database_(database),
      index_(index),
      rollup_(rollup),
      next_(database, std::string("SELECT post, state = 'live', published FROM posts WHERE published < ?1"
                                  " AND (published, post) > (?4, ?5) AND published IS NOT NULL AND") +
                          kOfKind + " ORDER BY published, post LIMIT ?6"),
      next_unknown_(database, std::string("SELECT post, state = 'live', 0 FROM posts WHERE published IS NULL"
                                          " AND collected < ?1 AND post > ?5 AND") +
                                  kOfKind + " ORDER BY post LIMIT ?6"),
      count_(database, std::string("SELECT count(*) FROM posts WHERE published < ?1 AND") + kOfKind),
      count_unknown_(
          database, std::string("SELECT count(*) FROM posts WHERE published IS NULL AND collected < ?1 AND") + kOfKind),
      remove_segments_(database, "DELETE FROM segments WHERE post = ?1"),
      remove_media_(database, "DELETE FROM media WHERE post = ?1"),
      remove_findings_(database, "DELETE FROM findings WHERE post = ?1"),
      remove_post_(database, "DELETE FROM posts WHERE post = ?1"),
      quoted_(
          database,
          "UPDATE evidence SET text = NULL WHERE (platform, id) = (SELECT platform, id FROM posts WHERE post = ?1)") {}

void Retention::begin(const Keep& keep, ear_time now) {
  keep_ = keep, now_ = now, removed_ = {};
  parts_.clear();
  own_kinds_ = "[";
  for (const auto& [kind, time] : keep.kinds) {
    own_kinds_ += own_kinds_.size() > 1 ? ",\"" : "\"";
    for (const char c : kind) {
      if (c == '"' || c == '\\') own_kinds_ += '\\';
      own_kinds_ += c;
    }
    own_kinds_ += '"';
    if (time > 0) parts_.push_back({kind, before(time, now)});
  }
  own_kinds_ += "]";
  if (keep.posts > 0) parts_.push_back({"", before(keep.posts, now)});
}

Statement& Retention::bind(Statement& statement, const Part& part) const {
  return statement.integer(1, part.before).text(2, part.kind).text(3, own_kinds_);
}

bool Retention::step(std::int64_t most) {
  Transaction transaction(database_);
  index_.begin(), rollup_.begin();
  try {
    bool more = !parts_.empty();
    if (more && !remove_posts(parts_.back(), most)) {
      Part& part = parts_.back();
      if (part.unknown)
        parts_.pop_back();
      else
        part.unknown = true, part.after_post = 0;
    }
    if (!more) remove_rest();
    rollup_.finish();
    transaction.commit();
    return more;
  } catch (...) {
    rollup_.forget();
    throw;
  }
}

// False: there was nothing left to remove.
bool Retention::remove_posts(Part& part, std::int64_t most) {
  struct Row {
    std::int64_t post;
    bool live;
  };
  std::vector<Row> rows;
  Statement& next = part.unknown ? next_unknown_ : next_;
  bind(next, part).integer(5, part.after_post).integer(6, most);
  if (!part.unknown) next.integer(4, part.after_time);
  while (next.step()) {
    rows.push_back({next.integer_at(0), next.integer_at(1) != 0});
    part.after_time = next.integer_at(2), part.after_post = rows.back().post;
  }
  for (const auto& [post, live] : rows) {
    if (live && index_.covers(post)) index_.remove(post, index_.texts_of(post));
    if (live && rollup_.covers(post)) rollup_.remove(post);
    for (Statement* statement : {&quoted_, &remove_segments_, &remove_media_, &remove_findings_, &remove_post_})
      statement->integer(1, post).run();
  }
  if (!rows.empty()) index_.removed_posts(), rollup_.removed_posts();
  removed_.posts += static_cast<std::int64_t>(rows.size());
  return !rows.empty();
}

// An author's `seen` is the time of their newest post: where that is gone, all are.
void Retention::remove_rest() {
  const auto run = [&](const char* sql, ear_time time) -> std::int64_t {
    if (time == EAR_TIME_NONE) return 0;
    Statement(database_, sql).integer(1, time).run();
    return sqlite3_changes(database_.raw());
  };
  if (const ear_time alerts = before(keep_.alerts, now_); alerts != EAR_TIME_NONE) {
    run("DELETE FROM evidence WHERE alert IN (SELECT alert FROM alerts WHERE coalesce(ends, starts) < ?1)", alerts);
    removed_.alerts += run("DELETE FROM alerts WHERE coalesce(ends, starts) < ?1", alerts);
  }
  removed_.gaps += run("DELETE FROM gaps WHERE ends < ?1", before(keep_.gaps, now_));
  std::int64_t longest = keep_.posts;
  for (const auto& [kind, time] : keep_.kinds) longest = time <= 0 || longest <= 0 ? 0 : std::max(longest, time);
  removed_.authors +=
      run("DELETE FROM authors WHERE seen < ?1 AND author NOT IN (SELECT author FROM posts WHERE published IS NULL AND"
          " author IS NOT NULL)",
          before(longest, now_));
  if (removed_.posts > 0) removed_.names += rollup_.remove_unused_names();
  if (removed_.authors > 0) rollup_.removed_rows();
}

Removed Retention::due(const Keep& keep, ear_time now) {
  begin(keep, now);
  Removed out;
  const auto counted = [](Statement& statement) {
    const std::int64_t count = statement.step() ? statement.integer_at(0) : 0;
    statement.reset();
    return count;
  };
  for (const Part& part : parts_) out.posts += counted(bind(count_, part)) + counted(bind(count_unknown_, part));
  const auto older = [&](const char* sql, std::int64_t time) -> std::int64_t {
    if (time <= 0) return 0;
    Statement select(database_, sql);
    return counted(select.integer(1, before(time, now)));
  };
  out.alerts = older("SELECT count(*) FROM alerts WHERE coalesce(ends, starts) < ?1", keep.alerts);
  out.gaps = older("SELECT count(*) FROM gaps WHERE ends < ?1", keep.gaps);
  return out;
}

}  // namespace earshot::store
