// The sink webhook, driven through its table, against a receiver on a loopback port.
#include <sodium.h>

#include <atomic>
#include <boost/json.hpp>
#include <catch2/catch.hpp>
#include <random>
#include <set>

#include "../alert_samples.hpp"
#include "../http_service.hpp"
#include "alert_book/book.hpp"
#include "alert_book/links.hpp"
#include "receiver/http_receiver.hpp"

using namespace earshot::testing;
using namespace std::chrono_literals;
using Catch::Contains;
using Catch::StartsWith;
using earshot::alert_book::Book;
using receiver::HttpReceiver;
using receiver::Reply;
using receiver::Request;

namespace {

// A webhook in a state folder of its own.
class Hook {
 public:
  explicit Hook(const std::string& url, std::vector<Setting> options = {}, const std::string& state = {})
      : sink(loaded("webhook"), with(url, std::move(options))), state_(state.empty() ? folder_ / "state" : state) {
    sink.state_dir(state_);
    sink.service(EAR_HTTP_1, http_.table());
    sink.secret("key", "s3cret");
  }
  ~Hook() { sink.destroy(); }

  TestAlert& raise(const std::string& subject, std::uint32_t severity = 7) {
    TestAlert& alert = sink.alert("spike", subject);
    fill(alert, severity);
    return alert;
  }
  Book book() const { return Book(state_); }
  std::string trouble() const {
    const auto channels = book().channels();
    return channels.empty() ? "" : channels[0].trouble;
  }
  std::string held(const std::string& subject) const {
    const Book b = book();
    for (const auto& alert : b.list({.subject = subject}))
      for (const auto& standing : b.standings(alert.id)) return standing.held;
    return "no such alert";
  }

 private:
  static std::vector<Setting> with(const std::string& url, std::vector<Setting> options) {
    std::vector<Setting> all{{"url", url}, {"group_within", "0s"}, {"retry_first", "20ms"}, {"retry_slowest", "100ms"}};
    all.insert(all.end(), options.begin(), options.end());
    return all;
  }
  Folder folder_;
  HttpService http_;

 public:
  SinkHarness sink;

 private:
  std::string state_;
};

boost::json::object body_of(const Request& request) {
  return boost::json::parse(request.body).as_object();
}

}  // namespace

TEST_CASE("an alert arrives as JSON with its posts, its life and its key") {
  HttpReceiver server;
  Hook hook(server.url("/hook"));
  hook.raise("acme");
  hook.sink.write(), hook.sink.flush();
  REQUIRE(comes([&] { return server.count() == 1; }));
  const Request got = server.requests()[0];
  const boost::json::object body = body_of(got);
  CHECK(got.method == "POST");
  CHECK(got.headers.at("content-type") == "application/json");
  CHECK(got.headers.at("idempotency-key") == body.at("key").as_string());
  CHECK(body.at("purpose") == "alert");
  const boost::json::object& alert = body.at("alerts").as_array().at(0).as_object();
  CHECK(alert.at("subject") == "acme");
  CHECK(alert.at("life") == "open");
  CHECK(alert.at("evidence").as_array().size() == 2);
  CHECK(alert.at("attributes").as_object().at("term") == "battery");
  CHECK_FALSE(alert.contains("links"));
}

TEST_CASE("posts and gaps are nothing to a webhook") {
  HttpReceiver server;
  Hook hook(server.url());
  hook.sink.post("Acme is down"), hook.sink.gap("2026-05-01T00:00:00Z", "2026-05-01T01:00:00Z");
  hook.raise("acme");
  hook.sink.write();
  REQUIRE(comes([&] { return server.count() == 1; }));
}

