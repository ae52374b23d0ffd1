// The service http, driven through its table, against a server on a loopback port.
#include <catch2/catch.hpp>
#include <thread>

#include "../http_service.hpp"
#include "http/exchange.hpp"
#include "receiver/http_receiver.hpp"

using namespace earshot::testing;
using namespace std::chrono_literals;
using Catch::Contains;
using earshot::Http;
using earshot::HttpAnswer;
using earshot::HttpRequest;
using receiver::HttpReceiver;
using receiver::Reply;
using receiver::Request;

namespace {

// The service, and a host that offers it.
class Served {
 public:
  explicit Served(std::vector<Setting> options = {}) : service_(std::move(options)) {
    host_.add_service(EAR_HTTP_1, service_.table());
  }
  HttpAnswer request(const HttpRequest& request) { return Http(earshot::Host(host_.raw())).request(request); }
  HttpAnswer get(const std::string& url, std::uint32_t redirects = 0) {
    return request({.url = url, .trusted = true, .redirects = redirects});
  }

 private:
  HttpService service_;
  TestHost host_;
};

ear_status status_of(Served& served, const HttpRequest& request, std::string* message = nullptr) {
  try {
    served.request(request);
  } catch (const earshot::Error& error) {
    if (message != nullptr) *message = error.what();
    return error.status;
  }
  return EAR_OK;
}

}  // namespace

TEST_CASE("the service's table may be asked for while others call by it") {
  HttpReceiver server;
  HttpService service;
  TestHost host;
  host.add_service(EAR_HTTP_1, service.table());
  const Http http{earshot::Host(host.raw())};
  int answered = 0;
  std::thread caller([&] {
    for (int i = 0; i < 5; ++i) answered += http.request({.url = server.url("/"), .trusted = true}).status == 200;
  });
  const void* first = service.table();
  for (int i = 0; i < 1000; ++i) CHECK(service.table() == first);  // under TSan: nothing is written
  caller.join();
  CHECK(answered == 5);
}

TEST_CASE("a request brings method, headers and body there and the answer back") {
  HttpReceiver server([](const Request&) { return Reply{201, {{"X-Place", "here"}}, "made"}; });
  Served served;
  const HttpAnswer answer = served.request({.method = "POST",
                                            .url = server.url("/a?b=c"),
                                            .body = "some body",
                                            .headers = {{"X-One", "1"}, {"Content-Type", "text/x"}},
                                            .trusted = true});
  CHECK(answer.status == 201);
  CHECK(answer.body == "made");
  CHECK(answer.header("x-place") == "here");
  CHECK(answer.retry_after == -1ns);
  const Request got = server.requests().at(0);
  CHECK(got.method == "POST");
  CHECK(got.target == "/a?b=c");
  CHECK(got.body == "some body");
  CHECK(got.headers.at("x-one") == "1");
  CHECK(got.headers.at("content-type") == "text/x");
}

TEST_CASE("each method goes out as itself") {
  HttpReceiver server;
  Served served;
  for (const char* method : {"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE"}) {
    served.request({.method = method, .url = server.url(), .trusted = true});
    CHECK(server.requests().back().method == method);
  }
}

TEST_CASE("one connection serves many requests") {
  HttpReceiver server;
  Served served;
  for (int i = 0; i < 20; ++i) served.get(server.url());
  CHECK(server.count() == 20);
  CHECK(server.connections() == 1);
}

TEST_CASE("several threads make requests at once") {
  HttpReceiver server([](const Request& r) { return Reply{200, {}, r.target}; });
  Served served;
  std::vector<std::thread> threads;
  std::atomic<int> right{0};
  for (int t = 0; t < 4; ++t)
    threads.emplace_back([&, t] {
      const std::string path = "/" + std::to_string(t);
      for (int i = 0; i < 25; ++i) right += served.get(server.url(path)).body == path;
    });
  for (std::thread& thread : threads) thread.join();
  CHECK(right == 100);
}

