// What a report says.
#include <catch2/catch.hpp>

#include "report/causes.hpp"
#include "report/perception.hpp"
#include "report/queries.hpp"
#include "report/sentences.hpp"
#include "week.hpp"

using namespace earshot::testing;
using namespace earshot::report;
using Catch::Contains;
using earshot::figures::By;
using earshot::figures::Figures;

namespace {

Content second(Filled& filled, Request request) {
  const earshot::Host host(filled.host());
  Figures figures(filled.path, &host);
  return gather(figures, std::move(request));
}

}  // namespace

TEST_CASE("a report counts the period and the one before, the most spoken of first") {
  Filled filled(two_weeks);
  const Content content = second(filled, second_week(filled.path));
  REQUIRE(content.items.size() == 3);
  CHECK(content.items[0].item.id == "acme");
  CHECK(content.items[0].now.posts == 141);
  CHECK(content.items[0].before.posts == 70);
  CHECK(content.items[1].now.posts == 42);
  CHECK(content.items[2].now.posts == 0);
  CHECK(content.items[0].volume.size() == 7);
  CHECK(content.items[0].share.share == Approx(141.0 / 183));
  CHECK(content.items[0].blame.at(0).row.label == "delivery");
  CHECK(content.items[0].praise.at(0).row.label == "price");
  CHECK(content.alerts.size() == 1);
  CHECK(content.hours_unseen == Approx(6));
}

TEST_CASE("what happened is told in sentences, and what chance explains is no change") {
  Filled filled(two_weeks);
  const Content content = second(filled, second_week(filled.path));
  CHECK_THAT(content.headlines.at(0),
             Contains("Acme <Rockets>: 141 mentions, up 101 % on the week before; net sentiment −") &&
                 Contains("mostly about delivery."));
  CHECK_THAT(content.headlines.at(1), Contains("Bolt: 42 mentions, about as many as the week before"));
  CHECK(content.headlines.at(2) == "Quiet: no mentions.");
  CHECK(change(128, 100, "x") == "about as many as x");
  CHECK(change(138, 100, "x") == "up 38 % on x");
  CHECK(change(50, 100, "x") == "down 50 % on x");
  CHECK(change(500, 100, "x") == "5.0 times as many as x");
  CHECK(change(5, 0, "the week before") == "none the week before");
}

TEST_CASE("the query beside each figure finds as many posts as the figure says") {
  Filled filled(two_weeks);
  const std::string zone = GENERATE(as<std::string>(), "UTC", "Asia/Kolkata");
  const Content content = second(filled, second_week(filled.path, zone));
  const earshot::Host host(filled.host());
  Figures figures(filled.path, &host);
  const earshot::figures::Scope all{{0, INT64_MAX / 2}, {}, nullptr};
  REQUIRE(content.evidence.size() > 20);
  for (const Evidence& one : content.evidence) {
    CAPTURE(one.label, one.query);
    earshot::figures::Scope scope = all;
    scope.query = figures.matches(one.query, "lists", all, Figures::kAll);
    CHECK(figures.counts(scope).posts == one.count);
    for (const auto& post : one.posts) CHECK(scope.query->posts.at(static_cast<std::uint32_t>(post.post)) == 1);
  }
}

TEST_CASE("a query narrows the whole report") {
  Filled filled(two_weeks);
  Request request = second_week(filled.path);
  request.query = "lang:de // only German";
  const Content content = second(filled, request);
  CHECK(content.items[0].now.posts > 20);
  CHECK(content.items[0].now.posts < 60);
  REQUIRE(content.items[0].list(By::language) != nullptr);
  CHECK(content.items[0].list(By::language)->rows.size() == 1);
}

TEST_CASE("a week is the last that was over, or the last that the store has posts of") {
  Request request;
  earshot::figures::State state;
  state.posts = 1, state.last = earshot::ticks(at("2026-05-17T12:00:00Z"));
  set_period(request, "week", earshot::ticks(at("2026-05-20T09:00:00Z")), state);
  CHECK(request.period.from == earshot::ticks(at("2026-05-11")));
  CHECK(request.before.from == earshot::ticks(at("2026-05-04")));
  set_period(request, "week", earshot::ticks(at("2027-01-01T09:00:00Z")), state);
  CHECK(request.period.from == earshot::ticks(at("2026-05-11")));
  set_period(request, "2026-05-11..2026-05-13", 0, state);
  CHECK(request.before.from == earshot::ticks(at("2026-05-08")));
  CHECK(request.before_words == "the 3 days before");
}

TEST_CASE("nobody watched: a report of all posts") {
  Filled filled([](SinkHarness& sink) { sink.post("hello").on("forum").at("2026-05-12T10:00:00Z"); });
  Request request = second_week(filled.path);
  request.items.clear();
  const Content content = second(filled, request);
  REQUIRE(content.items.size() == 1);
  CHECK(content.items[0].now.posts == 1);
}

TEST_CASE("what accounts for an alert is told by its share, whatever else its attributes say") {
  const Causes causes = causes_of(
      R"({"causes":{"links":[{"value":"x.test/a","share":0.2,"observed":5,"expected":1}],)"
      R"("terms":[{"value":"late again","share":0.6,"observed":20,"expected":2},{"value":7}]},"unique_posts":12,"rule":"r"})");
  REQUIRE(causes.all.size() == 2);
  CHECK(causes.all[0].value == "late again");
  CHECK(causes.all[0].kind == "terms");
  CHECK(causes.all[1].share == Approx(0.2));
  CHECK(causes.other.size() == 2);
  for (const char* odd : {"", "[]", "{\"causes\":[1]}", "{\"causes\":{\"terms\":3}}", "{", "null"})
    CHECK(causes_of(odd).all.empty());
}

TEST_CASE("a few posts that agree are not certain of how a keyword is meant, many are") {
  const auto net = [](std::int64_t posts, std::int64_t negative, std::int64_t positive) {
    return net_of(earshot::figures::Ranked{{}, {}, posts, posts, negative, positive, 0, 0});
  };
  CHECK(net(3, 3, 0).value == Approx(-1));
  CHECK(net(3, 3, 0).high > -0.3);
  CHECK(net(300, 300, 0).high < -0.95);
  CHECK(net(400, 100, 100).low == Approx(-0.069).margin(0.002));
  CHECK(net(0, 0, 0).low == -1);
}

TEST_CASE("gaps are told together by source and reason, however many there are") {
  Filled filled([](SinkHarness& sink) {
    sink.post("hello").on("forum").at("2026-05-12T10:00:00Z");
    for (int i = 10; i < 24; ++i) {
      const std::string hour = "2026-05-12T" + std::to_string(i);
      sink.gap(hour + ":00:00Z", hour + ":30:00Z", "quota");
    }
  });
  const Content content = second(filled, second_week(filled.path));
  REQUIRE(content.unseen.size() == 1);
  CHECK(content.unseen[0].gaps == 14);
  CHECK(content.unseen[0].hours == Approx(7));
  CHECK(content.hours_unseen == Approx(7));
}
