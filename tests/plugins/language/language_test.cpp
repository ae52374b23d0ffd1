// The built plugin, with the model that it carries.
#include <catch2/catch.hpp>
#include <chrono>
#include <earshot/testing.hpp>
#include <string>

#include "../loaded.hpp"

using earshot::testing::CallFailed;
using earshot::testing::DetectorHarness;
using earshot::testing::loaded;
using earshot::testing::Setting;
using earshot::testing::TestFinding;

namespace {

std::string language_of(const std::string& text, const std::string& declared = {},
                        std::initializer_list<Setting> options = {}) {
  DetectorHarness h(loaded("language"), options);
  h.post(text).in(declared);
  h.run();
  return h.findings().empty() ? "" : h.findings().front().value;
}

}  // namespace

TEST_CASE("language tells the language of a sentence") {
  const auto row = GENERATE(table<std::string, std::string>({
      {"The new shoes arrived yesterday and they fit very well", "en"},
      {"Die neuen Schuhe sind gestern angekommen und passen sehr gut", "de"},
      {"Les nouvelles chaussures sont arrivées hier et elles me vont très bien", "fr"},
      {"Los zapatos nuevos llegaron ayer y me quedan muy bien", "es"},
      {"Os sapatos novos chegaram ontem e não ficam nada mal", "pt"},
      {"Le scarpe nuove sono arrivate ieri e mi stanno molto bene", "it"},
      {"De nieuwe schoenen zijn gisteren aangekomen en passen heel goed", "nl"},
      {"Nowe buty przyszły wczoraj i pasują bardzo dobrze", "pl"},
      {"Yeni ayakkabılar dün geldi ve çok iyi oldu", "tr"},
      {"Đôi giày mới đến hôm qua và rất vừa chân", "vi"},
      {"Новые туфли пришли вчера и очень хорошо сидят", "ru"},
      {"Нові черевики прийшли вчора і дуже добре сидять", "uk"},
      {"وصلت الأحذية الجديدة أمس وهي مناسبة جدا", "ar"},
      {"کفش‌های جدید دیروز رسیدند و خیلی خوب هستند", "fa"},
      {"नए जूते कल आए और बहुत अच्छे लगे", "hi"},
  }));
  INFO(std::get<0>(row));
  CHECK(language_of(std::get<0>(row)) == std::get<1>(row));
}

TEST_CASE("language goes by the script where the script has one language") {
  const auto row = GENERATE(table<std::string, std::string>({
      {"Τα νέα παπούτσια", "el"},
      {"הנעליים החדשות", "he"},
      {"새 신발이 도착했다", "ko"},
      {"新しい靴が届きました", "ja"},
      {"東京新聞の記事", "ja"},
      {"新鞋昨天到了", "zh"},
      {"รองเท้าใหม่", "th"},
      {"ახალი ფეხსაცმელი", "ka"},
      {"নতুন জুতা", "bn"},
  }));
  INFO(std::get<0>(row));
  CHECK(language_of(std::get<0>(row)) == std::get<1>(row));
}

TEST_CASE("language says nothing where there is nothing to go by") {
  const std::string text =
      GENERATE("", "   ", "😀😀😀", "https://example.org/the-new-shoes", "www.example.org", "@ana @bob", "ana@example.org",
               "12345 67", "?!", "ok", "Angela Merkel", "\xff\xfe\xff");
  INFO(text);
  CHECK(language_of(text).empty());
}

TEST_CASE("language does not read links and handles") {
  CHECK(language_of("Die Schuhe sind da @the_very_best_shop https://example.org/the/new/shoes/are/here") == "de");
}

TEST_CASE("language reads the words of a hashtag") {
  CHECK(language_of("#DieNeuenSchuheSindDa") == "de");
}

TEST_CASE("What the platform declares decides where the text does not, and no more") {
  CHECK(language_of("Die neuen Schuhe sind gestern angekommen und passen sehr gut", "en") == "de");
  CHECK(language_of("jeg har en bil", "da") == "da");
  CHECK(language_of("jeg har en bil", "nb-NO") == "nb");
  CHECK(language_of("jeg har en bil", "da", {{"declared", 0}}) ==
        language_of("jeg har en bil", "nb", {{"declared", 0}}));
}

TEST_CASE("Nothing is said below the minimum") {
  CHECK_FALSE(language_of("jeg har en bil").empty());
  CHECK(language_of("jeg har en bil", {}, {{"minimum", 0.999}}).empty());
}

TEST_CASE("A segment in another language than its post is told by itself") {
  DetectorHarness h(loaded("language"), {});
  h.post("Die neuen Schuhe sind gestern angekommen und passen sehr gut")
      .quote("The shop has told everybody that the new shoes would be there with the next delivery");
  h.run();
  REQUIRE(h.findings().size() == 2);
  CHECK(h.findings()[0].value == "de");
  CHECK(h.findings()[0].segment == earshot::none);
  CHECK(h.findings()[1].value == "en");
  CHECK(h.findings()[1].segment == 1);
  CHECK(h.findings()[1].score >= 0.9);
}

TEST_CASE("A post without a text of its own is told by what was read and heard in it") {
  DetectorHarness h(loaded("language"), {});
  h.post().segment(EAR_SPEECH, "and this is how the new engine sounds when it is cold");
  h.run();
  REQUIRE(h.findings().size() == 1);
  CHECK(h.findings()[0].value == "en");
}

TEST_CASE("A deleted post has no language") {
  DetectorHarness h(loaded("language"), {});
  h.post("The new shoes arrived yesterday").deleted();
  h.run();
  CHECK(h.findings().empty());
}

TEST_CASE("language answers the same however the posts are cut") {
  earshot::testing::for_each_chunking(loaded("language"), {}, [](DetectorHarness& h) {
    h.post("The new shoes arrived yesterday and they fit very well");
    h.post("Die neuen Schuhe sind gestern angekommen");
    h.post("😀");
    h.post("новые туфли");
  });
}

TEST_CASE("A huge text takes no longer than its beginning") {
  const std::string text = GENERATE(std::string(10'000'000, 'a'), std::string(10'000'000, ' '),
                                    std::string(10'000'000, '\xff'), std::string(10'000'000, '@'));
  const auto begin = std::chrono::steady_clock::now();
  language_of(text);
  CHECK(std::chrono::steady_clock::now() - begin < std::chrono::seconds{5});  // it would take hours if it were square
}
