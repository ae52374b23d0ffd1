#include <catch2/catch.hpp>
#include <earshot/testing.hpp>
#include <string>

#include "../loaded.hpp"
#include "place/pack/pack.hpp"
#include "place/resolve.hpp"
#include "table.hpp"

using earshot::place::flags_in;
using earshot::place::key_of;
using earshot::testing::DetectorHarness;
using earshot::testing::loaded;
using earshot::testing::Setting;
using earshot::testing::TestFinding;
using earshot::testing::TestPost;

namespace {

TestPost from(const std::string& place, const std::string& bio = {}) {
  TestPost post;
  post.id = "1", post.author = "ana", post.place = place, post.bio = bio;
  post.body("Hello");
  return post;
}

std::vector<TestFinding> findings(TestPost post, std::initializer_list<Setting> options = {}) {
  DetectorHarness h(loaded("place"), options);
  h.add(std::move(post));
  h.run();
  return h.findings();
}

std::string country(TestPost post, std::initializer_list<Setting> options = {}) {
  const auto found = findings(std::move(post), options);
  return found.empty() ? "" : found.front().value;
}

}  // namespace

TEST_CASE("place tells a declared place as a reader would, and hardly ever wrongly") {
  DetectorHarness h(loaded("place"), {});
  for (const DeclaredPlace& place : declared_places()) h.add(from(std::string(place.written)));
  h.run();
  std::vector<std::string> said(declared_places().size());
  for (const TestFinding& f : h.findings()) said[f.post] = f.value;
  int right = 0, wrong = 0;
  for (std::size_t i = 0; i < said.size(); ++i) {
    const bool same = said[i] == declared_places()[i].country;
    right += same ? 1 : 0;
    if (!same && !said[i].empty()) ++wrong;
    if (!same)
      UNSCOPED_INFO(declared_places()[i].written << ": " << said[i] << " instead of " << declared_places()[i].country);
  }
  CHECK(right >= static_cast<int>(said.size() * 97 / 100));
  CHECK(wrong <= 1);
}

TEST_CASE(
    "The table of places is made of countries in many languages, nicknames and the file, and refuses other bytes") {
  using earshot::place::Gazetteer;
  const std::string table = earshot::place::packed_table({});
  const Gazetteer gazetteer(table);
  std::vector<earshot::place::Entry> found;
  CHECK(gazetteer.find(key_of("Frankreich"), found));
  CHECK(gazetteer.find(key_of("日本"), found));
  CHECK(gazetteer.find_code("DE", found));
  REQUIRE(found.size() == 3);
  CHECK(found[0].country.view() == "FR");
  CHECK(found[1].country.view() == "JP");
  CHECK(found[2].country.view() == "DE");
  CHECK(!gazetteer.find("de", found));
  CHECK(!gazetteer.find("", found));
  CHECK_THROWS_WITH(Gazetteer("some other bytes"), "this is no table of places");
  CHECK_THROWS_WITH(Gazetteer(std::string_view(table).substr(0, 1000)), "the table of places is damaged");
  CHECK_THROWS_WITH(earshot::place::packed_table("some other bytes"), "the gazetteer is damaged");
}

TEST_CASE("A finding says whose place it is and what told it") {
  const auto found = findings(from("Berlin, Germany"));
  REQUIRE(found.size() == 1);
  CHECK(found[0].kind == "place");
  CHECK(found[0].reason == "declared: Berlin, Germany");
  REQUIRE(found[0].attributes.size() == 1);
  CHECK(found[0].attributes[0].key == "of");
  CHECK(found[0].attributes[0].text == "author");
  CHECK(found[0].score > 0.9);
}

TEST_CASE("The country that the platform gives a post is told of the post") {
  TestPost post = from("Berlin");
  post.country = "fr";
  const auto found = findings(post);
  REQUIRE(found.size() == 2);
  CHECK(found[0].value == "FR");
  CHECK(found[0].attributes[0].text == "post");
  CHECK(found[1].value == "DE");
}

TEST_CASE("A profile text is read where no place is declared") {
  CHECK(country(from("", "Coffee lover. Based in Berlin and London")) == "DE");
  CHECK(country(from("", "📍 Lyon | dev")) == "FR");
  CHECK(country(from("the moon", "Ich wohne in Hamburg und mag Katzen")) == "DE");
  CHECK(country(from("", "Mum of two 🇬🇧")) == "GB");
  CHECK(country(from("", "living in the moment")).empty());
  CHECK(country(from("", "From zero to hero")).empty());
  CHECK(country(from("", "🇩🇪🇫🇷 polyglot")).empty());
  CHECK(country(from("", "Based in Berlin"), {{"profile", false}}).empty());
}

TEST_CASE("Language decides between places of one name, and says nothing alone") {
  CHECK(country(from("Valencia").in("es")) == "ES");
  CHECK(country(from("").in("ja")).empty());
}

TEST_CASE("A time zone is told where nothing else is") {
  CHECK(country(from("").attribute("time_zone", "Europe/Berlin")) == "DE");
  CHECK(country(from("Lyon").attribute("time_zone", "Europe/Berlin")) == "FR");
  CHECK(country(from("").attribute("time_zone", "Etc/UTC")).empty());
  CHECK(country(from("").attribute("time_zone", "nonsense")).empty());
}

TEST_CASE("Nothing is said below the minimum, of a deleted post, or without an author") {
  CHECK(country(from("Berlin"), {{"minimum", 1.0}}).empty());
  CHECK(country(from("Berlin").deleted()).empty());
  CHECK(country(TestPost().with_id("1").body("Berlin")).empty());
}

TEST_CASE("Hostile places are no place and take no time") {
  const std::string text =
      GENERATE(std::string(10'000'000, 'a'), std::string(199, ','), std::string("\xff\xfe\xf0\x9f\x87"),
               std::string(199, '\xf0'), std::string("\U0001F1E6"), std::string(190, '('));
  CHECK(country(from(text, text)).empty());
}

TEST_CASE("Keys are equal for what reads alike") {
  CHECK(key_of("São  Paulo") == "sao paulo");
  CHECK(key_of("ŁÓDŹ") == "lodz");
  CHECK(key_of("St. John's") == "st johns");
  CHECK(key_of("Baden-Württemberg") == "baden wurttemberg");
  CHECK(key_of("").empty());
}

TEST_CASE("Flags are pairs of letters") {
  CHECK(flags_in("🇩🇪 and 🇫🇷 and 🇩🇪").size() == 2);
  CHECK(flags_in("🏳️ \U0001F1E9").empty());
}

TEST_CASE("place answers the same however the posts are cut") {
  earshot::testing::for_each_chunking(loaded("place"), {}, [](DetectorHarness& h) {
    for (const char* place : {"Berlin", "the moon", "Paris, Texas", "🇫🇷"}) h.add(from(place));
  });
}
