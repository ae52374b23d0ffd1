// week.hpp: a store with two weeks of posts of three watch items, and a report of the second. One thread.
#pragma once

#include <earshot/testing.hpp>
#include <string>

#include "../store/filled.hpp"
#include "figures/figures.hpp"
#include "report/gather.hpp"
#include "report/period.hpp"

namespace earshot::testing {

inline TestFinding said(const char* kind, const char* subject, std::string value, double score = 0.9) {
  TestFinding out;
  out.kind = kind, out.subject = subject, out.value = std::move(value), out.score = score;
  return out;
}

inline TestFinding aspect(const char* subject, const char* value, const char* sentiment) {
  TestFinding out = said("aspect", subject, value);
  out.attributes.emplace_back(sentiment).key = "sentiment";
  return out;
}

inline const std::string kNasty = "<script>alert(1)</script> =2+3 [x](javascript:y) `|*_\xE2\x80\xAE\x01";

// From Monday 2026-05-04 on, acme with twice as many in the second week; bolt as before; quiet is never mentioned.
inline void two_weeks(SinkHarness& sink) {
  int number = 0;
  const auto post = [&](int day, const char* subject, const char* feeling) -> TestPost& {
    TestPost& p = sink.post("post " + std::to_string(number) + " about " + subject);
    p.on(number % 3 == 0 ? "forum" : "blog").with_id("p" + std::to_string(number)).in(number % 4 == 0 ? "de" : "en");
    p.by("a" + std::to_string(number % 40))
        .at(at("2026-05-04T09:00:00Z") + std::chrono::hours{24 * day} + std::chrono::minutes{number % 300});
    p.likes = number % 17, p.followers = 100 * (number % 40);
    p.found("mention", subject).found(said("sentiment", subject, feeling));
    ++number;
    return p;
  };
  for (int day = 0; day < 14; ++day) {
    for (int i = 0; i < (day < 7 ? 10 : 20); ++i) {
      TestPost& p = post(day, "acme", i % 4 == 0 ? "positive" : i % 4 == 1 ? "neutral" : "negative");
      if (i % 2 == 0) p.found(aspect("acme", "delivery", "negative"));
      if (i % 5 == 0) p.found(aspect("acme", "price", "positive"));
      if (i % 6 == 0) p.found(said("duplicate", "", "forum/p0"));
      if (i % 3 == 0) p.found(said("keyphrase", "acme", "late again"));
    }
    for (int i = 0; i < 6; ++i) post(day, "bolt", "neutral");
  }
  TestPost& nasty = post(9, "acme", "negative").body(kNasty + " #tag https://x.test/a");
  nasty.likes = 999, nasty.url = "javascript:alert(2)";
  nasty.found(said("keyphrase", "acme", kNasty)).found(said("topic", "acme", "t\"1"));
  nasty.author = kNasty;
  TestAlert& alert = sink.alert("spike", "acme");
  alert.start = at("2026-05-12T08:00:00Z"), alert.end = at("2026-05-12T12:00:00Z");
  alert.summary = "Acme: 20 posts in an hour " + kNasty, alert.severity = 6, alert.observed = 20, alert.expected = 8;
  alert.evidence.push_back({"forum", "p3", "https://x.test/3", "ana", kNasty, at("2026-05-12"), 0.5});
  sink.gap("2026-05-13T00:00:00Z", "2026-05-13T06:00:00Z", "rate limit " + kNasty);
}

inline report::Request second_week(const std::string& store, const std::string& zone = "UTC") {
  report::Request request;
  request.zone = zone, request.store = store, request.title = "Brands " + kNasty, request.version = "1";
  request.items = {{"acme", "Acme <Rockets>"}, {"bolt", "Bolt"}, {"quiet", "Quiet"}};
  report::set_period(request, "2026-05-11..2026-05-17", 0, {});
  request.before_words = "the week before";
  return request;
}

}  // namespace earshot::testing
