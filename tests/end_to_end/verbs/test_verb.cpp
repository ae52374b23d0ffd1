// `earshot test`: cases of a pipeline file through the real detectors, told as they come out.
#include <catch2/catch.hpp>

#include "at_work.hpp"

namespace {

// A pipeline whose sources and sinks could not even start, with `tests` from line 19 on.
std::string pipeline(const std::string& tests) {
  return R"(pipeline: tried
state: state
watchlist:
  - {id: acme, names: [Acme Rockets, Acme], handles: [acme]}
  - {id: bolt, names: [Bolt]}
sources:
  feed:  {plugin: file, path: there/is/none.ndjson}
  other: {plugin: file, path: nor/here.ndjson}
detectors:
  mentions: {plugin: brand_text, from: [feed, other]}
  acmes:    {plugin: filter, from: mentions, where: "subject:acme"}
  early:    {plugin: filter, from: mentions, where: "source:feed"}
  unusual:  {plugin: spike, from: early, season: 0s, drops: false}
sinks:
  all:   {plugin: ndjson, from: unusual, path: no/such/all.ndjson}
  hits:  {plugin: ndjson, from: acmes, path: no/such/hits.ndjson}
  pager: {plugin: ndjson, from: unusual, takes: alerts, path: no/such/pager.ndjson}
tests:
)" + tests;
}

Ended test(const std::string& tests, const std::string& words = "") {
  const AtWork work;
  work.write("p.yaml", pipeline(tests));
  return work.earshot("test p.yaml " + words);
}

// Four quiet days and a loud hour.
std::string loud_week(const std::string& rest) {
  std::string posts = "  - name: loud\n    posts:\n";
  int number = 0;
  const auto post = [&](int day, int hour, int minute) {
    char time[32];
    std::snprintf(time, sizeof time, "2026-03-%02dT%02d:%02d:00Z", day, hour, minute);
    posts += "      - {id: p" + std::to_string(++number) + ", text: Acme again, published: '" + time + "'}\n";
  };
  for (int day = 1; day <= 6; ++day)
    for (int hour = 0; hour < 24; hour += 4) post(day, hour, 0);
  for (int minute = 0; minute < 60; ++minute) post(7, 5, minute);
  return posts + rest;
}

}  // namespace

TEST_CASE("cases pass where everything that they expect is there") {
  const Ended ended = test(R"(  - name: names are found
    posts:
      - {id: a, text: I love Acme Rockets}
      - {id: b, text: nothing here}
      - {text: "ask @acme or Bolt"}
    findings:
      - {post: a, kind: mention, subject: acme, detector: mentions, text: Acme Rockets, score: ">0.8"}
      - {post: 3, text: "@acme"}
      - {post: 3, subject: bolt, score: 1}
      - {post: b, none: true}
      - {kind: sentiment, none: true}
    alerts:
      - {none: true}
    sinks: {all: [a, b], hits: [a, 3]}
  - name: exactly these
    posts: [{id: a, text: Acme}, {id: b, text: Bolt, source: other}]
    findings: [{post: a, subject: acme}, {post: b, subject: bolt}]
    sinks: {all: [a], hits: [a], pager: []}
    exact: true
)");
  INFO(ended.output);
  CHECK(ended.status == 0);
  CHECK(ended.output == "ok    names are found\nok    exactly these\n2 passed, 0 failed\n");
}

TEST_CASE("nothing outside is touched") {
  const AtWork work;
  work.write("p.yaml", pipeline("  - {name: quiet, posts: [{text: Acme}], sinks: {all: [1]}}\n"));
  CHECK(work.earshot("test p.yaml").status == 0);
  for (const char* name : {"state", "no", "there", "nor"}) CHECK(!std::filesystem::exists(work.path() / name));
}

TEST_CASE("a finding that is not there is told with its line and what was there instead") {
  const Ended ended = test(R"(  - name: feeling
    posts: [{id: a, text: Acme rocks}]
    findings:
      - {post: a, kind: mention, subject: bolt}
)");
  CHECK(ended.status == 1);
  CHECK(ended.output ==
        "FAIL  feeling\n"
        "  p.yaml:22: expected a finding {post: a, kind: mention, subject: bolt}\n"
        "    instead: {post: a, kind: mention, subject: acme, detector: mentions, text: Acme, score: 1}\n"
        "0 passed, 1 failed\n");
}

