#include "share/stored.hpp"

#include <array>
#include <limits>

namespace earshot::share {
namespace {

constexpr std::uint64_t kMost = 2'000'000;  // rows

// Posts that were judged alike (to one part in 32) are one row with their mean: a subject has some 500 at most. A post
// without a finding counts as one that the detector was silent about, where its language is one that is judged.
constexpr const char* kJudged =
    "WITH m AS MATERIALIZED (SELECT DISTINCT f.subject, p.post, p.language FROM findings f JOIN posts p USING(post)"
    "  WHERE f.kind = 'mention' AND f.subject IS NOT NULL AND p.state = 'live' AND coalesce(p.published, 0) >= ?1"
    "  AND coalesce(p.published, 0) < ?2),"
    " n AS MATERIALIZED (SELECT m.subject, m.post, coalesce((SELECT l.value FROM findings l WHERE l.post = m.post"
    "    AND l.kind = 'language' AND l.segment IS NULL LIMIT 1), m.language) AS language,"
    "  (SELECT s.number FROM findings s WHERE s.post = m.post AND s.kind = 'sentiment' AND s.subject = m.subject"
    "    ORDER BY s.score DESC, s.number LIMIT 1) AS number FROM m),"
    " j AS (SELECT n.subject, f.value, f.score, json_extract(f.attributes, '$.negative') AS negative,"
    "   json_extract(f.attributes, '$.neutral') AS neutral, json_extract(f.attributes, '$.positive') AS positive"
    "  FROM n LEFT JOIN findings f ON f.post = n.post AND f.number = n.number WHERE n.number IS NOT NULL"
    "  OR n.language IS NULL OR n.language IN (SELECT language FROM n WHERE number IS NOT NULL))"
    " SELECT subject, value, count(*) AS posts, avg(score) AS score, avg(negative) AS negative,"
    "  avg(neutral) AS neutral, avg(positive) AS positive FROM j"
    " GROUP BY subject, value, cast(negative * 32 AS INTEGER), cast(positive * 32 AS INTEGER),"
    "  CASE WHEN negative IS NULL THEN cast(score * 32 AS INTEGER) END ORDER BY subject";

void add(const Row& row, double posts, Estimator& to) {
  if (!row.has("value")) return to.add_silent(posts);
  if (row.has("negative") && row.has("neutral") && row.has("positive"))
    return to.add(std::array{row.real("negative"), row.real("neutral"), row.real("positive")}, posts);
  to.add(row.text("value"), row.real("score"), posts);
}

}  // namespace

std::vector<OfSubject> stored_sentiment(Store& store, const Between& between) {
  const auto ticks_or = [](Time time, std::int64_t otherwise) { return time == no_time ? otherwise : ticks(time); };
  const Rows rows = store.query(kJudged,
                                {integer_value("", ticks_or(between.from, std::numeric_limits<std::int64_t>::min())),
                                 integer_value("", ticks_or(between.to, std::numeric_limits<std::int64_t>::max()))},
                                kMost);
  std::vector<OfSubject> out;
  for (std::size_t i = 0; i < rows.size();) {
    OfSubject one{std::string(rows[i].text("subject")), 0, 0, {}};
    Estimator estimator(sentiment());
    for (; i < rows.size() && rows[i].text("subject") == one.subject; ++i) {
      const std::int64_t posts = rows[i].integer("posts");
      one.posts += posts;
      if (rows[i].has("value")) one.stated += posts;
      add(rows[i], static_cast<double>(posts), estimator);
    }
    if (one.stated == 0) continue;
    one.shares = estimator.shares();
    out.push_back(std::move(one));
  }
  return out;
}

}  // namespace earshot::share
