// Alerts on the page: looked at, acted on, and acted on by a signed link.
#include <catch2/catch.hpp>

#include "alert_book/links.hpp"
#include "alert_book/outbox.hpp"
#include "asked.hpp"

using namespace earshot::testing;
namespace book = earshot::alert_book;
using Catch::Contains;

namespace {

void nothing(SinkHarness&) {}

std::string put(const Asked& site) {
  TestAlert alert;
  alert.kind = "spike", alert.subject = "acme", alert.summary = "more <b>than</b> usual", alert.severity = 8;
  alert.start = alert.end = earshot::time(site.now), alert.revision = 1;
  std::pmr::monotonic_buffer_resource memory;
  const book::Alert said = book::alert_of(*freeze(alert, memory));
  book::Outbox(site.state, "chat").put({said}, site.now);
  return said.id;
}

std::string life(Asked& site, const std::string& id) {
  return std::string(site.json("/api/v1/alerts/" + id).at("life").as_string());
}

std::string link(const Asked& site, const std::string& id, std::string_view action, std::int64_t until) {
  const std::string key = book::Book(site.state).link_key();
  return book::signed_link("", key, {action, id, until, "mail"});
}

}  // namespace

TEST_CASE("a pipeline that keeps no alerts says so") {
  Asked site(nothing);
  CHECK(site.json("/api/v1/alerts").at("kept") == false);
}

TEST_CASE("an alert is listed, acknowledged, closed and opened again, and the log tells by whom") {
  Asked site(nothing);
  const std::string id = put(site), at = "/api/v1/alerts/" + id;
  CHECK(site.json("/api/v1/alerts").at("open") == 1);
  CHECK(site.ask(at + "/ack?by=ana", "POST").status == 200);
  CHECK(life(site, id) == "acknowledged");
  CHECK(site.ask(at + "/ack", "POST").status == 409);
  CHECK(site.ask(at + "/close", "POST").status == 200);
  CHECK(life(site, id) == "closed");
  CHECK(site.ask(at + "/reopen", "POST").status == 200);
  CHECK(life(site, id) == "open");
  CHECK_THAT(site.ask(at).body, Contains("\"who\":\"ana\""));
  CHECK(site.ask(at + "/ack", "GET").status == 405);
  CHECK(site.ask(at + "/explode", "POST").status == 404);
}

TEST_CASE("a mute holds for the hours that were asked for") {
  Asked site(nothing);
  const std::string id = put(site);
  CHECK(site.ask("/api/v1/alerts/" + id + "/mute?hours=2", "POST").status == 200);
  const auto mutes = book::Book(site.state).mutes(site.now);
  REQUIRE(mutes.size() == 1);
  CHECK(mutes[0].until == site.now + 2 * 3'600'000'000'000);
}

TEST_CASE("a signed link changes nothing until its button is pressed, and needs no token") {
  Asked site(nothing, "a-token-of-this-test");
  const std::string id = put(site), to = link(site, id, "ack", site.now / 1'000'000'000 + 60);
  const auto asked = site.ask(to);
  CHECK(asked.status == 200);
  CHECK_THAT(asked.body, Contains("<form method=post>") && Contains("more &lt;b&gt;than&lt;/b&gt; usual"));
  CHECK(book::Book(site.state).find(id)->life == book::Life::open);
  CHECK(site.ask(to, "POST").status == 200);
  CHECK(book::Book(site.state).find(id)->life == book::Life::acknowledged);
}

TEST_CASE("a link that is too old, changed, or of another action does not hold") {
  Asked site(nothing);
  const std::string id = put(site);
  const std::int64_t soon = site.now / 1'000'000'000 + 60;
  std::string changed = link(site, id, "ack", soon);
  changed.replace(changed.find("/ack"), 4, "/close");
  CHECK(site.ask(changed, "POST").status == 403);
  CHECK(site.ask(link(site, id, "ack", soon - 120), "POST").status == 403);
  CHECK(book::Book(site.state).find(id)->life == book::Life::open);
}
