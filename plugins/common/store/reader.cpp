#include "store/reader.hpp"

#include "earshot/error.hpp"
#include "store/schema.hpp"

namespace earshot::store {
namespace {

constexpr std::chrono::seconds kPatience{10}, kMostTime{60};
constexpr std::uint64_t kMostRows = 1000;  // where nothing else is asked for

// A statement in the making: conditions and what is bound to them.
class Question {
 public:
  explicit Question(std::string_view select) : sql_(select) {}
  void where(std::string_view condition) {
    sql_.append(first_ ? " WHERE " : " AND ").append(condition), first_ = false;
  }
  // `condition` ends where the parameter stands: "p.platform = ".
  void where(std::string_view condition, ear_str value, std::string_view after = "") {
    if (value.len == 0) return;
    where(condition);
    bind(text_value("", view(value)), after);
  }
  void where(std::string_view condition, ear_time value) {
    if (value == EAR_TIME_NONE) return;
    where(condition);
    bind(integer_value("", value), "");
  }
  void bind(const ear_value& value, std::string_view after) {
    parameters_.push_back(value);
    sql_.append("?").append(std::to_string(parameters_.size())).append(after);
  }
  void add(std::string_view more) { sql_.append(more); }
  const std::string& sql() const { return sql_; }
  const std::vector<ear_value>& parameters() const { return parameters_; }

