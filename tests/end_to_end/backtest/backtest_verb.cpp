// `earshot backtest`: stored posts through the detectors that raise alerts, which alerts would have come.
#include <algorithm>
#include <catch2/catch.hpp>
#include <filesystem>
#include <map>

#include "../verbs/at_work.hpp"

namespace {

constexpr const char* kWatch = "watchlist:\n  - {id: acme, names: [Acme]}\n  - {id: rival, names: [Rival]}\n";

// A store that a run has filled: complaints about Acme on two days, one of them by a single author, and one of Rival.
class Backtest : public AtWork {
 public:
  Backtest() {
    std::string posts;
    int number = 0;
    const auto say = [&](const std::string& when, const std::string& text, const std::string& author) {
      posts += "{\"platform\":\"x\",\"id\":\"" + std::to_string(++number) + "\",\"published\":\"" + when +
               "\",\"text\":\"" + text + "\",\"author\":{\"id\":\"" + author + "\"}}\n";
    };
    for (int i = 0; i < 5; ++i)
      say("2026-05-01T10:0" + std::to_string(i) + ":00Z", "Acme is broken, part " + std::to_string(i),
          "a" + std::to_string(i));
    for (int i = 0; i < 5; ++i)
      say("2026-05-08T10:0" + std::to_string(i) + ":00Z", "Acme is broken, number " + std::to_string(i), "ana");
    for (int i = 0; i < 5; ++i)
      say("2026-05-15T10:0" + std::to_string(i) + ":00Z", "Rival is broken, item " + std::to_string(i),
          "r" + std::to_string(i));
    say("2026-05-22T10:00:00Z", "it rained", "zoe");
    write("posts.ndjson", posts);
    pipeline("p.yaml", "distinct: authors");
    const Ended ended = earshot("run p.yaml --quiet");
    INFO(ended.output);
    REQUIRE(ended.status == 0);
  }
  void pipeline(const std::string& file, const std::string& options, const std::string& where = "broken") const {
    write(file, "pipeline: " + file.substr(0, file.find('.')) + "\nstate: state\nlisten: 'off'\n" + kWatch +
                    "sources: {feed: {plugin: file, path: posts.ndjson}}\n"
                    "detectors:\n  names: {plugin: brand_text, from: feed}\n"
                    "  about: {plugin: filter, from: names, where: has:mention}\n"
                    "  angry: {plugin: rule, from: about, where: " +
                    where + ", count: 4, " + options +
                    "}\n"
                    "sinks: {store: {plugin: sqlite, from: angry, path: acme.db}}\n");
  }
  Ended backtest(const std::string& words) const { return output_of("backtest " + words); }
};

std::size_t count(const std::string& text, const std::string& part) {
  std::size_t n = 0;
  for (std::size_t at = text.find(part); at != std::string::npos; at = text.find(part, at + 1)) ++n;
  return n;
}

}  // namespace

TEST_CASE("the alerts that the run raised come again, with how many a week") {
  const Backtest work;
  const Ended ended = work.backtest("p.yaml");
  INFO(ended.output << work.read("errors.txt"));
  CHECK(ended.status == 0);
  CHECK(has(ended.output, "15 posts of acme.db through p: from 2026-05-01 10:00"));
  CHECK(has(ended.output, "2026-05-01 10:00"));
  CHECK(has(ended.output, "2026-05-15 10:00"));
  CHECK(!has(ended.output, "2026-05-08 10:0"));  // one author
  CHECK(has(ended.output, "2 alerts"));
  CHECK(has(ended.output, "learnt from nothing"));
  CHECK(has(ended.output, "run again: about, angry; as stored: names"));
  CHECK(has(work.read("errors.txt"), "15 posts in "));
}

TEST_CASE("no sink delivers, and store and state stay as they are") {
  const Backtest work;
  std::string text = work.read("p.yaml");
  const std::string sinks = "sinks: {store:";
  text.replace(text.find(sinks), sinks.size(),
               "sinks: {file: {plugin: ndjson, from: angry, path: out.ndjson},"
               " desk: {plugin: alert_file, from: angry, takes: alerts, path: desk.ndjson}, store:");
  work.write("loud.yaml", text);
  const auto files = [&] {
    std::map<std::string, std::string> all;
    for (const auto& entry : std::filesystem::recursive_directory_iterator(work.path()))
      if (const std::string name = std::filesystem::relative(entry.path(), work.path());
          entry.is_regular_file() && !name.starts_with("cache") && name != "errors.txt" && !name.ends_with("-shm"))
        all[name] = work.read(name);
    return all;
  };
  const auto before = files();
  const Ended ended = work.backtest("loud.yaml");
  INFO(ended.output << work.read("errors.txt"));
  CHECK(has(ended.output, "2 alerts"));
  const auto after = files();
  for (const auto& [name, bytes] : after) {
    INFO(name);
    if (name.ends_with("-wal")) {
      CHECK(bytes.empty());  // a reader makes it and writes nothing
      continue;
    }
    REQUIRE(before.contains(name));
    CHECK(before.at(name) == bytes);
  }
}

