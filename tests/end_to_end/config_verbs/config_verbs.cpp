// validate, graph and schema as somebody types them: what they print and how they end.
#include <boost/json.hpp>
#include <catch2/catch.hpp>

#include "command.hpp"

namespace fs = std::filesystem;

namespace {

const std::string kEarshot = std::string("HOME=/nonexistent XDG_CACHE_HOME= '") + EARSHOT_BINARY + "' --plugin-path '" +
                             EARSHOT_PLUGIN_DIR + "' ";

class Pipeline : public Folder {
 public:
  explicit Pipeline(const std::string& text) { std::ofstream(path / "p.yaml") << text; }
  Ended earshot(const std::string& words) const { return run("cd '" + path.string() + "' && " + kEarshot + words); }
};

const std::string kGood =
    "watchlist: [{id: acme, names: [Acme]}]\nsources:\n  posts: {plugin: generator}\n"
    "detectors:\n  a-b: {plugin: brand_text, from: posts}\n"
    "sinks:\n  screen: {plugin: console, from: [a-b, posts]}\n  lines: {plugin: ndjson, from: a-b, takes: alerts, "
    "path: x}\n";
const std::string kUnread =
    "sources:\n  posts: {plugin: generator}\n  more: {plugin: generator}\n"
    "sinks:\n  screen: {plugin: console, from: posts}\n";

}  // namespace

TEST_CASE("validate says what a sound pipeline has") {
  const Ended ended = Pipeline(kGood).earshot("validate p.yaml");
  CHECK(ended.output == "OK: 1 source, 1 detector, 2 sinks, 1 watch item\n");
  CHECK(ended.status == 0);
}

TEST_CASE("validate tells a fault with its place and ends with 1") {
  const Ended ended =
      Pipeline("sources:\n  posts: {plugin: generator, sed: 1}\nsinks:\n  s: {plugin: console, from: posts}\n")
          .earshot("validate p.yaml");
  CHECK(ended.output.find("p.yaml:2:30: error: sources.posts.sed: ") == 0);
  CHECK(ended.output.find("Did you mean 'seed'?") != std::string::npos);
  CHECK(ended.status == 1);
}

TEST_CASE("A query that a plugin cannot read is told with file, line and caret, by validate as by run") {
  const Pipeline pipeline(
      "sources:\n  posts: {plugin: generator}\ndetectors:\n  f:\n    plugin: filter\n    from: posts\n"
      "    where: has:mention AND NOT (spam:true\nsinks:\n  s: {plugin: console, from: f}\n");
  for (const char* verb : {"validate p.yaml", "run p.yaml 2>&1"}) {
    const Ended ended = pipeline.earshot(verb);
    CHECK(ended.output.find("p.yaml:7:32: error: f.where: '(' is not closed: add a ')'\n"
                            "    7 |     where: has:mention AND NOT (spam:true\n"
                            "      |                                ^\n") == 0);
    CHECK(ended.status == 1);
  }
}

TEST_CASE("A fault in a query over several lines, of a component or a watch item, is told in its own line") {
  const Pipeline pipeline(
      "watchlist:\n  - id: acme\n    query: |\n      acme  // the company\n      AND folowers:>10\n"
      "  - {id: rival, query: 'rival OR'}\nsources:\n  posts: {plugin: generator}\ndetectors:\n"
      "  a: {plugin: brand_text, from: posts, items: [acme]}\n  b: {plugin: brand_text, from: a, items: [rival]}\n"
      "  f:\n    plugin: filter\n    from: b\n    where: >-\n      has:mention\n\n      (spam:true\n"
      "sinks:\n  s: {plugin: console, from: f}\n");
  const Ended ended = pipeline.earshot("validate p.yaml");
  CHECK(ended.output ==
        "p.yaml:5:11: error: watchlist.acme.query: there is no field 'folowers': did you mean followers?\n"
        "    5 |       AND folowers:>10\n"
        "      |           ^\n"
        "p.yaml:6:31: error: watchlist.rival.query: OR has nothing behind it: write what it joins, or remove it\n"
        "    6 |   - {id: rival, query: 'rival OR'}\n"
        "      |                               ^\n"
        "p.yaml:18:7: error: f.where: '(' is not closed: add a ')'\n"
        "   18 |       (spam:true\n"
        "      |       ^\n"
        "3 faults\n");
}

