#include "web/server.hpp"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <atomic>
#include <catch2/catch.hpp>
#include <chrono>
#include <future>
#include <mutex>
#include <stdexcept>
#include <thread>

using namespace earshot::web;

namespace {

// A client that says exactly what a test wants.
class Client {
 public:
  explicit Client(const Server& server) : fd_(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
    sockaddr_in to{};
    to.sin_family = AF_INET, to.sin_port = htons(server.address().port);
    to.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    REQUIRE(::connect(fd_, reinterpret_cast<const sockaddr*>(&to), sizeof to) == 0);
    const timeval patience{10, 0};
    ::setsockopt(fd_, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
  }
  ~Client() { ::close(fd_); }
  Client(const Client&) = delete;
  Client& operator=(const Client&) = delete;

  Client& say(std::string_view text) {
    while (!text.empty()) {
      const ssize_t sent = ::send(fd_, text.data(), text.size(), MSG_NOSIGNAL);
      if (sent <= 0) break;  // the server has had enough
      text.remove_prefix(static_cast<std::size_t>(sent));
    }
    return *this;
  }
  // Until `mark` has come, or the server closes.
  std::string hear(std::string_view mark = "\x01none") {
    while (heard_.find(mark) == heard_.npos) {
      char some[4096];
      const ssize_t got = ::recv(fd_, some, sizeof some, 0);
      if (got <= 0) break;
      heard_.append(some, static_cast<std::size_t>(got));
    }
    return std::exchange(heard_, {});
  }

 private:
  int fd_;
  std::string heard_;
};

std::string get(const Server& server, std::string_view path, std::string_view more = "") {
  return Client(server)
      .say("GET " + std::string(path) + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n" + std::string(more) +
           "\r\n")
      .hear();
}

Settings settings(Handler handler) {
  return {.address = read_address("127.0.0.1:0"), .handler = std::move(handler)};
}

}  // namespace

TEST_CASE("a request comes to the handler, and its answer to the client, with the fields that keep a page safe") {
  Server server(settings([](const Request& r) { return json("[\"" + std::string(r.parameter("q")) + "\"]"); }));
  server.start();
  const std::string answer = get(server, "/api?q=a%20b");
  CHECK_THAT(answer, Catch::StartsWith("HTTP/1.1 200 OK"));
  CHECK_THAT(answer, Catch::EndsWith("[\"a b\"]"));
  CHECK_THAT(answer, Catch::Contains("Content-Security-Policy: default-src 'none'"));
  CHECK_THAT(answer, Catch::Contains("X-Content-Type-Options: nosniff"));
  CHECK_THAT(answer, Catch::Contains("Cache-Control: no-store"));
}

TEST_CASE("a connection serves one request after the other, with their bodies") {
  Server server(settings([](const Request& r) { return Response{.body = r.method + r.path + ":" + r.body + "!"}; }));
  server.start();
  Client client(server);
  client.say("POST /a HTTP/1.1\r\nHost: localhost\r\nContent-Length: 3\r\n\r\none");
  CHECK_THAT(client.hear("!"), Catch::EndsWith("POST/a:one!"));
  client.say("GET /b HTTP/1.1\r\nHost: localhost\r\n\r\n");
  CHECK_THAT(client.hear("!"), Catch::EndsWith("GET/b:!"));
}

TEST_CASE("HEAD has the length and not the body") {
  Server server(settings([](const Request&) { return Response{.body = "12345"}; }));
  server.start();
  Client client(server);
  client.say("HEAD / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
  const std::string answer = client.hear();
  CHECK_THAT(answer, Catch::Contains("Content-Length: 5"));
  CHECK_THAT(answer, Catch::EndsWith("\r\n\r\n"));
}

TEST_CASE("what a server does not take is refused with a reason, and never comes to the handler") {
  std::atomic<int> handled{0};
  Server server(settings([&](const Request&) { return ++handled, Response{}; }));
  server.start();
  const auto says = [&](const std::string& request) { return Client(server).say(request).hear(); };
  CHECK_THAT(says("GET / HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n"), Catch::Contains(" 421 "));
  CHECK_THAT(says("GET / HTTP/1.1\r\nConnection: close\r\n\r\n"), Catch::Contains(" 421 "));
  CHECK_THAT(says("GET /%zz HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"), Catch::Contains(" 400 "));
  CHECK_THAT(says("this is no request at all\r\n\r\n"), Catch::Contains(" 400 "));
  CHECK_THAT(says("GET / HTTP/1.1\r\nHost: localhost\r\nX: " + std::string(20'000, 'x') + "\r\n\r\n"),
             Catch::Contains(" 431 "));
  CHECK_THAT(says("POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 99999999\r\n\r\n"), Catch::Contains(" 413 "));
  CHECK(handled == 0);
}

TEST_CASE("a handler that throws is answered with 500 and told, without its words for the client") {
  std::mutex lock;
  std::string told;
  Settings s = settings([](const Request&) -> Response { throw std::runtime_error("the disk is gone"); });
  s.warn = [&](std::string_view what) {
    const std::lock_guard hold(lock);
    told = what;
  };
  Server server(std::move(s));
  server.start();
  const std::string answer = get(server, "/x");
  CHECK_THAT(answer, Catch::Contains(" 500 "));
  CHECK_THAT(answer, !Catch::Contains("disk"));
  const std::lock_guard hold(lock);
  CHECK(told == "The answer to GET /x failed: the disk is gone");
}

TEST_CASE("a handler that takes its time holds up nobody else") {
  std::promise<void> go;
  const auto gone = go.get_future().share();
  Server server(settings([&](const Request& r) {
    if (r.path == "/slow") gone.wait();
    return Response{.body = "done"};
  }));
  server.start();
  auto slow = std::async(std::launch::async, [&] { return get(server, "/slow"); });
  CHECK_THAT(get(server, "/fast"), Catch::EndsWith("done"));
  go.set_value();
  CHECK_THAT(slow.get(), Catch::EndsWith("done"));
}

TEST_CASE("events reach who follows, and a server that stops hangs up on them") {
  std::promise<std::shared_ptr<EventStream>> promised;
  Server server(settings([&](const Request&) {
    Response out;
    out.follow = [&](std::shared_ptr<EventStream> stream) { promised.set_value(std::move(stream)); };
    return out;
  }));
  server.start();
  Client client(server);
  client.say("GET /live HTTP/1.1\r\nHost: localhost\r\n\r\n");
  const auto stream = promised.get_future().get();
  CHECK(stream->push("post", "{\"id\":1}"));
  CHECK_THAT(client.hear("{\"id\":1}\n\n"), Catch::Contains("event: post\ndata: {\"id\":1}\n\n"));
  server.stop();
  client.hear();
  CHECK_FALSE(stream->push("post", "{}"));
}

TEST_CASE("a slow follower loses events, is told how many, and holds up nobody") {
  std::promise<std::shared_ptr<EventStream>> promised;
  Server server(settings([&](const Request&) {
    Response out;
    out.follow = [&](std::shared_ptr<EventStream> stream) { promised.set_value(std::move(stream)); };
    return out;
  }));
  server.start();
  Client client(server);
  client.say("GET /live HTTP/1.1\r\nHost: localhost\r\n\r\n");
  const auto stream = promised.get_future().get();
  const std::string large(100'000, 'x');
  for (int i = 0; i < 300; ++i) stream->push("post", large);  // more than sockets and queue hold
  const std::jthread pushes([&](const std::stop_token& over) {
    while (!over.stop_requested() && stream->push("post", "{}"))
      std::this_thread::sleep_for(std::chrono::milliseconds{1});
  });
  CHECK_THAT(client.hear("event: dropped\ndata: "), Catch::Contains("event: dropped\ndata: "));
}

TEST_CASE("a port that is taken is told") {
  Server first(settings([](const Request&) { return Response{}; }));
  first.start();
  Settings second = settings([](const Request&) { return Response{}; });
  second.address = first.address();
  Server server(std::move(second));
  CHECK_THROWS_WITH(server.start(), Catch::Contains("Cannot listen on 127.0.0.1:"));
}
