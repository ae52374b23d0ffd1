#include "config/test_cases.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "config/typed.hpp"

namespace earshot::host {
namespace {

using Kind = YamlNode::Kind;
constexpr std::string_view kForm = "Write each test as {name: …, posts: […], findings: […]}.";

// Fields of a post that are texts, though they may look like numbers.
const std::vector<std::string> kTexts{"id",  "platform", "published", "collected", "text",      "title",  "kind",
                                      "url", "language", "country",   "parent",    "repost_of", "source", "change"};

Value text_value(const std::string& key, const std::string& text) {
  Value value;
  value.type = EAR_TEXT;
  value.key = key;
  value.text = text;
  return value;
}

// A map of which the texts that name something stay texts, though they may look like numbers.
Value map_value(const YamlNode& node, const std::vector<std::string>& texts) {
  Value value;
  value.type = EAR_MAP;
  value.key = node.key;
  for (const YamlNode& item : node.items) {
    if (item.duplicate) continue;
    const bool text = std::find(texts.begin(), texts.end(), item.key) != texts.end() && item.kind == Kind::text;
    value.items.push_back(text ? text_value(item.key, item.text) : free_value(item));
  }
  return value;
}

class TestReader {
 public:
  TestReader(const TestNames& names, FaultReport& report) : names_(names), report_(report) {}

  TestPlan read(const YamlNode& node, const std::string& path) {
    TestPlan test;
    test.at = report_.position(node.at);
    posts_ = {};
    check_keys(node, {"name", "posts", "findings", "alerts", "sinks", "exact"}, path, "a test", report_);
    if (const YamlNode* name = node.find("name"); name == nullptr)
      report_.error(node.at, path, "has no name", std::string(kForm));
    else if (expect(*name, Kind::text, joined(path, "name"), report_))
      test.name = name->text;
    read_posts(node, path, test);
    test.findings = read_expected(node, "findings",
                                  {"post", "kind", "subject", "value", "detector", "text", "score", "none"}, path);
    test.alerts = read_expected(node, "alerts", {"kind", "subject", "detector", "none"}, path);
    if (const YamlNode* sinks = node.find("sinks"); sinks != nullptr && sinks->kind != Kind::null)
      read_sinks(*sinks, joined(path, "sinks"), test);
    if (const YamlNode* exact = node.find("exact"); exact != nullptr) {
      if (exact->text != "true" && exact->text != "false")
        report_.error(exact->at, joined(path, "exact"), "is neither true nor false");
      test.exact = exact->text == "true";
    }
    return test;
  }

 private:
  void read_posts(const YamlNode& node, const std::string& path, TestPlan& test) {
    const YamlNode* posts = node.find("posts");
    const std::string posts_path = joined(path, "posts");
    if (posts == nullptr || posts->kind == Kind::null || (posts->kind == Kind::list && posts->items.empty())) {
      report_.error(posts != nullptr ? posts->at : node.at, posts != nullptr ? posts_path : path, "has no posts to try",
                    "Add `posts: [{id: a, text: …}]`.");
      return;
    }
    if (!expect(*posts, Kind::list, posts_path, report_)) return;
    for (std::size_t i = 0; i < posts->items.size(); ++i) {
      const YamlNode& post = posts->items[i];
      const std::string post_path = fmt::format("{}[{}]", posts_path, i);
      if (!expect(post, Kind::map, post_path, report_)) continue;
      const YamlNode* id = post.find("id");
      if (id != nullptr && !expect(*id, Kind::text, joined(post_path, "id"), report_)) continue;
      const std::string name = id != nullptr ? id->text : std::to_string(i + 1);
      posts_.add(name);
      TestEntry& entry = test.posts.emplace_back(TestEntry{map_value(post, kTexts), report_.position(post.at)});
      if (id == nullptr) entry.items.push_back(text_value("id", name));
    }
  }

  std::vector<TestEntry> read_expected(const YamlNode& node, std::string_view what,
                                       const std::vector<std::string>& keys, const std::string& path) {
    std::vector<TestEntry> all;
    const YamlNode* given = node.find(what);
    const std::string list_path = joined(path, what);
    if (given == nullptr || given->kind == Kind::null || !expect(*given, Kind::list, list_path, report_)) return all;
    for (std::size_t i = 0; i < given->items.size(); ++i) {
      const YamlNode& item = given->items[i];
      const std::string item_path = fmt::format("{}[{}]", list_path, i);
      if (!expect(item, Kind::map, item_path, report_)) continue;
      check_keys(item, keys, item_path, what == "findings" ? "an expected finding" : "an expected alert", report_);
      for (const YamlNode& each : item.items)
        if (!each.duplicate) expect(each, Kind::text, joined(item_path, each.key), report_);
      check_name(item, "post", posts_, "post", item_path);
      check_name(item, "detector", names_.detectors, "detector", item_path);
      check_name(item, "subject", names_.watch_items, "watch item", item_path);
      if (const YamlNode* none = item.find("none"); none != nullptr && none->text != "true" && none->text != "false")
        report_.error(none->at, joined(item_path, "none"), "is neither true nor false");
      all.push_back({map_value(item, keys), report_.position(item.at)});
    }
    return all;
  }

  void check_name(const YamlNode& item, std::string_view key, const TestNames::Words& known, std::string_view what,
                  const std::string& path) {
    const YamlNode* name = item.find(key);
    if (name == nullptr || name->kind != Kind::text || name->text.empty()) return;
    if (known.set.contains(name->text)) return;
    report_.error(name->at, joined(path, key), fmt::format("there is no {} {}", what, in_quotes(name->shown())),
                  report_.suggestion(name->shown(), known.list));
  }

  void read_sinks(const YamlNode& node, const std::string& path, TestPlan& test) {
    if (!expect(node, Kind::map, path, report_, "Write it as {store: [a, b]}, with the ids of posts.")) return;
    for (const YamlNode& sink : node.items) {
      if (sink.duplicate) continue;
      const std::string sink_path = joined(path, sink.key);
      if (!names_.sinks.set.contains(sink.key))
        report_.error(sink.key_at, sink_path, fmt::format("there is no sink {}", in_quotes(sink.key)),
                      report_.suggestion(sink.key, names_.sinks.list));
      if (!expect(sink, Kind::list, sink_path, report_, "Write the ids of the posts that must reach it: [a, b]."))
        continue;
      Value posts;
      posts.type = EAR_LIST;
      posts.key = sink.key;
      for (const YamlNode& post : sink.items) {
        if (!expect(post, Kind::text, sink_path, report_)) continue;
        if (!posts_.set.contains(post.text))
          report_.error(post.at, sink_path, fmt::format("there is no post {}", in_quotes(post.shown())),
                        report_.suggestion(post.shown(), posts_.list));
        posts.items.push_back(text_value({}, post.text));
      }
      test.sinks.push_back({std::move(posts), report_.position(sink.key_at)});
    }
  }

  const TestNames& names_;
  FaultReport& report_;
  TestNames::Words posts_;  // ids of the test's own
};

}  // namespace

std::vector<TestPlan> read_tests(const YamlNode& node, const TestNames& names, FaultReport& report) {
  std::vector<TestPlan> tests;
  if (node.kind == Kind::null || !expect(node, Kind::list, "tests", report, kForm)) return tests;
  TestReader reader(names, report);
  for (std::size_t i = 0; i < node.items.size(); ++i) {
    const std::string path = fmt::format("tests[{}]", i);
    if (expect(node.items[i], Kind::map, path, report, kForm)) tests.push_back(reader.read(node.items[i], path));
  }
  return tests;
}

}  // namespace earshot::host