TEST_CASE("a request is signed over its time and its body") {
  HttpReceiver server;
  Hook hook(server.url(), {{"secret", "key"}});
  hook.raise("acme");
  hook.sink.write();
  REQUIRE(comes([&] { return server.count() == 1; }));
  const Request got = server.requests()[0];
  const std::string text = "1777636800." + got.body, key = "s3cret";  // the clock of the test, in seconds
  unsigned char mac[crypto_auth_hmacsha256_BYTES];
  crypto_auth_hmacsha256_state state;
  crypto_auth_hmacsha256_init(&state, reinterpret_cast<const unsigned char*>(key.data()), key.size());
  crypto_auth_hmacsha256_update(&state, reinterpret_cast<const unsigned char*>(text.data()), text.size());
  crypto_auth_hmacsha256_final(&state, mac);
  char hex[65];
  sodium_bin2hex(hex, sizeof hex, mac, sizeof mac);
  CHECK(got.headers.at("x-earshot-signature") == std::string("t=1777636800,v1=") + hex);
}

TEST_CASE("a receiver that fails half the time gets every alert, and each attempt of one has the same key and body") {
  std::mt19937 random(7);
  std::set<std::string> taken;
  std::map<std::string, std::string> bodies;
  bool changed = false;
  std::mutex mutex;
  HttpReceiver server([&](const Request& r) {
    const std::lock_guard lock(mutex);
    const auto known = bodies.emplace(r.headers.at("idempotency-key"), r.body);
    changed |= known.first->second != r.body;
    const auto chance = random() % 4;
    if (chance == 0) return Reply{.status = 503};
    if (chance == 1) return Reply{.cut = true};
    taken.insert(r.headers.at("idempotency-key"));
    return Reply{};
  });
  Hook hook(server.url(), {{"retry_first", "2ms"}, {"retry_slowest", "20ms"}});
  for (int i = 0; i < 60; ++i) hook.raise("subject" + std::to_string(i));
  hook.sink.write();
  const auto arrived = [&] {
    const std::lock_guard lock(mutex);
    return taken.size();
  };
  // The clock of the harness stands, and waits are over when it is turned.
  REQUIRE(comes([&] {
    hook.sink.now(hook.sink.now() + 100ms);
    return arrived() == 60;
  }));
  CHECK(bodies.size() == 60);
  CHECK_FALSE(changed);
}

TEST_CASE("a message is not lost when the process ends before it was taken") {
  const Folder folder;
  std::string key;
  {
    HttpReceiver server([](const Request&) { return Reply{.status = 500}; });
    Hook hook(server.url(), {{"linger", "0s"}}, folder / "state");
    hook.raise("acme");
    hook.sink.write();
    REQUIRE(comes([&] { return server.count() > 0; }));
    key = server.requests()[0].headers.at("idempotency-key");
  }
  HttpReceiver server;
  Hook hook(server.url(), {}, folder / "state");
  hook.sink.start();
  hook.sink.now(hook.sink.now() + 1h);
  REQUIRE(comes([&] { return server.count() == 1; }));
  CHECK(server.requests()[0].headers.at("idempotency-key") == key);
}

TEST_CASE("the wait that a receiver asks for is kept, for all messages") {
  std::atomic<bool> busy{true};
  HttpReceiver server([&](const Request&) { return busy ? Reply{429, {{"Retry-After", "60"}}} : Reply{}; });
  Hook hook(server.url());
  hook.raise("acme"), hook.raise("rival");
  hook.sink.write();
  REQUIRE(comes([&] { return server.count() == 1; }));
  hook.sink.now(hook.sink.now() + 50s);
  std::this_thread::sleep_for(500ms);
  CHECK(server.count() == 1);
  busy = false;
  hook.sink.now(hook.sink.now() + 11s);
  CHECK(comes([&] { return server.count() == 3; }));
}

