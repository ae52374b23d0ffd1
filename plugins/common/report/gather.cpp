#include "report/gather.hpp"

#include <algorithm>

#include "calendar/zone.hpp"
#include "earshot/error.hpp"
#include "report/evidence.hpp"
#include "report/queries.hpp"
#include "report/sentences.hpp"

namespace earshot::report {
namespace {

using figures::AuthorsBy;
using figures::By;
using figures::Figures;
using figures::PostsBy;
using figures::Scope;

constexpr std::size_t kMostItems = 25;  // that have a section of their own

class Gathering {
 public:
  Gathering(Figures& figures, Content& to, const Progress& progress)
      : figures_(figures), to_(to), progress_(progress), zone_(to.request.zone), evidence_(figures, to.request) {}

  void run() {
    const Request& request = to_.request;
    if (request.query.empty()) done_to_ = 0;
    narrow();
    to_.state = figures_.state();
    to_.all = figures_.counts(now("")), to_.all_before = figures_.counts(before(""));
    to_.volume = figures_.volume(now(""), edges(request.period));
    step(0.05);
    for (const WatchItem& item : request.items) begin(item);
    rank();
    for (std::size_t i = 0; i < to_.items.size(); ++i) {
      fill(to_.items[i]);
      step(0.1 + 0.85 * static_cast<double>(i + 1) / static_cast<double>(to_.items.size()));
    }
    rest();
    to_.evidence = evidence_.take();
    to_.headlines = headlines(to_);
    step(1);
  }

 private:
  Scope now(const std::string& item) const { return {to_.request.period, item, query_}; }
  Scope before(const std::string& item) const { return {to_.request.before, item, query_}; }
  std::vector<std::int64_t> edges(const calendar::Period& period) const {
    return calendar::edges(period, to_.request.step, zone_);
  }

  void step(double share) {
    if (progress_ && !progress_(done_to_ + (1 - done_to_) * share)) throw cancelled();
  }

  // With a query: each post of both periods is looked at, so that the figures are exact.
  void narrow() {
    const Request& request = to_.request;
    if (request.query.empty()) return;
    done_to_ = 0.6;
    const Scope both{{std::min(request.before.from, request.period.from), request.period.to}, {}, nullptr};
    query_ =
        figures_.matches(request.query, request.lists, both, Figures::kAll, [&](std::uint64_t at, std::uint64_t of) {
          const double share = of == 0 ? 1 : static_cast<double>(at) / static_cast<double>(of);
          return !progress_ || progress_(done_to_ * share);
        });
  }

  void begin(const WatchItem& item) {
    Item one;
    one.item = item;
    one.now = figures_.counts(now(item.id)), one.before = figures_.counts(before(item.id));
    one.volume = figures_.volume(now(item.id), edges(to_.request.period));
    one.volume_before = figures_.volume(before(item.id), edges(to_.request.before));
    one.sentiment = figures_.sentiment(now(item.id)), one.sentiment_before = figures_.sentiment(before(item.id));
    to_.items.push_back(std::move(one));
  }

  void rank() {
    std::vector<std::string> ids;
    for (const Item& item : to_.items) ids.push_back(item.item.id);
    std::stable_sort(to_.items.begin(), to_.items.end(),
                     [](const Item& a, const Item& b) { return a.now.posts > b.now.posts; });
    const auto shares = figures_.share_of_voice(to_.request.period, ids, query_);
    const auto shares_before = figures_.share_of_voice(to_.request.before, ids, query_);
    for (Item& item : to_.items) {
      for (const figures::Share& share : shares)
        if (share.subject == item.item.id) item.share = share;
      for (const figures::Share& share : shares_before)
        if (share.subject == item.item.id) item.share_before = share;
    }
    step(0.1);
  }

