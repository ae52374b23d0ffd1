// The post form, read.
#include <catch2/catch.hpp>

#include "form.hpp"

using earshot::view;

namespace {

const std::string kLeast = R"("platform":"p","id":"1","published":0)";

std::string fault(const std::string& more) {
  return Line("{" + kLeast + "," + more + "}").fault();
}

}  // namespace

TEST_CASE("every field of a post is read") {
  Line line(
      R"({"platform":"mastodon","id":"109","revision":3,"change":"edited","published":"2026-03-01T12:00:00.5Z",)"
      R"("collected":1772366401,"kind":"status","url":"https://m.example/109","language":"de","country":"AT",)"
      R"("parent":"108","repost_of":"107","author":{"id":"a1","handle":"ana","name":"Ana","url":"https://m.example/ana",)"
      R"("bio":"writes","place":"Wien","followers":5,"following":6,"posts":7,"created":"2020-01-01T00:00:00+01:00"},)"
      R"("title":"T","text":"B","segments":[{"origin":"image","text":"SALE","language":"en","media":0,"confidence":0.5,)"
      R"("start":1.5,"end":2,"box":[0,0,1,0,1,0.5,0,0.5]}],"media":[{"kind":"video","url":"u","path":"/p","type":"video/mp4",)"
      R"("alt":"a shop","width":640,"height":480,"duration":12.25}],"likes":1,"reposts":2,"replies":3,"views":4,)"
      R"("attributes":{"a":[1,2.5,true,null,"x",{"y":{}}]},"unknown":{"deep":[[]]}})");
  const ear_post* post = line.read();
  REQUIRE(post != nullptr);
  CHECK(view(post->platform) == "mastodon");
  CHECK(view(post->id) == "109");
  CHECK(post->revision == 3);
  CHECK(post->change == EAR_EDITED);
  CHECK(post->published == 1772366400'500000000);
  CHECK(post->collected == 1772366401'000000000);
  CHECK(view(post->kind) == "status");
  CHECK(view(post->url) == "https://m.example/109");
  CHECK(view(post->language) == "de");
  CHECK(view(post->country) == "AT");
  CHECK(view(post->parent) == "108");
  CHECK(view(post->repost_of) == "107");
  REQUIRE(post->author != nullptr);
  CHECK(view(post->author->id) == "a1");
  CHECK(view(post->author->handle) == "ana");
  CHECK(view(post->author->name) == "Ana");
  CHECK(view(post->author->url) == "https://m.example/ana");
  CHECK(view(post->author->bio) == "writes");
  CHECK(view(post->author->place) == "Wien");
  CHECK(post->author->followers == 5);
  CHECK(post->author->following == 6);
  CHECK(post->author->posts == 7);
  CHECK(post->author->created == 1577833200'000000000);
  REQUIRE(post->segment_count == 4);
  CHECK(post->segments[0].origin == EAR_TITLE);
  CHECK(view(post->segments[0].text) == "T");
  CHECK(post->segments[1].origin == EAR_BODY);
  CHECK(view(post->segments[1].text) == "B");
  CHECK(post->segments[2].origin == EAR_IMAGE);
  CHECK(post->segments[2].media == 0);
  CHECK(post->segments[2].confidence == 0.5);
  CHECK(post->segments[2].start == 1'500000000);
  CHECK(post->segments[2].end == 2'000000000);
  CHECK(post->segments[2].box.y[2] == 0.5f);
  CHECK(post->segments[3].origin == EAR_ALT);  // of the media
  CHECK(view(post->segments[3].text) == "a shop");
  REQUIRE(post->media_count == 1);
  CHECK(post->media[0].kind == EAR_MEDIA_VIDEO);
  CHECK(view(post->media[0].path) == "/p");
  CHECK(post->media[0].width == 640);
  CHECK(post->media[0].duration == 12'250000000);
  CHECK(post->likes == 1);
  CHECK(post->views == 4);
  REQUIRE(post->attribute_count == 1);
  CHECK(view(post->attributes[0].key) == "a");
  REQUIRE(post->attributes[0].count == 6);
  CHECK(post->attributes[0].items[1].real == 2.5);
  CHECK(post->attributes[0].items[3].type == EAR_UNSET);
  CHECK((post->flags & EAR_POST_RAW_JSON) != 0);
}

TEST_CASE("escapes in texts and names are undone, and the bytes stay as they came") {
  const std::string text = R"({"platform":"p","\u0069d":"1","published":0,"text":"a\"b\\\n\u00e9\ud83d\ude00 z"})";
  Line line(text);
  const ear_post* post = line.read();
  REQUIRE(post != nullptr);
  CHECK(view(post->id) == "1");
  CHECK(view(post->segments[0].text) == "a\"b\\\n\u00e9\U0001F600 z");
  CHECK(view(post->raw) == text);
}

TEST_CASE("half a surrogate pair becomes the replacement character, and the bytes are not passed on") {
  Line line(R"({"platform":"p","id":"1","published":0,"text":"cut \ud83d"})");
  const ear_post* post = line.read();
  REQUIRE(post != nullptr);
  CHECK(view(post->segments[0].text) == "cut \uFFFD");
  CHECK((post->flags & EAR_POST_RAW_JSON) == 0);
}

TEST_CASE("a post that has findings or a source of its own is not passed on as it is") {
  for (const char* more : {R"("findings":[])", R"("source":"x")"}) {
    Line line("{" + kLeast + "," + more + "}");
    const ear_post* post = line.read();
    REQUIRE(post != nullptr);
    CHECK((post->flags & EAR_POST_RAW_JSON) == 0);
  }
}

TEST_CASE("null counts as not given") {
  Line line("{" + kLeast +
            R"(,"text":null,"likes":null,"author":null,"media":null,"collected":null,"attributes":null})");
  const ear_post* post = line.read();
  REQUIRE(post != nullptr);
  CHECK(post->segment_count == 0);
  CHECK(post->likes == -1);
  CHECK(post->author == nullptr);
}

TEST_CASE("a deleted post needs no time") {
  Line line(R"({"platform":"p","id":"1","change":"deleted"})");
  const ear_post* post = line.read();
  REQUIRE(post != nullptr);
  CHECK(post->published == EAR_TIME_NONE);
}

TEST_CASE("times are read in the forms that platforms write") {
  const auto [text, wanted] = GENERATE(table<std::string, ear_time>({
      {R"("1970-01-01T00:00:00Z")", 0},
      {R"("2026-02-28t23:59:59z")", 1772323199'000000000},
      {R"("2024-02-29 00:00:00.123456789+00:00")", 1709164800'123456789},
      {R"("2015-02-16 23:36:05 -0800")", 1424158565'000000000},
      {R"("1969-12-31T23:59:59.5Z")", -500000000},
      {"1700000000", 1700000000'000000000},
      {"1700000000.25", 1700000000'250000000},
      {"-1.5", -1'500000000},
  }));
  INFO(text);
  Line line(R"({"platform":"p","id":"1","published":)" + text + "}");
  const ear_post* post = line.read();
  REQUIRE(post != nullptr);
  CHECK(post->published == wanted);
}

TEST_CASE("what is no time is refused") {
  const std::string text =
      GENERATE(as<std::string>(), R"("")", R"("yesterday")", R"("2026-02-29T00:00:00Z")", R"("2026-13-01T00:00:00Z")",
               R"("2026-01-01T24:00:00Z")", R"("2026-01-01T00:00:00")", R"("2026-01-01T00:00:00.Z")",
               R"("9999-01-01T00:00:00Z")", R"("2026-01-01T00:00:00+1:00")", "1700000000000", "1e300");
  INFO(text);
  CHECK_THAT(Line(R"({"platform":"p","id":"1","published":)" + text + "}").fault(), Catch::StartsWith("not a time"));
}

TEST_CASE("what is not JSON to the letter is refused") {
  const std::string text = GENERATE(
      as<std::string>(), "", "x", "[]", "\"a\"", "{", "{}}", "{} {}", R"({"a":})", R"({"a" 1})", R"({"a":1,})",
      R"({a:1})", R"({"a":01})", R"({"a":1.})", R"({"a":.5})", R"({"a":+1})", R"({"a":1e})", R"({"a":tru})",
      R"({"a":truee})", R"({"a":nul})", R"({"a":"\q"})", R"({"a":"\u12"})", R"({"a":"\u12g4"})", R"({"a":"b)",
      "{\"a\":\"\x01\"}", "{\"a\":\"b\nc\"}", R"({"a":[1,]})", R"({"a":[1)", R"({"a":[1}})", R"({"a":1 2})",
      R"({"a":"b"c})", R"({"a":1"b":2})", "\xEF\xBB\xBF{}", std::string("{\"a\":1\0}", 8), std::string("\0\0\0", 3));
  INFO(text);
  CHECK_THAT(Line(text).fault(), Catch::StartsWith("not JSON"));
}

TEST_CASE("bytes that are not UTF-8 are refused") {
  CHECK_THAT(Line("{" + kLeast + ",\"text\":\"a\xFF\"}").fault(), Catch::StartsWith("not UTF-8"));
  CHECK_THAT(Line("{" + kLeast + ",\"text\":\"\xED\xA0\x80\"}").fault(), Catch::StartsWith("not UTF-8"));
}

TEST_CASE("each fault of a post has a reason that names kind and field") {
  CHECK(Line(R"({"id":"1","published":0})").fault() == "no platform: every post names its platform");
  CHECK(Line(R"({"platform":"p","published":0})").fault() == "no id: every post has an id");
  CHECK(Line(R"({"platform":"p","id":1,"published":0})").fault() == "wrong type: id is no text");
  CHECK(Line(R"({"platform":"p","id":"1"})").fault() == "not a time: published every post has one");
  CHECK(fault(R"("text":5)") == "wrong type: text is no text");
  CHECK(fault(R"("likes":"5")") == "wrong type: likes is no number");
  CHECK(fault(R"("likes":-5)") == "wrong value: likes is no whole number from 0 on");
  CHECK(fault(R"("likes":1e999)") == "wrong value: likes is out of range");
  CHECK(fault(R"("author":"ana")") == "wrong type: author is no object");
  CHECK(fault(R"("media":{})") == "wrong type: media is no list");
  CHECK(fault(R"("segments":[5])") == "wrong type: segments holds something that is no object");
  CHECK(fault(R"("segments":[{"text":"x","media":0}])") == "wrong value: segments.media is no media of the post");
  CHECK(fault(R"("segments":[{"box":[1,2]}])") == "wrong value: segments.box is out of range");
  CHECK(fault(R"("segments":[{"text":"x","words":[{"begin":0,"end":2}]}])") ==
        "wrong value: segments.words stands outside of the text");
  CHECK(fault(R"("id":"2")") == "field twice: id stands there twice");
  CHECK(fault(R"("change":"lost")") == "wrong value: change is none of new, edited, deleted, withdrawn");
  CHECK_THAT(fault("\"x\":" + std::string(100, '[') + std::string(100, ']')), Catch::StartsWith("too deep"));
  CHECK_THAT(fault("\"attributes\":{\"x\":" + std::string(20, '[') + std::string(20, ']') + "}"),
             Catch::StartsWith("too deep"));
  CHECK_THAT(Line(R"({"platform":"p","id":")" + std::string(2000, 'x') + R"(","published":0})").fault(),
             Catch::StartsWith("too long"));
}

TEST_CASE("nesting of a hundred thousand levels is refused without using the stack up") {
  CHECK_THAT(fault("\"x\":" + std::string(100000, '[')), Catch::StartsWith("too deep"));
  CHECK_THAT(fault("\"attributes\":" + std::string(100000, '{')), Catch::StartsWith("not JSON"));
}

TEST_CASE("a faulty line among others costs no other line") {
  const std::string bad =
      GENERATE(as<std::string>(), "{", "}", "\"", "{\"a\":[", "{\"platform\":\"p\",\"id\":\"", "\xFF",
               "{\"platform\":\"p\",\"id\":\"x\",\"published\":0", "\\\"", "[[[[[[", "{\"a\":tru");
  std::string all;
  std::vector<std::string> lines;
  for (int i = 0; i < 400; ++i) {
    lines.push_back(i % 7 == 3 ? bad
                               : R"({"platform":"p","id":")" + std::to_string(i) + R"(","published":1,"text":")" +
                                     std::string(static_cast<std::size_t>(i), 'x') + "\"}");
    all += lines.back() + "\n";
  }
  all.append(80, '\n');
  std::deque<std::string> kept;
  earshot::post::Memory memory(
      [](void* ctx, std::size_t size) {
        return static_cast<std::deque<std::string>*>(ctx)->emplace_back(size, '\0').data();
      },
      &kept);
  earshot::post::Reader reader;
  reader.block({all.data(), all.size() - 81});
  std::size_t at = 0;
  for (std::size_t i = 0; i < lines.size(); ++i) {
    const ear_post* post = reader.read({all.data() + at, lines[i].size()}, memory);
    at += lines[i].size() + 1;
    INFO(i);
    REQUIRE((post != nullptr) == (i % 7 != 3));
    if (post != nullptr) REQUIRE(view(post->id) == std::to_string(i));
  }
}
