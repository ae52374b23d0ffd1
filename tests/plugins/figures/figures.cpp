// The figures of a store, as reports and pages read them.
#include "figures/figures.hpp"

#include <catch2/catch.hpp>

#include "../store/filled.hpp"

using namespace earshot::testing;
using namespace earshot::figures;
using earshot::calendar::Step;
using earshot::calendar::Zone;

namespace {

TestFinding value(const char* kind, const char* subject, const char* said, double score = 0.9) {
  TestFinding out;
  out.kind = kind, out.subject = subject, out.value = said, out.score = score;
  return out;
}

std::int64_t ns(const char* time) {
  return earshot::ticks(at(time));
}
Scope may(const char* subject, const char* from = "2026-05-01", const char* to = "2026-06-01") {
  return {{ns(from), ns(to)}, subject, nullptr};
}

// Three days of two brands: four posts about acme (one a copy, two by ana), one about bolt, one about nobody.
void three_days(SinkHarness& sink) {
  TestPost& a = sink.post("Acme is bad https://X.test/a #fail").on("forum").with_id("1").by("ana").in("en");
  a.at("2026-05-01T23:30:00Z").found("mention", "acme").found(value("sentiment", "acme", "negative"));
  a.found(value("topic", "acme", "t1")).likes = 10, a.followers = 100;
  TestPost& b = sink.post("RT Acme is bad").on("blog").with_id("2").by("bea").in("en").at("2026-05-02T00:10:00Z");
  b.found("mention", "acme").found(value("sentiment", "acme", "negative")).found(value("duplicate", "", "forum/1"));
  TestPost& c = sink.post("Acme is good").on("forum").with_id("3").by("ana").in("de").at("2026-05-02T12:00:00Z");
  c.found("mention", "acme").found(value("sentiment", "acme", "positive")).found(value("topic", "acme", "t1"));
  c.likes = 3, c.followers = 150;
  sink.post("Acme and Bolt")
      .on("forum")
      .with_id("4")
      .at("2026-05-03T08:00:00Z")
      .found("mention", "acme")
      .found("mention", "bolt");
  sink.post("nothing").on("forum").with_id("5").at("2026-05-03T09:00:00Z");
}

}  // namespace

TEST_CASE("posts, unique content and authors are counted, each by itself") {
  Filled filled(three_days);
  Figures figures(filled.path);
  const Counts acme = figures.counts(may("acme"));
  CHECK(acme.posts == 4);
  CHECK(acme.unique_posts == 3);
  CHECK(acme.authors == 2);
  CHECK(acme.engagement == 13);
  CHECK(acme.negative == 2);
  CHECK(acme.positive == 1);
  CHECK(figures.counts(may("bolt")).posts == 1);
  CHECK(figures.counts(may("")).posts == 5);
  CHECK(figures.counts(may("nobody")).posts == 0);
  CHECK(figures.state().not_counted == 0);
  CHECK(figures.subjects() == std::vector<std::string>{"acme", "bolt"});
}

TEST_CASE("a period takes its beginning and leaves its end") {
  Filled filled(three_days);
  Figures figures(filled.path);
  CHECK(figures.counts(may("acme", "2026-05-01T23:30:00Z", "2026-05-02T12:00:00Z")).posts == 2);
  CHECK(figures.counts(may("acme", "2026-05-01T23:30:01Z", "2026-05-02T12:00:01Z")).posts == 2);
}

TEST_CASE("volume is by the clocks of the zone, and a day without posts is there") {
  Filled filled(three_days);
  Figures figures(filled.path);
  const auto by_day = [&](const char* zone) {
    const Zone there(zone);
    const earshot::calendar::Period days = earshot::calendar::period_of("2026-05-01..2026-05-04", there);
    std::vector<std::int64_t> posts;
    for (const Bin& bin : figures.volume({days, "acme", nullptr}, edges(days, Step::day, there)))
      posts.push_back(bin.posts);
    return posts;
  };
  CHECK(by_day("UTC") == std::vector<std::int64_t>{1, 2, 1, 0});
  CHECK(by_day("Europe/Berlin") == std::vector<std::int64_t>{0, 3, 1, 0});
}