  void fill(Item& item) {
    const Request& request = to_.request;
    const std::string& id = item.item.id;
    const Scope scope = now(id);
    item.best = figures_.posts(scope, PostsBy::engagement, request.posts);
    item.negative = figures_.posts(scope, PostsBy::negative, request.posts);
    item.positive = figures_.posts(scope, PostsBy::positive, request.posts);
    counts(item);
    if (static_cast<std::size_t>(&item - to_.items.data()) >= kMostItems || item.now.posts == 0) return;
    item.media = figures_.posts(scope, PostsBy::media, request.posts + 1);
    item.busiest = figures_.top_authors(scope, AuthorsBy::posts, request.top);
    item.farthest = figures_.top_authors(scope, AuthorsBy::reach, request.top);
    for (const By by : {By::topic, By::keyphrase, By::hashtag, By::entity, By::link, By::platform, By::language,
                        By::country, By::intent, By::emotion, By::copy})
      list(item, by);
    aspects(item);
  }

  void counts(Item& item) {
    const std::string& id = item.item.id;
    const std::string name = item.item.name + ": ", about = id.empty() ? "" : "subject:" + value_of(id) + " ";
    item.all_evidence = evidence_.add(id, name + "all mentions", "", item.now.posts, item.best);
    item.unique_evidence =
        evidence_.add(id, name + "without copies", "-duplicate:true", item.now.unique_posts, item.best);
    item.negative_evidence =
        evidence_.add(id, name + "negative", "(" + about + "sentiment:negative)", item.now.negative, item.negative);
    item.neutral_evidence =
        evidence_.add(id, name + "neutral", "(" + about + "sentiment:neutral)", item.now.neutral, {});
    item.positive_evidence =
        evidence_.add(id, name + "positive", "(" + about + "sentiment:positive)", item.now.positive, item.positive);
  }

  static std::vector<ListRow> rows_of(std::vector<figures::Ranked> ranked) {
    std::vector<ListRow> rows;
    for (figures::Ranked& one : ranked) rows.push_back({std::move(one), {}});
    return rows;
  }

  void list(Item& item, By by) {
    List one{by, rows_of(figures_.top(now(item.item.id), by, to_.request.top))};
    if (one.rows.empty()) return;
    evidence_.add(now(item.item.id), by, item.item.name + ", " + std::string(words_of(by)), one.rows);
    item.lists.push_back(std::move(one));
  }

  void aspects(Item& item) {
    constexpr std::size_t kAll = 1000;
    for (ListRow& row : rows_of(figures_.top(now(item.item.id), By::aspect, kAll))) {
      const std::string& value = row.row.value;
      std::vector<ListRow>* to = value.ends_with("=positive")   ? &item.praise
                                 : value.ends_with("=negative") ? &item.blame
                                                                : nullptr;
      if (to != nullptr && to->size() < to_.request.top) to->push_back(std::move(row));
    }
    evidence_.add(now(item.item.id), By::aspect, item.item.name + ", praised", item.praise);
    evidence_.add(now(item.item.id), By::aspect, item.item.name + ", blamed", item.blame);
    for (std::vector<ListRow>* rows : {&item.praise, &item.blame})
      for (ListRow& row : *rows) row.row.label = row.row.value.substr(0, row.row.value.rfind('='));
  }

  void rest() {
    const Request& request = to_.request;
    to_.alerts = figures_.alerts(request.period);
    to_.gaps = figures_.gaps(request.period);
    for (const figures::Gap& gap : to_.gaps)
      to_.hours_unseen += static_cast<double>(gap.period.to - gap.period.from) / static_cast<double>(calendar::kHour);
    to_.sources = figures_.top(now(""), By::source, 50);
  }

  Figures& figures_;
  Content& to_;
  const Progress& progress_;
  calendar::Zone zone_;
  EvidenceList evidence_;
  std::shared_ptr<const figures::Matches> query_;
  double done_to_ = 0;
};

}  // namespace

Content gather(Figures& figures, Request request, const Progress& progress) {
  Content content;
  if (request.items.empty())
    for (const std::string& subject : figures.subjects()) request.items.push_back({subject, subject});
  if (request.items.empty()) request.items.push_back({"", "All posts"});
  content.request = std::move(request);
  Gathering(figures, content, progress).run();
  return content;
}

}  // namespace earshot::report
