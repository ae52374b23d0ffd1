// The filter detector, driven through its table, and with it the query language.
#include <catch2/catch.hpp>
#include <earshot/testing.hpp>

#include "../loaded.hpp"
#include "query/parse.hpp"

using namespace earshot::testing;

namespace {

void add_posts(DetectorHarness& h) {
  auto& full = h.post("Acme's new battery is a disaster").with_id("full").by("ana").on("mastodon").in("de-AT");
  full.found("mention", "acme", 0.9).found("sentiment", "acme", 0.7, "negative");
  full.likes = 10, full.followers = 1500, full.author_name = "Ana Maria", full.country = "AT";
  h.post("nothing here").with_id("plain").on("reddit").in("en");
  h.post("Buy Acme now").with_id("spam").on("mastodon").found("mention", "acme", 0.5).found("spam", "", 0.95);
  h.post("CAFÉ au lait, customer\n service")
      .with_id("cafe")
      .found("language", "", 0.9, "fr")
      .image("https://x.test/a.png");
}

// The ids of the posts that go on, or what the query is refused with.
std::string passing(const std::string& where) {
  DetectorHarness h(loaded("filter"), {{"where", where}});
  add_posts(h);
  h.run();
  std::string ids;
  for (const TestPost& post : h.posts())
    if (std::find(h.stopped().begin(), h.stopped().end(), post.id) == h.stopped().end())
      ids += (ids.empty() ? "" : " ") + post.id;
  return ids;
}

std::string refused(const std::string& where) {
  DetectorHarness h(loaded("filter"), {{"where", where}});
  try {
    h.create();
  } catch (const CallFailed& e) {
    CHECK(e.status == EAR_INVALID);
    CHECK(e.option == "where");
    return std::to_string(e.offset) + ": " + e.message;
  }
  return "(accepted)";
}

}  // namespace

TEST_CASE("the filter lets those posts on that match") {
  const auto row = GENERATE(table<std::string, std::string>({
      {"has:mention", "full spam"},
      {"has:mention AND NOT spam:true", "full"},
      {"has:mention -spam:true", "full"},
      {"has:mention spam:false", "full"},
      {"NOT has:mention", "plain cafe"},
      {"NOT (has:mention OR has:image)", "plain"},
      {"has:media", "cafe"},
      {"has:author", "full"},
      {"sentiment:negative", "full"},
      {"sentiment:positive", ""},
      {"sentiment:(positive OR negative)", "full"},
      {"subject:acme", "full spam"},
      {"subject:ACME", "full spam"},
      {"detector:before", "full spam cafe"},
      {"lang:de", "full"},
      {"lang:de-at", "full"},
      {"language:fr", "cafe"},
      {"lang:(de OR en)", "full plain"},
      {"platform:Mastodon", "full spam"},
      {"author:ana", "full"},
      {"author:@ana", "full"},
      {"author:\"ana maria\"", "full"},
      {"country:at", "full"},
      {"followers:>1000", "full"},
      {"followers:>=1500", "full"},
      {"followers:>1500", ""},
      {"followers:<1500", ""},
      {"likes:10..50", "full"},
      {"likes:11..", ""},
      {"likes:..10", "full"},
      {"likes:10", "full"},
      {"score:>0.8", "full spam cafe"},
      {"score:>0.94", "spam"},
      {"id:plain", "plain"},
      {"kind:status", "full plain spam cafe"},
      {"kind:video", ""},
      {"acme", "full spam"},
      {"acm", ""},
      {"acm*", "full spam"},
      {"café", "cafe"},
      {"\"customer service\"", "cafe"},
      {"\"service customer\"", ""},
      {"customer service", "cafe"},
      {"battery OR buy AND now", "full spam"},
      {"(battery OR buy) AND now", "spam"},
      {"battery OR buy now nothing", "full"},
      {"-acme -nothing", "cafe"},
      {"NOT NOT acme", "full spam"},
      {"text:(acme OR nothing)", "full plain spam"},
      {"\"AND\"", ""},
      {"  acme\t\n", "full spam"},
  }));
  CHECK(passing(std::get<0>(row)) == std::get<1>(row));
}

