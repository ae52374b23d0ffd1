// The post form, written.
#include <catch2/catch.hpp>

#include "form.hpp"

using namespace earshot;

namespace {

ear_post some_post() {
  ear_post post = make_post();
  post.platform = str("p"), post.id = str("1"), post.published = 1772366400'000000000;
  return post;
}

}  // namespace

TEST_CASE("a post whose bytes may be passed on keeps them, and findings and source are added") {
  Line line(R"({"platform":"p","id":"1","published":0,"text":"Buy Acme now","x":[1, 2] })");
  ear_post post = *line.read();
  post.source = str("feed");
  ear_finding finding = make_finding(0, "mention", "acme", 0.75);
  finding.segment = 0, finding.begin = 4, finding.end = 8, finding.reason = str("name"), finding.detector = str("m");
  post.findings = &finding, post.finding_count = 1;
  CHECK(written(post) ==
        R"({"platform":"p","id":"1","published":0,"text":"Buy Acme now","x":[1, 2] ,"findings":[{"kind":"mention",)"
        R"("subject":"acme","score":0.75,"segment":0,"begin":4,"end":8,"text":"Acme","reason":"name","detector":"m"}],)"
        R"("source":"feed"})"
        "\n");
}

TEST_CASE("a post is written anew where it has changed since") {
  Line line(R"({"platform":"p","id":"1","published":0,"x":1,"text":"hi","change":"edited"})");
  ear_post post = *line.read();
  post.change = EAR_WITHDRAWN;
  CHECK(written(post) ==
        R"({"platform":"p","id":"1","change":"withdrawn","published":"1970-01-01T00:00:00Z","text":"hi","findings":[]})"
        "\n");
}

TEST_CASE("segments that a detector added are written") {
  Line line(R"({"platform":"p","id":"1","published":0,"text":"hi","media":[{"kind":"image","url":"u"}]})");
  ear_post post = *line.read();
  ear_segment segments[] = {post.segments[0], make_segment(EAR_IMAGE, "SALE")};
  segments[1].number = 1, segments[1].media = 0, segments[1].detector = str("ocr"), segments[1].confidence = 0.5;
  segments[1].box = {{0, 1, 1, 0}, {0, 0, 0.5f, 0.5f}};
  post.segments = segments, post.segment_count = 2;
  CHECK(written(post) ==
        R"({"platform":"p","id":"1","published":"1970-01-01T00:00:00Z","segments":[{"origin":"body","text":"hi"},)"
        R"({"origin":"image","text":"SALE","media":0,"confidence":0.5,"box":[0,0,1,0,1,0.5,0,0.5],"detector":"ocr"}],)"
        R"("media":[{"kind":"image","url":"u"}],"findings":[]})"
        "\n");
}

TEST_CASE("every byte that JSON wants escaped is escaped, at each place of a vector") {
  for (std::size_t before = 0; before < 40; ++before) {
    for (int c = 0; c < 128; ++c) {
      std::string text(before, 'x');
      text += static_cast<char>(c);
      text += "y\xC3\xA9z";
      ear_post post = some_post();
      ear_segment body = make_segment(EAR_BODY, text);
      post.segments = &body, post.segment_count = 1;
      Line line(written(post).substr(0, written(post).size() - 1));
      const ear_post* again = line.read();
      REQUIRE(again != nullptr);
      REQUIRE(view(again->segments[0].text) == text);
    }
  }
}

TEST_CASE("times are written in RFC 3339 and read as the same") {
  const ear_time time = GENERATE(0, 1, -1, 1709164800'000000000, 1772366400'500000000, -2208988800'000000000,
                                 9'000'000'000'000'000'001, -9'000'000'000'000'000'001, 951782400'000000000);
  ear_post post = some_post();
  post.published = time;
  Line line(written(post).substr(0, written(post).size() - 1));
  REQUIRE(line.read() != nullptr);
  CHECK(line.read()->published == time);
}

TEST_CASE("an alert is one line with its figures and its evidence") {
  ear_alert alert = make_alert("spike", "acme");
  alert.id = {0x0123456789abcdef, 0xfedcba9876543210};
  alert.detector = str("unusual"), alert.summary = str("Much \"more\""), alert.revision = 2,
  alert.state = EAR_ALERT_CLOSED;
  alert.start = 0, alert.end = 3600'000000000, alert.observed = 40, alert.expected = 3.5, alert.upper = 9,
  alert.severity = 7;
  ear_evidence evidence = make_evidence("p", "1");
  evidence.text = str("Acme!"), evidence.weight = 0.5, evidence.published = 1'000000000;
  alert.evidence = &evidence, alert.evidence_count = 1;
  post::Writer writer;
  writer.alert(alert);
  CHECK(
      writer.text() ==
      R"({"alert":{"id":"0123456789abcdeffedcba9876543210","detector":"unusual","kind":"spike","subject":"acme",)"
      R"("summary":"Much \"more\"","start":"1970-01-01T00:00:00Z","end":"1970-01-01T01:00:00Z","state":"closed",)"
      R"("revision":2,"observed":40,"expected":3.5,"lower":0,"upper":9,"severity":7,"evidence":[{"platform":"p","id":"1",)"
      R"("published":"1970-01-01T00:00:01Z","text":"Acme!","weight":0.5}]}})"
      "\n");
}

TEST_CASE("a gap is one line") {
  ear_gap gap{sizeof(ear_gap), 0, str("feed"), 0, 60'000000000, str("unreachable")};
  post::Writer writer;
  writer.gap(gap);
  CHECK(writer.text() ==
        R"({"gap":{"source":"feed","from":"1970-01-01T00:00:00Z","to":"1970-01-01T00:01:00Z","reason":"unreachable"}})"
        "\n");
}
