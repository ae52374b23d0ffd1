#include "brand_text/brand_text.hpp"

#include <catch2/catch.hpp>
#include <earshot/testing.hpp>
#include <string>
#include <vector>

using earshot::brand_text::BrandText;
using earshot::testing::CallFailed;
using Harness = earshot::testing::Harness<BrandText>;

namespace {

void watch(earshot::testing::DetectorHarness& h) {
  h.watch("acme", {"Acme Rockets", "Acme"},
          {{"handles", {"acme", "acme_rockets", "acme@social.example"}},
           {"links", {"acme.example", "https://www.acme-rockets.example/shop"}}});
  h.watch("acme-air", {"Acme Air"});
  h.watch("cafe", {"Café Müller"});
  h.watch("cpp", {"C++"});
  h.watch("booking", {"Booking.com"});
  h.watch("akume", {"アクメ"});
  h.watch("akme-ko", {"아크메"});
  h.watch("akme-ru", {"Акме"});
  h.watch("deal", {"McDeal's"}, {{"hashtags", {"#dealtime"}}});
}

// Every mention as "subject[text]" and, where asked, the rule.
std::string mentions(const std::string& text, bool rules = false) {
  Harness h;
  watch(h);
  h.post(text);
  h.run();
  std::string all;
  for (const auto& f : h.findings()) {
    all += (all.empty() ? "" : " ") + f.subject + "[" + f.text + "]";
    if (rules) all += "(" + f.reason + ")";
  }
  return all;
}

}  // namespace

TEST_CASE("brand_text finds names as whole words in any writing") {
  const auto row = GENERATE(table<std::string, std::string>({
      {"I like Acme a lot", "acme[Acme]"},
      {"ACME! acme? (Acme)", "acme[ACME] acme[acme] acme[Acme]"},
      {"Acme", "acme[Acme]"},
      {"Acme's rocket", "acme[Acme]"},
      {"Acme\u2019s rocket", "acme[Acme]"},
      {"end.Acme begins", "acme[Acme]"},
      {"pacme acmes acme2 acme_x", ""},
      {"Ｉ ｌｉｋｅ ＡＣＭＥ", "acme[ＡＣＭＥ]"},
      {"nice CAFÉ MÜLLER here", "cafe[CAFÉ MÜLLER]"},
      {"nice cafe\u0301 mu\u0308ller here", "cafe[cafe\u0301 mu\u0308ller]"},
      {"Cafe Mueller and cafe muller", "cafe[Cafe Mueller] cafe[cafe muller]"},
      {"Cafe Maller", ""},
      {"Café\n  Müller", "cafe[Café\n  Müller]"},
      {"Café-Müller", "cafe[Café-Müller]"},
      {"Café\u2011Müller", "cafe[Café\u2011Müller]"},
      {"Acme - Rockets are elsewhere", "acme[Acme]"},
      {"Ac\u00ADme", "acme[Ac\u00ADme]"},
      {"I write C++, not C", "cpp[C++]"},
      {"on Booking.com today", "booking[Booking.com]"},
      {"MCDEAL'S and McDeal\u2019s", "deal[MCDEAL'S] deal[McDeal\u2019s]"},
      {"私はアクメが好き", "akume[アクメ]"},
      {"나는 아크메를 좋아해", "akme-ko[아크메]"},
      {"люблю АКМЕ очень", "akme-ru[АКМЕ]"},
      {"我喜欢acme的火箭", "acme[acme]"},
      {"\xF0\x9F\x9A\x80"
       "Acme\xF0\x9F\x9A\x80",
       "acme[Acme]"},
      {"nothing to see", ""},
      {"", ""},
  }));
  CHECK(mentions(std::get<0>(row)) == std::get<1>(row));
}

TEST_CASE("brand_text tells hashtags, handles and links from names") {
  const auto row = GENERATE(table<std::string, std::string>({
      {"#Acme!", "acme[#Acme](hashtag: Acme)"},
      {"so #AcmeRockets now", "acme[#AcmeRockets](hashtag: Acme Rockets)"},
      {"so #acme_rockets now", "acme[#acme_rockets](hashtag: Acme Rockets)"},
      {"＃acmerockets", "acme[＃acmerockets](hashtag: Acme Rockets)"},
      {"acmesale pineacme", ""},
      {"#DealTime", "deal[#DealTime](hashtag: dealtime)"},
      {"dealtime", ""},
      {"hi @Acme, hello", "acme[@Acme](handle: acme)"},
      {"hi @acme_rockets.", "acme[@acme_rockets](handle: acme_rockets)"},
      {"hi @acme-rockets", ""},
      {"hi @acme@social.example!", "acme[@acme@social.example](handle: acme@social.example)"},
      {"hi @acme@other.example", ""},
      {"hi @acme.social.example", ""},
      {"joe@acme.example", ""},
      {"acme@mail.example", ""},
      {"see https://acme.example/shop?x=1 now", "acme[acme.example](link: acme.example)"},
      {"see http://blog.acme.example.", "acme[blog.acme.example](link: acme.example)"},
      {"see acme.example/x", "acme[acme.example](link: acme.example)"},
      {"(www.acme-rockets.example)", "acme[www.acme-rockets.example](link: acme-rockets.example)"},
      {"https://notacme.example/ https://acme.example.evil.test/", ""},
      {"https://news.test/acme-rockets?u=acme.example", ""},
      {"https://news.test/#acme", ""},
      {"at acme.com and acme.de", ""},
      {"https://booking.com/x", ""},
  }));
  CHECK(mentions(std::get<0>(row), true) == std::get<1>(row));
}

