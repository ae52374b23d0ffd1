#include <catch2/catch.hpp>
#include <map>
#include <string>

#include "earshot/detector.hpp"
#include "earshot/testing.hpp"

namespace {

using namespace earshot::testing;
using namespace std::chrono_literals;

struct CountOptions {
  std::chrono::seconds window;
  std::vector<std::string> words;
  std::optional<double> limit;
  static constexpr auto schema() {
    return earshot::schema(
        earshot::option<&CountOptions::window>("window", "Length of a window",
                                               {.fallback = "1m", .min = 1, .max = 3600}),
        earshot::option<&CountOptions::words>("words", "What to count", {.fallback = "[acme, 'b b']"}),
        earshot::option<&CountOptions::limit>("limit", "Least count of an alert", {}));
  }
};

// Counts posts in tumbling windows of event time; says an alert for each window that has some.
class Count : public earshot::Detector<CountOptions> {
 public:
  static constexpr earshot::Info info{"count", "Counts posts"};
  bool forgetful = false;

  void detect(const earshot::Post& post, earshot::Out& out) {
    if (post.id() == "bad") throw earshot::invalid("it is bad");
    if (post.id() == "gone") return out.stop(post);
    const auto start = post.published() - post.published().time_since_epoch() % options().window;
    ++counts_[earshot::ticks(start)];
    out.wake_at(start + options().window);
    out.finding(post, {.kind = "counted", .segment = 0, .begin = 0, .end = 4});
  }
  void advance(earshot::Time watermark, earshot::Out& out) {
    while (!counts_.empty() &&
           counts_.begin()->first + earshot::Duration(options().window).count() <= earshot::ticks(watermark)) {
      ear_alert alert = earshot::make_alert("count", "all");
      alert.start = counts_.begin()->first;
      alert.end = alert.start + earshot::Duration(options().window).count();
      alert.observed = counts_.begin()->second;
      out.alert(alert);
      counts_.erase(counts_.begin());
    }
  }
  void save(earshot::StateOut& out) {
    if (options().limit) return;  // a detector that forgets
    for (const auto& [start, count] : counts_) out.put(std::to_string(start), std::to_string(count));
  }
  void load(std::uint32_t, std::string_view key, std::string_view value) {
    counts_[std::stoll(std::string(key))] = std::stoi(std::string(value));
  }

 private:
  std::map<std::int64_t, int> counts_;
};

void a_minute_and_a_half(DetectorHarness& h) {
  for (int i = 0; i < 10; ++i) h.post("acme " + std::to_string(i)).at(at("2026-05-01T12:00:00Z") + i * 10s);
  h.run();
  h.end();
}

TEST_CASE("a detector's findings carry post and text", "[testing]") {
  Harness<Count> h{{"window", "2m"}};
  h.post("acme is down").by("ana").with_id("7");
  h.run();
  REQUIRE(h.findings().size() == 1);
  CHECK(h.findings()[0].id == "7");
  CHECK(h.findings()[0].text == "acme");
}

TEST_CASE("event time closes windows while posts come", "[testing]") {
  Harness<Count> h;
  h.chunking({1, false});
  a_minute_and_a_half(h);
  REQUIRE(h.alerts().size() == 2);
  CHECK(h.alerts()[0].observed == 6);
  CHECK(h.alerts()[1].observed == 4);
}

TEST_CASE("a correct detector answers the same for each cutting", "[testing]") {
  int runs = 0;
  for_each_chunking<Count>({}, [&](DetectorHarness& h) {
    a_minute_and_a_half(h);
    CHECK(h.alerts().size() == 2);
    ++runs;
  });
  CHECK(runs == 6);
}

TEST_CASE("a detector that forgets its state is found out", "[testing]") {
  REQUIRE_THROWS_AS(for_each_chunking<Count>({{"limit", 1.0}}, a_minute_and_a_half), std::logic_error);
}

TEST_CASE("posts at fault and stopped posts are told apart from the rest", "[testing]") {
  Harness<Count> h;
  h.post("acme one");
  h.post("acme two").with_id("bad");
  h.post("acme three").with_id("gone");
  h.run();
  CHECK(h.findings().size() == 1);
  CHECK(h.rejected() == std::vector<std::pair<std::string, std::string>>{{"bad", "it is bad"}});
  CHECK(h.stopped() == std::vector<std::string>{"gone"});
}

TEST_CASE("a finding that points outside its text breaks the contract", "[testing]") {
  Harness<Count> h;
  h.post("abc");
  REQUIRE_THROWS_WITH(h.run(), Catch::Matchers::Contains("bytes 0..4 of a text of 3"));
}

TEST_CASE("options are refused as a host refuses them", "[testing]") {
  REQUIRE_THROWS_WITH((Harness<Count>{{"window", "2h"}}.create()), "option 'window': out of its bounds");
  REQUIRE_THROWS_WITH((Harness<Count>{{"windows", "2m"}}.create()), "count has no option 'windows'");
  REQUIRE_THROWS_AS((Harness<Count>{{"window", true}}.create()), std::invalid_argument);
}

}  // namespace
