// Stored posts come once more as they were.
#include <catch2/catch.hpp>

#include "../store/filled.hpp"

using namespace earshot::testing;
using Catch::Contains;

namespace {

TestFinding finding(const std::string& kind, const std::string& value, const std::string& detector) {
  TestFinding f;
  f.kind = kind, f.value = value, f.detector = detector, f.subject = "acme";
  return f;
}

// Four posts, not in the order of their publication, the second of them late.
Filled four() {
  return Filled([](SinkHarness& sink) {
    TestPost& c = sink.post("Acme is up").with_id("c").by("ana").at("2026-05-03T10:00:00Z");
    c.found(mention_of("acme", c, "Acme")).found(finding("sentiment", "positive", "feeling"));
    TestFinding topic = finding("topic", "t1", "about");
    topic.attributes = {Tree("up and down")};
    topic.attributes[0].key = "label";
    c.found(topic);
    c.likes = 7, c.followers = 900, c.url = "https://x.example/c";
    TestPost& a = sink.post("Acme is down").with_id("a").by("bea").at("2026-05-01T10:00:00Z");
    a.found(mention_of("acme", a, "Acme")).found(finding("sentiment", "negative", "feeling"));
    a.flags |= EAR_POST_LATE;
    TestSegment read;
    read.origin = EAR_IMAGE, read.text = "Acme, read", read.detector = "pictures", read.confidence = 0.5;
    a.segment(read);
    sink.post("gone").with_id("g").by("bea").at("2026-05-02T10:00:00Z");
    sink.post("").with_id("g").deleted().at("2026-05-02T10:00:00Z");
    sink.post("nothing here").with_id("b").by("cem").at("2026-05-02T11:00:00Z");
  });
}

std::string ids(const SourceHarness& source) {
  std::string all;
  for (const TestPost& post : source.posts()) all += post.id;
  return all;
}

}  // namespace

TEST_CASE("posts come in the order of their publication, with what was found, and those that are gone do not") {
  Filled filled = four();
  SourceHarness source(loaded("replay"), {{"path", filled.path}});
  source.poll_until_end();
  REQUIRE(ids(source) == "abc");
  const TestPost &a = source.posts()[0], &c = source.posts()[2];
  CHECK((a.flags & EAR_POST_LATE) != 0);
  CHECK((c.flags & EAR_POST_LATE) == 0);
  REQUIRE(a.segments.size() == 2);
  CHECK(a.segments[1].detector == "pictures");
  CHECK(a.segments[1].confidence == 0.5);
  REQUIRE(c.findings.size() == 3);
  CHECK(c.findings[0].kind == "mention");
  CHECK(c.findings[0].begin == 0);
  CHECK(c.findings[0].end == 4);
  CHECK(c.findings[1].detector == "feeling");
  REQUIRE(c.findings[2].attributes.size() == 1);
  CHECK(c.findings[2].attributes[0].key == "label");
  CHECK(c.findings[2].attributes[0].text == "up and down");
  CHECK(c.likes == 7);
  CHECK(c.followers == 900);
  CHECK(c.url == "https://x.example/c");
  CHECK(c.source == "test");
}

TEST_CASE("a stretch of time, without findings or without those of one detector") {
  Filled filled = four();
  SourceHarness some(loaded("replay"),
                     {{"path", filled.path}, {"from", "2026-05-02T00:00:00Z"}, {"to", "2026-05-03T00:00:00Z"}});
  some.poll_until_end();
  CHECK(ids(some) == "b");
  REQUIRE(some.complete().size() == 1);
  CHECK(some.complete()[0] == at("2026-05-03T00:00:00Z"));
  SourceHarness bare(loaded("replay"), {{"path", filled.path}, {"findings", false}});
  bare.poll_until_end();
  CHECK(bare.posts()[0].findings.empty());
  CHECK(bare.posts()[0].segments.size() == 1);
  SourceHarness without(loaded("replay"), {{"path", filled.path}, {"without", "[feeling, pictures]"}});
  without.poll_until_end();
  CHECK(without.posts()[0].segments.size() == 1);
  for (const TestPost& post : without.posts())
    for (const TestFinding& f : post.findings) CHECK(f.detector != "feeling");
}

TEST_CASE("after a restart the posts behind the cursor come, and no other") {
  Filled filled = four();
  SourceHarness source(loaded("replay"), {{"path", filled.path}});
  source.max_posts(1);
  source.poll();
  CHECK(ids(source) == "a");
  const std::string cursor = source.cursor();
  source.clear();
  source.reopen(cursor);
  source.poll_until_end();
  CHECK(ids(source) == "bc");
}

TEST_CASE("gaps are told before the posts behind their beginning") {
  Filled filled([](SinkHarness& sink) {
    sink.post("one").at("2026-05-01T10:00:00Z");
    sink.post("two").at("2026-05-03T10:00:00Z");
    sink.gap("2026-05-02T00:00:00Z", "2026-05-02T06:00:00Z", "unreachable");
  });
  SourceHarness source(loaded("replay"), {{"path", filled.path}});
  source.max_posts(1);
  source.poll();
  CHECK(source.gaps().empty());
  source.poll();
  REQUIRE(source.gaps().size() == 1);
  CHECK(source.gaps()[0].from == at("2026-05-02T00:00:00Z"));
  CHECK(source.gaps()[0].reason == "unreachable");
}

TEST_CASE("a store that is not there, and a file that is none, are told") {
  Folder folder;
  SourceHarness none(loaded("replay"), {{"path", folder / "none.db"}});
  CHECK_THROWS_WITH(none.open(), Contains("there is no store"));
  std::ofstream(folder / "text.db") << "this is no database at all, however long it may be";
  SourceHarness text(loaded("replay"), {{"path", folder / "text.db"}});
  CHECK_THROWS(text.open());
  SourceHarness turned(loaded("replay"),
                       {{"path", "x.db"}, {"from", "2026-05-03T00:00:00Z"}, {"to", "2026-05-02T00:00:00Z"}});
  CHECK_THROWS_WITH(turned.open(), Contains("behind"));
}
