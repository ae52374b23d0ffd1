// The page in a real browser: what somebody sees, by mouse, by keyboard and on a phone.
#include <catch2/catch.hpp>

#include "shown.hpp"

using namespace earshot::testing;
using Catch::Contains;
using Catch::StartsWith;

namespace {

void few(SinkHarness& sink) {
  for (int i = 0; i < 3; ++i) {
    TestPost& post = sink.post("The Acme kettle leaks again").on("mastodon").by("ana").in("en");
    post.findings.push_back(mention_of("acme", post, "Acme"));
    post.found("sentiment", "acme", 0.9, "negative");
  }
  sink.post("Zentrix opens in Lyon").on("forum").by("bea").found("mention", "zentrix");
}

// What must be shown as text: each would leave a trace in window.pwned if it were read as markup.
void hostile(SinkHarness& sink) {
  const std::string markup = "<img src=x onerror=window.pwned=1><script>window.pwned=2</script>";
  TestPost& post = sink.post("Acme " + markup).on("mastodon").by(markup);
  post.author_name = markup, post.url = "javascript:window.pwned=3", post.post_language = "en";
  post.image("javascript:window.pwned=4").media.back().alt = markup;
  post.findings.push_back(mention_of("acme", post, "Acme"));
  post.found("topic", markup, 1, markup).found("hashtag", "", 1, "#" + markup);
  post.found("link", "", 1, "javascript:window.pwned=5").found("mention", markup);
}

// A picture of one dot, and a second of silence.
constexpr unsigned char kPicture[] = {0x47, 0x49, 0x46, 0x38, 0x39, 0x61, 1, 0, 1, 0,    0x80, 0, 0,    0xFF, 0xFF,
                                      0xFF, 0,    0,    0,    0x21, 0xF9, 4, 1, 0, 0,    0,    0, 0x2C, 0,    0,
                                      0,    0,    1,    0,    1,    0,    0, 2, 2, 0x44, 1,    0, 0x3B};
std::string silence() {
  constexpr unsigned char kHead[] = {'R', 'I', 'F', 'F', 0x64, 0x1F, 0,   0,   'W', 'A',  'V',  'E',  'f', 'm',  't',
                                     ' ', 16,  0,   0,   0,    1,    0,   1,   0,   0x40, 0x1F, 0,    0,   0x40, 0x1F,
                                     0,   0,   1,   0,   8,    0,    'd', 'a', 't', 'a',  0x40, 0x1F, 0,   0};
  return std::string(reinterpret_cast<const char*>(kHead), sizeof kHead) + std::string(8000, '\x80');
}

bool without_browser() {
  if (browser::Chromium::installed()) return false;
  WARN("skipped: there is no Chromium; install Debian's package chromium");
  return true;
}

}  // namespace

TEST_CASE("the page shows what the store holds, asks nobody else, and the browser has nothing to complain of") {
  if (without_browser()) return;
  Shown shown(few);
  REQUIRE(shown.page->wait("document.querySelector('.big')"));
  CHECK_THAT(shown.page->text("main"), Contains("Share of voice") && Contains("acme") && Contains("zentrix"));
  CHECK_THAT(shown.page->text("#reach"), StartsWith("4 posts"));
  CHECK(shown.page->complaints().empty());
  for (const std::string& address : shown.page->requests()) CHECK_THAT(address, StartsWith(shown.address));
}

TEST_CASE("what posts say is text on every page, whatever markup it bears") {
  if (without_browser()) return;
  Shown shown(hostile);
  shown.raise("<img src=x onerror=window.pwned=6>");
  for (const char* path : {"/", "/posts", "/alerts"}) {
    INFO(path);
    shown.open(path);
    CHECK(shown.page->wait("document.querySelector('main').innerText.includes('<img src=x')"));
    CHECK(shown.page->evaluate("document.querySelectorAll('main img, main script, main a[href^=javascript]').length") ==
          0);
  }
  shown.open("/posts");
  shown.page->click("article button");
  REQUIRE(shown.page->wait("document.querySelector('dialog[open]')"));
  CHECK(shown.page->evaluate("document.querySelectorAll('dialog img, dialog a[href^=javascript]').length") == 0);
  CHECK(shown.page->evaluate("window.pwned === undefined") == true);
}

TEST_CASE("the policy of the page forbids to run what is put into it") {
  if (without_browser()) return;
  Shown shown(few);
  shown.page->evaluate(
      "document.body.insertAdjacentHTML('beforeend', '<img src=x onerror=\"window.pwned=1\">'),"
      "document.body.append(Object.assign(document.createElement('script'), {text: 'window.pwned=2'}))");
  CHECK(shown.page->wait("document.querySelector('body > img').complete"));
  CHECK(shown.page->evaluate("window.pwned === undefined") == true);
}

