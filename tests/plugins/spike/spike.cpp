// The spike detector, driven through its table.
#include <catch2/catch.hpp>
#include <numeric>
#include <set>

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

// Posts to be given in the order of their times.
struct Script {
  std::vector<TestPost> posts;

  TestPost& say(const std::string& text, earshot::Time at, const std::string& brand = "acme") {
    TestPost& post = posts.emplace_back();
    post.id = brand + std::to_string(posts.size()), post.published = post.collected = at;
    post.body(text);
    if (!brand.empty()) post.found("mention", brand);
    return post;
  }
  // So many posts a day, spread evenly, for `days` and `after`; and as many about nobody for three days more.
  earshot::Time steady(int days, int a_day, int after = 3, const std::string& brand = "acme") {
    const earshot::Time start = at("2026-03-02T00:00:00Z");
    for (int i = 0; i < (days + 3) * a_day; ++i) {
      const earshot::Time time = start + i * (std::chrono::nanoseconds(24h) / a_day);
      if (i < (days + after) * a_day) say("steady", time, brand);
      say("about nobody", time, "");
    }
    return start + days * 24h;
  }
  void burst(earshot::Time at, int number, const std::string& brand = "acme") {
    for (int i = 0; i < number; ++i)
      say("burst " + std::to_string(i), at + i * 1s, brand).id = "burst" + std::to_string(i);
  }
  void give(DetectorHarness& h) {
    std::stable_sort(posts.begin(), posts.end(),
                     [](const TestPost& a, const TestPost& b) { return a.published < b.published; });
    for (TestPost& post : posts) h.add(std::move(post));
    posts.clear();
  }
};

// Event time goes on with posts about nobody.
std::vector<TestAlert> alerts_at(DetectorHarness& h, Script& script, earshot::Time time) {
  std::vector<TestPost> later;
  for (TestPost& post : script.posts)
    if (post.published >= time) later.push_back(post);
  std::erase_if(script.posts, [&](const TestPost& post) { return post.published >= time; });
  script.give(h);
  script.posts = std::move(later);
  h.advance(time);
  return h.alerts();
}

bool covers(const TestAlert& alert, earshot::Time from, earshot::Time to) {
  const auto common = std::min(alert.end, to) - std::max(alert.start, from);
  return common >= (to - from) / 2;
}

}  // namespace

TEST_CASE("a crisis day and a quiet day are found in four weeks, and next to nothing else") {
  const std::string window = GENERATE(as<std::string>(), "5m", "1h", "1d");
  const earshot::Time start = at("2026-03-02T00:00:00Z");
  std::size_t others = 0;
  for (std::uint64_t seed = 1; seed < 9; ++seed) {
    Plan plan;
    plan.seed = seed;
    plan.crisis_day = 17, plan.quiet_day = 23;
    bool crisis = false, quiet = false;
    for (const TestAlert& alert : alerts_of(weeks(plan), {{"window", window}, {"one_alert_in", "90d"}})) {
      if (alert.kind == "spike" && alert.subject == "acme" && covers(alert, start + 17 * 24h, start + 18 * 24h)) {
        crisis = true;
        CHECK(alert.observed > 2 * alert.upper);
        CHECK(alert.evidence.size() == 5);
      } else if (alert.kind != "spike" && alert.subject == "rival" &&
                 covers(alert, start + 23 * 24h, start + 24 * 24h)) {
        quiet = true;
        CHECK(alert.observed < alert.lower);
      } else {
        ++others;
      }
    }
    INFO("seed " << seed << ", window " << window);
    CHECK(crisis);
    CHECK(quiet);
  }
  CHECK(others <= 11);  // in 96 weeks of brands; 7.5 by the budget
}

TEST_CASE("chance alone makes no more alerts than the budget allows, and half as many again") {
  const auto [in, days] = GENERATE(table<std::string, double>({{"7d", 7}, {"90d", 90}}));
  double alerts = 0, weeks_seen = 0;
  for (std::uint64_t seed = 100; seed < 112; ++seed) {
    Plan plan;
    plan.seed = seed;
    alerts += static_cast<double>(alerts_of(weeks(plan), {{"one_alert_in", in}}).size());
    weeks_seen += 3 * 4;
  }
  CHECK(alerts <= 1.5 * weeks_seen * 7 / days);
}

