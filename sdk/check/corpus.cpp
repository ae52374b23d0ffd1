#include "check/corpus.hpp"

#include <random>

namespace earshot::check {

using testing::TestPost;

namespace {

constexpr const char* kTexts[] = {
    "my acme broke on the first day, and nobody answers",
    "THE NEW ZENTRIX IS AN OUTRAGE!!!",
    "does anybody know whether @acme ships to Graz? #acme",
    "a quiet afternoon, nothing to see here",
    "Ich bin mit meinem Zentrix sehr zufrieden – großartig!",
    "acme, acme and once more acme: is it any better than zentrix?",
    "https://acme.example/shop?id=7 is down again",
    "j’adore mon acme, même après un an",
    "新しいacmeを買いました。とても良いです",
    "refund now. worst service ever :( @zentrix_help",
    "",
    "a",
};
constexpr const char* kLanguages[] = {"en", "en", "en", "en", "de", "en", "en", "fr", "ja", "en", "", ""};
constexpr std::size_t kTextCount = std::size(kTexts);

TestPost make_post(std::mt19937_64& random, std::size_t i, Time at) {
  const std::size_t text = random() % kTextCount;
  TestPost p;
  p.id = "p" + std::to_string(i), p.platform = random() % 3 == 0 ? "forum" : "mastodon";
  p.published = at, p.collected = at + std::chrono::seconds{5};
  p.author = "author" + std::to_string(random() % 17), p.author_name = "Àuthor",
  p.followers = std::int64_t(random() % 5000);
  p.post_language = kLanguages[text], p.url = "https://" + p.platform + ".example/" + p.id;
  if (random() % 5 == 0) p.title("About acme");
  p.body(kTexts[text]);
  if (random() % 7 == 0) p.quote("they said zentrix was better");
  if (random() % 9 == 0) p.image("https://cdn.example/" + p.id + ".jpg"), p.segment(EAR_ALT, "a shop that says ACME");
  if (random() % 11 == 0) p.repeats("p1");
  if (text != 3 && text < 10) p.found("mention", text % 2 == 0 ? "acme" : "zentrix", 0.9);
  if (text % 3 == 0) p.found("sentiment", "acme", 0.7, "negative");
  p.likes = std::int64_t(random() % 90), p.attribute("client", "web");
  return p;
}

}  // namespace

std::vector<TestPost> posts(std::uint64_t seed, std::size_t count) {
  std::mt19937_64 random(seed);
  std::vector<TestPost> all;
  Time at = testing::at("2026-05-01T00:00:00Z");
  for (std::size_t i = 0; i < count; ++i) {
    const bool busy = i > count / 2 && i < count * 3 / 4;
    at += std::chrono::seconds{busy ? std::int64_t(random() % 60) : std::int64_t(600 + random() % 3600)};
    if (i == count * 4 / 5) at += std::chrono::hours{24};
    all.push_back(make_post(random, i, at));
    if (i > 4 && random() % 17 == 0) {
      TestPost again = all[all.size() - 3];
      if (again.change == EAR_NEW && random() % 2 == 0)
        all.push_back(again.edited(again.revision + 1)), all.back().segments.back().text += " (edited)";
      else if (again.change == EAR_NEW)
        all.push_back(again.deleted(again.revision + 1));
    }
  }
  return all;
}

std::vector<std::string> hostile_texts() {
  using namespace std::string_literals;
  std::vector<std::string> all = {"\xC3"s,
                                  "acme \xF0\x9F\x98"s,
                                  "\xED\xA0\x80 acme"s,
                                  "\xC0\xAF\xFE\xFF"s,
                                  "ac\0me\0"s,
                                  "\xEF\xBB\xBF"
                                  "acme"s,
                                  "\xE2\x80\xAE"
                                  "emca"s,
                                  std::string(200'000, 'a'),
                                  std::string(3000, '@'),
                                  std::string(3000, '#') + "acme"};
  std::string marks = "a";
  for (int i = 0; i < 5000; ++i) marks += "\xCC\x81";
  all.push_back(marks);
  all.push_back(noise(7, 4096));
  return all;
}

std::string noise(std::uint64_t seed, std::size_t size) {
  std::mt19937_64 random(seed);
  std::string out(size, '\0');
  for (char& c : out) c = static_cast<char>(random());
  return out;
}

}  // namespace earshot::check
