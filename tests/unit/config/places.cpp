#include "config/places.hpp"

#include <catch2/catch.hpp>

#include "config/alignment.hpp"
#include "fakes.hpp"

using namespace earshot::host;
using namespace earshot::host::testing;

namespace {

const std::string kRest =
    "sources:\n  feeds: {plugin: rss, urls: [https://a.example]}\nsinks:\n  s: {plugin: sqlite, "
    "from: f, path: a.db}\n";

// Line and column at which a fault at the first `bad` of the query is told, and what the message says before its own.
std::string told(const ComponentPlan& plan, const Value& query, const std::string& path) {
  const std::size_t offset = query.text.find("bad");
  REQUIRE(offset != std::string::npos);
  Diagnostic fault;
  fault.message = "!";
  const Places& places = path.starts_with("watchlist") ? *plan.watched : plan.places;
  REQUIRE(places.point(fault, path, offset));
  return std::to_string(fault.at.line) + ":" + std::to_string(fault.at.column) + " " + fault.message;
}

std::string told_of_filter(const std::string& where) {
  FakeText files;
  files.variables["WORD"] = "acme bad";
  const ConfigResult result = read(
      "detectors:\n  f:\n    plugin: filter\n    from: feeds\n    where: " + where + "\n" + kRest, std::move(files));
  INFO(result.diagnostics.text(false));
  REQUIRE(result.plan);
  const ComponentPlan& filter = result.plan->detectors[0];
  return told(filter, filter.values[0], "where");
}

}  // namespace

TEST_CASE("A fault in a text is told where its byte stands in the file, in whatever style of YAML") {
  CHECK(told_of_filter("acme bad") == "5:17 !");
  CHECK(told_of_filter("'acme bad'") == "5:18 !");
  CHECK(told_of_filter("'it''s ''bad'") == "5:21 !");
  CHECK(told_of_filter("\"acme bad\"") == "5:18 !");
  CHECK(told_of_filter("\"\\\"acme\\\" \\u00e9\\n\\\n      \\x62ad\"") == "6:7 !");
  CHECK(told_of_filter("acme\n      bad") == "6:7 !");
  CHECK(told_of_filter("'acme\n\n      bad'") == "7:7 !");
  CHECK(told_of_filter("|\n      acme\n      OR bad") == "7:10 !");
  CHECK(told_of_filter("|2-   # a remark\n        acme\n\n        OR bad\n") == "8:12 !");
  CHECK(told_of_filter(">\n      acme\n      OR bad\n") == "7:10 !");
  CHECK(told_of_filter(">-\n      acme\n        OR more\n\n      bad\n") == "9:7 !");
  CHECK(told_of_filter("&where !!str |\n      bad\n") == "6:7 !");
}

TEST_CASE("Columns are characters") {
  CHECK(told_of_filter("é bad") == "5:14 !");
  CHECK(told_of_filter("|\n      é bad") == "6:9 !");
}

TEST_CASE("Of a text that does not stand in the file as it is, the message says line and column") {
  CHECK(told_of_filter("${WORD}") == "5:12 line 1, column 6 of it: !");
  CHECK(told_of_filter("|\n      acme OR\n      ${WORD}") == "5:12 line 2, column 6 of it: !");
}

TEST_CASE("What stands in an included file is told there") {
  FakeText files;
  files.files["lists/where.yaml"] = "# a query\n|\n  acme\n  bad\n";
  const ConfigResult result =
      read("detectors:\n  f: {plugin: filter, from: feeds, where: !include lists/where.yaml}\n" + kRest, files);
  INFO(result.diagnostics.text(false));
  REQUIRE(result.plan);
  const ComponentPlan& filter = result.plan->detectors[0];
  Diagnostic fault;
  REQUIRE(filter.places.point(fault, "where", filter.values[0].text.find("bad")));
  CHECK(fault.at.file == "lists/where.yaml");
  CHECK(fault.at.line == 4);
  CHECK(fault.at.column == 3);
}

TEST_CASE("The values of a watch item are found by its id, and what is not known by what is around it") {
  const ConfigResult result = read(
      "watchlist:\n  - {id: rival, names: [Rival]}\n  - id: acme\n    context:\n      for: [rocket]\n    query: |\n"
      "      acme\n      bad\ndetectors:\n  f: {plugin: filter, from: feeds, where: x}\n" +
      kRest);
  INFO(result.diagnostics.text(false));
  REQUIRE(result.plan);
  const ComponentPlan& filter = result.plan->detectors[0];
  CHECK(told(filter, *result.plan->watchlist.items[1].find("query"), "watchlist.acme.query") == "8:7 !");
  Diagnostic fault;
  CHECK(filter.watched->point(fault, "watchlist.acme.context.for", 0));
  CHECK(fault.at.line == 5);
  CHECK(filter.watched->point(fault, "watchlist.rival.query.more", 3));
  CHECK(fault.at.line == 2);
  CHECK_FALSE(filter.watched->point(fault, "watchlist.nobody", 0));
}

TEST_CASE("A text is not looked for where it did not come from") {
  CHECK(align("acme corp", "acme  corp").size() == 2);
  CHECK(align("acme corp", "acme corporation").empty());
  CHECK(align("", "acme").empty());
  CHECK(align("'", "acme").empty());
  CHECK(align("\"\\", "acme").empty());
  CHECK(align("|", "acme").empty());
}

TEST_CASE("A query carries the folder of the file that it stands in") {
  FakeText files;
  files.files["conf/p.yaml"] =
      "watchlist: !include lists/watch.yaml\ndetectors:\n  f: {plugin: filter, from: feeds, where: x}\n" + kRest;
  files.files["conf/lists/watch.yaml"] = "acme: {query: 2026}\n";
  FakeComponents components;
  const ConfigResult result = read_config("conf/p.yaml", components, files);
  INFO(result.diagnostics.text(false));
  REQUIRE(result.plan);
  const Value& where = result.plan->detectors[0].values[0];
  CHECK(where.find("folder")->text == "conf");
  const Value& query = *result.plan->watchlist.items[0].find("query");
  CHECK(query.type == EAR_QUERY);
  CHECK(query.text == "2026");
  CHECK(query.find("folder")->text == "conf/lists");
}