TEST_CASE("an alert opens while it is going on, grows, and closes when it is over") {
  DetectorHarness h(loaded("spike"), {{"window", "1h"}});
  Script script;
  const earshot::Time then = script.steady(14, 24);
  script.burst(then + 10h, 40);
  script.burst(then + 11h, 60);
  REQUIRE(alerts_at(h, script, then + 11h).size() == 1);
  CHECK(h.alerts()[0].state == EAR_ALERT_OPEN);
  CHECK(h.alerts()[0].start == then + 10h);
  CHECK(h.alerts()[0].end == then + 11h);
  CHECK(h.alerts()[0].observed == 41);
  const std::vector<TestAlert> grown = alerts_at(h, script, then + 12h);
  CHECK(grown[0].observed == 102);
  CHECK(grown[0].state == EAR_ALERT_OPEN);
  const std::vector<TestAlert> over = alerts_at(h, script, then + 72h);
  CHECK(over[0].kind == "spike");
  CHECK(over[0].state == EAR_ALERT_CLOSED);
  CHECK(over[0].end == then + 12h);
}

TEST_CASE("an alert says in one sentence what there was and what was expected") {
  DetectorHarness h(loaded("spike"), {{"window", "1d"}});
  Script script;
  const earshot::Time then = script.steady(14, 30);
  script.burst(then + 1h, 113);
  script.give(h);
  h.end();
  REQUIRE(h.alerts().size() == 1);
  CHECK_THAT(h.alerts()[0].summary,
             Catch::Matches("acme: 143 mentions on 2026-03-16, 30 expected \\([0-9]+ to [0-9]+\\).*"));
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
  DetectorHarness h(loaded("spike"), {{"window", "1h"}});
  Script script;
  const earshot::Time then = script.steady(14, 24);
  script.burst(then + 10h, 8);  // and one that is usual: one less than min_count
  for (int i = 0; i < 50; ++i) script.say("edit", then + 10h + 1min).edited().id = "burst0";
  for (int i = 0; i < 8; ++i) script.say("", then + 10h + 2min).deleted().id = "burst" + std::to_string(i);
  script.burst(then + 12h, 12);
  CHECK(alerts_at(h, script, then + 11h).empty());
  for (int i = 0; i < 50; ++i) h.post("late").at(then + 10h + 3min).found("mention", "acme");
  CHECK(alerts_at(h, script, then + 12h).empty());
  CHECK(alerts_at(h, script, then + 13h).size() == 1);
}

TEST_CASE("a silence in which a source could not see is no silence") {
  const bool blind = GENERATE(true, false);
  DetectorHarness h(loaded("spike"));
  Script script;
  const earshot::Time then = script.steady(14, 24, 0);
  alerts_at(h, script, then);
  if (blind) h.gap("2026-03-16T00:00:00Z", "2026-03-17T00:00:00Z");
  const std::vector<TestAlert> alerts = alerts_at(h, script, then + 24h);
  REQUIRE(alerts.size() == (blind ? 0 : 1));
  if (blind) return;
  CHECK(alerts[0].kind == "silence");
  CHECK(alerts[0].observed == 0);
}

TEST_CASE("nothing is said in the first hours, nor of what nobody talks about") {
  DetectorHarness h(loaded("spike"));
  h.watch("quiet", {"Quiet"});
  Script script;
  script.burst(at("2026-03-02T01:00:00Z"), 100);
  CHECK(alerts_at(h, script, at("2026-03-02T05:00:00Z")).empty());
}

TEST_CASE("a surge on the third day is told") {
  DetectorHarness h(loaded("spike"));
  Script script;
  const earshot::Time then = script.steady(2, 48);
  script.burst(then, 100);
  REQUIRE(alerts_at(h, script, then + 1h).size() == 1);
  CHECK(h.alerts()[0].kind == "spike");
}

TEST_CASE("when nothing at all comes, that is told, and no subject is called silent") {
  DetectorHarness h(loaded("spike"));
  const earshot::Time start = at("2026-03-02T00:00:00Z");
  for (int i = 0; i < 14 * 96; ++i)
    h.post("said").at(start + i * 15min).found("mention", i % 2 == 0 ? "acme" : "rival");
  h.advance(start + 14 * 24h + 30h);
  REQUIRE(h.alerts().size() == 1);
  CHECK(h.alerts()[0].kind == "gap");
  CHECK(h.alerts()[0].subject.empty());
  CHECK_THAT(h.alerts()[0].summary, Catch::StartsWith("no post from source test from 2026-03-15 23:50 to"));
}

