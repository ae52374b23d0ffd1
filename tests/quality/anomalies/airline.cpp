// Six days of real tweets to six airlines through `spike`: what it tells of by itself, and of a planted surge. The data
// does not ship with the project: without it the tests say so and pass.
#include <algorithm>
#include <catch2/catch.hpp>
#include <cstdio>
#include <earshot/testing.hpp>

#include "../../plugins/loaded.hpp"
#include "../data.hpp"

using namespace earshot::testing;
using namespace earshot::quality;
using namespace std::chrono_literals;

namespace {

// In the order of their times; the airline that a tweet is labelled with is its subject.
std::vector<TestPost> tweets() {
  const auto file = data("airline/tweets_dev.csv");
  if (!file) {
    WARN("skipped: there is no airline/tweets_dev.csv below EARSHOT_DATA nor in ../shared/data");
    return {};
  }
  std::vector<TestPost> posts;
  const auto rows = read_csv(*file);
  const auto column = [&](const char* name) {
    return static_cast<std::size_t>(std::find(rows[0].begin(), rows[0].end(), name) - rows[0].begin());
  };
  const std::size_t id = column("tweet_id"), airline = column("airline"), created = column("tweet_created"),
                    text = column("text"), name = column("name");
  for (std::size_t i = 1; i < rows.size(); ++i) {
    const std::string& time = rows[i].at(created);  // 2015-02-16 23:36:05 -0800
    TestPost post;
    post.id = rows[i].at(id);
    post.published = post.collected = at(time.substr(0, 10) + "T" + time.substr(11, 8) + "Z") + 8h;
    post.by(rows[i].at(name)).body(rows[i].at(text)).found("mention", rows[i].at(airline));
    posts.push_back(std::move(post));
  }
  return posts;
}

void give(DetectorHarness& h, std::vector<TestPost> posts) {
  std::sort(posts.begin(), posts.end(), [](const TestPost& a, const TestPost& b) {
    return std::tie(a.published, a.id) < std::tie(b.published, b.id);
  });
  for (TestPost& post : posts) h.add(std::move(post));
}

}  // namespace

TEST_CASE("six days of real tweets bring at most two alerts") {
  const std::vector<TestPost> posts = tweets();
  if (posts.empty()) return;
  DetectorHarness h(loaded("spike"));
  h.chunking({256, false});
  give(h, posts);
  h.end();
  for (const TestAlert& alert : h.alerts()) std::printf("airline tweets: %s\n", alert.summary.c_str());
  CHECK(h.alerts().size() <= 2);
  for (const TestAlert& alert : h.alerts()) {
    CHECK(alert.evidence.size() == 5);
    const auto is_cause = [](const Tree& tree) { return tree.key == "causes" && !tree.items.empty(); };
    CHECK(std::any_of(alert.attributes.begin(), alert.attributes.end(), is_cause));
  }
}

TEST_CASE("a surge from a few tweets a day to a thousand is told within the hour") {
  std::vector<TestPost> posts = tweets();
  if (posts.empty()) return;
  const std::string airline = "American";  // of which there are one to four a day
  const std::string from =
      GENERATE(as<std::string>(), "2015-02-19T08:00:00Z", "2015-02-20T20:00:00Z", "2015-02-21T14:00:00Z");
  const earshot::Time start = at(from);
  for (int i = 0; i < 1000; ++i) {
    TestPost post;
    post.id = "planted" + std::to_string(i);
    post.published = post.collected = start + i * (std::chrono::nanoseconds(24h) / 1000);
    post.by("somebody" + std::to_string(i)).body("what is going on").found("mention", airline);
    posts.push_back(std::move(post));
  }
  std::erase_if(posts, [&](const TestPost& p) { return p.published >= start + 1h; });
  DetectorHarness h(loaded("spike"));
  h.chunking({256, false});
  give(h, posts);
  h.advance(start + 1h);
  const std::vector<TestAlert> alerts = h.alerts();
  const auto told = std::count_if(alerts.begin(), alerts.end(), [&](const TestAlert& a) {
    return a.subject == airline && a.kind == "spike" && a.end > start;
  });
  INFO(airline << " from " << from);
  CHECK(told == 1);
}
