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
    std::vector<Setting> all{
        {"url", url}, {"group_within", "0s"}, {"retry_first", "20ms"}, {"retry_slowest", "100ms"}, {"linger", "100ms"}};
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

TEST_CASE("over TLS a receiver gets alerts where its certificate is trusted, and nothing where it is not") {
  const auto certificate = receiver::make_certificate("localhost", "127.0.0.1");
  HttpReceiver server([](const Request&) { return Reply{}; }, certificate);
  Hook strict(server.url());
  strict.raise("acme");
  strict.sink.write();
  REQUIRE(comes([&] { return !strict.trouble().empty(); }));
  CHECK_THAT(strict.trouble(), Contains("certificate"));
  CHECK(server.count() == 0);

  const Folder folder;
  HttpService http({{"ca_file", folder.write("ca.pem", certificate.certificate)}});
  Hook hook(server.url());
  hook.sink.service(EAR_HTTP_1, http.table());
  hook.raise("acme");
  hook.sink.write();
  CHECK(comes([&] { return hook.sink.metric("messages_sent") == 1; }));
}

TEST_CASE("a redirect is not followed: what was said to one is for this one alone") {
  HttpReceiver inside;
  HttpReceiver server([&](const Request&) { return Reply{307, {{"Location", inside.url("/admin")}}}; });
  Hook hook(server.url());
  hook.raise("acme");
  hook.sink.write();
  REQUIRE(comes([&] { return !hook.trouble().empty(); }));
  CHECK_THAT(hook.trouble(), StartsWith("307") && Contains("not followed"));
  CHECK(inside.connections() == 0);
}

TEST_CASE("no secret is logged or kept, although the receiver answers with all that it was sent") {
  HttpReceiver server([](const Request& r) {
    std::string all = "wrong: " + r.target;
    for (const auto& header : r.headers) all += " " + header.second;
    return Reply{.status = 400, .body = all + " " + r.body.substr(0, 100)};
  });
  Hook hook(server.url("/services/T0/B0/hook-path"), {{"form", "pagerduty"},
                                                      {"routing_key", "key"},
                                                      {"token", "token"},
                                                      {"secret", "signing"},
                                                      {"headers", "{X-Api-Key: header-key}"}});
  hook.sink.secret("token", "bearer-token"), hook.sink.secret("signing", "signing-key");
  hook.raise("acme");
  hook.sink.write();
  REQUIRE(comes([&] { return hook.sink.metric("messages_refused") == 1; }));
  const Book book = hook.book();
  const std::string all = hook.sink.log_text() + book.sendings(book.list({})[0].id).at(0).answer;
  CHECK_THAT(all, Contains("400: wrong: …"));
  for (const char* secret : {"hook-path", "s3cret", "bearer-token", "header-key", "signing-key"})
    CHECK_THAT(all, !Contains(secret));
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

TEST_CASE("a stop sends what waits for others at once") {
  HttpReceiver server;
  Hook hook(server.url(), {{"group_within", "1h"}, {"linger", "60s"}});
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
