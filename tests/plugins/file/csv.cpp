// The file source on CSV, driven through its table.
#include <catch2/catch.hpp>
#include <earshot/testing.hpp>
#include <filesystem>

#include "../loaded.hpp"

using namespace earshot::testing;

namespace {

using Columns = std::initializer_list<Setting>;

std::vector<Setting> csv(const std::string& path, Columns columns, std::vector<Setting> more = {}) {
  more.push_back({"path", path});
  more.push_back({"columns", map(columns)});
  return more;
}

// The text of the posts that come of a file with the columns id, published and text.
std::vector<std::string> texts(const std::string& rows, std::vector<Setting> more = {}) {
  Folder folder;
  SourceHarness source(loaded("file"), csv(folder.write("a.csv", rows), {}, std::move(more)));
  source.poll_until_end();
  std::vector<std::string> all;
  for (const TestPost& post : source.posts()) all.push_back(post.text());
  return all;
}

std::string row(int id) {
  return std::to_string(id) + ",2026-01-01T00:00:00Z,\"text, \"\"quoted\"\"\nin two lines " + std::to_string(id) +
         "\"\n";
}
const std::string header = "id,published,text\n";

}  // namespace

TEST_CASE("an export with columns of its own becomes posts") {
  Folder folder;
  const std::string path = folder.write("tweets.csv",
                                        "tweet_id,airline,name,retweet_count,text,tweet_created,location\r\n"
                                        "5675,Delta,JetBlueNews,3,\"@JetBlue's new CEO, \"\"at last\"\"\",2015-02-16 "
                                        "23:36:05 -0800,\"Washington, DC\"\r\n");
  SourceHarness source(loaded("file"), csv(path,
                                           {{"id", "tweet_id"},
                                            {"author", "name"},
                                            {"reposts", "retweet_count"},
                                            {"published", "tweet_created"},
                                            {"author.place", "location"},
                                            {"attributes.airline", "airline"}},
                                           {{"constants", map({{"platform", "twitter"}, {"language", "en"}})}}));
  source.poll_until_end();
  REQUIRE(source.posts().size() == 1);
  const TestPost& post = source.posts()[0];
  CHECK(post.platform == "twitter");
  CHECK(post.id == "5675");
  CHECK(post.text() == "@JetBlue's new CEO, \"at last\"");
  CHECK(post.published == at("2015-02-17T07:36:05Z"));
  CHECK(post.author == "JetBlueNews");
  CHECK(post.reposts == 3);
  CHECK(post.likes == -1);
  CHECK(post.post_language == "en");
  REQUIRE(post.attributes.size() == 1);
  CHECK(post.attributes[0].text == "Delta");
  CHECK(source.rejects().empty());
}

TEST_CASE("rows are cut as RFC 4180 has it") {
  using Texts = std::vector<std::string>;
  CHECK(texts(header + "1,0,a\n2,0,b") == Texts{"a", "b"});
  CHECK(texts("\xEF\xBB\xBF" + header + "1,0,a\r\n\r\n2,0,b\r\n") == Texts{"a", "b"});
  CHECK(texts(header + "1,0,\"a\nb\r\nc\"\n2,0,b\n") == Texts{"a\nb\r\nc", "b"});
  CHECK(texts(header + "1,0,\"a,\"\"b\"\"\"\n") == Texts{"a,\"b\""});
  CHECK(texts(header + "1,0,5\" pipe\n2,0,b\n") == Texts{"5\" pipe", "b"});
  CHECK(texts(header + "\"1\",\"0\",\"a\"\n") == Texts{"a"});
  CHECK(texts(header + "1,0,\n") == Texts{""});
}

TEST_CASE("the delimiter is seen in the header, or told") {
  using Texts = std::vector<std::string>;
  CHECK(texts("id;published;text\n1;0;a,b\n") == Texts{"a,b"});
  CHECK(texts("id\tpublished\ttext\n1\t0\ta,b\n") == Texts{"a,b"});
  CHECK(texts("id|published|text\n1|0|a\n") == Texts{"a"});
  CHECK(texts("id#published#text\n1#0#a\n", {{"delimiter", "#"}}) == Texts{"a"});
  CHECK(texts("id\tpublished\ttext\n1\t0\ta\n", {{"delimiter", "tab"}}) == Texts{"a"});
}