TEST_CASE("each field of an expected finding counts") {
  for (const char* field :
       {"kind: topic", "value: negative", "detector: unusual", "text: acme", "score: '<0.5'", "score: 0.8"}) {
    const Ended ended =
        test(std::string("  - {name: one, posts: [{text: Acme rocks}], findings: [{post: 1, ") + field + "}]}\n");
    INFO(field << "\n" << ended.output);
    CHECK(ended.status == 1);
    CHECK(has(ended.output, "p.yaml:19: expected a finding {post: 1, "));
  }
}

TEST_CASE("where nothing was found at all, that is said") {
  const Ended ended = test("  - {name: one, posts: [{id: a, text: hello}], findings: [{post: a}]}\n");
  CHECK(ended.output ==
        "FAIL  one\n  p.yaml:19: expected a finding {post: a}\n    instead: no finding at all\n0 passed, 1 failed\n");
}

TEST_CASE("a finding that must not be there is told") {
  const Ended ended = test("  - {name: one, posts: [{id: a, text: Bolt}], findings: [{subject: bolt, none: true}]}\n");
  CHECK(ended.status == 1);
  CHECK(ended.output ==
        "FAIL  one\n  p.yaml:19: expected no finding {subject: bolt}\n"
        "    instead: {post: a, kind: mention, subject: bolt, detector: mentions, text: Bolt, score: 1}\n"
        "0 passed, 1 failed\n");
}

TEST_CASE("a post that does not reach a sink is told with those that do") {
  const Ended ended =
      test("  - {name: one, posts: [{id: a, text: Bolt}, {id: b, text: Acme}], sinks: {hits: [a, b]}}\n");
  CHECK(ended.status == 1);
  CHECK(ended.output ==
        "FAIL  one\n  p.yaml:19: expected in the sink hits the posts [a, b]\n    instead: [b]\n0 passed, 1 failed\n");
}

TEST_CASE("a sink that takes alerts only says so when posts are expected there") {
  const Ended ended = test("  - {name: one, posts: [{id: a, text: Acme}], sinks: {pager: [a]}}\n");
  CHECK(has(ended.output, "instead: no post came to it; it takes alerts only\n"));
}

TEST_CASE("exact: neither posts nor findings beside the expected may be there") {
  const Ended ended = test(R"(  - name: one
    exact: true
    posts: [{id: a, text: Bolt}, {id: b, text: Acme}]
    findings: [{post: a}]
    sinks: {all: [a]}
)");
  CHECK(ended.status == 1);
  CHECK(ended.output ==
        "FAIL  one\n"
        "  p.yaml:23: expected in the sink all exactly the posts [a]\n"
        "    instead: [a, b]\n"
        "  p.yaml:19: expected exactly these findings and no other\n"
        "    instead: {post: b, kind: mention, subject: acme, detector: mentions, text: Acme, score: 1}\n"
        "0 passed, 1 failed\n");
}

TEST_CASE("what a filter stops and what is deleted does not stand in the sink") {
  const Ended ended = test(R"(  - name: one
    exact: true
    posts:
      - {id: a, text: Acme}
      - {id: a, text: Bolt, revision: 1, change: edited}
      - {id: b, text: Acme}
      - {id: b, revision: 1, change: deleted}
    findings: [{post: a, subject: bolt}]
    sinks: {all: [a], hits: []}
)");
  INFO(ended.output);
  CHECK(ended.status == 0);
}

TEST_CASE("alerts come of the posts' own time, and one that is missing is told") {
  const Ended good =
      test(loud_week("    alerts: [{kind: spike, subject: acme, detector: unusual}]\n    exact: false\n"));
  INFO(good.output);
  CHECK(good.status == 0);
  const Ended bad = test(loud_week("    alerts: [{kind: spike, subject: bolt}]\n"));
  INFO(bad.output);
  CHECK(bad.status == 1);
  CHECK(has(bad.output,
            "expected an alert {kind: spike, subject: bolt}\n    instead: {kind: spike, subject: acme, detector: "
            "unusual}: acme: "));
  const Ended none = test(loud_week("    alerts: [{kind: spike, none: true}]\n"));
  CHECK(has(none.output,
            "expected no alert {kind: spike}\n    instead: {kind: spike, subject: acme, detector: unusual}: acme: "));
}