TEST_CASE("A list that a query names lies in the folder of the file that the query stands in") {
  const Pipeline pipeline(
      "watchlist: !include watch/items.yaml\nsources:\n  posts: {plugin: file, path: posts.ndjson}\ndetectors:\n"
      "  found: {plugin: brand_text, from: posts}\n  f: {plugin: filter, from: found, where: '@list:words.txt'}\n"
      "sinks:\n  out: {plugin: ndjson, from: f, path: '-'}\n");
  fs::create_directory(pipeline.path / "watch");
  fs::create_directory(pipeline.path / "elsewhere");
  std::ofstream(pipeline.path / "watch/items.yaml") << "acme: {query: '@list:names.txt'}\n";
  std::ofstream(pipeline.path / "watch/names.txt") << "acme rockets\n";
  std::ofstream(pipeline.path / "words.txt") << "launch\n";
  std::ofstream(pipeline.path / "posts.ndjson")
      << R"({"platform":"p","id":"1","published":1,"text":"Acme Rockets launch"})" << '\n'
      << R"({"platform":"p","id":"2","published":2,"text":"Acme Rockets"})" << '\n';
  const Ended ended = pipeline.earshot("run --quiet p.yaml 2>&1");
  CHECK(ended.output.find("\"id\":\"1\"") != std::string::npos);
  CHECK(ended.output.find("\"id\":\"2\"") == std::string::npos);
  CHECK(ended.output.find("\"acme\"") != std::string::npos);
  CHECK(pipeline.earshot("validate p.yaml && cd elsewhere && " + kEarshot + "validate ../p.yaml").status == 0);
  fs::remove(pipeline.path / "watch/names.txt");
  const Ended missing = pipeline.earshot("validate p.yaml");
  CHECK(missing.output.find("watch/items.yaml:1:16: error: watchlist.acme.query: there is no list 'names.txt' in "
                            "'watch'\n") == 0);
}

TEST_CASE("A warning is a fault with --strict only") {
  const Pipeline pipeline(kUnread);
  CHECK(pipeline.earshot("validate p.yaml").status == 0);
  CHECK(pipeline.earshot("validate --strict p.yaml").status == 1);
}

TEST_CASE("validate --json is JSON, with nothing else beside it") {
  const Pipeline pipeline(kUnread);
  const boost::json::value said = boost::json::parse(pipeline.earshot("validate --json p.yaml").output);
  REQUIRE(said.as_array().size() == 1);
  CHECK(said.at(0).at("level") == "warning");
  CHECK(said.at(0).at("line") == 3);
}

TEST_CASE("A file that is not there is told") {
  const Ended ended = Pipeline(kGood).earshot("validate other.yaml");
  CHECK(ended.output.find("other.yaml: error: cannot be read: there is no such file") == 0);
  CHECK(ended.status == 1);
}

TEST_CASE("graph draws sources, detectors and sinks in shapes of their own") {
  const Pipeline pipeline(kGood);
  CHECK(pipeline.earshot("graph p.yaml").output ==
        "flowchart LR\n  c_posts([\"posts<br/>generator\"])\n  c_a__b[\"a-b<br/>brand_text\"]\n"
        "  c_screen[(\"screen<br/>console\")]\n  c_lines[(\"lines<br/>ndjson\")]\n"
        "  c_posts --> c_a__b\n  c_a__b --> c_screen\n  c_posts --> c_screen\n  c_a__b -. alerts .-> c_lines\n");
  const std::string dot = pipeline.earshot("graph --format dot p.yaml").output;
  CHECK(dot.find("\"posts\" [shape=oval") != std::string::npos);
  CHECK(dot.find("\"a-b\" [shape=box") != std::string::npos);
  CHECK(dot.find("\"screen\" [shape=cylinder") != std::string::npos);
  CHECK(dot.find("\"posts\" -> \"screen\";") != std::string::npos);
}

TEST_CASE("schema is JSON that knows the plugins of the tree") {
  const boost::json::value schema = boost::json::parse(Pipeline(kGood).earshot("schema").output);
  CHECK(schema.at("$defs").at("source.generator").at("properties").as_object().contains("seed"));
}

TEST_CASE("No secret of the environment is in what the verbs print") {
  const std::string secret = "hunter2-very-secret";
  const Pipeline pipeline(
      "sources:\n  posts: {plugin: generator, seed: ${TOKEN}}\nsinks:\n  s: {plugin: console, from: posts}\n");
  for (const std::string verb : {"validate p.yaml", "validate --json p.yaml", "graph p.yaml"}) {
    const Ended ended = run("cd '" + pipeline.path.string() + "' && TOKEN=" + secret + " " + kEarshot + verb);
    CHECK(ended.status == 1);
    CHECK(ended.output.find("hunter2") == std::string::npos);
  }
}