TEST_CASE("by keyboard alone a query is asked, a post is opened, and closed again") {
  if (without_browser()) return;
  Shown shown(few);
  shown.open("/posts");
  shown.page->press("/");
  REQUIRE(shown.page->evaluate("document.activeElement.id") == "q");
  shown.page->type("zentrix"), shown.page->press("Enter");
  REQUIRE(shown.page->wait("document.querySelectorAll('article').length === 1"));
  CHECK(shown.page->evaluate("location.hash") == "#/posts?q=zentrix");
  shown.page->evaluate("document.activeElement.blur()");
  shown.page->press("j"), shown.page->press("Enter");
  REQUIRE(shown.page->wait("document.querySelector('dialog[open]')"));
  CHECK_THAT(shown.page->text("dialog"), Contains("Zentrix opens in Lyon"));
  shown.page->press("Escape");
  CHECK(shown.page->wait("!document.querySelector('dialog')"));
}

TEST_CASE("a query that is wrong is told in words on the page") {
  if (without_browser()) return;
  Shown shown(few);
  shown.page->evaluate("location.hash = '#/posts?q=%22open'");
  CHECK(shown.page->wait("!document.getElementById('trouble').hidden"));
  CHECK_THAT(shown.page->text("#trouble"), StartsWith("The query: "));
}

TEST_CASE("a post shows marked words, boxes on its pictures, and its sound from the second on") {
  if (without_browser()) return;
  Folder media;
  media.write("logo.gif", {reinterpret_cast<const char*>(kPicture), sizeof kPicture});
  media.write("said.wav", silence());
  Shown shown(
      [&](SinkHarness& sink) {
        TestPost& post = sink.post("Acme in a picture").on("mastodon").by("ana");
        post.with_media(EAR_MEDIA_IMAGE, ""), post.with_media(EAR_MEDIA_AUDIO, "");
        post.media[0].path = media / "logo.gif", post.media[1].path = media / "said.wav";
        post.findings.push_back(mention_of("acme", post, "Acme"));
        TestFinding seen;
        seen.kind = "mention", seen.subject = "acme", seen.media = 0;
        seen.box = {{0.1F, 0.6F, 0.6F, 0.1F}, {0.2F, 0.2F, 0.7F, 0.7F}};
        TestFinding heard;
        heard.kind = "mention", heard.subject = "acme", heard.media = 1;
        heard.start = std::chrono::milliseconds{500}, heard.stop = std::chrono::milliseconds{900};
        post.found(seen).found(heard);
      },
      media / "");
  shown.open("/posts");
  CHECK(shown.page->wait("document.querySelector('article img')?.naturalWidth === 1"));
  CHECK(shown.page->text("article mark") == "Acme");
  CHECK(shown.page->evaluate("document.querySelector('article polygon').points.length") == 4);
  CHECK(shown.page->wait("document.querySelector('article audio')?.currentTime === 0.5"));
}

TEST_CASE("posts come to the live page as they are written, with their words marked") {
  if (without_browser()) return;
  Shown shown(few);
  shown.open("/live");
  REQUIRE(shown.page->wait("document.querySelector('main').innerText.includes('Waiting for posts')"));
  TestPost& post = shown.sink.post("New: Acme goes to Lyon").on("mastodon").by("cleo");
  post.findings.push_back(mention_of("acme", post, "Acme"));
  shown.sink.write();
  REQUIRE(shown.page->wait("document.querySelector('article')"));
  CHECK_THAT(shown.page->text("article"), Contains("New: Acme goes to Lyon"));
  CHECK(shown.page->text("article mark") == "Acme");
}

TEST_CASE("an alert is acknowledged by its button, and the page tells it everywhere") {
  if (without_browser()) return;
  Shown shown(few);
  const std::string id = shown.raise("143 mentions in an hour");
  shown.page->go("about:blank"), shown.page->go(shown.address + "#/alerts");
  REQUIRE(shown.page->wait("document.querySelector('article button')"));
  CHECK(shown.page->wait("document.querySelector('.count')?.innerText === '1'"));
  shown.page->click("article button");
  CHECK(shown.page->wait("document.querySelector('article .tag').innerText.startsWith('acknowledged')"));
  CHECK(shown.page->wait("!document.querySelector('.count')"));
  CHECK(earshot::alert_book::Book(shown.state).find(id)->life == earshot::alert_book::Life::acknowledged);
}

TEST_CASE("on a phone nothing lies beyond the edge of the screen") {
  if (without_browser()) return;
  Shown shown(few);
  shown.page->resize({360, 740}, true);
  for (const char* path : {"/", "/posts", "/live", "/alerts"}) {
    INFO(path);
    shown.open(path);
    CHECK(shown.page->evaluate("document.scrollingElement.scrollWidth <= 360") == true);
  }
}

TEST_CASE("the colours follow the system, until somebody chooses") {
  if (without_browser()) return;
  Shown shown(few);
  const auto ground = [&] { return shown.page->evaluate("getComputedStyle(document.body).backgroundColor"); };
  shown.page->prefer("light");
  const auto light = ground();
  shown.page->prefer("dark");
  CHECK(ground() != light);
  while (shown.page->text("#theme") != "☀ light") shown.page->click("#theme");
  CHECK(ground() == light);
}
