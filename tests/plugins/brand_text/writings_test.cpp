// Names as people write them: each rule, and what it must leave alone.
#include <catch2/catch.hpp>
#include <earshot/testing.hpp>
#include <random>
#include <string>

#include "brand_text/brand_text.hpp"
#include "brand_text/edits.hpp"

using earshot::brand_text::BrandText;
using Harness = earshot::testing::Harness<BrandText>;

namespace {

// Every mention as "rule[text]".
std::string found(Harness& h, const std::string& text) {
  h.post(text);
  h.run();
  std::string all;
  for (const auto& f : h.findings())
    all += (all.empty() ? "" : " ") + f.reason.substr(0, f.reason.find(':')) + "[" + f.text + "]";
  return all;
}

std::string found(const std::string& text) {
  Harness h;
  h.watch("zorbex", {"Zorbex", "Zorbex Rockets", "Kranfield"});
  h.watch("apple", {"Apple"});
  h.watch("gap", {"Gap"});
  h.watch("nestle", {"Nestlé", "Müller"});
  h.watch("lumina", {"Lumina", "アクメ"}, {{"variants", {"lumyna", "Λούμινα"}}, {"exclude", {"luminaa"}}});
  h.watch("sibling", {"Zorbix"});
  return found(h, text);
}

using Rows = std::vector<std::pair<std::string, std::string>>;
void check(const Rows& rows) {
  for (const auto& [text, expected] : rows) {
    INFO(text);
    CHECK(found(text) == expected);
  }
}

}  // namespace

TEST_CASE("a misspelling is a letter or two wrong, and no other word") {
  check({{"I like Zorbxe", "misspelling[Zorbxe]"},
         {"I like zorrbex!", "misspelling[zorrbex]"},
         {"I like #zorbexe", "misspelling[#zorbexe]"},
         {"I like zorbx", ""},  // as near to another item's name
         {"my kranfeld, my kranfeild", "misspelling[kranfeld] misspelling[kranfeild]"},
         {"krnfild", "misspelling[krnfild]"},
         {"Zorbix", "name[Zorbix]"},  // another item's name
         {"the Zorbex Rokets", "misspelling[Zorbex Rokets]"},
         {"gab gip", ""},  // too short
         {"apply ample maple", ""},
         {"aplpe appple", "misspelling[aplpe] elongation[appple]"},
         {"appla", ""},  // an ordinary word of five letters has too many beside it
         {"joe@zorbx.example https://zorbx.example/zorbx @zorbx", ""},
         {"Nestle and NESTLE, Mueller", "misspelling[Nestle] misspelling[NESTLE] misspelling[Mueller]"},
         {"to nestle", ""},
         {"lumyna", "misspelling[lumyna]"},
         {"Λούμινα アクメ", "misspelling[Λούμινα] name[アクメ]"},
         {"luminaa", ""}});
}

TEST_CASE("letters that look like others are seen through") {
  check({{"Z\u043Erbex", "lookalike[Z\u043Erbex]"},  // Cyrillic o
         {"z\u043Erb\u0435\u0445", "lookalike[z\u043Erb\u0435\u0445]"},
         {"zorb3x z0rbex", "lookalike[zorb3x] lookalike[z0rbex]"},
         {"Lum\u00EDn\u00E0", "lookalike[Lum\u00EDn\u00E0]"},
         {"\u0430ppl\u0435 and app1e and AppIe", "lookalike[\u0430ppl\u0435] lookalike[app1e] lookalike[AppIe]"},
         {"Kra\uFF4Efield", "name[Kra\uFF4Efield]"},  // fullwidth letters are the same letters
         {"z\u200Borbex", "name[z\u200Borbex]"},
         {"gap 6ap", "name[gap]"}});
}

TEST_CASE("letters drawn out are the same letters") {
  check({{"Zorbexxxx zoooorbex", "elongation[Zorbexxxx] elongation[zoooorbex]"},
         {"appleeee aaaple", "elongation[appleeee]"},
         {"Zorbexx", "misspelling[Zorbexx]"}});
}

TEST_CASE("plurals are the name; an ordinary word's plural is not") {
  check({{"two Zorbexes, Zorbex's", "inflection[Zorbexes] name[Zorbex]"},
         {"three Luminas", "inflection[Luminas]"},
         {"Zorbex Rocketss", "misspelling[Zorbex Rocketss]"},
         {"apples", ""},
         {"#Luminas", "inflection[#Luminas]"}});
}

