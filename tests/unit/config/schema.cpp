#include "config/schema.hpp"

#include <catch2/catch.hpp>
#include <fstream>
#include <iterator>

#include "config/typed.hpp"
#include "config/yaml.hpp"
#include "fakes.hpp"
#include "json_schema.hpp"

using namespace earshot::host;
using namespace earshot::host::testing;
namespace fs = std::filesystem;

namespace {

boost::json::value json_of(const Value& value) {
  switch (value.type) {
    case EAR_TEXT:
      return boost::json::string(value.text);
    case EAR_INTEGER:
      return value.integer;
    case EAR_REAL:
      return value.real;
    case EAR_BOOLEAN:
      return value.integer != 0;
    case EAR_LIST: {
      boost::json::array all;
      for (const Value& item : value.items) all.push_back(json_of(item));
      return all;
    }
    case EAR_MAP: {
      boost::json::object all;
      for (const Value& item : value.items) all[item.key] = json_of(item);
      return all;
    }
    default:
      return nullptr;
  }
}

boost::json::value schema() {
  FakeComponents components;
  return boost::json::parse(pipeline_schema(components));
}

std::string breaks(const std::string& text) {
  FakeText none;
  none.files["p.yaml"] = text;
  FaultReport report;
  const auto tree = YamlReader(none, report).read("p.yaml");
  REQUIRE(tree);
  return JsonSchema(schema()).breaks(json_of(free_value(*tree)));
}

const std::string kStore = "sinks:\n  store: {plugin: sqlite, from: feeds, path: acme.db}\n";

}  // namespace

TEST_CASE("Each good config conforms to the JSON Schema") {
  for (const fs::directory_entry& entry :
       fs::directory_iterator(fs::path(EARSHOT_SOURCE_DIR) / "tests/data/configs/good")) {
    if (entry.path().extension() != ".yaml") continue;
    INFO(entry.path().filename());
    FakeComponents components;
    const ConfigResult result = read_config(entry.path(), components);
    REQUIRE(result.plan);
    CHECK(JsonSchema(schema()).breaks(json_of(result.plan->config)) == "");
  }
}

TEST_CASE("The JSON Schema refuses what the reader refuses") {
  const std::string good = "sources:\n  feeds: {plugin: rss, urls: [https://a.example], every: ${EVERY}}\n" + kStore;
  CHECK(breaks(good) == "");
  for (const std::string& bad :
       {std::string("sources: {}\n"), "colour: blue\n" + good, "memory: 64\n" + good,
        "sources:\n  feeds: {plugin: rsss}\n" + kStore, "sources:\n  feeds: {plugin: rss}\n" + kStore,
        "sources:\n  feeds: {plugin: rss, urls: x}\n" + kStore,
        "sources:\n  feeds: {plugin: rss, urls: [https://a.example], evry: 5m}\n" + kStore,
        "sources:\n  feeds: {plugin: rss, urls: [https://a.example], every: soon}\n" + kStore,
        "sources:\n  Feeds: {plugin: rss, urls: [https://a.example]}\n" + kStore,
        "sources:\n  feeds: {plugin: file, path: x, format: parquet}\n" + kStore}) {
    INFO(bad);
    CHECK(breaks(bad) != "");
  }
}

TEST_CASE("The JSON Schema tells docs and defaults of a plugin's options") {
  const boost::json::value all = schema();
  const auto& every = all.at("$defs").at("source.rss").at("properties").at("every");
  CHECK(every.at("description") == "What every is for");
  CHECK(every.at("default") == "5m");
}
