// The generator, driven through its table.
#include <catch2/catch.hpp>
#include <earshot/testing.hpp>

#include "../loaded.hpp"

using namespace earshot::testing;

namespace {

std::string described(const std::vector<TestPost>& posts) {
  std::string all;
  for (const TestPost& p : posts)
    all +=
        p.id + " " + p.author + " " + std::to_string(earshot::ticks(p.published)) + " " + p.segments.at(0).text + "\n";
  return all;
}

}  // namespace

TEST_CASE("the generator makes as many posts as asked for and ends") {
  SourceHarness source(loaded("generator"), {{"posts", 1000}});
  source.poll_until_end();
  CHECK(source.posts().size() == 1000);
  CHECK(source.cursor() == "1000");
}

TEST_CASE("the generator makes the same posts however they are asked for") {
  SourceHarness whole(loaded("generator"), {{"posts", 500}, {"seed", 7}});
  whole.poll_until_end();
  SourceHarness parts(loaded("generator"), {{"posts", 500}, {"seed", 7}});
  parts.max_posts(3);
  for (int i = 0; i < 20; ++i) parts.poll();
  parts.reopen(parts.cursor());
  parts.poll_until_end();
  CHECK(described(parts.posts()) == described(whole.posts()));
}

TEST_CASE("the generator mentions the names in the share asked for") {
  SourceHarness source(loaded("generator"), {{"posts", 4000}, {"names", {"Acme Corp", "Zentrix"}}, {"share", 0.25}});
  source.poll_until_end();
  int acme = 0, zentrix = 0;
  for (const TestPost& p : source.posts()) {
    acme += p.segments.at(0).text.find("Acme Corp") != std::string::npos;
    zentrix += p.segments.at(0).text.find("Zentrix") != std::string::npos;
  }
  CHECK(acme + zentrix > 900);
  CHECK(acme + zentrix < 1100);
  CHECK(acme > 400);
  CHECK(zentrix > 400);
}

TEST_CASE("the generator keeps to its rate by the host's clock") {
  SourceHarness source(loaded("generator"), {{"posts", 0}, {"rate", 100}});
  source.open();
  CHECK(source.poll() == EAR_AGAIN);
  const std::size_t first = source.posts().size();
  CHECK(source.poll() == EAR_AGAIN);
  CHECK(source.posts().size() == first);
  source.now(source.now() + std::chrono::seconds(1));
  source.poll();
  CHECK(source.posts().size() == first + 100);
}

TEST_CASE("the generator refuses a cursor that is none") {
  SourceHarness source(loaded("generator"));
  CHECK_THROWS_AS(source.open("12x"), CallFailed);
}
