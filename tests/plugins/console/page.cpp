// The lines of the console sink, as text.
#include <catch2/catch.hpp>
#include <earshot/testing.hpp>
#include <memory_resource>

#include "console/page.hpp"
#include "text/cells.hpp"

using namespace earshot::testing;
using namespace earshot::console;
using namespace earshot::text;

namespace {

std::string page(const TestPost& post, Look look = {}) {
  std::pmr::monotonic_buffer_resource memory;
  Page page;
  page.look(look);
  page.post(earshot::Post{*freeze(post, 0, memory)});
  return page.text();
}

TestPost acme_post(const std::string& text) {
  TestPost post;
  post.at("2026-03-14T09:12:05Z").on("mastodon").by("ana").body(text).with_id("1");
  TestFinding mention;
  mention.kind = "mention", mention.subject = "acme", mention.segment = 0;
  mention.begin = static_cast<std::uint32_t>(text.find("Acme")), mention.end = mention.begin + 4;
  return post.found(mention).found("sentiment", "acme", 0.8, "negative");
}

bool has_escape(const std::string& text) {
  return text.find('\x1B') != std::string::npos;
}

}  // namespace

TEST_CASE("a post is two lines: who and what was found, and the text") {
  CHECK(page(acme_post("So Acme is down")) ==
        "2026-03-14 09:12:05 mastodon @ana [acme] [sentiment acme: negative]\n"
        "  So Acme is down\n");
}

TEST_CASE("what was found is marked where colours are wanted, and nothing is where they are not") {
  CHECK_THAT(page(acme_post("So Acme is down"), {true, 100}), Catch::Contains("  So \x1B[1mAcme\x1B[0m is down\n"));
  CHECK(!has_escape(page(acme_post("So Acme is down"), {false, 100})));
}

TEST_CASE("a long text is shown around what was found, and no line is wider than the page") {
  const std::string text = std::string(400, 'x') + " before it and Acme behind " + std::string(400, 'y');
  const std::string shown = page(acme_post(text), {false, 60});
  CHECK_THAT(shown, Catch::Contains("Acme"));
  CHECK_THAT(shown, Catch::Contains("…"));
  std::size_t begin = 0;
  for (std::size_t end; (end = shown.find('\n', begin)) != std::string::npos; begin = end + 1)
    CHECK(columns_of(shown.substr(begin, end - begin)) <= 60);
}

TEST_CASE("outside text never commands the terminal") {
  const auto row = GENERATE(table<std::string, std::string>({
      {"a\x1B[31mred", "a␛[31mred"},
      {"a\x1B]0;title\x07z", "a␛]0;title␇z"},
      {"back\b\b\x7F", "back␈␈␡"},
      {"two\r\nlines\tand  blanks", "two lines and blanks"},
      {"\u202Eevil\u202C", "<U+202E>evil<U+202C>"},
      {"\u2066x\u2069\u200F", "<U+2066>x<U+2069><U+200F>"},
      {"c1 \u009B31m", "c1 <U+009B>31m"},
      {"bad \xFF\xC3 utf8", "bad \uFFFD\uFFFD utf8"},
      {std::string("nul\0!", 5), "nul␀!"},
      {"soft\u00ADhyphen\uFEFF", "softhyphen"},
      {"\uE000", "<U+E000>"},
      {"tag \U000E0041", "tag <U+E0041>"},
      {"kept: é 日本 👩\u200D🚀 نص", "kept: é 日本 👩\u200D🚀 نص"},
  }));
  CHECK(cells(std::get<0>(row)) == std::get<1>(row));
}

TEST_CASE("columns are counted as a terminal counts them") {
  CHECK(columns_of("abc") == 3);
  CHECK(columns_of("日本") == 4);
  CHECK(columns_of("e\u0301") == 1);
  CHECK(cells("日本語", 5) == "日本…");
  CHECK(cells("abcdef", 4) == "abc…");
  CHECK(cells("abcd", 4) == "abcd");
}

TEST_CASE("marks heaped on a letter are cut short") {
  std::string heap = "a";
  for (int i = 0; i < 1000; ++i) heap += "\u0301";
  CHECK(cells(heap).size() < 20);
}

TEST_CASE("names and subjects of outside are as safe as texts") {
  TestPost post = acme_post("Acme");
  post.author = std::string("an\x1B[2Ja"), post.url = std::string("https://x.test/\x1B[2J");
  post.platform = std::string("p\x1B"), post.findings[0].subject = std::string("ac\x1Bme");
  CHECK(!has_escape(page(post)));
}

TEST_CASE("a deleted post says so and shows no text") {
  TestPost post = acme_post("Acme");
  post.findings.clear();
  post.change = EAR_DELETED;
  CHECK(page(post) == "2026-03-14 09:12:05 mastodon @ana deleted\n");
}