TEST_CASE("the most frequent of a post's and of its findings' values") {
  Filled filled(three_days);
  Figures figures(filled.path);
  const auto names = [&](By by) {
    std::string all;
    for (const Ranked& one : figures.top(may("acme"), by, 10)) all += one.value + " " + std::to_string(one.posts) + ";";
    return all;
  };
  CHECK(names(By::platform) == "forum 3;blog 1;");
  CHECK(names(By::language) == "en 2;de 1;");
  CHECK(names(By::topic) == "t1 2;");
  CHECK(names(By::link) == "https://x.test/a 1;");
  CHECK(names(By::hashtag) == "fail 1;");
  CHECK(names(By::copy) == "forum/1 1;");
  CHECK(figures.top(may("bolt"), By::topic, 10).empty());
}

TEST_CASE("authors by posts and by reach") {
  Filled filled(three_days);
  Figures figures(filled.path);
  const std::vector<RankedAuthor> authors = figures.top_authors(may("acme"), AuthorsBy::posts, 10);
  REQUIRE(authors.size() == 2);
  CHECK(authors[0].handle == "ana");
  CHECK(authors[0].posts == 2);
  CHECK(authors[0].followers == 150);
}

TEST_CASE("share of voice adds up, the largest first") {
  Filled filled(three_days);
  Figures figures(filled.path);
  const std::vector<Share> shares = figures.share_of_voice(may("").period, {"bolt", "acme"});
  CHECK(shares[0].subject == "acme");
  CHECK(shares[0].share == Approx(0.8));
  CHECK(shares[0].low < 0.8);
}

TEST_CASE("posts that show it leave copies out") {
  Filled filled(three_days);
  Figures figures(filled.path);
  const std::vector<PostCard> posts = figures.posts(may("acme"), PostsBy::engagement, 10);
  REQUIRE(posts.size() == 3);
  CHECK(posts[0].id == "1");
  CHECK(posts[0].text == "Acme is bad https://X.test/a #fail");
  CHECK(posts[0].sentiment == "negative");
  CHECK(figures.posts(may("acme"), PostsBy::positive, 10).size() == 1);
  CHECK(figures.posts(may("acme"), PostsBy::media, 10).empty());
}

TEST_CASE("a query narrows every figure") {
  Filled filled(three_days);
  const earshot::Host host(filled.host());
  Figures figures(filled.path, &host);
  Scope scope = may("acme");
  scope.query = figures.matches("bad -rt", "lists", scope);
  CHECK(scope.query->exact());
  CHECK(figures.counts(scope).posts == 1);
  CHECK(figures.top(scope, By::topic, 5).at(0).posts == 1);
}

TEST_CASE("a query looked at in part gives estimates and says so") {
  Filled filled([](SinkHarness& sink) {
    for (int i = 0; i < 400; ++i)
      sink.post(i % 2 == 0 ? "Acme good" : "Acme bad").at("2026-05-02").found("mention", "acme");
  });
  const earshot::Host host(filled.host());
  Figures figures(filled.path, &host);
  Scope scope = may("acme");
  scope.query = figures.matches("good OR /x{3}/", "lists", scope, 100);
  CHECK_FALSE(scope.query->exact());
  const Counts counts = figures.counts(scope);
  CHECK_FALSE(counts.exact);
  CHECK(counts.posts % 4 == 0);
  CHECK(counts.posts == Approx(200).margin(60));
}

TEST_CASE("net sentiment has an interval that many posts of one author do not narrow") {
  const auto width = [](int authors) {
    Filled filled([&](SinkHarness& sink) {
      for (int i = 0; i < 300; ++i)
        sink.post("Acme")
            .at("2026-05-02")
            .by("a" + std::to_string(i % authors))
            .found("mention", "acme")
            .found(value("sentiment", "acme", i % authors % 2 == 0 ? "positive" : "negative"));
    });
    Figures figures(filled.path);
    const Sentiment said = figures.sentiment(may("acme"));
    CHECK(said.stated == 300);
    CHECK(said.net.value == Approx(0).margin(0.1));
    CHECK(said.net.low <= said.net.value);
    CHECK(said.net.value <= said.net.high);
    return said.net.high - said.net.low;
  };
  CHECK(width(12) > 1.2 * width(300));
  CHECK(width(4) > width(12));
}

