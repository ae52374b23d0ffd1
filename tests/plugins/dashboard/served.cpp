// The sink as the host sees it.
#include <catch2/catch.hpp>
#include <earshot/testing.hpp>

#include "../store/filled.hpp"

using namespace earshot::testing;
using Catch::Contains;

TEST_CASE("beyond the loopback a dashboard needs a token") {
  SinkHarness open(loaded("dashboard"), {{"listen", "0.0.0.0:0"}, {"store", "acme.db"}});
  CHECK_THROWS_WITH(open.create(), Contains("needs a token"));
}

TEST_CASE("an address, or a time zone, that is none is told before a run") {
  SinkHarness address(loaded("dashboard"), {{"listen", "here"}, {"store", "acme.db"}});
  CHECK_THROWS_WITH(address.create(), Contains("write host:port"));
  SinkHarness zone(loaded("dashboard"), {{"time_zone", "Mars/Base"}, {"store", "acme.db"}});
  CHECK_THROWS(zone.create());
}

TEST_CASE("a dashboard takes posts and says where it is") {
  Filled filled([](SinkHarness& sink) { sink.post("Acme").on("x").found("mention", "acme"); });
  SinkHarness sink(loaded("dashboard"), {{"listen", "127.0.0.1:0"}, {"store", filled.path}});
  sink.service(EAR_STORE_1, &filled.table());
  sink.start();
  sink.post("Acme").on("x").found("mention", "acme");
  sink.write();
  sink.flush();
  sink.stop();
  CHECK_THAT(sink.log_text(), Contains("the dashboard is at http://127.0.0.1:"));
}
