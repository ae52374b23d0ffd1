// Shares of a store, as reports show them.
#include "share/stored.hpp"

#include <catch2/catch.hpp>

#include "../store/filled.hpp"

using namespace earshot::testing;
using earshot::share::OfSubject;
using earshot::share::stored_sentiment;

namespace {

TestFinding feeling(const char* value, double negative, double neutral, double positive) {
  TestFinding f;
  f.kind = "sentiment", f.subject = "acme", f.value = value, f.score = std::max({negative, neutral, positive});
  f.attributes = map({{"negative", negative}, {"neutral", neutral}, {"positive", positive}}).items;
  return f;
}

}  // namespace

TEST_CASE("a store's shares are estimated from the probabilities of its posts") {
  Filled filled([](SinkHarness& sink) {
    for (int i = 0; i < 60; ++i) sink.post("good").found("mention", "acme").found(feeling("positive", 0.05, 0.1, 0.85));
    for (int i = 0; i < 30; ++i) sink.post("bad").found("mention", "acme").found(feeling("negative", 0.9, 0.08, 0.02));
    for (int i = 0; i < 10; ++i) sink.post("?").found("mention", "acme").found("mention", "acme");
    sink.post("other").found("mention", "bolt");
  });
  auto store = filled.open();
  const std::vector<OfSubject> all = stored_sentiment(store);
  REQUIRE(all.size() == 1);  // of bolt nothing is said
  CHECK(all[0].subject == "acme");
  CHECK(all[0].posts == 100);
  CHECK(all[0].stated == 90);
  REQUIRE(all[0].shares.size() == 3);
  CHECK(all[0].shares[0].value == Approx(0.33).margin(0.06));
  CHECK(all[0].shares[2].value == Approx(0.55).margin(0.1));
  CHECK(all[0].shares[0].value + all[0].shares[1].value + all[0].shares[2].value == Approx(1));
  CHECK(all[0].shares[2].low < 0.5);
  CHECK(all[0].shares[2].high > 0.62);
}

TEST_CASE("posts in a language that is not judged are not those that the detector is silent about") {
  Filled filled([](SinkHarness& sink) {
    TestFinding english, german;
    english.kind = german.kind = "language", english.value = "en", german.value = "de";
    sink.post("good").found("mention", "acme").found(english).found(feeling("positive", 0.05, 0.1, 0.85));
    sink.post("well").found("mention", "acme").found(english);
    for (int i = 0; i < 5; ++i) sink.post("gut").found("mention", "acme").found(german);
  });
  auto store = filled.open();
  CHECK(stored_sentiment(store).at(0).posts == 2);
}

TEST_CASE("shares are told of a stretch of time") {
  Filled filled([](SinkHarness& sink) {
    sink.post("then").at("2026-05-01T00:00:00Z").found("mention", "acme").found(feeling("positive", 0, 0, 1));
    sink.post("now").at("2026-06-01T00:00:00Z").found("mention", "acme").found(feeling("negative", 1, 0, 0));
  });
  auto store = filled.open();
  const auto of = [&](const char* from, const char* to) { return stored_sentiment(store, {at(from), at(to)}); };
  CHECK(stored_sentiment(store).at(0).posts == 2);
  CHECK(of("2026-05-01T00:00:00Z", "2026-06-01T00:00:00Z").at(0).posts == 1);
  CHECK(of("2026-05-15T00:00:00Z", "2026-06-02T00:00:00Z").at(0).shares[0].value > 0.2);
  CHECK(of("2026-07-01T00:00:00Z", "2026-08-01T00:00:00Z").empty());
}