 private:
  std::string sql_;
  std::vector<ear_value> parameters_;
  bool first_ = true;
};

// The column as a value. Times and durations are known by the type that the schema declares.
ear_value value_of(sqlite3_stmt* row, int column) {
  ear_value value{};
  value.key = str(sqlite3_column_name(row, column));
  switch (sqlite3_column_type(row, column)) {
    case SQLITE_INTEGER: {
      const char* declared = sqlite3_column_decltype(row, column);
      const std::string_view type = declared == nullptr ? "" : declared;
      value.type = type == "TIME" ? EAR_TIME : type == "DURATION" ? EAR_DURATION : EAR_INTEGER;
      value.integer = sqlite3_column_int64(row, column);
      value.real = static_cast<double>(value.integer);
      break;
    }
    case SQLITE_FLOAT:
      value.type = EAR_REAL, value.real = sqlite3_column_double(row, column);
      break;
    case SQLITE_NULL:
      break;
    default:
      value.type = EAR_TEXT;
      value.text.ptr = static_cast<const char*>(sqlite3_column_blob(row, column));
      value.text.len = static_cast<std::size_t>(sqlite3_column_bytes(row, column));
  }
  return value;
}

void bind(Statement& statement, int index, const ear_value& value) {
  switch (value.type) {
    case EAR_UNSET:
      statement.null(index);
      break;
    case EAR_REAL:
      statement.real(index, value.real);
      break;
    case EAR_INTEGER:
    case EAR_BOOLEAN:
    case EAR_DURATION:
    case EAR_SIZE:
    case EAR_TIME:
      statement.integer(index, value.integer);
      break;
    default:
      statement.text(index, value.text);
  }
}

// Another file is none of a question's business.
int only_this_file(void*, int action, const char*, const char*, const char*, const char*) {
  return action == SQLITE_ATTACH || action == SQLITE_DETACH ? SQLITE_DENY : SQLITE_OK;
}

int out_of_time(void* deadline) {
  return std::chrono::steady_clock::now() > *static_cast<std::chrono::steady_clock::time_point*>(deadline) ? 1 : 0;
}

}  // namespace

Reader::Reader(const std::filesystem::path& path) : database_(open_for_reading(path, kPatience)) {
  sqlite3_set_authorizer(database_.raw(), only_this_file, nullptr);
}

void Reader::run(Statement& statement, std::uint64_t limit, const RowUse& use) {
  std::vector<ear_value> columns;
  sqlite3_stmt* raw = statement.raw();
  const int count = sqlite3_column_count(raw);
  deadline_ = std::chrono::steady_clock::now() + kMostTime;
  sqlite3_progress_handler(database_.raw(), 100'000, out_of_time, &deadline_);
  try {
    for (std::uint64_t n = limit == 0 ? kMostRows : limit; n > 0 && statement.step(); --n) {
      columns.clear();
      for (int i = 0; i < count; ++i) columns.push_back(value_of(raw, i));
      if (!use(columns.data(), static_cast<std::uint32_t>(count))) break;
    }
  } catch (const Error& error) {
    if (error.status == EAR_CANCELLED)
      throw invalid("the question to the store takes more than 60 seconds; ask for less");
    throw;
  }
  statement.reset();
}

void Reader::run(std::string_view sql, const std::vector<ear_value>& parameters, std::uint64_t limit,
                 const RowUse& use) {
  Statement statement(database_, sql);
  for (std::size_t i = 0; i < parameters.size(); ++i) bind(statement, static_cast<int>(i) + 1, parameters[i]);
  run(statement, limit, use);
}

void Reader::query(std::string_view sql, const ear_value* parameters, std::uint32_t count, std::uint64_t limit,
                   const RowUse& use) {
  sqlite3_stmt* raw = nullptr;
  const char* tail = nullptr;
  const int code = sqlite3_prepare_v2(database_.raw(), sql.data(), static_cast<int>(sql.size()), &raw, &tail);
  Statement statement(raw);
  if (code != SQLITE_OK) {
    const int at = sqlite3_error_offset(database_.raw());
    throw invalid(std::string("the store does not understand the SQL: ") + sqlite3_errmsg(database_.raw()))
        .at_option("sql", static_cast<std::uint64_t>(at < 0 ? 0 : at));
  }
  const std::string_view rest = sql.substr(static_cast<std::size_t>(tail - sql.data()));
  if (raw == nullptr || sqlite3_stmt_readonly(raw) == 0 || rest.find_first_not_of(" \t\r\n;") != std::string_view::npos)
    throw invalid("one statement that reads is wanted, such as SELECT").at_option("sql");
  for (std::uint32_t i = 0; i < count; ++i) bind(statement, static_cast<int>(i) + 1, parameters[i]);
  run(statement, limit, use);
}

void Reader::state(const RowUse& use) {
  run("SELECT (SELECT user_version FROM pragma_user_version) AS version, count(*) AS posts,"
      " count(*) FILTER (WHERE state = 'live') AS live, count(*) FILTER (WHERE state = 'deleted') AS deleted,"
      " count(*) FILTER (WHERE state = 'withdrawn') AS withdrawn, (SELECT count(*) FROM authors) AS authors,"
      " (SELECT count(*) FROM findings) AS findings, (SELECT count(*) FROM alerts) AS alerts,"
      " (SELECT count(*) FROM gaps) AS gaps,"
      " (SELECT published FROM posts ORDER BY published IS NULL, published LIMIT 1) AS first,"
      " (SELECT published FROM posts ORDER BY published DESC LIMIT 1) AS last,"
      " max(0, coalesce(max(post), 0) - (SELECT indexed_to FROM search_state)) AS index_lag FROM posts",
      {}, 1, use);
}

void Reader::posts(const ear_store_filter& filter, const RowUse& use) {
  Question q(
      "SELECT p.post, p.platform, p.id, p.revision, p.state, p.published, p.collected, p.kind, p.url, p.language,"
      " coalesce(a.handle, a.id) AS author, a.name AS author_name, p.source,"
      " (SELECT group_concat(text, char(10)) FROM segments s WHERE s.post = p.post) AS text"
      " FROM posts p LEFT JOIN authors a ON a.author = p.author");
  if (filter.id.len == 0) q.where("p.state = 'live'");
  q.where("p.platform = ", filter.platform);
  q.where("p.id = ", filter.id);
  q.where("p.author IN (SELECT author FROM authors WHERE ", filter.author, " IN (id, handle))");
  if (filter.subject.len != 0 || filter.kind.len != 0) {
    q.where("EXISTS(SELECT 1 FROM findings f WHERE f.post = p.post");
    if (filter.subject.len != 0) q.add(" AND f.subject = "), q.bind(text_value("", view(filter.subject)), "");
    if (filter.kind.len != 0) q.add(" AND f.kind = "), q.bind(text_value("", view(filter.kind)), "");
    q.add(")");
  }
  q.where("p.post IN (SELECT rowid FROM search WHERE search MATCH ", filter.search, ")");
  q.where("p.published >= ", filter.from);
  q.where("p.published < ", filter.to);
  q.add(" ORDER BY p.published DESC, p.post DESC");
  try {
    run(q.sql(), q.parameters(), filter.limit, use);
  } catch (const Error& error) {
    if (filter.search.len == 0 || error.status != EAR_INTERNAL) throw;
    throw invalid(std::string("the search cannot be understood: ") + sqlite3_errmsg(database_.raw()))
        .at_option("search");
  }
}

void Reader::segments(std::int64_t post, const RowUse& use) {
  run("SELECT number, origin, text, language, detector, media, confidence, starts, ends, box FROM segments WHERE post "
      "= ?1"
      " ORDER BY number",
      {integer_value("", post)}, UINT32_MAX, use);
}

void Reader::findings(std::int64_t post, const RowUse& use) {
  run("SELECT number, kind, subject, value, score, detector, reason, segment, begin_byte, end_byte, media, starts, "
      "ends, box, attributes FROM findings WHERE post = ?1 ORDER BY number",
      {integer_value("", post)}, UINT32_MAX, use);
}

void Reader::alerts(const ear_store_filter& filter, const RowUse& use) {
  const bool of_post = filter.id.len != 0;
  Question q(of_post ? "SELECT hex(a.alert) AS alert, a.revision, a.state, a.detector, a.kind, a.subject, a.summary,"
                       " a.starts, a.ends, a.observed, a.expected, a.lower, a.upper, a.severity, a.attributes, e.weight"
                       " FROM alerts a JOIN evidence e ON e.alert = a.alert"
                     : "SELECT hex(a.alert) AS alert, a.revision, a.state, a.detector, a.kind, a.subject, a.summary,"
                       " a.starts, a.ends, a.observed, a.expected, a.lower, a.upper, a.severity, a.attributes,"
                       " NULL AS weight FROM alerts a");
  q.where("a.subject = ", filter.subject);
  q.where("a.kind = ", filter.kind);
  q.where("a.ends >= ", filter.from);
  q.where("a.starts < ", filter.to);
  if (of_post) {
    q.where("e.platform = ", filter.platform);
    q.where("e.id = ", filter.id);
  }
  q.add(" ORDER BY a.starts DESC, a.alert");
  run(q.sql(), q.parameters(), filter.limit, use);
}

void Reader::counts(const ear_store_filter& filter, const RowUse& use) {
  Question q(
      "SELECT f.subject, p.published - ((p.published % 86400000000000) + 86400000000000) % 86400000000000 AS day,"
      " count(DISTINCT f.post) AS posts FROM findings f JOIN posts p ON p.post = f.post");
  q.where("p.state = 'live'");
  q.where("f.kind = ", filter.kind.len == 0 ? str("mention") : filter.kind);
  q.where("f.subject = ", filter.subject);
  q.where("p.published >= ", filter.from);
  q.where("p.published < ", filter.to);
  q.add(" GROUP BY f.subject, day ORDER BY f.subject, day");
  run(q.sql(), q.parameters(), filter.limit, [&](const ear_value* columns, std::uint32_t count) {
    std::vector<ear_value> row(columns, columns + count);
    if (row[1].type == EAR_INTEGER) row[1].type = EAR_TIME;
    return use(row.data(), count);
  });
}

}  // namespace earshot::store