TEST_CASE("a detector sees what those before it found when the posts came, and no more") {
  const Backtest work;
  const auto rule_behind = [&](const std::string& from) {
    std::string text = work.read("p.yaml");
    const std::string about = "angry: {plugin: rule, from: about, where: broken";
    text.replace(text.find(about), about.size(), "angry: {plugin: rule, from: " + from + ", where: 'has:mention'");
    work.write("see.yaml", text);
    return work.backtest("see.yaml").output;
  };
  CHECK(has(rule_behind("names"), "2 alerts"));
  CHECK(has(rule_behind("feed"), "no alert"));
}

TEST_CASE("a detector of which the store has nothing is told of") {
  const Backtest work;
  std::string text = work.read("p.yaml");
  const std::string about = "about: {plugin: filter, from: names,";
  text.replace(text.find(about), about.size(),
               "tongue: {plugin: language, from: names}\n  about: {plugin: filter, from: tongue,");
  work.write("more.yaml", text);
  work.backtest("more.yaml");
  CHECK(has(work.read("errors.txt"), "nothing that 'tongue' found lately; --also tongue runs it again"));
  CHECK(!has(work.read("errors.txt"), "'names'"));
}

TEST_CASE("the same store gives the same bytes") {
  const Backtest work;
  const Ended first = work.backtest("p.yaml --json"), second = work.backtest("p.yaml --json");
  CHECK(first.status == 0);
  CHECK(first.output == second.output);
  CHECK(count(first.output, "\"summary\"") == 2);
  CHECK(has(first.output, "\"detector\":\"angry\",\"subject\":\"acme\",\"alerts\":1"));
  CHECK(has(first.output, "\"evidence\":[\"x/"));
}

TEST_CASE("a stretch of time is shown, and more than the budget is marked") {
  const Backtest work;
  const Ended ended = work.backtest("p.yaml --from 2026-05-10 --to 2026-05-20 --budget 0.5");
  INFO(ended.output << work.read("errors.txt"));
  CHECK(has(ended.output, "learnt from 2026-05-01 10:00 on, 1.2 weeks"));
  CHECK(!has(ended.output, "acme "));
  CHECK(has(ended.output, "rival"));
  CHECK(has(ended.output, "over the budget"));
  CHECK(has(ended.output, "1 alert"));
}

TEST_CASE("another pipeline is compared on the same posts") {
  const Backtest work;
  work.pipeline("other.yaml", "distinct: posts");
  const Ended ended = work.backtest("other.yaml --against p.yaml");
  INFO(ended.output << work.read("errors.txt"));
  CHECK(ended.status == 0);
  CHECK(has(ended.output, "2 in both, 0 gone (-), 1 new (+)"));
  CHECK(
      has(work.backtest("other.yaml --against p.yaml --json").output, "\"gone\":[],\"new\":[{\"detector\":\"angry\""));
}

TEST_CASE("filters in front of what raises alerts are asked anew, and what found something is not run again") {
  const Backtest work;
  // Names that are now others: the mentions that were stored count.
  work.pipeline("narrow.yaml", "distinct: posts", "'broken -rival'");
  std::string text = work.read("narrow.yaml");
  text.replace(text.find("names: [Acme]"), 13, "names: [Zebra]");
  text.replace(text.find("has:mention"), 11, "subject:acme");
  work.write("narrow.yaml", text);
  const Ended ended = work.backtest("narrow.yaml");
  INFO(ended.output << work.read("errors.txt"));
  CHECK(count(ended.output, "acme") >= 2);
  CHECK(!has(ended.output, "rival"));
  const Ended again = work.backtest("narrow.yaml --also names");
  CHECK(has(again.output, "no alert"));
}

TEST_CASE("what cannot be replayed is told") {
  const Backtest work;
  CHECK(work.earshot("backtest p.yaml --from yesterday").status == 2);
  CHECK(work.earshot("backtest p.yaml --from 2026-05-02 --to 2026-05-01").status == 2);
  CHECK(has(work.earshot("backtest p.yaml --store none.db").output, "none.db"));
  work.write("quiet.yaml",
             "pipeline: q\nlisten: 'off'\nsources: {feed: {plugin: file, path: posts.ndjson}}\n"
             "sinks: {store: {plugin: sqlite, from: feed, path: acme.db}}\n");
  CHECK(has(work.earshot("backtest quiet.yaml").output, "no detector that raises alerts"));
  CHECK(has(work.earshot("backtest p.yaml --also nobody").output, "no detector 'nobody'"));
}