TEST_CASE("a file without header has columns by number") {
  Folder folder;
  SourceHarness source(loaded("file"), csv(folder.write("a.csv", "1,0,a\n2,0,b\n3,0\n"),
                                           {{"id", "1"}, {"published", "2"}, {"text", "3"}}, {{"header", false}}));
  source.poll_until_end();
  REQUIRE(source.posts().size() == 2);
  CHECK(source.posts()[1].text() == "b");
  REQUIRE(source.rejects().size() == 1);
  CHECK_THAT(source.rejects()[0].reason, Catch::StartsWith("ragged"));
}

TEST_CASE("rows without ids get ones that are the same each time, and differ from each other") {
  Folder folder;
  const std::string path = folder.write("a.csv", "published,text\n0,same\n0,same\n");
  const auto ids = [&] {
    SourceHarness source(loaded("file"), {{"path", path}});
    source.poll_until_end();
    REQUIRE(source.posts().size() == 2);
    return std::pair{source.posts()[0].id, source.posts()[1].id};
  };
  CHECK(ids().first != ids().second);
  CHECK(ids() == ids());
}

TEST_CASE("times are read in the forms that exports have") {
  const auto time =
      GENERATE(as<std::string>(), "2015-02-24T19:35:52Z", "2015-02-24 11:35:52 -0800", "2015-02-24 19:35:52",
               "1424806552", "1424806552000", "1424806552000000", "1424806552000000000", "1424806552.0",
               "Tue Feb 24 19:35:52 +0000 2015", "\"Tue, 24 Feb 2015 11:35:52 -0800\"", "24 Feb 2015 19:35:52 GMT");
  Folder folder;
  SourceHarness source(loaded("file"), {{"path", folder.write("a.csv", header + "1," + time + ",x\n")}});
  source.poll_until_end();
  REQUIRE(source.posts().size() == 1);
  CHECK(source.posts()[0].published == at("2015-02-24T19:35:52Z"));
}

TEST_CASE("bad rows are set aside with reason, place and bytes, and the others are read") {
  Folder folder;
  std::string text = header;
  std::vector<std::tuple<std::string, std::string, std::string>> bad;
  int line = 1;
  const auto add = [&](const std::string& bytes, const std::string& reason) {
    text += std::to_string(line) + ",0,good\n" + bytes + "\n";
    line += 2;
    bad.emplace_back(bytes, ":" + std::to_string(line), reason);
  };
  add("1,0", "ragged: the row has 2 fields, the first one 3");
  add("1,0,a,b", "ragged: the row has 4 fields, the first one 3");
  add("1,\"0\",a,b", "ragged: the row has 4 fields, the first one 3");
  add(",0,a", "no id");
  add("1,,a", "not a time: published");
  add("1,yesterday,a", "not a time: published");
  add("1,0,\xFF\xFE", "not UTF-8");
  add(std::string("1,0,\0x", 6), "binary");
  add(std::string(1100, 'i') + ",0,x", "too long: id");
  text += "last,0,good\n";
  const std::string path = folder.write("a.csv", text);
  SourceHarness source(loaded("file"), {{"path", path}});
  source.poll_until_end();
  CHECK(source.posts().size() == bad.size() + 1);
  REQUIRE(source.rejects().size() == bad.size());
  for (std::size_t i = 0; i < bad.size(); ++i) {
    CHECK(source.rejects()[i].raw == std::get<0>(bad[i]));
    CHECK(source.rejects()[i].place == path + std::get<1>(bad[i]));
    CHECK_THAT(source.rejects()[i].reason, Catch::StartsWith(std::get<2>(bad[i])));
  }
}

TEST_CASE("numbers that are none are told by their field") {
  Folder folder;
  const std::string path = folder.write("a.csv", "id,published,likes\n1,0,many\n2,0,-3\n3,0,1.5\n4,0,12.0\n5,0,\n");
  SourceHarness source(loaded("file"), {{"path", path}});
  source.poll_until_end();
  REQUIRE(source.rejects().size() == 3);
  CHECK(source.rejects()[0].reason == "wrong type: likes is no number");
  CHECK(source.rejects()[1].reason == "wrong value: likes is no whole number from 0 on");
  CHECK(source.rejects()[2].reason == "wrong value: likes is no whole number from 0 on");
  REQUIRE(source.posts().size() == 2);
  CHECK(source.posts()[0].likes == 12);
  CHECK(source.posts()[1].likes == -1);
}

