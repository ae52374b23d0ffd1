#include <catch2/catch.hpp>
#include <string>

#include "earshot/source.hpp"
#include "earshot/testing.hpp"

namespace {

using namespace earshot::testing;

struct CounterOptions {
  int posts;
  earshot::Secret token;
  static constexpr auto schema() {
    return earshot::schema(earshot::option<&CounterOptions::posts>("posts", "How many", {.fallback = "5"}),
                           earshot::option<&CounterOptions::token>("token", "Login", {.fallback = "login"}));
  }
};

// Brings posts 1, 2, …; waits after each second one.
class Counter : public earshot::Source<CounterOptions> {
 public:
  static constexpr earshot::Info info{"counter", "Counts"};

  void start() {
    host().secret(options().token, [](std::string_view value) {
      if (value != "open sesame") throw earshot::not_allowed("wrong token");
    });
  }
  void open(std::string_view cursor) { at_ = cursor.empty() ? 0 : std::stoi(std::string(cursor)); }
  earshot::Polled poll(earshot::SourceOut& out) {
    if (at_ == options().posts) return earshot::Polled::end();
    if (at_ % 2 == 0 && !std::exchange(waited_, true)) return earshot::Polled::idle(std::chrono::seconds{30});
    waited_ = false;
    const std::string id = std::to_string(++at_);
    ear_post post = earshot::make_post();
    post.platform = earshot::str("test"), post.id = earshot::str(id);
    const ear_segment body = earshot::make_segment(EAR_BODY, id);
    post.segments = &body, post.segment_count = 1;
    out.post(post);
    if (at_ == 3) out.reject("{", "line 3", "no JSON");
    out.cursor(id);
    return earshot::Polled::more();
  }

 private:
  int at_ = 0;
  bool waited_ = false;
};

TEST_CASE("a source is polled until it ends, and the clock turns while it waits", "[testing]") {
  Harness<Counter> h;
  h.secret("login", "open sesame");
  const earshot::Time begin = h.now();
  h.poll_until_end();
  CHECK(h.posts().size() == 5);
  CHECK(h.posts()[4].text() == "5");
  CHECK(h.cursor() == "5");
  REQUIRE(h.rejects().size() == 1);
  CHECK(h.rejects()[0].place == "line 3");
  CHECK(h.now() - begin == std::chrono::seconds{90});
}

TEST_CASE("a source goes on behind the cursor it is opened at", "[testing]") {
  Harness<Counter> h;
  h.secret("login", "open sesame");
  h.open();
  h.poll_until_posts(2);
  h.clear();
  h.reopen("2");
  h.poll_until_end();
  REQUIRE(h.posts().size() == 3);
  CHECK(h.posts()[0].id == "3");
}

TEST_CASE("what a component answers with is thrown with its status", "[testing]") {
  Harness<Counter> h;
  h.secret("login", "guess");
  try {
    h.start();
    FAIL("it started");
  } catch (const CallFailed& failed) {
    CHECK(failed.status == EAR_AUTH);
    CHECK(failed.message == "wrong token");
  }
}

}  // namespace