TEST_CASE("what the server asks to wait is told, in seconds or as a date") {
  constexpr ear_time kNow = 1'767'225'600LL * 1'000'000'000;  // 2026-01-01T00:00:00Z
  using earshot::http::retry_after;
  CHECK(retry_after("120", kNow) == 120'000'000'000);
  CHECK(retry_after("Thu, 01 Jan 2026 00:01:00 GMT", kNow) == 60'000'000'000);
  CHECK(retry_after("Wed, 31 Dec 2025 00:00:00 GMT", kNow) == 0);
  for (const char* none : {"", "soon", "-5"}) CHECK(retry_after(none, kNow) == -1);
  CHECK(retry_after("99999999999", kNow) == 30LL * 86'400 * 1'000'000'000);
}

TEST_CASE("a redirect is followed on the same host as often as was said, and to no other host") {
  HttpReceiver other;
  HttpReceiver server([&](const Request& r) {
    if (r.target == "/a") return Reply{302, {{"Location", "/b"}}};
    if (r.target == "/out") return Reply{302, {{"Location", other.url("/x")}}};
    if (r.target == "/loop") return Reply{302, {{"Location", "/loop"}}};
    return Reply{200, {}, "there"};
  });
  Served served;
  CHECK(served.get(server.url("/a")).status == 302);
  const HttpAnswer followed = served.get(server.url("/a"), 1);
  CHECK(followed.body == "there");
  CHECK(followed.url == server.url("/b"));
  CHECK(served.get(server.url("/out"), 5).status == 302);
  CHECK(other.count() == 0);
  CHECK(served.get(server.url("/loop"), 5).status == 302);
  const HttpAnswer post = served.request({.method = "POST", .url = server.url("/a"), .trusted = true, .redirects = 5});
  CHECK(post.status == 302);
}

TEST_CASE("a URL that is none of the user's own reaches no private address, whatever it is called") {
  HttpReceiver server;
  Served served;
  std::string message;
  for (const std::string host : {"127.0.0.1", "localhost", "[::1]", "0x7f000001", "2130706433"}) {
    const std::string url = "http://" + host + server.url().substr(16);
    INFO(url);
    CHECK(status_of(served, {.url = url}, &message) == EAR_AUTH);
    CHECK_THAT(message, Contains("not public"));
  }
  CHECK(server.count() == 0);
}

TEST_CASE("a connection of a trusted URL serves no URL that is not") {
  HttpReceiver server;
  Served served;
  served.get(server.url());
  CHECK(status_of(served, {.url = server.url()}) == EAR_AUTH);
  CHECK(server.count() == 1);
}

TEST_CASE("an answer that is too large, too slow or cut off ends in time") {
  HttpReceiver server([](const Request& r) {
    if (r.target == "/large") return Reply{200, {}, std::string(100'000, 'x')};
    if (r.target == "/slow") return Reply{.delay = 3s};
    if (r.target == "/cut") return Reply{.cut = true};
    return Reply{.cut_in_body = true};
  });
  Served served;
  std::string message;
  CHECK(status_of(served, {.url = server.url("/large"), .trusted = true, .most_bytes = 5000}, &message) ==
        EAR_UNSUPPORTED);
  CHECK_THAT(message, Contains("larger than 5000 bytes"));
  CHECK(status_of(served, {.url = server.url("/slow"), .trusted = true, .timeout = 100ms}) == EAR_IO);
  CHECK(status_of(served, {.url = server.url("/cut"), .trusted = true}) == EAR_IO);
  CHECK(status_of(served, {.url = server.url("/half"), .trusted = true}) == EAR_IO);
}

TEST_CASE("a request ends soon after it was cancelled") {
  HttpReceiver server([](const Request&) { return Reply{.delay = 3s}; });
  Served served;
  const auto began = std::chrono::steady_clock::now();
  const std::string url = server.url();
  const HttpRequest request{
      .url = url, .trusted = true, .cancelled = [&] { return std::chrono::steady_clock::now() > began + 50ms; }};
  CHECK(status_of(served, request) == EAR_CANCELLED);
  CHECK(std::chrono::steady_clock::now() - began < 2s);
}

TEST_CASE("nobody listens: that is told as a fault that may pass") {
  HttpReceiver server;
  const std::string url = server.url();
  server.stop();
  Served served;
  CHECK(status_of(served, {.url = url, .trusted = true}) == EAR_IO);
}

TEST_CASE("what can never be a request is refused before anything is sent") {
  HttpReceiver server;
  Served served;
  const std::string url = server.url();
  CHECK(status_of(served, {.method = "BREW", .url = url, .trusted = true}) == EAR_INVALID);
  CHECK(status_of(served, {.url = "ftp://example.org/", .trusted = true}) == EAR_INVALID);
  CHECK(status_of(served, {.url = "file:///etc/passwd", .trusted = true}) == EAR_INVALID);
  CHECK(status_of(served, {.url = "http://", .trusted = true}) == EAR_INVALID);
  CHECK(status_of(served, {.url = url + "\r\nX: y", .trusted = true}) == EAR_INVALID);
  CHECK(status_of(served, {.url = url, .headers = {{"X-A", "b\r\nX-C: d"}}, .trusted = true}) == EAR_INVALID);
  CHECK(status_of(served, {.url = url, .headers = {{"X A", "b"}}, .trusted = true}) == EAR_INVALID);
  CHECK(server.count() == 0);
}

TEST_CASE("a certificate that nobody vouches for, or of another host, is not trusted") {
  const auto own = receiver::make_certificate("localhost", "127.0.0.1");
  const auto others = receiver::make_certificate("elsewhere.example", "192.0.2.7");
  const Folder folder;
  const std::string both = folder.write("ca.pem", own.certificate + others.certificate);
  HttpReceiver right([](const Request&) { return Reply{}; }, own),
      wrong([](const Request&) { return Reply{}; }, others);
  Served strict, knowing({{"ca_file", both}});
  std::string message;
  CHECK(status_of(strict, {.url = right.url(), .trusted = true}, &message) == EAR_AUTH);
  CHECK_THAT(message, Contains("certificate"));
  CHECK(knowing.get(right.url()).status == 200);
  CHECK(status_of(knowing, {.url = wrong.url(), .trusted = true}) == EAR_AUTH);
  CHECK(wrong.count() == 0);
}