TEST_CASE("an alert that was refused is kept, told in the log, and sent again when somebody asks for it") {
  std::atomic<bool> wrong{true};
  HttpReceiver server([&](const Request&) { return wrong ? Reply{.status = 400, .body = "no such field"} : Reply{}; });
  Hook hook(server.url());
  hook.raise("acme");
  hook.sink.write();
  REQUIRE(comes([&] { return hook.sink.metric("messages_refused") == 1; }));
  CHECK_THAT(hook.sink.log_text(), Contains("400: no such field"));
  wrong = false;
  CHECK(hook.book().resend("", {"ana", earshot::ticks(hook.sink.now())}) == 1);
  CHECK(comes([&] { return hook.sink.metric("messages_sent") == 1; }));
}

TEST_CASE("a wrong address or password is told as trouble of the channel, and nothing is lost by it") {
  std::atomic<bool> wrong{true};
  HttpReceiver server([&](const Request&) { return Reply{.status = wrong ? 404 : 200}; });
  Hook hook(server.url());
  hook.raise("acme");
  hook.sink.write();
  REQUIRE(comes([&] { return !hook.trouble().empty(); }));
  CHECK_THAT(hook.trouble(), StartsWith("404"));
  wrong = false;
  REQUIRE(comes([&] {
    hook.sink.now(hook.sink.now() + 1s);
    return hook.sink.metric("messages_sent") == 1;
  }));
  CHECK(comes([&] { return hook.trouble().empty(); }));
}

TEST_CASE("a receiver whose certificate is not trusted gets nothing") {
  HttpReceiver server([](const Request&) { return Reply{}; }, receiver::make_certificate("localhost", "127.0.0.1"));
  Hook hook(server.url());
  hook.raise("acme");
  hook.sink.write();
  REQUIRE(comes([&] { return !hook.trouble().empty(); }));
  CHECK_THAT(hook.trouble(), Contains("certificate"));
  CHECK(server.count() == 0);
}

TEST_CASE("what came of an alert is told: it grew worse, was acknowledged, was closed") {
  HttpReceiver server;
  Hook hook(server.url());
  const auto told = [&](std::size_t count, const char* purpose) {
    REQUIRE(comes([&] { return server.count() == count; }));
    CHECK(body_of(server.requests().back()).at("purpose") == purpose);
    REQUIRE(comes([&] { return hook.sink.metric("messages_sent") == static_cast<double>(count); }));
  };
  hook.raise("acme", 5);
  hook.sink.write();
  told(1, "alert");
  hook.raise("acme", 8).revision = 2;
  hook.sink.write();
  told(2, "update");
  hook.raise("acme", 8).revision = 3;  // grows, and is no worse
  hook.sink.write();
  Book book = hook.book();
  book.acknowledge(book.list({})[0].id, {"ana", earshot::ticks(hook.sink.now())});
  told(3, "acknowledged");
  TestAlert& over = hook.raise("acme", 8);
  over.revision = 4, over.state = EAR_ALERT_CLOSED;
  hook.sink.write();
  told(4, "closed");
}

TEST_CASE("an alert that nobody acknowledges is told again at growing intervals, until somebody does") {
  HttpReceiver server;
  Hook hook(server.url(), {{"remind_after", "1h"}, {"remind_growth", "2"}, {"remind_most", "3"}});
  hook.raise("acme");
  hook.sink.write();
  REQUIRE(comes([&] { return hook.sink.metric("messages_sent") == 1; }));
  const auto passes = [&](std::chrono::minutes time, std::size_t then) {
    hook.sink.now(hook.sink.now() + time);
    if (server.count() < then) comes([&] { return server.count() >= then; });
    std::this_thread::sleep_for(450ms);  // the clock is looked at several times a second
    CHECK(server.count() == then);
  };
  passes(59min, 1);
  passes(2min, 2);
  passes(110min, 2);
  passes(11min, 3);
  CHECK(body_of(server.requests()[2]).at("purpose") == "reminder");
  CHECK(body_of(server.requests()[2]).at("alerts").as_array()[0].as_object().at("reminders") == 2);
  Book book = hook.book();
  book.acknowledge(book.list({})[0].id, {"ana", earshot::ticks(hook.sink.now())});
  REQUIRE(comes([&] { return server.count() == 4; }));
  passes(600min, 4);
}

