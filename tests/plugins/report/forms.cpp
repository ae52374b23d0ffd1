// A report as a page, Markdown, tables and JSON: complete, safe, and the same every time.
#include <boost/json.hpp>
#include <catch2/catch.hpp>
#include <set>

#include "report/forms.hpp"
#include "report/html.hpp"
#include "report/write.hpp"
#include "week.hpp"

using namespace earshot::testing;
using namespace earshot::report;
using Catch::Contains;

namespace {

Content content_of(Filled& filled) {
  earshot::figures::Figures figures(filled.path);
  return gather(figures, second_week(filled.path));
}

// What stands between `before` and the quote after it, everywhere.
std::set<std::string> all_behind(const std::string& text, const std::string& before) {
  std::set<std::string> out;
  for (std::size_t at = text.find(before); at != std::string::npos; at = text.find(before, at + 1))
    out.insert(text.substr(at + before.size(), text.find('"', at + before.size()) - at - before.size()));
  return out;
}

}  // namespace

TEST_CASE("the page has no script, nothing from outside, and says so in its policy") {
  Filled filled(two_weeks);
  const std::string page = as_html(content_of(filled));
  CHECK_THAT(page, Contains("default-src 'none'"));
  CHECK_THAT(page,
             !Contains("<script") && !Contains("href=\"javascript:") && !Contains("onerror=") && !Contains("@import"));
  CHECK_THAT(page, !Contains("url(") && !Contains("src=\"http") && !Contains("\xE2\x80\xAE") && !Contains("\x01"));
  CHECK_THAT(page, Contains("&lt;script&gt;alert(1)"));
  CHECK_THAT(page, Contains("Acme &lt;Rockets&gt;"));
}

TEST_CASE("every link within the page leads somewhere, and no id is there twice") {
  Filled filled(two_weeks);
  const std::string page = as_html(content_of(filled));
  const std::set<std::string> ids = all_behind(page, " id=\"");
  for (const std::string& target : all_behind(page, "href=\"#")) {
    CAPTURE(target);
    CHECK(ids.count(target) == 1);
  }
  std::size_t count = 0;
  for (std::size_t at = page.find(" id=\""); at != std::string::npos; at = page.find(" id=\"", at + 1)) ++count;
  CHECK(count == ids.size());
}

TEST_CASE("the same report again has the same bytes, in every form") {
  Filled filled(two_weeks);
  const Content first = content_of(filled), second = content_of(filled);
  CHECK(as_html(first) == as_html(second));
  CHECK(as_json(first) == as_json(second));
  CHECK(as_markdown(first) == as_markdown(second));
  CHECK(as_csv(first) == as_csv(second));
}

TEST_CASE("an empty store gives a report that says so") {
  Filled filled([](SinkHarness&) {});
  const Content content = content_of(filled);
  CHECK_THAT(as_html(content), Contains("No mentions") && Contains("No source told of a gap"));
  CHECK_THAT(as_markdown(content), Contains("no mentions"));
}

TEST_CASE("no text from outside is markup in Markdown") {
  CHECK(markdown_text("a *b* [c](d) <e> `f` | g\n# h") == "a \\*b\\* \\[c\\]\\(d\\) &lt;e&gt; \\`f\\` \\| g \\# h");
  Filled filled(two_weeks);
  const std::string text = as_markdown(content_of(filled));
  CHECK_THAT(text, !Contains("<script") && !Contains("](javascript:"));
}

TEST_CASE("no cell of a table is a formula, and numbers stay numbers") {
  CHECK(csv_text("=1+2") == "\"'=1+2\"");
  CHECK(csv_text("@sum(a)") == "\"'@sum(a)\"");
  CHECK(csv_text("-1") == "\"'-1\"");
  CHECK(csv_text("say \"hi\", you") == "\"say \"\"hi\"\", you\"");
  CHECK(csv_text("plain") == "plain");
  Filled filled(two_weeks);
  for (const auto& [name, text] : as_csv(content_of(filled)))
    if (name == "overview.csv") CHECK_THAT(text, Contains("\r\nacme,141,70,"));
}

TEST_CASE("JSON has every figure with its query") {
  Filled filled(two_weeks);
  const boost::json::value all = boost::json::parse(as_json(content_of(filled)));
  CHECK(all.at_pointer("/items/0/now/mentions").to_number<int>() == 141);
  CHECK(all.at_pointer("/items/0/volume").as_array().size() == 7);
  CHECK(all.at_pointer("/coverage/hours_unseen").to_number<double>() == Approx(6));
  CHECK(all.at_pointer("/evidence/0/query").as_string() == "mention:acme published:2026-05-11..2026-05-17");
}

TEST_CASE("files are written whole, named by the period") {
  Filled filled(two_weeks);
  const Folder folder;
  const auto files = write(content_of(filled), {Format::html, Format::json, Format::csv, Format::markdown},
                           std::filesystem::path(folder / "out"));
  REQUIRE(files.size() == 10);
  CHECK(files[0].filename() == "report-2026-05-11_2026-05-17.html");
  for (const auto& file : files) CHECK(std::filesystem::file_size(file) > 10);
  CHECK_THROWS_WITH(formats_of({"docx"}), Contains("html, pdf, csv, json, md"));
}

TEST_CASE("pictures stand in the page from below their folder, and nothing else that a post names does") {
  const Folder folder;
  const std::string bytes = "\x89PNG\r\n\x1A\nrest";
  std::filesystem::create_directories(folder / "media");
  const std::string png = folder.write("media/a.png", bytes), secret = folder.write("media/secret", "root:x:0:0");
  const std::string beside = folder.write("b.png", bytes + " beside");
  std::filesystem::create_symlink(beside, folder / "media/link.png");
  Filled filled([&](SinkHarness& sink) {
    for (const std::string& path : {png, secret, beside, std::string(folder / "media/../b.png"),
                                    std::string(folder / "media/link.png"), std::string("/dev/zero")}) {
      TestPost& post = sink.post("Acme in a picture")
                           .at("2026-05-12T10:00:00Z")
                           .found("mention", "acme")
                           .image("https://x.test/a.png");
      post.media.back().path = path;
    }
  });
  const auto pictures = [&](const std::string& media) {
    Request request = second_week(filled.path);
    request.media = media, request.posts = 10;
    earshot::figures::Figures figures(filled.path);
    const std::string page = as_html(gather(figures, request));
    CHECK_THAT(page, !Contains("cm9vdDp4"));
    std::size_t count = 0;
    for (std::size_t at = page.find("data:image"); at != std::string::npos; at = page.find("data:image", at + 1))
      ++count;
    return count;
  };
  CHECK(pictures(folder / "media") == 1);
  CHECK(pictures("") == 0);
  CHECK(pictures(folder / "nowhere") == 0);
}