TEST_CASE("a source that dies is a gap, and no drop of what it used to bring") {
  const bool dies = GENERATE(true, false);
  DetectorHarness h(loaded("spike"));
  const earshot::Time start = at("2026-03-02T00:00:00Z"), then = start + 14 * 24h, back = then + 3 * 24h;
  for (int i = 0; i < 20 * 96; ++i) {
    const earshot::Time time = start + i * 15min;
    const bool feed = i % 3 != 0, gone = dies && feed && time >= then && time < back;
    if (!gone)
      h.post("said").at(time).with_id(std::to_string(i)).found("mention", "acme").source = feed ? "feed" : "web";
  }
  h.end();
  REQUIRE(h.alerts().size() == (dies ? 1 : 0));
  if (!dies) return;
  const TestAlert gap = h.alerts()[0];
  CHECK(gap.kind == "gap");
  CHECK(gap.state == EAR_ALERT_CLOSED);
  CHECK(gap.attributes.at(0).text == "feed");
  CHECK(std::chrono::abs(gap.start - then) <= 15min);
  CHECK(std::chrono::abs(gap.end - back) <= 15min);
}

TEST_CASE("while one source is dead, a drop in what the others bring is still told") {
  DetectorHarness h(loaded("spike"));
  const earshot::Time start = at("2026-03-02T00:00:00Z"), then = start + 14 * 24h;
  for (int i = 0; i < 16 * 480; ++i) {
    const earshot::Time time = start + i * 3min;
    const bool feed = i % 10 == 0;
    if (time >= then && feed) continue;
    TestPost& post = h.post("said").at(time).with_id(std::to_string(i));
    post.source = feed ? "feed" : "web";
    if (time < then || i % 3 == 1) post.found("mention", "acme");
  }
  h.end();
  std::set<std::string> kinds;
  for (const TestAlert& alert : h.alerts()) kinds.insert(alert.kind);
  CHECK(kinds == std::set<std::string>{"drop", "gap"});
}

TEST_CASE("a source that stays away for a week is expected no more, and that is no drop") {
  DetectorHarness h(loaded("spike"));
  const earshot::Time start = at("2026-03-02T00:00:00Z"), then = start + 14 * 24h;
  for (int i = 0; i < 24 * 96; ++i) {
    const earshot::Time time = start + i * 15min;
    const bool feed = i % 3 != 0;
    if (!feed || time < then)
      h.post("said").at(time).with_id(std::to_string(i)).found("mention", "acme").source = feed ? "feed" : "web";
  }
  h.end();
  REQUIRE(h.alerts().size() == 1);
  CHECK(h.alerts()[0].kind == "gap");
  CHECK(h.alerts()[0].state == EAR_ALERT_CLOSED);
  CHECK(h.alerts()[0].end - h.alerts()[0].start >= 7 * 24h - 15min);
}

TEST_CASE("what one of two sources could not see is only missed of what it brings") {
  DetectorHarness h(loaded("spike"));
  const earshot::Time start = at("2026-03-02T00:00:00Z"), then = start + 14 * 24h;
  const auto say = [&](int from, int to, bool both) {
    for (int i = from; i < to; ++i) {
      h.post("said").at(start + i * 30min).with_id("w" + std::to_string(i)).found("mention", "acme").source = "web";
      if (both) h.post("said").at(start + i * 30min).with_id("t" + std::to_string(i)).found("mention", "rival");
    }
  };
  say(0, 14 * 48, true);
  h.gap("2026-03-16T00:00:00Z", "2026-03-17T00:00:00Z");  // of "test", that alone brings posts about rival
  say(14 * 48, 15 * 48, false);
  h.advance(then + 24h);
  CHECK(h.alerts().empty());
}

TEST_CASE("authors count once an hour, and copies do not count as contents") {
  const std::string measure = GENERATE(as<std::string>(), "posts", "contents", "authors");
  DetectorHarness h(loaded("spike"), {{"measure", measure}});
  Script script;
  const earshot::Time then = script.steady(14, 24);
  for (int i = 0; i < 60; ++i) script.say("buy now", then + 10h + i * 1min).by("ana");
  CHECK(alerts_at(h, script, then + 12h).size() == (measure == "posts" ? 1 : 0));
}