TEST_CASE("a quote that is never closed costs its line and no more") {
  Folder folder;
  std::string text = header + "1,0,good\n2,0,\"open\n";
  for (int i = 3; i < 500; ++i) text += std::to_string(i) + ",0,good\n";
  const std::string path = folder.write("a.csv", text);
  SourceHarness source(loaded("file"), {{"path", path}, {"max_line", "1KiB"}});
  source.poll_until_end();
  CHECK(source.posts().size() == 498);
  REQUIRE(source.rejects().size() == 1);
  CHECK(source.rejects()[0].reason == "a quote is not closed");
  CHECK(source.rejects()[0].raw == "2,0,\"open");
  CHECK(source.rejects()[0].place == path + ":3");
}

TEST_CASE("a row of ten million bytes is set aside once and never held") {
  Folder folder;
  const std::string path = folder.write("a.csv", header + "1,0," + std::string(10'000'000, 'x') + "\n2,0,good\n");
  SourceHarness source(loaded("file"), {{"path", path}, {"max_line", "64KiB"}});
  while (source.poll() != EAR_END) source.reopen(source.cursor());
  CHECK(source.posts().size() == 1);
  REQUIRE(source.rejects().size() == 1);
  CHECK_THAT(source.rejects()[0].reason, Catch::StartsWith("too long"));
  CHECK(source.rejects()[0].raw.size() <= 1024);
}

TEST_CASE("reading CSV goes on behind a cursor, wherever it was cut, with the header of the beginning") {
  Folder folder;
  std::string text = header;
  for (int i = 0; i < 5000; ++i) text += row(i);
  SourceHarness source(loaded("file"), {{"path", folder.write("a.csv", text)}});
  source.max_posts(1);
  while (source.poll() != EAR_END) source.reopen(source.cursor());
  REQUIRE(source.posts().size() == 5000);
  for (int i = 0; i < 5000; ++i) REQUIRE(source.posts()[static_cast<std::size_t>(i)].id == std::to_string(i));
  CHECK(source.posts()[7].text() == "text, \"quoted\"\nin two lines 7");
  CHECK(source.rejects().empty());
}

TEST_CASE("CSV is followed through rotation, each file with its own header") {
  Folder folder;
  const std::string path = folder.write("a.csv", header + row(0) + row(1).substr(0, 20));
  SourceHarness source(loaded("file"), {{"path", path}, {"follow", true}});
  source.poll_until_posts(1);
  CHECK(source.poll_until_idle() == EAR_AGAIN);
  CHECK(source.posts().size() == 1);
  folder.write("a.csv", row(1).substr(20) + row(2), true);
  std::filesystem::rename(path, folder / "a.1");
  folder.write("a.csv", "text,published,id\nother,0,3\n");
  source.poll_until_posts(4);
  CHECK(source.posts()[2].id == "2");
  CHECK(source.posts()[3].id == "3");
  CHECK(source.posts()[3].text() == "other");
}

TEST_CASE("a file without the columns that are asked for is told once, with what is missing") {
  Folder folder;
  const std::string path = folder.write("a.csv", header + "1,0,x\n2,0,y\n");
  SourceHarness source(loaded("file"), csv(path, {{"likes", "favourites"}}));
  source.poll_until_end();
  CHECK(source.posts().empty());
  REQUIRE(source.rejects().size() == 1);
  CHECK_THAT(source.rejects()[0].reason, Catch::Contains("there is no column 'favourites' for the post's likes"));
}

TEST_CASE("fields that no post has are refused before anything is read") {
  SourceHarness source(loaded("file"), csv("x.csv", {{"txt", "text"}}));
  try {
    source.create();
    FAIL("accepted");
  } catch (const CallFailed& e) {
    CHECK(e.option == "columns");
    CHECK_THAT(e.message, Catch::StartsWith("a post has no field 'txt'"));
  }
}