TEST_CASE("brand_text gives what overlaps to the longest name") {
  CHECK(mentions("Acme Rockets and Acme Air and Acme") == "acme[Acme Rockets] acme-air[Acme Air] acme[Acme]");
  Harness h;
  h.watch("one", {"ab cd"});
  h.watch("two", {"cd ef gh"});
  h.post("ab cd ef gh");
  h.run();
  REQUIRE(h.findings().size() == 1);
  CHECK(h.findings()[0].subject == "two");
}

TEST_CASE("brand_text gives a name that two items share to both, and to each once") {
  Harness h;
  h.watch("fruit", {"Apple", "APPLE"});
  h.watch("maker", {"Apple"}, {{"handles", {"apple"}}});
  h.post("an Apple here");
  h.run();
  REQUIRE(h.findings().size() == 2);
  CHECK(h.findings()[0].subject == "fruit");
  CHECK(h.findings()[1].subject == "maker");
}

TEST_CASE("brand_text scores a name in another writing lower than as it is written in the watchlist") {
  Harness h;
  h.watch("apple", {"Apple"});
  h.post("Apple");
  h.post("apple");
  h.run();
  REQUIRE(h.findings().size() == 2);
  CHECK(h.findings()[0].score == 1);
  CHECK(h.findings()[1].score < 1);
}

TEST_CASE("brand_text looks into every segment and says into which") {
  Harness h;
  watch(h);
  h.post().title("Acme news").body("nothing").segment(EAR_IMAGE, "see ACME");
  h.run();
  REQUIRE(h.findings().size() == 2);
  CHECK(h.findings()[0].segment == 0);
  CHECK(h.findings()[1].segment == 2);
  CHECK(h.findings()[1].text == "ACME");
}

TEST_CASE("brand_text keeps to the origins and items that are asked for") {
  Harness h{{"origins", {"title"}}, {"items", {"acme"}}};
  watch(h);
  h.post().title("Acme and Acme Air").body("Acme");
  h.run();
  REQUIRE(h.findings().size() == 2);
  CHECK(h.findings()[0].subject == "acme");
  CHECK(h.findings()[1].text == "Acme");
}

TEST_CASE("brand_text finds nothing in a deleted post and matches an edited one anew") {
  Harness h;
  watch(h);
  h.post("Acme").with_id("1");
  h.post("Acme Air").with_id("1").edited();
  auto& gone = h.post("Acme").with_id("1").edited(2);
  gone.change = EAR_DELETED;
  h.run();
  REQUIRE(h.findings().size() == 2);
  CHECK(h.findings()[1].subject == "acme-air");
}

TEST_CASE("brand_text finds the same however the stream is cut") {
  CHECK_NOTHROW(earshot::testing::for_each_chunking<BrandText>({}, [](auto& h) {
    watch(h);
    for (int i = 0; i < 400; ++i)
      h.post("post " + std::to_string(i) + std::string(200, 'x') + (i % 3 == 0 ? " Acme Rockets" : " #acme") + " é");
  }));
}

TEST_CASE("brand_text bounds what one post can make it say") {
  Harness h;
  watch(h);
  std::string text;
  for (int i = 0; i < 50000; ++i) text += "Acme ";
  h.post(text);
  h.run();
  CHECK(h.findings().size() == 1000);
}

TEST_CASE("brand_text survives bytes that are no UTF-8") {
  CHECK(mentions("\xFF\xFE Acme \xC3") == "acme[Acme]");
  CHECK(mentions("\x80"
                 "Acme\xF0\x9F") == "acme[Acme]");
}

TEST_CASE("brand_text refuses what it cannot look for and says where it stands") {
  const auto refused = [](auto&& build) {
    Harness h;
    build(h);
    try {
      h.create();
    } catch (const CallFailed& e) {
      return e.option;
    }
    return std::string("(accepted)");
  };
  CHECK(refused([](Harness& h) { h.watch("acme", {""}); }) == "watchlist.acme.names");
  CHECK(refused([](Harness& h) { h.watch("acme", {" - "}); }) == "watchlist.acme.names");
  CHECK(refused([](Harness& h) { h.watch("acme", {std::string(300, 'x')}); }) == "watchlist.acme.names");
  CHECK(refused([](Harness& h) { h.watch("acme", {"Acme"}, {{"links", {"acme"}}}); }) == "watchlist.acme.links");
  CHECK(refused([](Harness& h) { h.option("items", {"nobody"}), h.watch("acme", {"Acme"}); }) == "items");
}

TEST_CASE("brand_text starts with an empty watchlist, finds nothing and says so") {
  Harness h;
  h.post("Acme");
  h.run();
  CHECK(h.findings().empty());
  CHECK(h.log_text().find("empty") != std::string::npos);
}

TEST_CASE("brand_text finds each of 10,000 names") {
  Harness h;
  const auto name = [](int i) { return "Brand" + std::to_string(i) + (i % 2 == 0 ? " Works" : ""); };
  for (int i = 0; i < 10000; ++i) h.watch(std::to_string(i), {name(i)});
  for (int i = 0; i < 10000; ++i) h.post("about " + name(i) + " again");
  h.run();
  REQUIRE(h.findings().size() == 10000);
  for (int i = 0; i < 10000; ++i) REQUIRE(h.findings()[static_cast<std::size_t>(i)].subject == std::to_string(i));
}
