// The detector offensive, with the model that ships.
#include <catch2/catch.hpp>
#include <earshot/testing.hpp>

#include "../loaded.hpp"

using namespace earshot::testing;

namespace {

std::vector<TestFinding> said_of(const std::string& text, std::vector<Setting> options = {}) {
  DetectorHarness h(loaded("offensive"), std::move(options));
  h.post(text);
  h.run();
  return h.findings();
}

}  // namespace

TEST_CASE("an insult is offensive, and the reason names it") {
  const auto found = said_of("you are such a stupid idiot, shut up");
  REQUIRE(found.size() == 1);
  CHECK(found[0].kind == "offensive");
  CHECK(found[0].value == "offensive");
  CHECK(found[0].score > 0.8);
  CHECK(found[0].segment == 0);
  CHECK_THAT(found[0].reason, Catch::Contains("idiot") || Catch::Contains("stupid"));
}

TEST_CASE("a friendly text is not") {
  CHECK(said_of("thank you so much, what a lovely evening with friends").empty());
  CHECK(said_of("Our shop opens at nine on Monday").empty());
}

TEST_CASE("a threshold asks for more certainty") {
  CHECK(said_of("this is stupid", {{"threshold", 1.0}}).empty());
}

TEST_CASE("hostile text keeps its bytes true") {
  for (const std::string& text :
       {std::string(100'000, 'a'), std::string(50'000, '@'), std::string("\xff\xc3 idiot \xe2\x82"),
        "idiot " + std::string(20'000, ' ') + "\xf0\x9f"})
    CHECK(said_of(text).size() <= 1);
}
