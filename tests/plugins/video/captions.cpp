// Subtitles, in containers and in files of their own.
#include <catch2/catch.hpp>

#include "clips.hpp"
#include "service.hpp"
#include "video/cue_text.hpp"

using clips::clip;
using earshot::video::as_utf8;
using earshot::video::cue_text;
using earshot::video::language_tag;
using taken::Service;

namespace {

constexpr const char* kSrt =
    "1\n00:00:01,000 --> 00:00:02,500\n<i>I bought an</i> <font color=\"#ff0000\">Acme</font>\n\n"
    "2\n00:00:02,500 --> 00:00:04,000\nRocket,\nand it flew.\n\n";

void check_both(const taken::Answer<taken::Caption>& answer, const std::string& language) {
  REQUIRE(answer.message == "");
  REQUIRE(answer.shown.size() == 2);
  CHECK(answer.shown[0].text == "I bought an Acme");
  CHECK(answer.shown[1].text == "Rocket,\nand it flew.");
  CHECK(answer.shown[0].start == Approx(1));
  CHECK(answer.shown[0].stop == Approx(2.5));
  CHECK(answer.shown[1].start == Approx(2.5));
  CHECK(answer.shown[1].stop == Approx(4));
  CHECK(answer.shown[0].language == language);
}

}  // namespace

TEST_CASE("subtitles of a container are plain text with their times and their language") {
  const std::string coding =
      GENERATE("a.mp4 -c:s mov_text", "b.mkv -c:s subrip", "c.webm -c:s webvtt", "d.mkv -c:s ass");
  const auto space = coding.find(' ');
  const std::string srt = clips::folder().write("in.srt", kSrt);
  const std::string name = coding.substr(0, space);
  const std::string video = name.ends_with("webm") ? "libvpx -deadline realtime -cpu-used 8" : "mpeg4";
  const std::string path =
      clip(name, "-f lavfi -i testsrc2=size=160x90:rate=10 -i " + srt + " -map 0 -map 1 -t 5 -c:v " + video +
                     coding.substr(space) + " -metadata:s:s:0 language=ger");
  if (!clips::made(path)) return;
  Service service;
  CHECK((service.probe(path).shown[0].parts & EAR_HAS_CAPTIONS) != 0);
  check_both(service.captions(path), "de");
}

TEST_CASE("a file of subtitles is a medium of captions alone") {
  const auto [name, text, type] = GENERATE(table<std::string, std::string, std::string>(
      {{"x.bin", kSrt, "application/x-subrip"},
       {"y.bin",
        "WEBVTT\n\n00:01.000 --> 00:02.500\n<i>I bought</i> an <c.red>Acme</c>\n\n00:02.500 --> "
        "00:04.000\nRocket,\nand it flew.\n",
        "text/vtt"}}));
  const std::string path = clips::folder().write(name, text);
  Service service;
  const auto answer = service.probe(path);
  REQUIRE(answer.message == "");
  CHECK(answer.shown[0].kind == EAR_MEDIA_OTHER);
  CHECK(answer.shown[0].parts == EAR_HAS_CAPTIONS);
  CHECK(answer.shown[0].type == type);
  check_both(service.captions(path), "");
}

TEST_CASE("a file of subtitles in the letters of Windows is read") {
  const std::string path = clips::folder().write("w.srt",
                                                 "1\n00:00:01,000 --> 00:00:02,000\nCaf\xE9 \x93"
                                                 "Acme\x94\n\n");
  const auto answer = Service().captions(path);
  REQUIRE(answer.message == "");
  REQUIRE(answer.shown.size() == 1);
  CHECK(answer.shown[0].text == "Café “Acme”");
}

TEST_CASE("what carries no subtitles shows none") {
  const std::string path = clip("none.wav", "-f lavfi -i sine -t 1");
  if (!clips::made(path)) return;
  const auto answer = Service().captions(path);
  CHECK(answer.status == EAR_OK);
  CHECK(answer.shown.empty());
}

TEST_CASE("codes and tags are no text") {
  CHECK(cue_text("0,0,Default,,0,0,0,,{\\i1}Hello{\\i0},\\N<b>World</b>\\h!") == "Hello,\nWorld !");
  CHECK(cue_text("0,0,Default,,0,0,0,,1 < 2 and <3 {kept}") == "1 < 2 and <3 {kept}");
  CHECK(cue_text("0,0,Default,,0,0,0,,cut {\\off") == "cut");
  CHECK(cue_text("too few fields").empty());
}

TEST_CASE("languages are told as BCP 47") {
  CHECK(language_tag("eng") == "en");
  CHECK(language_tag("ger") == "de");
  CHECK(language_tag("pt-BR") == "pt-BR");
  CHECK(language_tag("und").empty());
  CHECK(language_tag("a\x01").empty());
}

TEST_CASE("text that is UTF-8 stays as it is") {
  CHECK(as_utf8("Café") == "Café");
  CHECK(as_utf8("Caf\xE9") == "Café");
}
