#include "perception.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <vector>

#include "store/show.hpp"
#include "table.hpp"

namespace earshot::summary {
namespace {

constexpr std::uint64_t kMost = 10'000;                            // rows
constexpr std::size_t kNegative = 0, kNeutral = 1, kPositive = 2;  // of share::sentiment()

// A post with several findings about one subject counts once, by the surest.
constexpr const char* kItems =
    "WITH m AS MATERIALIZED (SELECT DISTINCT f.subject, p.post, p.author FROM findings f JOIN posts p USING(post)"
    "  WHERE f.kind = 'mention' AND f.subject IS NOT NULL AND p.state = 'live'),"
    " said AS (SELECT subject, post, author,"
    "  EXISTS(SELECT 1 FROM findings d WHERE d.post = m.post AND d.kind = 'duplicate') AS copied,"
    "  (SELECT s.value FROM findings s WHERE s.post = m.post AND s.kind = 'sentiment' AND s.subject = m.subject"
    "    ORDER BY s.score DESC, s.number LIMIT 1) AS feeling FROM m)"
    " SELECT subject, count(*) AS posts, count(*) FILTER (WHERE NOT copied) AS unique_posts,"
    " count(DISTINCT author) AS authors, count(feeling) AS stated,"
    " count(*) FILTER (WHERE feeling = 'positive') AS positive, count(*) FILTER (WHERE feeling = 'neutral') AS neutral,"
    " count(*) FILTER (WHERE feeling = 'negative') AS negative FROM said GROUP BY subject ORDER BY posts DESC, subject";

// The three values that stand most often with each subject.
constexpr const char* kLanguages =
    "WITH m AS MATERIALIZED (SELECT DISTINCT f.subject, p.post FROM findings f JOIN posts p USING(post)"
    "  WHERE f.kind = 'mention' AND f.subject IS NOT NULL AND p.state = 'live'),"
    " n AS (SELECT m.subject, l.value, count(DISTINCT m.post) AS posts FROM m JOIN findings l ON l.post = m.post"
    "  WHERE l.kind = 'language' AND l.segment IS NULL AND l.value IS NOT NULL GROUP BY 1, 2),"
    " r AS (SELECT *, row_number() OVER (PARTITION BY subject ORDER BY posts DESC, value) AS place FROM n)"
    " SELECT subject, value, posts FROM r WHERE place <= 3 ORDER BY subject, place";
// What is said with each subject: key phrases, and topics by the label that they had last (SQLite takes the label from
// the row of the maximum).
constexpr const char* kPhrases =
    "WITH n AS (SELECT f.subject, f.kind, f.value AS id, coalesce(json_extract(f.attributes, '$.label'), f.value) AS"
    "  value, max(p.published), count(DISTINCT f.post) AS posts FROM findings f JOIN posts p USING(post)"
    "  WHERE f.kind IN ('keyphrase', 'topic') AND f.subject IS NOT NULL AND f.value IS NOT NULL AND p.state = 'live'"
    "  GROUP BY f.subject, f.kind, f.value),"
    " r AS (SELECT *, row_number() OVER (PARTITION BY subject, kind ORDER BY posts DESC, id) AS place FROM n)"
    " SELECT subject, kind, value, posts FROM r WHERE place <= 5 ORDER BY subject, kind, place";

std::string percent(std::int64_t part, std::int64_t of) {
  return of > 0 ? fmt::format("{:.0f} %", 100.0 * static_cast<double>(part) / static_cast<double>(of)) : "";
}

const share::OfSubject* shares_of(const Perception& all, std::string_view subject) {
  const auto found = std::find_if(all.shares.begin(), all.shares.end(),
                                  [&](const share::OfSubject& one) { return one.subject == subject; });
  return found == all.shares.end() ? nullptr : &*found;
}

// "43 % (38 to 49)" of one of sentiment's values.
std::string estimated(const share::OfSubject* of, std::size_t value) {
  if (of == nullptr) return {};
  const share::Share& s = of->shares[value];
  return fmt::format("{:.0f} % ({:.0f} to {:.0f})", 100 * s.value, 100 * s.low, 100 * s.high);
}

std::string json_of(const std::vector<share::OfSubject>& all) {
  std::string out;
  for (const share::OfSubject& one : all) {
    out += fmt::format("{}{{\"subject\":{},\"posts\":{},\"stated\":{}", out.empty() ? "" : ",",
                       store::json(one.subject), one.posts, one.stated);
    for (std::size_t c = 0; c < one.shares.size(); ++c)
      out += fmt::format(",\"{}\":{{\"share\":{:.4f},\"low\":{:.4f},\"high\":{:.4f}}}", share::sentiment().values[c],
                         one.shares[c].value, one.shares[c].low, one.shares[c].high);
    out += '}';
  }
  return '[' + out + ']';
}

// "en 412; de 80"; of one kind, where that is given.
std::string list(const Rows& rows, std::string_view subject, std::string_view kind = {}) {
  std::string out;
  for (const Row& r : rows)
    if (r.text("subject") == subject && (kind.empty() || r.text("kind") == kind))
      out += fmt::format("{}{} {}", out.empty() ? "" : "; ", shown(r.text("value"), 40), r.integer("posts"));
  return out;
}

}  // namespace

Perception perception(Store& store) {
  return {store.query(kItems, {}, kMost), share::stored_sentiment(store), store.query(kLanguages, {}, kMost),
          store.query(kPhrases, {}, kMost)};
}

std::string as_text(const Perception& all) {
  Table table({"watch item", "posts", "unique", "authors", "stated", "positive", "neutral", "negative"});
  std::string more;
  for (const Row& r : all.items) {
    const std::int64_t posts = r.integer("posts"), stated = r.integer("stated");
    const std::string subject(r.text("subject"));
    const share::OfSubject* shares = shares_of(all, subject);
    table.add({shown(subject, 40), std::to_string(posts), std::to_string(r.integer("unique_posts")),
               std::to_string(r.integer("authors")), percent(stated, posts), estimated(shares, kPositive),
               estimated(shares, kNeutral), estimated(shares, kNegative)});
    if (const std::string said = list(all.languages, subject); !said.empty())
      more += fmt::format("  {} in: {}\n", shown(subject, 40), said);
    if (const std::string said = list(all.phrases, subject, "keyphrase"); !said.empty())
      more += fmt::format("  {} with: {}\n", shown(subject, 40), said);
    if (const std::string said = list(all.phrases, subject, "topic"); !said.empty())
      more += fmt::format("  {} about: {}\n", shown(subject, 40), said);
  }
  return table.empty() ? "  none\n" : table.text() + more;
}

std::string as_json(const Perception& all) {
  using store::json;
  return fmt::format("{{\"items\":{},\"shares\":{},\"languages\":{},\"phrases\":{}}}", json(all.items),
                     json_of(all.shares), json(all.languages), json(all.phrases));
}

}  // namespace earshot::summary
