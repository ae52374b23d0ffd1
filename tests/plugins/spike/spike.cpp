// The spike detector, driven through its table.
#include <catch2/catch.hpp>
#include <numeric>

#include "../loaded.hpp"
#include "weeks.hpp"

using namespace earshot::testing;
using namespace std::chrono_literals;

namespace {

void give(DetectorHarness& h, const std::vector<TestPost>& posts) {
  for (const TestPost& post : posts) h.add(post);
}

std::vector<TestAlert> alerts_of(const std::vector<TestPost>& posts, std::vector<Setting> options = {}) {
  DetectorHarness h(loaded("spike"), std::move(options));
  h.chunking({100, false});
  give(h, posts);
  h.end();
  return h.alerts();
}

// A brand with `a_day` posts spread evenly, for `days`, and the time behind them.
earshot::Time steady(DetectorHarness& h, int days, int a_day, const std::string& brand = "acme") {
  const earshot::Time start = at("2026-03-02T00:00:00Z");
  for (int i = 0; i < days * a_day; ++i)
    h.post("steady")
        .at(start + i * (std::chrono::nanoseconds(24h) / a_day))
        .with_id(brand + std::to_string(i))
        .found("mention", brand);
  return start + days * 24h;
}

void burst(DetectorHarness& h, earshot::Time at, int posts, const std::string& brand = "acme") {
  for (int i = 0; i < posts; ++i)
    h.post("burst " + std::to_string(i)).at(at + i * 1s).with_id("burst" + std::to_string(i)).found("mention", brand);
}

bool covers(const TestAlert& alert, earshot::Time from, earshot::Time to) {
  const auto common = std::min(alert.end, to) - std::max(alert.start, from);
  return common >= (to - from) / 2;
}

}  // namespace

TEST_CASE("a crisis day and a quiet day are found in four weeks, and nothing else") {
  const auto seed = GENERATE(range(1, 9));
  const std::string window = GENERATE(as<std::string>(), "1h", "1d");
  Plan plan;
  plan.seed = static_cast<std::uint64_t>(seed);
  plan.crisis_day = 17, plan.quiet_day = 23;
  const std::vector<TestAlert> alerts = alerts_of(weeks(plan), {{"window", window}});
  const earshot::Time start = at("2026-03-02T00:00:00Z");
  REQUIRE(alerts.size() == 2);
  CHECK(alerts[0].kind == "spike");
  CHECK(alerts[0].subject == "acme");
  CHECK(covers(alerts[0], start + 17 * 24h, start + 18 * 24h));
  CHECK(alerts[0].observed > 3 * alerts[0].upper / 2);
  CHECK(alerts[0].evidence.size() == 5);
  CHECK(alerts[1].kind == "drop");
  CHECK(alerts[1].subject == "rival");
  CHECK(covers(alerts[1], start + 23 * 24h, start + 24 * 24h));
  CHECK(alerts[1].observed < alerts[1].lower);
}

TEST_CASE("chance alone makes no alert in forty times four weeks of three brands, but a few at most") {
  std::size_t alerts = 0;
  for (std::uint64_t seed = 100; seed < 140; ++seed) {
    Plan plan;
    plan.seed = seed;
    alerts += alerts_of(weeks(plan)).size();
  }
  CHECK(alerts <= 2);
}

TEST_CASE("an alert opens while it is going on, grows, and closes when it is over") {
  DetectorHarness h(loaded("spike"));
  const earshot::Time then = steady(h, 14, 24);
  burst(h, then + 10h, 40);
  burst(h, then + 11h, 60);
  h.advance(then + 11h);
  REQUIRE(h.alerts().size() == 1);
  CHECK(h.alerts()[0].state == EAR_ALERT_OPEN);
  CHECK(h.alerts()[0].start == then + 10h);
  CHECK(h.alerts()[0].end == then + 11h);
  CHECK(h.alerts()[0].observed == 40);
  h.advance(then + 12h);
  CHECK(h.alerts()[0].observed == 100);
  CHECK(h.alerts()[0].state == EAR_ALERT_OPEN);
  h.advance(then + 48h);
  REQUIRE_FALSE(h.alerts().empty());
  CHECK(h.alerts().back().kind == "spike");
  CHECK(h.alerts().back().state == EAR_ALERT_CLOSED);
  CHECK(h.alerts().back().end == then + 12h);
}

TEST_CASE("an alert says in one sentence what there was and what was expected") {
  DetectorHarness h(loaded("spike"), {{"window", "1d"}});
  const earshot::Time then = steady(h, 14, 30);
  burst(h, then + 1h, 143);
  h.end();
  REQUIRE(h.alerts().size() == 1);
  CHECK_THAT(h.alerts()[0].summary,
             Catch::Matches("acme: 143 mentions on 2026-03-16, 30 expected \\([0-9]+ to [0-9]+\\)"));
}

TEST_CASE("the same posts give the same alerts however they are cut, saved and loaded") {
  Plan plan;
  plan.crisis_day = 12, plan.quiet_day = 15, plan.days = 18, plan.others_a_day = 5;
  const std::vector<TestPost> posts = weeks(plan);
  CHECK_NOTHROW(for_each_chunking(loaded("spike"), {}, [&](DetectorHarness& h) {
    h.watch("acme", {"Acme"});
    give(h, posts);
    h.end();
    CHECK(h.alerts().size() >= 2);
  }));
}

