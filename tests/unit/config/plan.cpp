#include "config/plan.hpp"

#include <catch2/catch.hpp>

#include "fakes.hpp"

using namespace earshot::host;
using namespace earshot::host::testing;

namespace {

const std::string kFeeds = "sources:\n  feeds: {plugin: rss, urls: [https://news.example/feed.xml]}\n";
const std::string kStore = "sinks:\n  store: {plugin: sqlite, from: feeds, path: acme.db}\n";

Plan plan_of(const std::string& text, FakeText source = {}) {
  ConfigResult result = read(text, std::move(source));
  INFO(result.diagnostics.text(false));
  REQUIRE(result.plan);
  return std::move(*result.plan);
}

std::string config_text(const Value& value) {
  std::string out = value.key + "=" + value.text + ";";
  for (const Value& item : value.items) out += config_text(item);
  return out;
}

}  // namespace

TEST_CASE("What is not given has its default") {
  const Plan plan = plan_of(kFeeds + kStore);
  CHECK(plan.name == "p");
  CHECK(plan.checkpoint == std::chrono::seconds(5));
  CHECK(plan.memory == 32u << 20);
  REQUIRE(plan.sources.size() == 1);
  CHECK(plan.sources[0].lateness == std::chrono::minutes(10));
  REQUIRE(plan.sources[0].values.size() == 2);
  CHECK(plan.sources[0].values[0].items[0].text == "https://news.example/feed.xml");
  CHECK(plan.sources[0].values[1].integer == 300'000'000'000);
  CHECK(plan.sinks[0].required);
  CHECK(plan.sinks[0].values[1].type == EAR_UNSET);
}

TEST_CASE("Every key of a component arrives") {
  const Plan plan = plan_of(
      "pipeline: acme\nstate: var/x\nworkers: 3\nlisten: 'off'\nsources:\n  feeds: {plugin: rss, urls: "
      "[https://a.example], "
      "deadline: 3s, lateness: 1h, when_full: drop_newest}\nsinks:\n  store: {plugin: sqlite, from: [feeds], path: "
      "a.db, "
      "takes: alerts, required: no}\n");
  CHECK(plan.name == "acme");
  CHECK(plan.state == "var/x");
  CHECK(plan.workers == 3);
  CHECK(plan.listen == "off");
  CHECK(plan.sources[0].deadline == std::chrono::seconds(3));
  CHECK(plan.sources[0].lateness == std::chrono::hours(1));
  CHECK(plan.sources[0].when_full == WhenFull::drop_newest);
  CHECK(plan.sinks[0].takes == Takes::alerts);
  CHECK_FALSE(plan.sinks[0].required);
  CHECK(plan.sinks[0].from == std::vector<std::string>{"feeds"});
  Diagnostic fault;
  CHECK(plan.sinks[0].places.point(fault, "path", 0));
  CHECK(fault.at.line == 8);
}

TEST_CASE("Detectors come in topological order, ties as written") {
  const Plan plan =
      plan_of(kFeeds +
              "detectors:\n  d: {plugin: filter, from: [b, c], where: x}\n  c: {plugin: filter, from: a, where: x}\n"
              "  b: {plugin: filter, from: a, where: x}\n  a: {plugin: filter, from: feeds, where: x}\n"
              "sinks:\n  store: {plugin: sqlite, from: d, path: acme.db}\n");
  std::string order;
  for (const ComponentPlan& each : plan.detectors) order += each.id;
  CHECK(order == "acbd");
}

TEST_CASE("What nobody reads from is warned of, and the plan is there all the same") {
  const ConfigResult result = read(kFeeds + "  more: {plugin: file, path: x}\n" + kStore);
  CHECK(result.plan);
  REQUIRE(result.diagnostics.all.size() == 1);
  CHECK(result.diagnostics.all[0].level == Diagnostic::Level::warning);
  CHECK(result.diagnostics.all[0].path == "sources.more");
}

TEST_CASE("An environment variable is put into leaves, in flow maps as well") {
  FakeText source;
  source.variables = {{"PLACE", "https://a.example"}, {"EVERY", "7m"}};
  const Plan plan = plan_of(
      "sources:\n  feeds: {plugin: rss, urls: [\"${PLACE}/x\", '${PLACE}', ${PLACE}], every: ${EVERY}}\n" + kStore,
      source);
  REQUIRE(plan.sources[0].values[0].items.size() == 3);
  CHECK(plan.sources[0].values[0].items[0].text == "https://a.example/x");
  CHECK(plan.sources[0].values[0].items[2].text == "https://a.example");
  CHECK(plan.sources[0].values[1].integer == 420'000'000'000);
}

TEST_CASE("A default holds what flow maps use themselves, and two dollars are one") {
  const Plan plan =
      plan_of(kFeeds + "sinks: {store: {plugin: sqlite, from: feeds, path: ${NONE:-a,[b]: #c$d}$$${NONE:-}}}\n");
  CHECK(plan.sinks[0].values[0].text == "a,[b]: #c$d$");
}

TEST_CASE("A value can never become structure") {
  FakeText source;
  source.variables["EVIL"] = "x.db\n  other: {plugin: sqlite}";
  const Plan plan = plan_of(kFeeds + "sinks:\n  store: {plugin: sqlite, from: feeds, path: ${EVIL}}\n", source);
  CHECK(plan.sinks.size() == 1);
  CHECK(plan.sinks[0].values[0].text == source.variables["EVIL"]);
  source.variables["EVIL"] = "[https://a.example]";
  CHECK_FALSE(read("sources:\n  feeds: {plugin: rss, urls: ${EVIL}}\n" + kStore, source).plan);
}

TEST_CASE("The watchlist is a list of maps with the detectors' own keys, however it is written") {
  const std::string rest = kFeeds + kStore;
  const Plan by_list = plan_of("watchlist: [{id: acme, rank: 3, names: Acme}]\n" + rest);
  const Plan by_id = plan_of("watchlist: {acme: {rank: 3, names: [Acme]}}\n" + rest);
  CHECK(config_text(by_list.watchlist) == config_text(by_id.watchlist));
  const Value& item = by_list.watchlist.items.at(0);
  CHECK(item.find("names")->items.at(0).text == "Acme");
  CHECK(item.find("rank")->integer == 3);
}

TEST_CASE("A fault in an included file stands at its place there") {
  FakeText source;
  source.files["parts/watch.yaml"] = "# Acme\n- id: acme\n  names: []\n";
  const ConfigResult result = read("watchlist: !include parts/watch.yaml\n" + kFeeds + kStore, source);
  REQUIRE(result.diagnostics.all.size() == 1);
  CHECK(result.diagnostics.all[0].at.file == "parts/watch.yaml");
  CHECK(result.diagnostics.all[0].at.line == 3);
  CHECK(result.diagnostics.all[0].at.column == 10);
}

TEST_CASE("Columns count characters, and the caret stands below wide ones and behind tabs") {
  Diagnostics said;
  Diagnostic one;
  one.at = {"p.yaml", 1, 4};
  one.message = "wrong";
  one.line = "日\té x";
  said.all.push_back(one);
  CHECK(said.text(false) == "p.yaml:1:4: error: wrong\n    1 | 日    é x\n      |        ^\n");
}

TEST_CASE("A control character of a config is never sent to the terminal") {
  const ConfigResult result = read("\"a\\eb\": x\n" + kFeeds + kStore);
  CHECK_FALSE(result.plan);
  CHECK(result.diagnostics.text(false).find('\x1b') == std::string::npos);
}

TEST_CASE("Faults are told as JSON") {
  const ConfigResult result = read("workers: x\n" + kFeeds + kStore);
  CHECK(result.diagnostics.json() ==
        R"([{"level":"error","file":"p.yaml","line":1,"column":10,"path":"workers",)"
        R"("message":"'x' is not a whole number; write one as 10","text":"workers: x","help":""}])");
}

TEST_CASE("A test of a pipeline is read") {
  const Plan plan = plan_of(kFeeds + kStore +
                            "tests:\n  - {name: one, posts: [{id: 7, text: a}], sinks: {store: [7]}, exact: true}\n");
  REQUIRE(plan.tests.size() == 1);
  CHECK(plan.tests[0].posts[0].find("id")->text == "7");
  CHECK(plan.tests[0].sinks[0].key == "store");
  CHECK(plan.tests[0].sinks[0].items[0].text == "7");
  CHECK(plan.tests[0].exact);
}