TEST_CASE("what waits is shown with the reason, and goes out when the reason is gone") {
  HttpReceiver server;
  Hook hook(server.url(), {{"quiet_hours", "[\"11:00-14:00\"]"}, {"min_severity", "3"}});  // the test's clock: 12:00
  hook.raise("acme", 5), hook.raise("small", 2), hook.raise("urgent", 10);
  hook.sink.write();
  REQUIRE(comes([&] { return server.count() == 1; }));
  CHECK(body_of(server.requests()[0]).at("alerts").as_array()[0].as_object().at("subject") == "urgent");
  CHECK(hook.held("acme") == "quiet hours");
  CHECK(hook.held("small") == "severity 2 is below 3");
  CHECK(hook.held("urgent").empty());
  hook.sink.now("2026-05-01T14:00:01Z");
  CHECK(comes([&] { return server.count() == 2; }));
  CHECK(comes([&] { return hook.held("acme").empty(); }));
}

TEST_CASE("alerts of a short time go out together") {
  HttpReceiver server;
  Hook hook(server.url(), {{"group_within", "30s"}});
  hook.raise("acme");
  hook.sink.write();
  hook.sink.now(hook.sink.now() + 10s);
  hook.raise("rival");
  hook.sink.write();
  REQUIRE(comes([&] { return hook.held("rival") == "waits for others to go with"; }));
  CHECK(server.count() == 0);
  hook.sink.now(hook.sink.now() + 20s);
  REQUIRE(comes([&] { return server.count() == 1; }));
  CHECK(body_of(server.requests()[0]).at("alerts").as_array().size() == 2);
}

TEST_CASE("a stop sends what waits for others at once") {
  HttpReceiver server;
  Hook hook(server.url(), {{"group_within", "1h"}});
  hook.raise("acme"), hook.raise("rival");
  hook.sink.write(), hook.sink.flush();
  hook.sink.stop();
  REQUIRE(server.count() == 1);
  CHECK(body_of(server.requests()[0]).at("alerts").as_array().size() == 2);
}

TEST_CASE("a stop ends in time although the receiver hangs") {
  HttpReceiver server([](const Request&) { return Reply{.delay = 20s}; });
  auto hook = std::make_unique<Hook>(server.url(), std::vector<Setting>{{"linger", "200ms"}});
  hook->raise("acme");
  hook->sink.write();
  REQUIRE(comes([&] { return server.count() == 1; }));
  const auto began = std::chrono::steady_clock::now();
  hook->sink.stop();
  CHECK(std::chrono::steady_clock::now() - began < 3s);
  server.stop();
}

TEST_CASE("an escalation goes out only where nobody acknowledges in time") {
  HttpReceiver server;
  Hook hook(server.url(), {{"escalate_after", "30m"}});
  hook.raise("acme"), hook.raise("rival");
  hook.sink.write();
  REQUIRE(comes([&] { return hook.held("rival") == "waits whether somebody acknowledges it"; }));
  Book book = hook.book();
  book.acknowledge(book.list({.subject = "acme"})[0].id, {"ana", earshot::ticks(hook.sink.now())});
  hook.sink.now(hook.sink.now() + 31min);
  REQUIRE(comes([&] { return server.count() == 1; }));
  CHECK(body_of(server.requests()[0]).at("purpose") == "escalation");
  CHECK(body_of(server.requests()[0]).at("urgent") == true);
  CHECK(body_of(server.requests()[0]).at("alerts").as_array()[0].as_object().at("subject") == "rival");
}

