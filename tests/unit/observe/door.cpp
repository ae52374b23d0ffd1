#include "observe/door.hpp"

#include <fcntl.h>

#include <atomic>
#include <catch2/catch.hpp>
#include <filesystem>
#include <fstream>
#include <future>
#include <thread>
#include <vector>

#include "base/error.hpp"
#include "client.hpp"

using namespace earshot::host;

namespace {

struct Fixture {
  Log log{{Level::error, false, [](std::string_view) {}}};
  Door door{"127.0.0.1:0", log};
  std::promise<std::shared_ptr<Stream>> begun;

  Fixture() {
    door.on("/health", [](const Query&) { return Answer{200, "application/json", R"({"status":"ok"})"}; });
    door.on("/long", [](const Query&) { return Answer{200, "text/plain", std::string(3'000'000, 'x')}; });
    door.on("/throws", [](const Query&) -> Answer { throw Failure("a secret reason"); });
    door.stream("/lines", [this](const Query& query, std::shared_ptr<Stream> stream) -> std::optional<Answer> {
      if (!query.get("refuse").empty()) return Answer{404, "text/plain", "no such thing"};
      begun.set_value(std::move(stream));
      return {};
    });
    door.open();
  }
  std::shared_ptr<Stream> next() {
    auto stream = begun.get_future().get();
    begun = {};
    return stream;
  }
};

}  // namespace

TEST_CASE("the door answers GET and HEAD") {
  Fixture f;
  REQUIRE(f.door.port() != 0);
  CHECK(f.door.address() == "127.0.0.1:" + std::to_string(f.door.port()));
  const std::string got = fetch(f.door.port(), "/health");
  CHECK(status(got) == 200);
  CHECK(got.find("application/json") != got.npos);
  CHECK(body(got) == R"({"status":"ok"})");
  const std::string head = fetch(f.door.port(), "/health", "HEAD");
  CHECK(status(head) == 200);
  CHECK(head.find("Content-Length: 15") != head.npos);
  CHECK(body(head).empty());
  CHECK(body(fetch(f.door.port(), "/long")).size() == 3'000'000);
}

TEST_CASE("what is not there is told with what is") {
  Fixture f;
  const std::string got = fetch(f.door.port(), "/healht");
  CHECK(status(got) == 404);
  CHECK(body(got).find("/health") != std::string::npos);
  CHECK(body(got).find("/lines") != std::string::npos);
}

TEST_CASE("other methods, bodies and things that are no HTTP are refused") {
  Fixture f;
  CHECK(status(fetch(f.door.port(), "/health", "POST")) == 405);
  CHECK(status(fetch(f.door.port(), "*", "GET")) == 400);
  const auto sent = [&](std::string_view text) {
    Client client(f.door.port());
    client.send(text);
    return status(client.rest());
  };
  CHECK(sent("GET /health HTTP/1.1\r\nHost: localhost\r\nContent-Length: 5\r\n\r\nhello") == 413);
  CHECK(sent("GET /health HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n") == 413);
  CHECK(sent("\x16\x03\x01\x02 hello\r\n\r\n") == 400);
}

TEST_CASE("a request must name this door") {
  Fixture f;
  const auto named = [&](std::string_view host) {
    Client client(f.door.port());
    client.send("GET /health HTTP/1.1\r\nHost: " + std::string(host) + "\r\n\r\n");
    return status(client.rest());
  };
  CHECK(named("localhost:1") == 200);
  CHECK(named("127.0.0.1") == 200);
  CHECK(named("rebound.example") == 421);
  CHECK(named("") == 421);
}

