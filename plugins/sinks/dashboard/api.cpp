#include "api.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

#include "calendar/period.hpp"
#include "json.hpp"

namespace earshot::dashboard {
namespace {

using calendar::kDay;
using calendar::Period;
using figures::By;
using figures::Figures;

constexpr std::uint64_t kLookAt = 2'000;  // posts that a query is tried on; beyond, they stand for all
constexpr std::size_t kMostPosts = 200;

struct Named {
  std::string_view name;
  By by;
};
constexpr Named kLists[] = {{"platforms", By::platform}, {"languages", By::language},   {"countries", By::country},
                            {"topics", By::topic},       {"keyphrases", By::keyphrase}, {"hashtags", By::hashtag},
                            {"links", By::link},         {"entities", By::entity},      {"aspects", By::aspect},
                            {"emotions", By::emotion},   {"intents", By::intent}};

std::int64_t number(std::string_view text, std::int64_t otherwise, std::int64_t most) {
  std::int64_t value = 0;
  const auto read = std::from_chars(text.data(), text.data() + text.size(), value);
  return text.empty() || read.ec != std::errc{} || value < 1 ? otherwise : std::min(value, most);
}

figures::PostsBy order_of(std::string_view by) {
  if (by == "engagement") return figures::PostsBy::engagement;
  if (by == "negative") return figures::PostsBy::negative;
  if (by == "positive") return figures::PostsBy::positive;
  if (by == "media") return figures::PostsBy::media;
  return figures::PostsBy::latest;
}

// Steps that a chart can show: hours of a few days, else days, weeks or months.
calendar::Step step_of(const Period& period) {
  const std::int64_t length = period.to - period.from;
  if (length <= 4 * kDay) return calendar::Step::hour;
  if (length <= 120 * kDay) return calendar::Step::day;
  return length <= 800 * kDay ? calendar::Step::week : calendar::Step::month;
}

}  // namespace

struct Api::Asked {
  Period period;
  figures::Scope scope;
};

Api::Api(Readers& readers, ApiSettings settings)
    : readers_(readers), settings_(std::move(settings)), zone_(settings_.zone) {}

// Without a period: the 28 days before the newest post, so that a store of long ago shows what it has.
Api::Asked Api::asked(const web::Request& request, Figures& store) const {
  const figures::State state = store.state();
  Asked out;
  out.period = {std::max(state.first, state.last + 1 - 28 * kDay), state.last + 1};
  if (const std::string_view period = request.parameter("period"); !period.empty())
    out.period = calendar::period_of(period, zone_);
  out.scope = {out.period, std::string(request.parameter("subject")), {}};
  if (const std::string_view query = request.parameter("q"); !query.empty())
    out.scope.query = store.matches(query, settings_.lists, out.scope, kLookAt);
  return out;
}

web::Response Api::state() {
  auto store = readers_.lend();
  const figures::State state = store->state();
  json::array subjects;
  for (const std::string& subject : store->subjects()) subjects.push_back(json::string(subject));
  return web::json(json::serialize(json::object{{"pipeline", settings_.pipeline},
                                                {"time_zone", settings_.zone},
                                                {"posts", state.posts},
                                                {"first", time_text(state.first)},
                                                {"last", time_text(state.last)},
                                                {"not_counted", state.not_counted},
                                                {"subjects", std::move(subjects)}}));
}

web::Response Api::overview(const web::Request& request) {
  auto store = readers_.lend();
  const Asked now = asked(request, *store);
  const Period earlier{2 * now.period.from - now.period.to, now.period.from};
  const figures::Summary said = store->summary(now.scope, calendar::edges(now.period, step_of(now.period), zone_), 10);
  json::object out{{"period", as_json(now.period)}, {"counts", as_json(said.counts)}};
  if (!now.scope.query) out["before"] = json::object{{"posts", store->posts_about(now.scope.subject, earlier)}};
  out["sentiment"] = as_json(said.sentiment);
  out["volume"] = list(said.volume);
  out["voice"] = list(store->share_of_voice(now.period, store->subjects(), now.scope.query));
  for (const Named& one : kLists) out[one.name] = list(said.list(one.by));
  out["authors"] = list(said.busiest);
  out["gaps"] = list(store->gaps(now.period, 50));
  return web::json(json::serialize(out));
}

web::Response Api::alerts(const web::Request& request) {
  auto store = readers_.lend();
  const auto most = static_cast<std::size_t>(number(request.parameter("limit"), 100, 500));
  const figures::State state = store->state();
  return web::json(json::serialize(json::object{
      {"alerts", list(store->alerts({state.first, state.last + kDay}, request.parameter("subject"), most))},
      {"kept", false},
      {"open", 0}}));
}

web::Response Api::posts(const web::Request& request) {
  auto reader = readers_.lend();
  const Asked now = asked(request, *reader);
  const auto most = static_cast<std::size_t>(number(request.parameter("limit"), 30, kMostPosts));
  Store store(readers_.service(), readers_.store().string());
  json::array cards;
  for (const figures::PostCard& post : reader->posts(now.scope, order_of(request.parameter("by")), most)) {
    cards.push_back(as_json(post));
    add_evidence(cards.back().as_object(), store);
  }
  return web::json(json::serialize(
      json::object{{"posts", std::move(cards)}, {"exact", now.scope.query == nullptr || now.scope.query->exact()}}));
}

}  // namespace earshot::dashboard