TEST_CASE("a post that is none is told at its line") {
  const std::pair<const char*, const char*> faults[] = {
      {"{txt: Acme}", "'txt' is no field of a post; did you mean 'text'?"},
      {"{text: Acme, likes: many}", "likes is no whole number from 0 on"},
      {"{text: Acme, published: tomorrow}", "published is neither RFC 3339 nor seconds since 1970"},
      {"{text: Acme, change: gone}", "change is none of new, edited, deleted, withdrawn"},
      {"{text: Acme, source: fed}", "there is no source 'fed'; did you mean 'feed'?"},
      {"{text: Acme, author: joe}", "author is no map"},
      {"{text: Acme, segments: [{origin: shout}]}",
       "origin is none of title, body, quote, alt, image, speech, caption"},
  };
  for (const auto& [post, said] : faults) {
    const Ended ended = test(std::string("  - {name: one, posts: [") + post + "]}\n");
    INFO(ended.output);
    CHECK(ended.status == 1);
    CHECK(ended.output ==
          std::string("FAIL  one\n  p.yaml:19: expected a post\n    instead: ") + said + "\n0 passed, 1 failed\n");
  }
}

TEST_CASE("titles, segments and alternative texts are read as a source gives them") {
  const Ended ended = test(R"(  - name: parts
    posts:
      - {id: a, title: Acme}
      - {id: b, text: x, segments: [{origin: speech, text: now Bolt, start: 1.5}]}
      - {id: c, media: [{kind: image, url: "https://x.example/y", alt: the Bolt logo}]}
    findings: [{post: a, text: Acme}, {post: b, text: Bolt}, {post: c, text: Bolt}]
)");
  INFO(ended.output);
  CHECK(ended.status == 0);
}

TEST_CASE("the flag --only runs one case, and suggests a name where there is none such") {
  const std::string two =
      "  - {name: first, posts: [{text: x}]}\n  - {name: second, posts: [{id: a, text: x}], findings: [{post: a}]}\n";
  CHECK(test(two, "--only first").output == "ok    first\n1 passed, 0 failed\n");
  const Ended none = test(two, "--only secnd");
  CHECK(none.status == 1);
  CHECK(has(none.output, "there is no test 'secnd'; did you mean 'second'?"));
}

TEST_CASE("the flag --json prints one object a case") {
  const AtWork work;
  work.write(
      "p.yaml",
      pipeline(
          "  - {name: good, posts: [{text: x}]}\n  - {name: bad, posts: [{id: a, text: x}], findings: [{post: a}]}\n"));
  const Ended ended = work.output_of("test p.yaml --json");
  CHECK(ended.status == 1);
  CHECK(
      ended.output ==
      R"({"file":"p.yaml","name":"good","line":19,"ok":true,"differences":[]})"
      "\n"
      R"({"file":"p.yaml","name":"bad","line":20,"ok":false,"differences":[{"file":"p.yaml","line":20,"expected":"a finding {post: a}","instead":["no finding at all"]}]})"
      "\n");
}

TEST_CASE("several files are told apart, and one with faults fails") {
  const AtWork work;
  work.write("a.yaml", pipeline("  - {name: one, posts: [{text: x}]}\n"));
  work.write("b.yaml", pipeline("  - {name: one, posts: [{text: x}]}\n"));
  work.write("bad.yaml", "pipeline: x\n");
  CHECK(work.earshot("test a.yaml b.yaml").output == "ok    a.yaml: one\nok    b.yaml: one\n2 passed, 0 failed\n");
  const Ended bad = work.output_of("test a.yaml bad.yaml");
  CHECK(bad.status == 1);
  CHECK(bad.output == "ok    a.yaml: one\nFAIL  bad.yaml has faults\n1 passed, 1 failed\n");
  CHECK(has(work.read("errors.txt"), "bad.yaml"));
}

TEST_CASE("a file without tests is no success") {
  const AtWork work;
  work.write("p.yaml", pipeline("  []\n"));
  const Ended ended = work.earshot("test p.yaml");
  CHECK(ended.status == 1);
  CHECK(has(ended.output, "p.yaml has no `tests:` section"));
}

TEST_CASE("a detector that refuses its options is told at the option") {
  const AtWork work;
  std::string text = pipeline("  - {name: one, posts: [{text: x}]}\n");
  text.replace(text.find("subject:acme"), 12, "subject:acme AND (");
  work.write("p.yaml", text);
  const Ended ended = work.earshot("test p.yaml");
  CHECK(ended.status == 1);
  CHECK(ended.output ==
        "FAIL  one\n  p.yaml:11: expected acmes.where to be taken\n"
        "    instead: '(' is not closed: add a ')'\n0 passed, 1 failed\n");
}