TEST_CASE("shares of sentiment add up, and copies do not move them") {
  Filled filled([](SinkHarness& sink) {
    for (int i = 0; i < 40; ++i)
      sink.post("Acme")
          .at("2026-05-02")
          .by("a" + std::to_string(i))
          .found("mention", "acme")
          .found(value("sentiment", "acme", "positive"));
    for (int i = 0; i < 40; ++i)
      sink.post("Acme")
          .at("2026-05-03")
          .by("b" + std::to_string(i))
          .found("mention", "acme")
          .found(value("sentiment", "acme", "negative"))
          .found(value("duplicate", "", "x/1"));
  });
  Figures figures(filled.path);
  const Sentiment said = figures.sentiment(may("acme"));
  CHECK(said.stated == 40);
  CHECK(said.negative.value + said.neutral.value + said.positive.value == Approx(1));
  CHECK(said.positive.value > 0.7);
  CHECK(figures.sentiment(may("nobody")).stated == 0);
}

TEST_CASE("a summary says what each question by itself says") {
  Filled filled(three_days);
  Figures figures(filled.path);
  const Scope scope = may(GENERATE("acme", ""), "2026-05-01T23:00:00Z", "2026-05-03T08:30:00Z");
  const std::vector<std::int64_t> edges = earshot::calendar::edges(scope.period, Step::hour, Zone("UTC"));
  const Summary all = figures.summary(scope, edges, 5);
  const Counts counts = figures.counts(scope);
  CHECK(all.counts.posts == counts.posts);
  CHECK(all.counts.authors == counts.authors);
  CHECK(all.counts.engagement == counts.engagement);
  CHECK(all.sentiment.net.value == figures.sentiment(scope).net.value);
  const std::vector<Bin> volume = figures.volume(scope, edges);
  REQUIRE(all.volume.size() == volume.size());
  for (std::size_t i = 0; i < volume.size(); ++i) CHECK(all.volume[i].posts == volume[i].posts);
  for (std::size_t i = 0; i < kBys; ++i) {
    const std::vector<Ranked> top = figures.top(scope, static_cast<By>(i), 5);
    REQUIRE(all.lists[i].size() == top.size());
    for (std::size_t k = 0; k < top.size(); ++k) {
      CHECK(all.lists[i][k].value == top[k].value);
      CHECK(all.lists[i][k].posts == top[k].posts);
      CHECK(all.lists[i][k].negative == top[k].negative);
    }
  }
  CHECK(all.busiest.size() == figures.top_authors(scope, AuthorsBy::posts, 5).size());
  CHECK(all.farthest.size() == figures.top_authors(scope, AuthorsBy::reach, 5).size());
}

TEST_CASE("share of voice counts parts of days as whole ones") {
  Filled filled(three_days);
  Figures figures(filled.path);
  const auto posts = [&](const char* from, const char* to) {
    return figures.share_of_voice({ns(from), ns(to)}, {"acme"}).at(0).posts;
  };
  CHECK(posts("2026-05-01T23:00:00Z", "2026-05-03T08:00:00Z") == 3);
  CHECK(posts("2026-05-01T23:31:00Z", "2026-05-03T08:01:00Z") == 3);
  CHECK(posts("2026-05-02T00:00:00Z", "2026-05-03T00:00:00Z") == 2);
  CHECK(posts("2026-05-02T11:00:00Z", "2026-05-02T13:00:00Z") == 1);
}

TEST_CASE("alerts and gaps of a period") {
  Filled filled([](SinkHarness& sink) {
    sink.alert("spike", "acme").severity = 7;
    sink.gap("2026-04-30T12:00:00Z", "2026-05-02T00:00:00Z", "rate limit");
  });
  Figures figures(filled.path);
  CHECK(figures.alerts(may("").period).size() == 1);
  CHECK(figures.alerts(may("").period, "bolt").empty());
  REQUIRE(figures.gaps(may("").period).size() == 1);
  CHECK(figures.gaps(may("").period)[0].period.from == ns("2026-05-01"));
  CHECK(figures.gaps(may("", "2026-05-02").period).empty());
}

TEST_CASE("a search shows the latest posts of the scope, and says where it stopped looking") {
  Filled filled(three_days);
  const earshot::Host host(filled.host());
  Figures figures(filled.path, &host);
  const auto found = [&](const char* query, const char* subject, std::size_t most = 10) {
    std::string all;
    for (const PostCard& post : figures.search(query, "lists", may(subject), most).posts) all += post.id;
    return all;
  };
  CHECK(found("acme", "") == "4321");
  CHECK(found("acme", "bolt") == "4");
  CHECK(found("acme", "acme", 2) == "43");
  CHECK(found("/go{2}d|bad/", "acme") == "321");
  CHECK(found("-acme", "") == "5");
  CHECK(found("umbra", "").empty());
  CHECK_FALSE(figures.search("/nothing/", "lists", may(""), 10, 2).all_looked_at);
}
