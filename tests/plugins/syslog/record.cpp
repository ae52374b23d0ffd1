// Records of RFC 5424, and how a collector is named.
#include "syslog/record.hpp"

#include <catch2/catch.hpp>

#include "earshot/error.hpp"
#include "syslog/wire.hpp"

using namespace earshot::syslog;
using namespace earshot::delivery;
using Catch::Contains;
using Catch::StartsWith;
using earshot::alert_book::Life;

namespace {

Envelope message(Purpose purpose = Purpose::alert, std::uint32_t severity = 7) {
  Envelope e;
  e.key = "k1", e.pipeline = "watch", e.channel = "log", e.purpose = purpose, e.created = 1'777'636'800'123'456'789;
  Item& item = e.items.emplace_back();
  item.alert.id = "abc", item.alert.subject = "ac\"me]\\", item.alert.kind = "spike", item.alert.severity = severity;
  item.alert.summary = "more\r\nthan <usual> é";
  return e;
}

const Origin kOrigin{16, "host.example.org", "earshot", "42", "earshot@32473"};

}  // namespace

TEST_CASE("a record has the fields of RFC 5424, each escaped") {
  const std::string text = record(message(), kOrigin, 8192);
  CHECK_THAT(text, StartsWith("<131>1 2026-05-01T12:00:00.123456Z host.example.org earshot 42 alert [earshot@32473 "));
  CHECK_THAT(text, Contains("\"] \xEF\xBB\xBFNew alert: "));
  CHECK_THAT(text, Contains(R"( subject="ac\"me\]\\" )") && Contains("more than <usual> é"));
  CHECK(text.find_first_of("\r\n") == std::string::npos);
}

TEST_CASE("facility and severity make the priority") {
  CHECK(record(message(Purpose::alert, 10), {0, "h", "a", "1"}, 8192).starts_with("<2>1 "));
  CHECK(record(message(Purpose::alert, 4), {23, "h", "a", "1"}, 8192).starts_with("<188>1 "));
  CHECK(record(message(Purpose::acknowledged, 10), {0, "h", "a", "1"}, 8192).starts_with("<6>1 "));
  Envelope closed = message(Purpose::closed, 10);
  closed.items[0].alert.life = Life::closed;
  CHECK(record(closed, {0, "h", "a", "1"}, 8192).starts_with("<5>1 "));
}

TEST_CASE("a record is cut where the transport takes no more, and fields that are missing are a dash") {
  Envelope e = message();
  e.items[0].alert.summary = std::string(5000, 'x');
  CHECK(record(e, kOrigin, 1024).size() <= 1024);
  CHECK_THAT(record(e, {16, "", "an app", ""}, 1024), Contains("Z - an?app - alert ["));
}

TEST_CASE("a collector is named by transport and place, and nothing else is one") {
  CHECK(read_target("unix:///dev/log").path == "/dev/log");
  CHECK(read_target("tls://logs.example.org:6514").host == "logs.example.org");
  CHECK(read_target("udp://[::1]:514").host == "::1");
  CHECK(read_target("tcp://[::1]:514").host == "[::1]");
  for (const char* wrong : {"", "/dev/log", "unix://", "unix://log", "http://x:1", "tcp://x", "tcp://:5",
                            "udp://x:port", "tcp://a/b:1", "tcp://a@b:1"})
    CHECK_THROWS_WITH(read_target(wrong), Contains("unix:///dev/log"));
}