TEST_CASE("a turn of sentiment is told") {
  DetectorHarness h(loaded("spike"), {{"measure", "sentiment"}, {"window", "1h"}});
  std::mt19937_64 random(3);
  const earshot::Time start = at("2026-03-02T00:00:00Z");
  const auto say = [&](int hour, int posts, double praise) {
    for (int i = 0; i < posts; ++i) {
      const bool good = std::uniform_real_distribution<double>()(random) < praise;
      TestPost& p = h.post("said").at(start + hour * 1h + i * 1min).with_id(std::to_string(hour * 100 + i));
      p.found("sentiment", "acme", 1, good ? "positive" : "negative");
    }
  };
  for (int hour = 0; hour < 24 * 14; ++hour) say(hour, 20, 0.7);
  for (int hour = 24 * 14; hour < 24 * 14 + 8; ++hour) say(hour, 20, 0.2);
  h.advance(start + (24 * 14 + 8) * 1h);
  REQUIRE(h.alerts().size() == 1);
  CHECK(h.alerts()[0].kind == "sentiment_down");
  CHECK(h.alerts()[0].observed < 0.4);
  CHECK(h.alerts()[0].expected == Approx(0.7).epsilon(0.1));
}

namespace {

// The value of the first cause of a kind, and its share.
std::pair<std::string, double> first_cause(const TestAlert& alert, const std::string& kind) {
  for (const Tree& attribute : alert.attributes)
    if (attribute.key == "causes")
      for (const Tree& of_kind : attribute.items)
        if (of_kind.key == kind) return {of_kind.items.at(0).items.at(0).text, of_kind.items.at(0).items.at(1).real};
  return {};
}

}  // namespace

TEST_CASE("an alert says what accounts for most of it: terms, links, authors, places, posts") {
  DetectorHarness h(loaded("spike"), {{"window", "1h"}});
  const earshot::Time start = at("2026-03-02T00:00:00Z"), then = start + 14 * 24h;
  const auto usual = [](int i) { return i % 3 == 0 ? "coffee with acme" : "an acme day in town"; };
  Script script;
  for (int i = 0; i < 14 * 48; ++i) script.say(usual(i), start + i * 30min).by("a" + std::to_string(i));
  for (int i = 0; i < 60; ++i) {
    const std::string text = "number " + std::to_string(i) + ": battery on fire https://news.example/fire";
    TestPost& post = script.say(i % 4 == 0 ? usual(i) : text, then + i * 1min);
    post.by(i % 2 == 0 ? "loud" : "b" + std::to_string(i));
    if (i % 4 != 0) post.found("place", "", 1, "DE");
  }
  script.give(h);
  h.advance(then + 1h);
  REQUIRE(h.alerts().size() == 1);
  const TestAlert alert = h.alerts()[0];
  CHECK(first_cause(alert, "terms").first.find("battery") != std::string::npos);
  CHECK(first_cause(alert, "terms").second == Approx(0.75).margin(0.15));
  CHECK(first_cause(alert, "links").first == "news.example/fire");
  CHECK(first_cause(alert, "authors").first == "test/loud");
  CHECK(first_cause(alert, "authors").second == Approx(0.5).margin(0.15));
  CHECK(first_cause(alert, "places").first == "DE");
  CHECK(first_cause(alert, "platforms").first.empty());  // as always
  CHECK_THAT(alert.summary, Catch::Contains("mostly \"") && Catch::Contains("battery"));
  CHECK(alert.evidence.size() == 5);
}

TEST_CASE("a turn of sentiment is explained by the posts on that side") {
  DetectorHarness h(loaded("spike"), {{"measure", "sentiment"}, {"window", "1h"}});
  std::mt19937_64 random(3);
  const earshot::Time start = at("2026-03-02T00:00:00Z");
  const auto say = [&](int hour, double praise, const std::string& blame) {
    for (int i = 0; i < 20; ++i) {
      const bool good = std::uniform_real_distribution<double>()(random) < praise;
      const std::string id = std::to_string(hour * 100 + i);
      h.post(good ? "lovely thing " + id : blame + " " + id)
          .at(start + hour * 1h + i * 1min)
          .with_id(id)
          .found("sentiment", "acme", 1, good ? "positive" : "negative");
    }
  };
  for (int hour = 0; hour < 24 * 14; ++hour) say(hour, 0.7, "slow queue");
  for (int hour = 24 * 14; hour < 24 * 14 + 8; ++hour) say(hour, 0.2, "metal splinter");
  h.advance(start + (24 * 14 + 8) * 1h);
  REQUIRE(h.alerts().size() == 1);
  const TestAlert alert = h.alerts()[0];
  CHECK_THAT(alert.summary, Catch::Contains("mostly \"metal splinter\""));
  for (const TestEvidence& post : alert.evidence) CHECK(post.text.find("lovely") == std::string::npos);
}

