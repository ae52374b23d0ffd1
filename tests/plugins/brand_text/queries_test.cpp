// Watch items with a query, through the detector.
#include <catch2/catch.hpp>
#include <earshot/testing.hpp>
#include <string>

#include "brand_text/brand_text.hpp"

using earshot::brand_text::BrandText;
using earshot::testing::CallFailed;
using Harness = earshot::testing::Harness<BrandText>;

namespace {

void watch(earshot::testing::DetectorHarness& h) {
  h.watch("acme", {"Acme"}, {{"query", "acme NEAR/3 (battery OR charger) -job"}});
  h.watch("mood", {"xyzzy"}, {{"query", "sentiment:negative -lang:de"}});
  h.watch("rival", {"Rival"});
}

// "subject[text] reason" of each finding.
std::string mentions(const Harness& h) {
  std::string all;
  for (const auto& f : h.findings()) all += f.subject + "[" + f.text + "] " + f.reason + "; ";
  return all;
}

}  // namespace

TEST_CASE("a query that holds mentions its item at the places that made it hold") {
  Harness h;
  h.watch("power", {"xyzzy"}, {{"query", "batter* (acme OR rival)"}});
  h.post("Rival sells batteries");
  h.post("Rival sells phones");
  h.run();
  CHECK(mentions(h) ==
        "power[Rival] query: batter* (acme OR rival); power[batteries] query: batter* (acme OR rival); ");
  CHECK(h.findings()[0].attributes[0].text == "query");
  CHECK(h.findings()[0].score == 1);
}

TEST_CASE("a place that was found by name is not said again by the query") {
  Harness h;
  watch(h);
  h.post("Acme has a charger");
  h.run();
  CHECK(mentions(h) == "acme[Acme] name: Acme; ");
}

TEST_CASE("a query that holds by no text mentions its item once for the post") {
  Harness h;
  watch(h);
  h.post("bad").found("sentiment", "", 0.9, "negative");
  h.run();
  REQUIRE(h.findings().size() == 1);
  CHECK(h.findings()[0].subject == "mood");
  CHECK(h.findings()[0].segment == earshot::none);
}

TEST_CASE("an item may have a query alone, without names") {
  Harness h;
  h.watch("power", {}, {{"query", "batter* charger"}});
  h.watch("acme", {"Acme"});
  h.post("Acme has a charger for batteries");
  h.run();
  CHECK(mentions(h) ==
        "acme[Acme] name: Acme; power[charger] query: batter* charger; power[batteries] query: batter* charger; ");
}

TEST_CASE("a faulty query is refused at its byte in its item") {
  Harness h;
  h.watch("acme", {"Acme"}, {{"query", "acme OR\n(rival"}});
  try {
    h.start();
    FAIL("accepted");
  } catch (const CallFailed& fault) {
    CHECK(fault.option == "watchlist.acme.query");
    CHECK(fault.offset == 8);
    CHECK(fault.message == "'(' is not closed: add a ')'");
  }
}

TEST_CASE("what is deleted is mentioned by no query") {
  Harness h;
  watch(h);
  h.post("bad").found("sentiment", "", 0.9, "negative").deleted();
  h.run();
  CHECK(h.findings().empty());
}

TEST_CASE("queries answer the same however the stream is cut") {
  CHECK_NOTHROW(earshot::testing::for_each_chunking<BrandText>({}, [](earshot::testing::DetectorHarness& h) {
    watch(h);
    for (int i = 0; i < 5; ++i) {
      h.post("a charger by acme, and the acme battery");
      h.post("Rival").found("sentiment", "", 0.9, "negative");
      h.post("nothing");
    }
  }));
}
