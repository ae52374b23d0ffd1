#include <fmt/format.h>

#include "report/forms.hpp"
#include "report/perception.hpp"
#include "report/queries.hpp"
#include "report/sentences.hpp"

namespace earshot::report {
namespace {

std::string time_text(std::int64_t time) {
  constexpr std::int64_t day = calendar::kDay;
  const std::int64_t days = time / day - (time % day < 0 ? 1 : 0), seconds = (time - days * day) / calendar::kSecond;
  return fmt::format("{}T{:02}:{:02}:{:02}Z", calendar::text(calendar::date_of(days)), seconds / 3600,
                     seconds / 60 % 60, seconds % 60);
}

// A line of cells: texts are made safe, numbers stand as they are.
class Table {
 public:
  explicit Table(std::string_view head) : text_(std::string(head) + "\r\n") {}
  Table& text(std::string_view cell) { return raw(csv_text(cell)); }
  template <class Number>
  Table& number(Number n) {
    return raw(fmt::format("{}", n));
  }
  Table& real(double n) { return raw(fmt::format("{:.6g}", n)); }
  void end() { text_ += "\r\n", first_ = true; }
  std::string take() { return std::move(text_); }

 private:
  Table& raw(std::string_view cell) {
    if (!first_) text_ += ',';
    text_ += cell, first_ = false;
    return *this;
  }
  std::string text_;
  bool first_ = true;
};

std::string overview(const Content& content) {
  Table t(
      "item,mentions,mentions_before,unique_content,authors,authors_before,reach,engagement,late,negative,neutral,"
      "positive,"
      "share_of_voice,share_low,share_high,net,net_low,net_high,query");
  for (const Item& i : content.items) {
    t.text(i.item.id).number(i.now.posts).number(i.before.posts).number(i.now.unique_posts).number(i.now.authors);
    t.number(i.before.authors).number(i.now.reach).number(i.now.engagement).number(i.now.late).number(i.now.negative);
    t.number(i.now.neutral).number(i.now.positive).real(i.share.share).real(i.share.low).real(i.share.high);
    t.real(i.sentiment.net.value).real(i.sentiment.net.low).real(i.sentiment.net.high);
    t.text(query_of(i.item.id, "", content.request.query, content.request.period)).end();
  }
  return t.take();
}

std::string volume(const Content& content) {
  Table t("item,from,to,mentions,unique_content,negative,neutral,positive,reach,engagement");
  for (const Item& i : content.items)
    for (const figures::Bin& b : i.volume) {
      t.text(i.item.id)
          .text(time_text(b.period.from))
          .text(time_text(b.period.to))
          .number(b.posts)
          .number(b.unique_posts);
      t.number(b.negative).number(b.neutral).number(b.positive).number(b.reach).number(b.engagement).end();
    }
  return t.take();
}

void add_rows(Table& t, const std::string& item, std::string_view kind, const std::vector<ListRow>& rows) {
  for (const ListRow& r : rows) {
    t.text(item).text(kind).text(r.row.value).text(r.row.label).number(r.row.posts).number(r.row.unique_posts);
    const figures::Sentiment::Part net = net_of(r.row);
    t.number(r.row.negative).number(r.row.positive).real(net.value).real(net.low).real(net.high).end();
  }
}

std::string lists(const Content& content) {
  Table t("item,list,value,label,mentions,unique_content,negative,positive,net,net_low,net_high");
  for (const Item& i : content.items) {
    for (const List& list : i.lists) add_rows(t, i.item.id, figures::word_of(list.by), list.rows);
    add_rows(t, i.item.id, "praised", i.praise), add_rows(t, i.item.id, "blamed", i.blame);
  }
  return t.take();
}

std::string authors(const Content& content) {
  Table t("item,by,platform,id,handle,name,followers,mentions,engagement,negative,positive,url");
  for (const Item& i : content.items)
    for (const auto& [by, rows] : {std::pair{"posts", &i.busiest}, std::pair{"reach", &i.farthest}})
      for (const figures::RankedAuthor& a : *rows) {
        t.text(i.item.id).text(by).text(a.platform).text(a.id).text(a.handle).text(a.name);
        if (a.followers < 0)
          t.text("");
        else
          t.number(a.followers);
        t.number(a.posts).number(a.engagement).number(a.negative).number(a.positive).text(a.url).end();
      }
  return t.take();
}

std::string posts(const Content& content) {
  Table t("item,list,platform,id,published,author,followers,engagement,sentiment,url,text");
  for (const Item& i : content.items)
    for (const auto& [list, all] : {std::pair{"reactions", &i.best}, std::pair{"negative", &i.negative},
                                    std::pair{"positive", &i.positive}, std::pair{"media", &i.media}})
      for (const figures::PostCard& p : *all) {
        t.text(i.item.id).text(list).text(p.platform).text(p.id).text(time_text(p.published)).text(p.author);
        if (p.followers < 0)
          t.text("");
        else
          t.number(p.followers);
        if (p.engagement < 0)
          t.text("");
        else
          t.number(p.engagement);
        t.text(p.sentiment).text(p.url).text(p.text).end();
      }
  return t.take();
}

std::string alerts(const Content& content) {
  Table t("alert,kind,item,severity,state,starts,ends,observed,expected,lower,upper,summary,attributes");
  for (const figures::AlertCard& a : content.alerts) {
    t.text(a.alert)
        .text(a.kind)
        .text(a.subject)
        .number(a.severity)
        .text(a.state)
        .text(time_text(a.starts))
        .text(time_text(a.ends));
    t.real(a.observed).real(a.expected).real(a.lower).real(a.upper).text(a.summary).text(a.attributes).end();
  }
  return t.take();
}

std::string gaps(const Content& content) {
  Table t("source,from,to,reason");
  for (const figures::Gap& g : content.gaps)
    t.text(g.source).text(time_text(g.period.from)).text(time_text(g.period.to)).text(g.reason).end();
  return t.take();
}

}  // namespace

std::string csv_text(std::string_view text) {
  const bool formula = !text.empty() && std::string_view("=+-@\t\r\n|%").find(text.front()) != std::string_view::npos;
  const bool quoted = formula || text.find_first_of(",\"\r\n\t;") != std::string_view::npos;
  if (!quoted) return std::string(text);
  std::string out = formula ? "\"'" : "\"";
  for (const char c : text) {
    if (c == '\0') continue;
    if (c == '"') out += '"';
    out += c;
  }
  return out + "\"";
}

std::vector<std::pair<std::string, std::string>> as_csv(const Content& content) {
  return {{"overview.csv", overview(content)}, {"volume.csv", volume(content)}, {"lists.csv", lists(content)},
          {"authors.csv", authors(content)},   {"posts.csv", posts(content)},   {"alerts.csv", alerts(content)},
          {"gaps.csv", gaps(content)}};
}

}  // namespace earshot::report