TEST_CASE("more reach is explained by who has it") {
  DetectorHarness h(loaded("spike"), {{"measure", "reach"}, {"window", "1h"}});
  const earshot::Time start = at("2026-03-02T00:00:00Z");
  const auto say = [&](int hour, int i, const std::string& author, std::int64_t followers) {
    const std::string id = std::to_string(hour * 100 + i);
    h.post("said " + id).at(start + hour * 1h + i * 1min).with_id(id).by(author).found("mention", "acme").followers =
        followers;
  };
  for (int hour = 0; hour < 24 * 14; ++hour)
    for (int i = 0; i < 10; ++i) say(hour, i, "a" + std::to_string(i), 100 + 37 * ((hour * 7 + i * 13) % 11));
  for (int hour = 24 * 14; hour < 24 * 14 + 3; ++hour)
    for (int i = 0; i < 10; ++i)
      say(hour, i, i % 2 == 0 ? "star" : "a" + std::to_string(i), i % 2 == 0 ? 1'000'000 : 250);
  h.advance(start + (24 * 14 + 3) * 1h);
  REQUIRE(h.alerts().size() == 1);
  CHECK(h.alerts()[0].kind == "reach_up");
  CHECK(first_cause(h.alerts()[0], "authors").first == "test/star");
}

TEST_CASE("days begin at midnight of the time zone") {
  DetectorHarness h(loaded("spike"), {{"window", "1d"}, {"time_zone", "America/Bogota"}});
  Script script;
  const earshot::Time then = script.steady(14, 30);
  script.burst(then + 12h, 113);
  script.give(h);
  h.end();
  REQUIRE(h.alerts().size() == 1);
  CHECK(h.alerts()[0].start == then + 5h);
  CHECK_THAT(h.alerts()[0].summary, Catch::Contains("on 2026-03-16,"));
}

TEST_CASE("a subject that nobody talked about before can have a spike") {
  DetectorHarness h(loaded("spike"));
  h.watch("newcomer", {"Newcomer"});
  Script script;
  const earshot::Time then = script.steady(10, 24);
  script.burst(then + 1h, 20, "newcomer");
  REQUIRE(alerts_at(h, script, then + 3h).size() == 1);
  CHECK(h.alerts()[0].subject == "newcomer");
}

TEST_CASE("drops are left out where nobody asks for them") {
  DetectorHarness h(loaded("spike"), {{"drops", false}});
  Script script;
  const earshot::Time then = script.steady(14, 24, 0);
  CHECK(alerts_at(h, script, then + 48h).empty());
}

TEST_CASE("a leap of event time over many years takes no time and is no silence") {
  DetectorHarness h(loaded("spike"), {{"window", "1m"}});
  Script script;
  const earshot::Time then = script.steady(10, 48, 0);
  script.give(h);
  h.post("first after").at("2046-01-01T00:00:00Z").found("mention", "acme");
  h.post("second after").at("2046-01-01T02:00:00Z").found("mention", "acme");
  const auto began = std::chrono::steady_clock::now();
  h.advance("2046-01-01T03:00:00Z");
  CHECK(std::chrono::steady_clock::now() - began < 20s);
  for (const TestAlert& alert : h.alerts()) CHECK(alert.end <= then + 10 * 24h);
}

TEST_CASE("an author can be forgotten") {
  DetectorHarness h(loaded("spike"));
  Script script;
  const earshot::Time then = script.steady(10, 24);
  for (int i = 0; i < 5; ++i) script.say("secret words", then - 20h + i * 97min).by("ana");  // learnt from
  for (int i = 0; i < 30; ++i) script.say("secret words", then + i * 1min).by("ana");
  script.give(h);
  h.run();
  h.erase("test", "ana");
  std::string saved;
  for (const auto& [key, value] : h.save(true)) saved += value;
  CHECK(saved.find("secret words") == std::string::npos);
  CHECK(saved.find("ana") == std::string::npos);
}

TEST_CASE("state of windows with another length is not taken for its own") {
  DetectorHarness before(loaded("spike"));
  Script script;
  script.steady(10, 24);
  script.give(before);
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
  CHECK(refused({{"time_zone", "Mars/Olympus"}}) == "time_zone");
  CHECK(refused({{"window", "15m"}, {"season", "1d"}}).empty());
}