TEST_CASE("a header without end is refused, and so is what comes after it") {
  Fixture f;
  Client client(f.door.port());
  client.send("GET /health HTTP/1.1\r\nX: " + std::string(60'000, 'y'));
  CHECK(status(client.rest()) == 431);
  CHECK(status(fetch(f.door.port(), "/health")) == 200);
}

TEST_CASE("a handler that throws is a 500 that tells nothing to outsiders") {
  Fixture f;
  const std::string got = fetch(f.door.port(), "/throws");
  CHECK(status(got) == 500);
  CHECK(got.find("secret") == got.npos);
}

TEST_CASE("many clients at once are all answered") {
  Fixture f;
  std::atomic<int> good = 0;
  std::vector<std::thread> threads;
  threads.reserve(8);
  for (int t = 0; t < 8; ++t)
    threads.emplace_back([&] {
      for (int i = 0; i < 25; ++i) good += status(fetch(f.door.port(), "/health")) == 200;
    });
  for (auto& thread : threads) thread.join();
  CHECK(good == 200);
}

TEST_CASE("connections are bounded, and room comes back") {
  Fixture f;
  {
    std::vector<std::unique_ptr<Client>> idle;
    for (std::size_t i = 0; i < Door::kConnections; ++i) idle.push_back(std::make_unique<Client>(f.door.port()));
    // They are taken in the order of their coming, so the next one is over the bound.
    CHECK(status(Client(f.door.port()).rest()) == 503);
  }
  int got = 0;
  while (got != 200) got = status(fetch(f.door.port(), "/health"));
  CHECK(got == 200);
}

TEST_CASE("lines are streamed as they come, and the stream ends") {
  Fixture f;
  Client client(f.door.port());
  client.get("/lines");
  const auto stream = f.next();
  CHECK(stream->push("{\"a\":1}"));
  CHECK(client.until("{\"a\":1}\n\r\n").find("Transfer-Encoding: chunked") != std::string::npos);
  CHECK(stream->push("two"));
  CHECK(client.until("two\n\r\n") == "4\r\ntwo\n\r\n");
  stream->end();
  CHECK(client.rest() == "0\r\n\r\n");
  CHECK_FALSE(stream->push("late"));
}

TEST_CASE("a stream may be refused") {
  Fixture f;
  const std::string got = fetch(f.door.port(), "/lines?refuse=1");
  CHECK(status(got) == 404);
  CHECK(body(got) == "no such thing");
}

TEST_CASE("a slow client never holds up who pushes, and is told what it missed") {
  Fixture f;
  Client client(f.door.port(), 4096);
  client.get("/lines");
  const auto stream = f.next();
  const std::string line(1000, 'x');
  // Far more than queue and socket buffers hold; a push that waited would never come back, since nobody reads.
  constexpr int kLines = 40'000;
  for (int i = 0; i < kLines; ++i) REQUIRE(stream->push(line));
  stream->end();
  const std::string got = client.rest();
  std::size_t lines = 0, dropped = 0;
  for (std::size_t at = 0; (at = got.find(line, at)) != got.npos; at += line.size()) ++lines;
  const std::string told = "{\"dropped\":";
  for (std::size_t at = 0; (at = got.find(told, at)) != got.npos;) dropped += std::stoul(got.substr(at += told.size()));
  CHECK(dropped > 0);
  CHECK(lines + dropped == kLines);
  CHECK(got.substr(got.size() - 5) == "0\r\n\r\n");
}

TEST_CASE("when a client goes, the stream knows") {
  Fixture f;
  std::promise<void> gone;
  std::shared_ptr<Stream> stream;
  {
    Client client(f.door.port());
    client.get("/lines");
    stream = f.next();
    stream->when_gone([&] { gone.set_value(); });
  }
  gone.get_future().get();
  CHECK_FALSE(stream->push("nobody"));
}

TEST_CASE("streams are bounded apart, so that health is always answered") {
  Fixture f;
  std::vector<std::unique_ptr<Client>> watchers;
  for (std::size_t i = 0; i < Door::kStreams; ++i) {
    watchers.push_back(std::make_unique<Client>(f.door.port()));
    watchers.back()->get("/lines");
    (void)f.next();
  }
  CHECK(status(fetch(f.door.port(), "/lines")) == 503);
  CHECK(status(fetch(f.door.port(), "/health")) == 200);
}

TEST_CASE("closing hangs up on everybody, and a stream may outlive the door") {
  auto f = std::make_unique<Fixture>();
  Client idle(f->door.port()), watcher(f->door.port());
  watcher.get("/lines");
  const auto stream = f->next();
  bool gone = false;
  stream->when_gone([&] { gone = true; });
  std::atomic<bool> stop = false;
  std::thread pusher([&] {
    while (!stop) stream->push("x");
  });
  f.reset();
  stop = true;
  pusher.join();
  CHECK(gone);
  CHECK_FALSE(stream->push("late"));
  bool at_once = false;
  stream->when_gone([&] { at_once = true; });
  CHECK(at_once);
  CHECK(idle.rest().empty());
}

TEST_CASE("programs that the host starts inherit no socket of the door") {
  Fixture f;
  Client client(f.door.port());
  client.get("/lines");
  const auto stream = f.next();
  int sockets = 0;
  for (const auto& entry : std::filesystem::directory_iterator("/proc/self/fd")) {
    const int fd = std::stoi(entry.path().filename());
    std::error_code gone;  // the iterator's own one
    if (!std::filesystem::read_symlink(entry.path(), gone).string().starts_with("socket:")) continue;
    sockaddr_in name{};
    socklen_t size = sizeof name;
    ::getsockname(fd, reinterpret_cast<sockaddr*>(&name), &size);
    if (ntohs(name.sin_port) != f.door.port()) continue;
    ++sockets;
    CHECK((::fcntl(fd, F_GETFD) & FD_CLOEXEC) != 0);
  }
  CHECK(sockets == 2);  // it listens, and it has one client
}

TEST_CASE("an address that is taken is a fault that names it") {
  Fixture f;
  Door second("127.0.0.1:" + std::to_string(f.door.port()), f.log);
  CHECK_THROWS_WITH(second.open(), Catch::Contains(f.door.address()));
}

TEST_CASE("the address stands in a file while the door is open") {
  char folder[] = "/tmp/earshot-door-XXXXXX";
  REQUIRE(::mkdtemp(folder) != nullptr);
  const std::filesystem::path file = std::filesystem::path(folder) / "door";
  Fixture f;
  f.door.publish(file);
  std::string address;
  std::getline(std::ifstream(file), address);
  CHECK(address == f.door.address());
  f.door.close();
  CHECK_FALSE(std::filesystem::exists(file));
  CHECK_THROWS_AS(f.door.publish("/nobody/is/here/door"), Failure);
  std::filesystem::remove_all(folder);
}
