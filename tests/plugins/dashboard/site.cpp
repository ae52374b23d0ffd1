// What the page asks of the store, and what it is answered.
#include <algorithm>
#include <catch2/catch.hpp>

#include "asked.hpp"

using namespace earshot::testing;
using Catch::Contains;

namespace {

void posts(SinkHarness& sink) {
  for (int i = 0; i < 3; ++i) {
    TestPost& post = sink.post("Acme is <b>down</b> again").on("mastodon").by("ana");
    post.url = i == 0 ? "javascript:alert(1)" : "https://example.org/1";
    post.findings.push_back(mention_of("acme", post, "Acme"));
    post.found("sentiment", "acme");
    post.findings.back().value = "negative";
  }
  sink.post("Zentrix opens").on("forum").by("bea").found("mention", "zentrix");
  sink.gap("2026-05-01T00:00:00Z", "2026-05-01T01:00:00Z");
}

}  // namespace

TEST_CASE("the page and its files come from the plugin itself") {
  Asked site(posts);
  for (const char* path :
       {"/", "/style.css", "/app.js", "/charts.js", "/dom.js", "/posts.js", "/views.js", "/icon.svg"}) {
    INFO(path);
    CHECK(site.ask(path).status == 200);
    CHECK_FALSE(site.ask(path).body.empty());
  }
  CHECK(site.ask("/nothing").status == 404);
  CHECK(site.ask("/../etc/passwd").status == 404);
  CHECK(site.ask("/app.js", "POST").status == 405);
}

TEST_CASE("the state tells what the store holds") {
  Asked site(posts);
  const auto state = site.json("/api/v1/state");
  CHECK(state.at("posts") == 4);
  CHECK(state.at("pipeline") == "acme-watch");
  CHECK(state.at("subjects") == boost::json::array{"acme", "zentrix"});
}

TEST_CASE("an overview tells counts, voice and sentiment, of one watch item too") {
  Asked site(posts);
  const auto all = site.json("/api/v1/overview");
  CHECK(all.at("counts").at("posts") == 4);
  CHECK(all.at("counts").at("negative") == 3);
  CHECK(all.at("voice").as_array().size() == 2);
  CHECK(all.at("platforms").at(0).at("value") == "mastodon");
  const auto acme = site.json("/api/v1/overview?subject=acme");
  CHECK(acme.at("counts").at("posts") == 3);
  CHECK(acme.at("counts").at("authors") == 1);
}

TEST_CASE("a query narrows what is told, and a wrong one is answered with what was expected") {
  Asked site(posts);
  CHECK(site.json("/api/v1/overview?q=zentrix").at("counts").at("posts") == 1);
  const auto wrong = site.ask("/api/v1/posts?q=%22open");
  CHECK(wrong.status == 400);
  CHECK_THAT(wrong.body, Contains("The query: "));
}

TEST_CASE("a period is days, both included, and what is none is refused") {
  Asked site(posts);
  CHECK(site.json("/api/v1/overview?period=2001-01-01..2001-01-07").at("counts").at("posts") == 0);
  CHECK(site.ask("/api/v1/overview?period=yesterday").status == 400);
}

TEST_CASE("a post comes with its texts cut where something was found, and links that only point to the web") {
  Asked site(posts);
  const auto all = site.json("/api/v1/posts?subject=acme&limit=10").at("posts").as_array();
  REQUIRE_FALSE(all.empty());
  for (const auto& post : all) CHECK_THAT(std::string(post.at("url").as_string()), !Contains("javascript"));
  const auto first = std::find_if(all.begin(), all.end(), [](const auto& one) { return one.at("url") == ""; });
  REQUIRE(first != all.end());
  const auto post = site.json("/api/v1/posts/" + std::to_string(first->at("post").as_int64()));
  const auto& pieces = post.at("segments").at(0).at("pieces").as_array();
  REQUIRE(pieces.size() == 2);
  CHECK(pieces[0].at("text") == "Acme");
  CHECK(pieces[0].at("subject") == "acme");
  CHECK(pieces[1].at("text") == " is <b>down</b> again");
  CHECK(post.at("findings").as_array().size() == 2);
  CHECK(site.ask("/api/v1/posts/99").status == 404);
  CHECK(site.ask("/api/v1/posts/x").status == 404);
}

TEST_CASE("marks that lie inside of a character, or behind the text, cut nothing apart") {
  Asked site([](SinkHarness& sink) {
    TestPost& post = sink.post("é").on("x");
    TestFinding mention;
    mention.kind = "mention", mention.subject = "acme", mention.segment = 0, mention.begin = 1, mention.end = 99;
    post.findings.push_back(mention);
  });
  const auto answer = site.json("/api/v1/posts/1");  // that it parses tells that it is UTF-8
  CHECK(answer.at("segments").at(0).at("pieces").at(0).at("text") == "é");
}

TEST_CASE("a store that is not there is told, and no reason to fall") {
  Asked site(posts);
  site.site.reset();
  earshot::dashboard::Readers missing("/nowhere/acme.db", site.filled.table());
  site.site.emplace(missing, earshot::dashboard::ApiSettings{}, "",
                    earshot::dashboard::AlertsApi("", [] { return ear_time{0}; }));
  CHECK(site.ask("/api/v1/state").status == 503);
  CHECK(site.ask("/").status == 200);
}

TEST_CASE("files of posts are shown from the media folder alone, by ranges, and nothing that runs in a browser") {
  const auto with = [](const std::string& path) {
    return [path](SinkHarness& sink) {
      TestPost& post = sink.post("look").on("x");
      post.media.push_back({});
      post.media.back().path = path;
    };
  };
  Folder folder;
  SECTION("a picture in the folder") {
    Asked site(with(folder.write("logo.png", "0123456789")));
    std::filesystem::copy(folder / "logo.png", site.media + "/logo.png");
    site.site.reset();
    site.site.emplace(site.readers, earshot::dashboard::ApiSettings{"", "UTC", "", folder / ""}, "",
                      earshot::dashboard::AlertsApi("", [] { return ear_time{0}; }));
    CHECK(site.ask("/api/v1/posts/1/media/0").body == "0123456789");
    const auto part = site.ask("/api/v1/posts/1/media/0", "GET", {{"range", "bytes=2-4"}});
    CHECK(part.status == 206);
    CHECK(part.body == "234");
    CHECK(site.ask("/api/v1/posts/1/media/1").status == 404);
  }
  SECTION("a file outside") {
    Asked site(with("/etc/hostname"));
    CHECK(site.ask("/api/v1/posts/1/media/0").status == 404);
  }
  SECTION("a page") {
    Asked site(with(folder.write("page.html", "<script>")));
    CHECK(site.ask("/api/v1/posts/1/media/0").status == 404);
  }
}
