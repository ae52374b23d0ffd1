// Media of the web, from a server on a loopback port.
#include <catch2/catch.hpp>
#include <thread>

#include "media/desk.hpp"
#include "media/made_pictures.hpp"
#include "receiver/http_receiver.hpp"

using namespace earshot::testing;
using namespace pictures;
using namespace std::chrono_literals;
using Catch::Contains;
using receiver::HttpReceiver;
using receiver::Reply;
using receiver::Request;

namespace {

const Setting kHere{"allow_hosts", "[127.0.0.1]"};

Reply picture(const Request&) {
  return {200, {{"Content-Type", "text/html"}}, png(scene(20, 10, 1))};
}

}  // namespace

TEST_CASE("a URL is fetched once and kept, also over a restart") {
  HttpReceiver server(picture);
  Desk desk({kHere});
  CHECK(desk.look({.url = server.url("/a.png")}).width == 20);
  CHECK(desk.look({.url = server.url("/a.png")}).width == 20);
  CHECK(server.count() == 1);
  CHECK(desk.metric("fetched") == 1);
  CHECK(desk.metric("cache_hits") == 1);
  desk.destroy(), desk.start();
  CHECK(desk.look({.url = server.url("/a.png")}).width == 20);
  CHECK(server.count() == 1);
}

TEST_CASE("a URL that several threads want at once is fetched once") {
  HttpReceiver server([](const Request& r) { return Reply{.body = picture(r).body, .delay = 50ms}; });
  Desk desk({kHere});
  desk.media();
  std::vector<std::thread> threads;
  for (int t = 0; t < 4; ++t) threads.emplace_back([&] { desk.look({.url = server.url("/a.png")}); });
  for (std::thread& thread : threads) thread.join();
  CHECK(server.count() == 1);
}

TEST_CASE("what was fetched is asked for again when it is no longer fresh") {
  HttpReceiver server(picture);
  Desk desk({kHere, {"fresh", "1h"}});
  desk.look({.url = server.url()});
  desk.host().set_now(desk.host().now() + 2h);
  desk.look({.url = server.url()});
  CHECK(server.count() == 2);
}

TEST_CASE("a URL out of a post leads to no private address") {
  HttpReceiver server(picture);
  Desk desk;
  std::string message;
  for (const std::string host : {"127.0.0.1", "localhost", "[::1]", "0x7f000001"})
    CHECK(desk.status({.url = "http://" + host + server.url().substr(16)}, &message) == EAR_AUTH);
  CHECK_THAT(message, Contains("not public"));
  CHECK(server.count() == 0);
  CHECK(desk.metric("refused_not_allowed") == 4);
}

TEST_CASE("a host is allowed by name alone, and its redirect elsewhere is judged anew") {
  HttpReceiver inside(picture);
  HttpReceiver server([&](const Request&) { return Reply{302, {{"Location", inside.url("/secret")}}}; });
  const std::string port = server.url().substr(17, server.url().size() - 18);
  Desk desk(with("allow_hosts", "[\"127.0.0.1:" + port + "\"]"));
  CHECK(desk.status({.url = server.url("/a")}) == EAR_AUTH);
  CHECK(server.count() == 1);
  CHECK(inside.count() == 0);
}

TEST_CASE("redirects are followed, to another place and host too, and not for ever") {
  HttpReceiver other(picture);
  HttpReceiver server([&](const Request& r) {
    if (r.target == "/a") return Reply{302, {{"Location", "b"}}};
    if (r.target == "/b") return Reply{307, {{"Location", other.url("/c")}}};
    return Reply{301, {{"Location", "/loop"}}};
  });
  Desk desk({kHere});
  CHECK(desk.look({.url = server.url("/a")}).width == 20);
  std::string message;
  CHECK(desk.status({.url = server.url("/loop")}, &message) == EAR_INVALID);
  CHECK_THAT(message, Contains("redirects"));
  CHECK(desk.status({.url = "http://user@127.0.0.1/a"}) == EAR_INVALID);
  CHECK(desk.status({.url = "file:///etc/passwd"}) == EAR_INVALID);
}

