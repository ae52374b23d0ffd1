#include <fmt/format.h>
#include <boost/json.hpp>

#include "report/forms.hpp"
#include "report/formulas.hpp"
#include "report/perception.hpp"
#include "report/queries.hpp"

namespace earshot::report {
namespace {

namespace json = boost::json;

std::string time_text(std::int64_t time) {
  constexpr std::int64_t day = calendar::kDay;
  const std::int64_t days = time / day - (time % day < 0 ? 1 : 0), seconds = (time - days * day) / calendar::kSecond;
  return fmt::format("{}T{:02}:{:02}:{:02}Z", calendar::text(calendar::date_of(days)), seconds / 3600,
                     seconds / 60 % 60, seconds % 60);
}

json::value known(std::int64_t n) {
  return n < 0 ? json::value(nullptr) : json::value(n);
}
json::object of(const calendar::Period& p) {
  return {{"from", time_text(p.from)}, {"to", time_text(p.to)}};
}
json::object of(const figures::Counts& c) {
  return {{"mentions", c.posts},   {"unique_content", c.unique_posts}, {"authors", c.authors},   {"late", c.late},
          {"reach", c.reach},      {"engagement", c.engagement},       {"negative", c.negative}, {"neutral", c.neutral},
          {"positive", c.positive}};
}
json::object of(const figures::Sentiment::Part& p) {
  return {{"value", p.value}, {"low", p.low}, {"high", p.high}};
}
json::object of(const figures::Sentiment& s) {
  return {{"stated", s.stated},       {"authors", s.authors},       {"negative", of(s.negative)},
          {"neutral", of(s.neutral)}, {"positive", of(s.positive)}, {"net", of(s.net)}};
}
json::object of(const figures::Share& s) {
  return {{"value", s.share}, {"low", s.low}, {"high", s.high}};
}
json::object of(const figures::PostCard& p) {
  json::array media;
  for (const auto& m : p.media) media.push_back({{"kind", m.kind}, {"url", m.url}, {"alt", m.alt}});
  return {{"platform", p.platform},
          {"id", p.id},
          {"url", p.url},
          {"author", p.author},
          {"published", time_text(p.published)},
          {"text", p.text},
          {"followers", known(p.followers)},
          {"engagement", known(p.engagement)},
          {"sentiment", p.sentiment},
          {"media", media}};
}
json::object of(const ListRow& r) {
  json::object out{{"value", r.row.value},       {"net", of(net_of(r.row))},
                   {"mentions", r.row.posts},    {"unique_content", r.row.unique_posts},
                   {"negative", r.row.negative}, {"positive", r.row.positive}};
  if (!r.row.label.empty()) out["label"] = r.row.label;
  if (!r.evidence.empty()) out["evidence"] = r.evidence;
  return out;
}
json::object of(const figures::RankedAuthor& a) {
  return {{"platform", a.platform},          {"id", a.id},          {"handle", a.handle},         {"name", a.name},
          {"followers", known(a.followers)}, {"mentions", a.posts}, {"engagement", a.engagement}, {"url", a.url}};
}
json::object of(const figures::Bin& b) {
  json::object out = of(b.period);
  out["mentions"] = b.posts, out["unique_content"] = b.unique_posts, out["negative"] = b.negative;
  out["neutral"] = b.neutral, out["positive"] = b.positive;
  return out;
}
json::object of(const Item& i);

template <class T>
json::array all(const std::vector<T>& from) {
  json::array out;
  for (const T& one : from) out.push_back(of(one));
  return out;
}

json::object of(const Item& i) {
  json::object lists;
  for (const List& list : i.lists) lists[std::string(figures::word_of(list.by))] = all(list.rows);
  return {{"id", i.item.id},
          {"name", i.item.name},
          {"now", of(i.now)},
          {"before", of(i.before)},
          {"share_of_voice", of(i.share)},
          {"share_of_voice_before", of(i.share_before)},
          {"sentiment", of(i.sentiment)},
          {"sentiment_before", of(i.sentiment_before)},
          {"volume", all(i.volume)},
          {"volume_before", all(i.volume_before)},
          {"lists", lists},
          {"praised", all(i.praise)},
          {"blamed", all(i.blame)},
          {"authors_by_posts", all(i.busiest)},
          {"authors_by_reach", all(i.farthest)},
          {"posts", all(i.best)},
          {"negative_posts", all(i.negative)},
          {"positive_posts", all(i.positive)},
          {"media_posts", all(i.media)},
          {"evidence",
           {{"all", i.all_evidence},
            {"unique", i.unique_evidence},
            {"negative", i.negative_evidence},
            {"neutral", i.neutral_evidence},
            {"positive", i.positive_evidence}}}};
}

json::array alerts(const Content& content) {
  json::array out;
  for (const figures::AlertCard& a : content.alerts) {
    json::error_code error;
    json::value causes = json::parse(a.attributes, error);
    if (error) causes = nullptr;
    out.push_back({{"alert", a.alert},
                   {"kind", a.kind},
                   {"item", a.subject},
                   {"state", a.state},
                   {"severity", a.severity},
                   {"summary", a.summary},
                   {"starts", time_text(a.starts)},
                   {"ends", time_text(a.ends)},
                   {"observed", a.observed},
                   {"expected", a.expected},
                   {"lower", a.lower},
                   {"upper", a.upper},
                   {"attributes", causes}});
  }
  return out;
}

}  // namespace

std::string as_json(const Content& content) {
  const Request& r = content.request;
  json::array gaps, evidence, headlines, formulas;
  for (const figures::Gap& g : content.gaps) {
    json::object gap = of(g.period);
    gap["source"] = g.source, gap["reason"] = g.reason;
    gaps.push_back(gap);
  }
  for (const Evidence& e : content.evidence) {
    json::array posts;
    for (const figures::PostCard& p : e.posts) posts.push_back(json::string(p.platform + "/" + p.id));
    evidence.push_back(
        {{"id", e.anchor}, {"label", e.label}, {"mentions", e.count}, {"query", e.query}, {"posts", posts}});
  }
  for (const std::string& h : content.headlines) headlines.push_back(json::string(h));
  for (const Formula& f : kFormulas) formulas.push_back({{"name", f.name}, {"text", f.text}});
  const json::object out{{"report", 1},
                         {"title", r.title},
                         {"period", of(r.period)},
                         {"before", of(r.before)},
                         {"time_zone", r.zone},
                         {"query", r.query},
                         {"pipeline", r.pipeline},
                         {"store", r.store},
                         {"version", r.version},
                         {"configuration", r.config_hash},
                         {"headlines", headlines},
                         {"all", of(content.all)},
                         {"items", all(content.items)},
                         {"alerts", alerts(content)},
                         {"coverage",
                          {{"gaps", gaps},
                           {"hours_unseen", content.hours_unseen},
                           {"late", content.all.late},
                           {"not_counted", content.state.not_counted}}},
                         {"evidence", evidence},
                         {"formulas", formulas}};
  return json::serialize(out) + "\n";
}

}  // namespace earshot::report
