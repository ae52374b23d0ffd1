// The command summary.
#include <catch2/catch.hpp>

#include "filled.hpp"

using namespace earshot::testing;
using Catch::Contains;
using Catch::Matches;

namespace {

void month(SinkHarness& sink) {
  for (int i = 0; i < 12; ++i)
    sink.post("Acme").on("mastodon").by("ana").found("mention", "acme").found("mention", "acme");
  for (int i = 0; i < 3; ++i) sink.post("Zentrix").on("forum").by("bea").found("mention", "zentrix");
  sink.post("\x1b[31mx").on("forum").by("eve");
  TestAlert& alert = sink.alert("spike", "acme");
  alert.summary = "12 posts in an hour, 2 expected", alert.observed = 12, alert.expected = 2, alert.severity = 7;
  sink.gap("2026-05-01T00:00:00Z", "2026-05-01T01:00:00Z");
}

TestFinding value(const char* kind, const char* subject, const char* said) {
  TestFinding out;
  out.kind = kind, out.subject = subject, out.value = said;
  return out;
}

}  // namespace

TEST_CASE("a summary tells posts, mentions, alerts with their cause, authors and coverage") {
  Filled filled(month);
  const Ran ran(filled, "summary", {});
  CHECK(ran.code == 0);
  CHECK_THAT(ran.out, Contains("16 posts, 27 findings, 1 alerts"));
  CHECK_THAT(ran.out, Contains("mastodon     12     0\n"));
  CHECK_THAT(ran.out, Contains("acme           12        24        1\n"));
  CHECK_THAT(ran.out, Contains("12 posts in an hour, 2 expected"));
  CHECK_THAT(ran.out, Contains("@ana    mastodon     12"));
  CHECK_THAT(ran.out, !Contains("@eve"));
  CHECK_THAT(ran.out, Contains("test       1            3600"));
}

TEST_CASE("a watch item that nobody spoke of is in the summary") {
  Filled filled(month);
  CommandHarness command(loaded("summary"), {{"store", filled.path}});
  command.service(EAR_STORE_1, &filled.table());
  command.watch("quiet", {"Quiet Corp"});
  CHECK(command.run() == 0);
  CHECK_THAT(command.out(), Contains("quiet           0         0        0\n"));
}

TEST_CASE("a summary speaks JSON") {
  Filled filled(month);
  const std::string out = Ran(filled, "summary", {{"json", true}}).out;
  CHECK_THAT(out, Contains(R"({"subject":"acme","posts":12,"mentions":24,"authors":1})"));
  CHECK_THAT(out, Contains(R"("state":{"version":3,"posts":16)"));
}

TEST_CASE("a summary of an empty store says so") {
  Filled filled([](SinkHarness&) {});
  CHECK_THAT(Ran(filled, "summary", {}).out, Contains("0 posts") && Contains("Mentions\n  none\n"));
}

TEST_CASE("a summary tells how each watch item is perceived") {
  Filled filled([](SinkHarness& sink) {
    sink.post("good")
        .by("ana")
        .found("mention", "acme")
        .found(value("sentiment", "acme", "positive"))
        .found(value("language", "", "en"));
    sink.post("good")
        .by("bea")
        .found("mention", "acme")
        .found(value("duplicate", "", "test/1"))
        .found(value("language", "", "en"));
    sink.post("bad")
        .by("bea")
        .found("mention", "acme")
        .found(value("sentiment", "acme", "negative"))
        .found(value("language", "", "de"));
    sink.post("so so").by("eve").found("mention", "acme").found(value("keyphrase", "acme", "metal splinters"));
    sink.post("other").by("eve").found("mention", "bolt").found(value("sentiment", "acme", "negative"));
  });
  const std::string out = Ran(filled, "summary", {}).out;
  CHECK_THAT(out, Matches("(.|\n)*acme +4 +3 +3 +50 %( +[0-9]+ % \\([0-9]+ to [0-9]+\\)){3}\n(.|\n)*"));
  CHECK_THAT(out, Contains("bolt            1       1        1     0 %\n"));
  CHECK_THAT(out, Contains("acme in: en 2; de 1\n"));
  CHECK_THAT(out, Contains("acme with: metal splinters 1\n"));
  CHECK_THAT(out, !Contains("acme about:"));
}

TEST_CASE("a summary's JSON has answers counted, and shares estimated with their interval") {
  Filled filled([](SinkHarness& sink) {
    for (int i = 0; i < 40; ++i)
      sink.post("good").found("mention", "acme").found(value("sentiment", "acme", i < 30 ? "positive" : "negative"));
  });
  const std::string out = Ran(filled, "summary", {{"json", true}}).out;
  CHECK_THAT(out, Contains(R"("stated":40,"positive":30,"neutral":0,"negative":10})"));
  CHECK_THAT(out, Contains(R"("shares":[{"subject":"acme","posts":40,"stated":40,"negative":{"share":0.2)"));
}
