// Posts, alerts and gaps as bytes.
#include <catch2/catch.hpp>

#include "earshot/types.hpp"
#include "runtime/record.hpp"

using namespace earshot::host;
using earshot::str;
using earshot::view;

TEST_CASE("a post comes back from its record as it was") {
  ear_post post = earshot::make_post();
  post.platform = str("mastodon"), post.id = str("1"), post.published = -5, post.likes = 7, post.key = {1, 2};
  post.revision = 3, post.change = EAR_EDITED, post.raw = str("{}");
  ear_author author = earshot::make_author();
  author.handle = str("ann"), author.followers = 12;
  post.author = &author;
  ear_segment segments[2] = {earshot::make_segment(EAR_TITLE, "title"), earshot::make_segment(EAR_SPEECH, "said")};
  segments[1].start = 5, segments[1].box.x[2] = 0.5f, segments[1].detector = str("speech");
  const ear_word word{0, 4, 0.75, 5, 9, {}};
  segments[1].words = &word, segments[1].word_count = 1, segments[1].word_stride = sizeof word;
  post.segments = segments, post.segment_count = 2;
  ear_finding finding = earshot::make_finding(0, "mention", "acme", 0.25);
  const ear_value attributes[] = {earshot::text_value("rule", "exact"), earshot::real_value("x", 1.5)};
  finding.attributes = attributes, finding.attribute_count = 2, finding.segment = 1, finding.end = 4;
  post.findings = &finding, post.finding_count = 1;
  const std::string bytes = encode(post);

  Arena arena;
  Record record;
  REQUIRE(decode(bytes, arena, record));
  CHECK(record.kind == EAR_DELIVERY_POST);
  CHECK(view(record.post.platform) == "mastodon");
  CHECK((record.post.published == -5 && record.post.likes == 7 && record.post.views == -1));
  CHECK((record.post.key.low == 2 && record.revision == 3 && record.post.change == EAR_EDITED));
  REQUIRE(record.post.author != nullptr);
  CHECK((view(record.post.author->handle) == "ann" && record.post.author->created == EAR_TIME_NONE));
  REQUIRE(record.post.segment_count == 2);
  CHECK(view(record.post.segments[1].text) == "said");
  CHECK((record.post.segments[1].box.x[2] == 0.5f && record.post.segments[0].media == EAR_NONE));
  REQUIRE(record.post.segments[1].word_count == 1);
  CHECK((record.post.segments[1].words[0].end == 4 && record.post.segments[1].words[0].confidence == 0.75));
  REQUIRE(record.post.finding_count == 1);
  CHECK((record.post.findings[0].score == 0.25 && record.post.findings[0].segment == 1));
  REQUIRE(record.post.findings[0].attribute_count == 2);
  CHECK(view(record.post.findings[0].attributes[0].key) == "rule");
  CHECK(record.post.findings[0].attributes[1].real == 1.5);
  CHECK(encode(record.post) == bytes);
}

TEST_CASE("a record of the version before words is read") {
  ear_post post = earshot::make_post();
  post.platform = str("test"), post.id = str("1");
  const ear_segment segment = earshot::make_segment(EAR_BODY, "some text");
  post.segments = &segment, post.segment_count = 1;
  std::string bytes = encode(post);
  // No media, findings or attributes: the three zeros at its end follow the count of words, which version 1 had not.
  bytes.erase(bytes.size() - 4, 1), bytes[0] = 1;
  Arena arena;
  Record record;
  REQUIRE(decode(bytes, arena, record));
  REQUIRE(record.post.segment_count == 1);
  CHECK(view(record.post.segments[0].text) == "some text");
  CHECK(record.post.segments[0].word_count == 0);
}

TEST_CASE("bytes that are no record are refused, however they were damaged") {
  ear_post post = earshot::make_post();
  post.platform = str("test"), post.id = str("1");
  const ear_segment segment = earshot::make_segment(EAR_BODY, "some text");
  post.segments = &segment, post.segment_count = 1;
  const std::string bytes = encode(post);
  for (std::size_t size = 0; size < bytes.size(); ++size) {
    Arena arena;
    Record record;
    CHECK_FALSE(decode(std::string_view(bytes).substr(0, size), arena, record));
  }
  for (std::size_t at = 0; at < bytes.size(); ++at) {
    std::string damaged = bytes;
    damaged[at] = static_cast<char>(0xFF);
    Arena arena;
    Record record;
    decode(damaged, arena, record);  // must not read or write outside; the sanitizers watch
  }
}