TEST_CASE("posts that change places within the allowed lateness give the same alerts") {
  Plan plan;
  plan.crisis_day = 12, plan.quiet_day = 15, plan.days = 18;
  const std::vector<TestPost> posts = weeks(plan);
  const auto answers = [&](std::uint64_t seed, Chunking chunking) {
    std::mt19937_64 random(seed);
    std::vector<std::pair<earshot::Time, const TestPost*>> order;
    for (const TestPost& p : posts)
      order.emplace_back(p.published + std::chrono::seconds(seed == 0 ? 0 : random() % 3000), &p);
    std::stable_sort(order.begin(), order.end(), [](auto& a, auto& b) { return a.first < b.first; });
    DetectorHarness h(loaded("spike"));
    h.lateness(1h);
    h.chunking(chunking);
    for (const auto& [time, post] : order) h.add(*post);
    h.end();
    return h.answers();
  };
  const std::string expected = answers(0, {});
  CHECK(expected.find("alert spike of 'acme'") != std::string::npos);
  for (const std::uint64_t seed : {1, 2, 3}) CHECK(answers(seed, {17, seed == 2}) == expected);
}

TEST_CASE("late posts and repeats by edits are not counted, deleted ones stay counted") {
  DetectorHarness h(loaded("spike"));
  const earshot::Time then = steady(h, 14, 24);
  burst(h, then + 10h, 9);  // one less than min_count
  for (int i = 0; i < 50; ++i) h.post("edit").at(then + 10h + 1min).with_id("burst0").edited().found("mention", "acme");
  for (int i = 0; i < 9; ++i) h.post("").at(then + 10h + 2min).with_id("burst" + std::to_string(i)).deleted();
  h.advance(then + 11h);
  CHECK(h.alerts().empty());
  for (int i = 0; i < 50; ++i) h.post("late").at(then + 10h + 3min).found("mention", "acme");
  h.advance(then + 12h);
  CHECK(h.alerts().empty());
  burst(h, then + 12h, 10);
  h.advance(then + 13h);
  CHECK(h.alerts().size() == 1);
}

TEST_CASE("a silence in which a source could not see is no silence") {
  const bool blind = GENERATE(true, false);
  DetectorHarness h(loaded("spike"));
  const earshot::Time then = steady(h, 14, 24);
  if (blind) h.gap("2026-03-16T00:00:00Z", "2026-03-17T00:00:00Z");
  for (int i = 0; i < 24; ++i) h.post("about nobody").at(then + i * 1h);
  h.advance(then + 24h);
  CHECK(h.alerts().size() == (blind ? 0 : 1));
}

TEST_CASE("nothing is said before enough was seen, nor of what nobody talks about") {
  DetectorHarness h(loaded("spike"));
  h.watch("quiet", {"Quiet"});
  const earshot::Time then = steady(h, 5, 24);
  burst(h, then, 100);
  h.advance(then + 24h);
  CHECK(h.alerts().empty());
}

TEST_CASE("a subject that nobody talked about before can have a spike") {
  DetectorHarness h(loaded("spike"));
  h.watch("newcomer", {"Newcomer"});
  const earshot::Time then = steady(h, 10, 24);
  burst(h, then + 1h, 20, "newcomer");
  h.advance(then + 3h);
  REQUIRE(h.alerts().size() == 1);
  CHECK(h.alerts()[0].subject == "newcomer");
}

TEST_CASE("drops are left out where nobody asks for them") {
  DetectorHarness h(loaded("spike"), {{"drops", false}});
  const earshot::Time then = steady(h, 14, 24);
  h.post("about nobody").at(then);
  h.advance(then + 48h);
  CHECK(h.alerts().empty());
}

TEST_CASE("a leap of event time over many years takes no time and is no silence") {
  DetectorHarness h(loaded("spike"), {{"window", "1m"}});
  const earshot::Time then = steady(h, 10, 48);
  h.post("first after").at("2046-01-01T00:00:00Z").found("mention", "acme");
  h.post("second after").at("2046-01-01T02:00:00Z").found("mention", "acme");
  const auto began = std::chrono::steady_clock::now();
  h.advance("2046-01-01T03:00:00Z");
  CHECK(std::chrono::steady_clock::now() - began < 20s);
  for (const TestAlert& alert : h.alerts()) CHECK(alert.end <= then + 7 * 24h);
}

TEST_CASE("an author can be forgotten") {
  DetectorHarness h(loaded("spike"));
  const earshot::Time then = steady(h, 10, 24);
  for (int i = 0; i < 30; ++i)
    h.post("secret words").at(then + i * 1min).by("ana").with_id("x" + std::to_string(i)).found("mention", "acme");
  h.run();
  h.erase("test", "ana");
  std::string saved;
  for (const auto& [key, value] : h.save(true)) saved += value;
  CHECK(saved.find("secret words") == std::string::npos);
  CHECK(saved.find("ana") == std::string::npos);
}

TEST_CASE("state of windows with another length is not taken for its own") {
  DetectorHarness before(loaded("spike"));
  steady(before, 10, 24);
  before.run();
  before.save();
  DetectorHarness h(loaded("spike"), {{"window", "6h"}});
  h.state() = before.state();
  h.reload();
  h.start();
  CHECK_THAT(h.log_text(), Catch::Contains("another length"));
}

TEST_CASE("damaged state is refused with a word of advice") {
  DetectorHarness h(loaded("spike"));
  h.state()["subject/acme"] = std::string("\xFF\xFF\xFF\xFF", 4);
  CHECK_THROWS_WITH(h.reload(), Catch::Contains("damaged"));
}

TEST_CASE("options that fit nothing are refused by name") {
  const auto refused = [](std::vector<Setting> options) {
    DetectorHarness h(loaded("spike"), std::move(options));
    try {
      h.create();
    } catch (const CallFailed& e) {
      return e.option;
    }
    return std::string();
  };
  CHECK(refused({{"window", "7h"}}) == "window");
  CHECK(refused({{"season", "3d"}}) == "season");
  CHECK(refused({{"learn", "30d"}}) == "learn");
  CHECK(refused({{"window", "15m"}, {"season", "1d"}}).empty());
}