TEST_CASE("a faulty query is refused at its byte, with what to do") {
  const auto row = GENERATE(table<std::string, std::string>({
      {"", "0: the query is empty: write a word, or a field as has:mention"},
      {"  ", "2: the query is empty: write a word, or a field as has:mention"},
      {"acme AND", "5: AND has nothing behind it: write what it joins, or remove it"},
      {"acme OR )", "5: OR has nothing behind it: write what it joins, or remove it"},
      {"OR acme", "0: OR has nothing before it: write what it joins, or quote it as a word"},
      {"a AND AND b", "6: AND has nothing before it: write what it joins, or quote it as a word"},
      {"NOT", "0: NOT has nothing behind it: write what it leaves out"},
      {"a - b", "2: '-' has nothing behind it: write what it leaves out"},
      {"(a OR b", "0: '(' is not closed: add a ')'"},
      {"a)", "1: ')' closes nothing: remove it, or open a '(' before"},
      {"a ()", "2: '(' holds nothing: write a term, or remove it"},
      {"a \"b c", "2: the quote is not closed: add a '\"'"},
      {"a \" \"", "2: the quotes hold nothing"},
      {"has: mention", "4: the field has no value: write it right behind the ':'"},
      {":x", "0: ':' cannot stand here: quote it to look for it"},
      {"subjct:acme", "0: there is no field 'subjct': did you mean subject?"},
      {"a AND folowers:>3", "6: there is no field 'folowers': did you mean followers?"},
      {"https://x.test", "0: 'https:' reads as a field: quote a link to look for it"},
      {"likes:many", "6: 'many' is no number: write as 10, >10, <=10 or 10..50"},
      {"likes:>many", "7: 'many' is no number: write as 10, >10, <=10 or 10..50"},
      {"likes:..", "6: '..' needs a number on one side at least"},
      {"likes:50..10", "6: the range ends before it begins: swap its numbers"},
      {"lang:(de OR has:mention)", "12: a field stands inside another: close the '(' of the first"},
      {"a OR *", "5: '*' fits every word: write letters beside it"},
  }));
  CHECK(refused(std::get<0>(row)) == std::get<1>(row));
}

TEST_CASE("a query is bounded in length, depth and terms") {
  CHECK_THAT(refused(std::string(70000, 'a')), Catch::Contains("longer than 64 KiB"));
  CHECK_THAT(refused(std::string(5000, '(') + "a"), Catch::Contains("more than 64 deep"));
  std::string nots, many;
  for (int i = 0; i < 5000; ++i) nots += "NOT ", many += "a ";
  CHECK_THAT(refused(nots + "a"), Catch::Contains("more than 64 deep"));
  CHECK_THAT(refused(std::string(5000, '-') + "a"), Catch::Contains("more than 64 deep"));
  CHECK_THAT(refused(many), Catch::Contains("more than 2000 terms"));
}

TEST_CASE("what is deleted or withdrawn passes every filter") {
  DetectorHarness h(loaded("filter"), {{"where", "acme"}});
  h.post("acme").with_id("1").deleted();
  h.post("no").with_id("2").withdrawn();
  h.post("no").with_id("3").edited();
  h.run();
  CHECK(h.stopped() == std::vector<std::string>{"3"});
}

TEST_CASE("the filter answers the same however the stream is cut") {
  CHECK_NOTHROW(for_each_chunking(loaded("filter"), {{"where", "acme OR likes:>3"}}, add_posts));
}

TEST_CASE("bytes that are no UTF-8 are matched around") {
  DetectorHarness h(loaded("filter"), {{"where", "acme"}});
  h.post("\xFF\xC3 acme \x80").with_id("1");
  h.run();
  CHECK(h.stopped().empty());
}