TEST_CASE("a server that fails is asked again, and then the picture is there") {
  int n = 0;
  HttpReceiver server([&](const Request& r) { return ++n < 3 ? Reply{.status = 503} : picture(r); });
  Desk desk({kHere});
  CHECK(desk.look({.url = server.url()}).width == 20);
  CHECK(server.count() == 3);
}

TEST_CASE("a dead URL costs once, and is tried again later") {
  HttpReceiver server([](const Request&) { return Reply{.status = 404}; });
  Desk desk({kHere, {"remember_failed", "10m"}});
  std::string message;
  CHECK(desk.status({.url = server.url("/gone")}, &message) == EAR_IO);
  CHECK_THAT(message, Contains("404"));
  CHECK(desk.status({.url = server.url("/gone")}) == EAR_IO);
  CHECK(server.count() == 1);
  desk.host().set_now(desk.host().now() + 11min);
  desk.status({.url = server.url("/gone")});
  CHECK(server.count() == 2);
}

TEST_CASE("what a server refuses is not asked for again and again") {
  HttpReceiver server([](const Request&) { return Reply{.status = 403}; });
  Desk desk({kHere});
  CHECK(desk.status({.url = server.url()}) == EAR_AUTH);
  CHECK(server.count() == 1);
}

TEST_CASE("an answer that is too large ends, and is not asked for twice") {
  HttpReceiver server([](const Request&) { return Reply{.body = std::string(200'000, 'x')}; });
  Desk desk({kHere, {"most_bytes", "100KiB"}});
  std::string message;
  CHECK(desk.status({.url = server.url()}, &message) == EAR_UNSUPPORTED);
  CHECK_THAT(message, Contains("larger than 102400 bytes"));
  CHECK(server.count() == 1);
}

TEST_CASE("a server that answers too slowly, or cuts off, is told within the time") {
  HttpReceiver server([](const Request& r) {
    return r.target == "/slow" ? Reply{.delay = 5s} : Reply{.body = png(scene(20, 10, 1)), .cut_in_body = true};
  });
  Desk desk({kHere, {"fetch_timeout", "150ms"}, {"attempts", "1"}});
  std::string message;
  CHECK(desk.status({.url = server.url("/slow")}, &message) == EAR_IO);
  CHECK_THAT(message, Contains("after 1 attempt"));
  CHECK(desk.status({.url = server.url("/cut")}) == EAR_IO);
}

TEST_CASE("waiting for a server ends when the host cancels") {
  HttpReceiver server([](const Request&) { return Reply{.delay = 5s}; });
  Desk desk({kHere});
  desk.media();
  std::thread canceller([&] {
    while (server.count() == 0) std::this_thread::yield();
    desk.host().cancel();
  });
  CHECK(desk.status({.url = server.url()}) == EAR_CANCELLED);
  canceller.join();
  desk.host().cancel(false);
}

TEST_CASE("without the service http, media by path are read and those of the web are told") {
  Desk desk({}, nullptr, false);
  CHECK(desk.look({.path = desk.write("a.png", png(scene(20, 10, 1)))}).width == 20);
  std::string message;
  CHECK(desk.status({.url = "http://cdn.example/a.png"}, &message) == EAR_UNSUPPORTED);
  CHECK_THAT(message, Contains("service http"));
}

TEST_CASE("a web page posing as a picture is told, whatever the server calls it") {
  HttpReceiver server([](const Request&) {
    return Reply{200, {{"Content-Type", "image/png"}}, "<html>Log in</html>"};
  });
  Desk desk({kHere});
  std::string message;
  CHECK(desk.status({.url = server.url("/a.png")}, &message) == EAR_INVALID);
  CHECK_THAT(message, Contains("HTML"));
}