TEST_CASE("joined forms are found in hashtags and handles, word by word") {
  check({{"#ZorbexRocketsRock", "joined[#ZorbexRocketsRock]"},
         {"#ILoveZorbex2024", "joined[#ILoveZorbex2024]"},
         {"#ilovezorbex", "joined[#ilovezorbex]"},
         {"#zorbex_fans", "joined[#zorbex_fans]"},
         {"#APPLEEVENT", "joined[#APPLEEVENT]"},
         {"#applewatch", "joined[#applewatch]"},
         {"#pineapple #PineApple #Snapple #grapple", ""},
         {"#gapyear #singapore", ""},
         {"@ZorbexSupport @zorbex_uk @zorbexlover", "joined[@ZorbexSupport] joined[@zorbex_uk]"},
         {"zorbexrockets", "joined[zorbexrockets]"},
         {"https://x.example/#ZorbexRocks", ""}});
}

TEST_CASE("the attribute `rule` says what fired, and the score how sure it is") {
  Harness h;
  h.watch("zorbex", {"Zorbex"});
  h.post("Zorbex zorbex zorbx");
  h.run();
  REQUIRE(h.findings().size() == 3);
  CHECK(h.findings()[0].score == 1.0);
  CHECK(h.findings()[1].score == Approx(0.9));
  CHECK(h.findings()[2].score == Approx(0.7));
  REQUIRE(h.findings()[2].attributes.size() == 1);
  CHECK(h.findings()[2].attributes[0].key == "rule");
  CHECK(h.findings()[2].attributes[0].text == "misspelling");
}

TEST_CASE("rules are turned off for all items by an option, for one by a key") {
  const std::string text = "zorbx zorbexes zorb3x zorbexxxx #ZorbexRocks";
  Harness off;
  for (const char* rule : {"misspellings", "inflections", "lookalikes", "elongations", "joined"})
    off.option(rule, false);
  off.watch("zorbex", {"Zorbex"});
  off.watch("other", {"Kranfield"}, {{"misspellings", true}});
  CHECK(found(off, text + " kranfeld") == "misspelling[kranfeld]");

  Harness key;
  key.watch("zorbex", {"Zorbex"}, {{"misspellings", "no"}, {"joined", false}});
  CHECK(found(key, text) == "inflection[zorbexes] lookalike[zorb3x] elongation[zorbexxxx]");

  Harness wrong;
  wrong.watch("zorbex", {"Zorbex"}, {{"misspellings", "perhaps"}});
  wrong.post("x");
  CHECK_THROWS_WITH(wrong.run(), Catch::Contains("misspellings of 'zorbex' is neither yes nor no"));
}

TEST_CASE("hostile words cost little and find nothing") {
  Harness h;
  h.watch("zorbex", {"Zorbex", "Kranfield"});
  std::string text(1'000'000, 'z');
  for (int i = 0; i < 20'000; ++i) text += " krqnf" + std::to_string(i) + "xyzvwqzuihkjhgjghgkjhg";
  for (int i = 0; i < 20'000; ++i) text += "\u0430\u0301\xF0\x9F\x9A";
  h.post(text);
  h.run();
  CHECK(h.findings().empty());
}

TEST_CASE("edits counts insertions, deletions, changes and swaps") {
  using earshot::brand_text::edits;
  CHECK(edits(U"abc", U"abc", 2) == 0);
  CHECK(edits(U"abc", U"acb", 2) == 1);
  CHECK(edits(U"abc", U"abd", 2) == 1);
  CHECK(edits(U"abc", U"ab", 2) == 1);
  CHECK(edits(U"kitten", U"sitting", 2) == 3);
  CHECK(edits(U"", U"ab", 2) == 2);
  CHECK(edits(U"", U"abcdef", 2) == 3);
}

TEST_CASE("a misspelling is found wherever in a name the slip is") {
  std::mt19937 random(5);
  const std::string name = "Kranfeldino";
  const auto letter = [&] { return static_cast<char>('a' + random() % 26); };
  int found = 0;
  for (int i = 0; i < 200; ++i) {
    std::string slip = name;
    const std::size_t at = 1 + random() % (name.size() - 2);
    switch (random() % 4) {
      case 0:
        slip.erase(at, 1);
        break;
      case 1:
        slip.insert(at, 1, letter());
        break;
      case 2:
        slip[at] = letter();
        break;
      default:
        std::swap(slip[at], slip[at + 1]);
    }
    Harness h;
    h.watch("name", {name});
    h.post("so " + slip + " it is");
    h.run();
    if (h.findings().size() == 1 && h.findings()[0].text == slip) ++found;
  }
  CHECK(found >= 190);  // about one in a hundred counts as a known word: that set is a Bloom filter
}