TEST_CASE("no more messages than allowed go out in an hour, and the rest goes together") {
  HttpReceiver server;
  Hook hook(server.url(), {{"most_per_hour", "3"}});
  for (int i = 0; i < 10; ++i) {
    hook.raise("subject" + std::to_string(i));
    hook.sink.write();
    std::this_thread::sleep_for(5ms);
  }
  REQUIRE(comes([&] { return server.count() == 3; }));
  hook.sink.now(hook.sink.now() + 61min);
  REQUIRE(comes([&] {
    std::size_t alerts = 0;
    for (const Request& r : server.requests()) alerts += body_of(r).at("alerts").as_array().size();
    return alerts == 10;
  }));
  CHECK(server.count() <= 6);
}

TEST_CASE("a digest gathers alerts for its time of day") {
  HttpReceiver server;
  Hook hook(server.url(), {{"digest_at", "[\"14:30\"]"}, {"time_zone", "Europe/Berlin"}});  // 12:30 in UTC
  hook.raise("acme"), hook.raise("rival");
  hook.sink.write();
  REQUIRE(comes([&] { return hook.held("rival") == "goes into the next digest"; }));
  hook.sink.now("2026-05-01T12:30:00Z");
  REQUIRE(comes([&] { return server.count() == 1; }));
  CHECK(body_of(server.requests()[0]).at("purpose") == "digest");
  CHECK(body_of(server.requests()[0]).at("alerts").as_array().size() == 2);
}

TEST_CASE("a muted alert waits, and goes out where it is still open when the mute is over") {
  HttpReceiver server;
  Hook hook(server.url());
  {
    Book book(hook.book());
    book.mute({.subject = "acme"}, earshot::ticks(hook.sink.now() + 1h),
              {"ana", earshot::ticks(hook.sink.now()), "campaign"});
  }
  hook.raise("acme");
  hook.sink.write();
  REQUIRE(comes([&] { return hook.held("acme") == "muted by ana: campaign"; }));
  hook.sink.now(hook.sink.now() + 61min);
  CHECK(comes([&] { return server.count() == 1; }));
}

TEST_CASE("links in a message are signed for the alert and the channel, and end") {
  HttpReceiver server;
  Hook hook(server.url(), {{"link", "https://watch.example.org/"}, {"link_valid", "1d"}});
  hook.raise("acme");
  hook.sink.write();
  REQUIRE(comes([&] { return server.count() == 1; }));
  const boost::json::object body = body_of(server.requests()[0]);
  const boost::json::object& alert = body.at("alerts").as_array()[0].as_object();
  const std::string id(alert.at("id").as_string()), key = hook.book().link_key();
  const boost::json::object& links = alert.at("links").as_object();
  CHECK(links.at("view").as_string() == "https://watch.example.org/alerts/" + id);
  CHECK(
      links.at("acknowledge").as_string() ==
      earshot::alert_book::signed_link("https://watch.example.org", key, {"ack", id, 1'777'636'800 + 86'400, "test"}));
}

TEST_CASE("without a state folder the sink says what to write") {
  HttpService http;
  SinkHarness sink(loaded("webhook"), {{"url", "http://127.0.0.1:1/"}});
  sink.service(EAR_HTTP_1, http.table());
  CHECK_THROWS_WITH(sink.start(), Contains("state: var/NAME"));
}

TEST_CASE("options that cannot work are refused with their name") {
  const auto option = [](std::vector<Setting> options) {
    options.push_back({"url", "https://example.org/"});
    SinkHarness sink(loaded("webhook"), options);
    try {
      sink.create();
    } catch (const CallFailed& failed) {
      return failed.option;
    }
    return std::string("nothing");
  };
  CHECK(option({{"form", "pagerduty"}}) == "routing_key");
  CHECK(option({{"form", "template"}}) == "template");
  CHECK(option({{"quiet_hours", "[\"22-7\"]"}}) == "quiet_hours");
  CHECK(option({{"digest_at", "[\"noon\"]"}}) == "digest_at");
  CHECK(option({{"time_zone", "Europe/Atlantis"}}) == "time_zone");
  CHECK(option({{"headers", "{X-A: \"b\\nc\"}"}}) == "headers");
  CHECK(option({}) == "nothing");
}
