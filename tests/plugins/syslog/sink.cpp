// The sink syslog, driven through its table: each way to a collector.
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <boost/asio.hpp>
#include <catch2/catch.hpp>

#include "../alerting.hpp"
#include "receiver/line_receiver.hpp"

using namespace earshot::testing;
using namespace std::chrono_literals;
using Catch::Contains;
using Catch::StartsWith;
using receiver::LineReceiver;

namespace {

// Takes frames of "LENGTH RECORD" apart; nothing where the bytes are none.
std::vector<std::string> frames(const std::string& bytes) {
  std::vector<std::string> all;
  for (std::size_t at = 0; at < bytes.size();) {
    const std::size_t blank = bytes.find(' ', at);
    if (blank == std::string::npos) return {};
    const std::size_t size = std::stoul(bytes.substr(at, blank - at));
    all.push_back(bytes.substr(blank + 1, size));
    at = blank + 1 + size;
  }
  return all;
}

}  // namespace

TEST_CASE("over TCP each record stands behind its length") {
  LineReceiver server;
  Alerting log("syslog", {{"to", "tcp://127.0.0.1:" + std::to_string(server.port())}});
  log.raise("acme"), log.raise("rival");
  REQUIRE(comes([&] { return frames(server.bytes()).size() == 2; }));
  CHECK_THAT(frames(server.bytes())[0], StartsWith("<131>1 ") && Contains("subject=\"acme\""));
}

TEST_CASE("over TLS too, to a collector that is who it says") {
  const auto certificate = receiver::make_certificate("localhost", "127.0.0.1");
  LineReceiver server(certificate);
  const Folder folder;
  const std::string to = "tls://127.0.0.1:" + std::to_string(server.port());
  {
    Alerting strict("syslog", {{"to", to}});
    strict.raise("acme");
    REQUIRE(comes([&] { return !strict.trouble().empty(); }));
    CHECK(server.bytes().empty());
  }
  Alerting log("syslog", {{"to", to}, {"ca_file", folder.write("ca.pem", certificate.certificate)}});
  log.raise("acme"), log.raise("rival");
  REQUIRE(comes([&] { return frames(server.bytes()).size() == 2; }));
}

TEST_CASE("a collector that went away is connected to again") {
  auto server = std::make_unique<LineReceiver>();
  Alerting log("syslog", {{"to", "tcp://127.0.0.1:" + std::to_string(server->port())}});
  log.raise("acme");
  REQUIRE(comes([&] { return frames(server->bytes()).size() == 1; }));
  server.reset();
  log.raise("rival");
  REQUIRE(comes([&] { return log.sink.metric("attempts_failed") >= 1; }));
  CHECK(log.sink.metric("messages_sent") == 1);
}

TEST_CASE("a Unix socket and UDP get a datagram for each record") {
  const Folder folder;
  const std::string path = folder / "log";
  const int unix_socket = ::socket(AF_UNIX, SOCK_DGRAM, 0);
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  path.copy(address.sun_path, sizeof address.sun_path - 1);
  REQUIRE(::bind(unix_socket, reinterpret_cast<sockaddr*>(&address), sizeof address) == 0);
  Alerting local("syslog", {{"to", "unix://" + path}});
  local.raise("acme");
  char data[9000];
  const ssize_t size = ::recv(unix_socket, data, sizeof data, 0);
  CHECK_THAT(std::string(data, static_cast<std::size_t>(size)), StartsWith("<131>1 "));
  ::close(unix_socket);

  boost::asio::io_context io;
  using boost::asio::ip::udp;
  udp::socket socket(io, {boost::asio::ip::address_v4::loopback(), 0});
  Alerting remote("syslog", {{"to", "udp://127.0.0.1:" + std::to_string(socket.local_endpoint().port())}});
  remote.raise("acme");
  const std::size_t got = socket.receive(boost::asio::buffer(data));
  CHECK(got <= 2048);
  CHECK_THAT(std::string(data, got), StartsWith("<131>1 "));
}

TEST_CASE("nobody at the socket: the records wait") {
  const Folder folder;
  Alerting log("syslog", {{"to", "unix://" + (folder / "nobody")}});
  log.raise("acme");
  REQUIRE(comes([&] { return log.sink.metric("attempts_failed") >= 1; }));
  CHECK(log.book().channels()[0].waiting == 1);
}
