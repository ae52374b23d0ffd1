// What is listened for.
#include "speech/names.hpp"

#include <catch2/catch.hpp>
#include <earshot/error.hpp>
#include <vector>

#include "skipping.hpp"

using namespace earshot::speech;
using earshot::testing::dictionary;
using earshot::testing::no_dictionary;

namespace {

// Keeps the tree that the names are read of.
struct Watchlist {
  std::vector<ear_value> items;
  std::vector<std::vector<ear_value>> parts;
  std::vector<std::vector<ear_value>> lists;
  ear_value root{};

  static ear_value text(std::string_view key, std::string_view value) { return earshot::text_value(key, value); }
  void add(std::string_view id, const std::vector<std::string_view>& names,
           const std::vector<std::string_view>& pronunciations = {}) {
    const auto list = [&](std::string_view key, const std::vector<std::string_view>& texts) {
      std::vector<ear_value> all;
      for (const auto t : texts) all.push_back(text({}, t));
      lists.push_back(std::move(all));
      return ear_value{EAR_LIST,           static_cast<std::uint32_t>(lists.back().size()), earshot::str(key), {}, 0, 0,
                       lists.back().data()};
    };
    parts.push_back({text("id", id), list("names", names)});
    if (!pronunciations.empty()) parts.back().push_back(list("pronunciations", pronunciations));
    items.push_back({EAR_MAP, static_cast<std::uint32_t>(parts.back().size()), {}, {}, 0, 0, parts.back().data()});
  }
  earshot::Value value() {
    root = {EAR_LIST, static_cast<std::uint32_t>(items.size()), {}, {}, 0, 0, items.data()};
    return earshot::Value(root);
  }
};

}  // namespace

TEST_CASE("given pronunciations take the place of those made from the names") {
  if (no_dictionary()) return;
  Watchlist list;
  list.add("zentrix", {"Zentrix"}, {"S EH N T R IH K S"});
  const Names names = read_names(list.value(), {}, Lexicon(dictionary));
  REQUIRE(names.spellings.size() == 1);
  CHECK(to_arpabet(names.spellings[0].phones) == "S EH N T R IH K S");
}

TEST_CASE("names that nobody can listen for are left out, each with the reason") {
  if (no_dictionary()) return;
  Watchlist list;
  list.add("x", {"Ax", "タヴォレル", "Korvo"});
  const Names names = read_names(list.value(), {}, Lexicon(dictionary));
  CHECK(names.all.size() == 1);
  REQUIRE(names.left_out.size() == 2);
  CHECK_THAT(names.left_out[0] + names.left_out[1],
             Catch::Contains("too short") && Catch::Contains("letters that English does not read"));
}

TEST_CASE("a watch item to listen for that is not there is told") {
  if (no_dictionary()) return;
  Watchlist list;
  list.add("korvo", {"Korvo"});
  CHECK_THROWS_WITH(read_names(list.value(), {"corvo"}, Lexicon(dictionary)), Catch::Contains("'corvo'"));
}
