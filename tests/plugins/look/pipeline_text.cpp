// The pipeline that looks at given files.
#include "pipeline_text.hpp"

#include <boost/json.hpp>
#include <catch2/catch.hpp>

using namespace earshot::look;
using Catch::Contains;

namespace {

Wish some_wish() {
  Wish wish;
  wish.files = {"/data/a.jpg", "/other/b.mp4"};
  wish.languages = {"eng", "deu"};
  wish.plugins = {"media", "ocr", "captions", "speech", "brand_text", "logo", "annotate"};
  return wish;
}

}  // namespace

TEST_CASE("each file is a post whose id begins with its place") {
  const std::vector<std::string> texts = posts_texts(some_wish(), 8);
  REQUIRE(texts.size() == 2);
  const auto second = boost::json::parse(texts[1]).as_object();
  CHECK(second.at("id").as_string() == "1-b");
  CHECK(second.at("media").as_array()[0].as_object().at("path").as_string() == "/other/b.mp4");
}

TEST_CASE("the detectors that are there stand one behind the other") {
  Wish wish = some_wish();
  wish.watchlist = "/data/w.yaml";
  const std::string text = pipeline_text(wish, 1, "/tmp/x");
  CHECK_THAT(text, Contains("lettering: {plugin: ocr, from: [files0], languages: [eng, deu]}"));
  CHECK_THAT(text, Contains("spoken: {plugin: speech, from: subtitles}"));
  CHECK_THAT(text, Contains("found: {plugin: ndjson, from: logos"));
  CHECK_THAT(text, Contains("folders: ["));
  CHECK_THAT(text, Contains("\"/other\""));
}

TEST_CASE("without a watchlist nothing is looked for that has a name") {
  const std::string text = pipeline_text(some_wish(), 1, "/tmp/x");
  CHECK(text.find("brand_text") == std::string::npos);
  CHECK(text.find("watchlist:") == std::string::npos);
}

TEST_CASE("a plugin that is not there is left out and told") {
  Wish wish = some_wish();
  wish.plugins.erase("ocr");
  CHECK(pipeline_text(wish, 1, "/tmp/x").find("ocr") == std::string::npos);
  REQUIRE_FALSE(left_out(wish).empty());
  CHECK_THAT(left_out(wish)[0], Contains("lettering is not read"));
}

TEST_CASE("a name of a file cannot become structure or a variable of the pipeline") {
  Wish wish = some_wish();
  wish.files = {"/data/x\", evil: y/${HOME}/a.jpg"};
  const std::string text = pipeline_text(wish, 1, "/tmp/x");
  CHECK_THAT(text, Contains(R"("/data/x\", evil: y/\u0024{HOME}")"));
}
