#include "report/gather.hpp"

#include <algorithm>

#include "calendar/zone.hpp"
#include "earshot/error.hpp"
#include "report/evidence.hpp"
#include "report/queries.hpp"
#include "report/sentences.hpp"

namespace earshot::report {
namespace {

using figures::By;
using figures::Figures;
using figures::PostsBy;
using figures::Scope;

constexpr std::size_t kMostItems = 25;  // that have a section of their own
constexpr std::size_t kMostGaps = 20'000;

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
    for (std::size_t i = 0; i < request.items.size(); ++i) {
      count(request.items[i]);
      step(0.05 + 0.45 * static_cast<double>(i + 1) / static_cast<double>(request.items.size()));
    }
    rank();
    for (std::size_t i = 0; i < to_.items.size(); ++i) {
      show(to_.items[i], i < kMostItems);
      step(0.5 + 0.45 * static_cast<double>(i + 1) / static_cast<double>(to_.items.size()));
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

  void count(const WatchItem& item) {
    const Request& request = to_.request;
    figures::Summary now_said = figures_.summary(now(item.id), edges(request.period), request.top);
    figures::Summary before_said = figures_.summary(before(item.id), edges(request.before), 0);
    Item one;
    one.item = item;
    one.now = now_said.counts, one.before = before_said.counts;
    one.volume = std::move(now_said.volume), one.volume_before = std::move(before_said.volume);
    one.sentiment = now_said.sentiment, one.sentiment_before = before_said.sentiment;
    one.busiest = std::move(now_said.busiest), one.farthest = std::move(now_said.farthest);
    for (const By by : {By::topic, By::keyphrase, By::hashtag, By::entity, By::link, By::platform, By::language,
                        By::country, By::intent, By::emotion, By::copy})
      if (!now_said.list(by).empty()) one.lists.push_back({by, rows_of(now_said.list(by))});
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
  }

  // The posts behind the figures. An item without a section of its own has no lists.
  void show(Item& item, bool whole) {
    const Request& request = to_.request;
    const Scope scope = now(item.item.id);
    item.best = figures_.posts(scope, PostsBy::engagement, request.posts);
    item.negative = figures_.posts(scope, PostsBy::negative, request.posts);
    item.positive = figures_.posts(scope, PostsBy::positive, request.posts);
    counts(item);
    if (!whole || item.now.posts == 0) {
      item.lists.clear(), item.busiest.clear(), item.farthest.clear();
      return;
    }
    item.media = figures_.posts(scope, PostsBy::media, request.posts + 1);
    for (List& list : item.lists)
      evidence_.add(scope, list.by, item.item.name + ", " + std::string(words_of(list.by)), list.rows);
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

  static std::vector<ListRow> rows_of(const std::vector<figures::Ranked>& ranked) {
    std::vector<ListRow> rows;
    for (const figures::Ranked& one : ranked) rows.push_back({one, {}});
    return rows;
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
    to_.gaps = figures_.gaps(request.period, kMostGaps);
    for (const figures::Gap& gap : to_.gaps) unseen(gap);
    std::stable_sort(to_.unseen.begin(), to_.unseen.end(),
                     [](const Unseen& a, const Unseen& b) { return a.hours > b.hours; });
    to_.sources = figures_.top(now(""), By::source, 50);
  }

  void unseen(const figures::Gap& gap) {
    const double hours = static_cast<double>(gap.period.to - gap.period.from) / static_cast<double>(calendar::kHour);
    auto at = std::find_if(to_.unseen.begin(), to_.unseen.end(),
                           [&](const Unseen& one) { return one.source == gap.source && one.reason == gap.reason; });
    if (at == to_.unseen.end()) at = to_.unseen.insert(at, {gap.source, gap.reason, 0, 0, gap.period});
    ++at->gaps, at->hours += hours, to_.hours_unseen += hours;
    at->between.to = std::max(at->between.to, gap.period.to);
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
