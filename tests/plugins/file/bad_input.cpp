// What the file source does with input that is wrong in every way: it counts it, names it, keeps it, and goes on.
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <catch2/catch.hpp>
#include <cstdio>
#include <earshot/testing.hpp>
#include <filesystem>
#include <map>
#include <random>

#include "../loaded.hpp"

using namespace earshot::testing;

namespace {

std::string good(int id) {
  return R"({"platform":"p","id":")" + std::to_string(id) + R"(","published":1,"text":"fine"})" + "\n";
}

// What a reject says before its first colon.
std::map<std::string, int> kinds(const std::vector<Reject>& rejects) {
  std::map<std::string, int> all;
  for (const Reject& reject : rejects) ++all[reject.reason.substr(0, reject.reason.find(':'))];
  return all;
}

std::string with(const std::string& field) {
  return R"({"platform":"p","id":"x","published":1,)" + field + "}\n";
}

}  // namespace

TEST_CASE("each kind of bad line is named by its kind, and the lines between are read") {
  Folder folder;
  std::string text = good(0);
  text += R"({"platform":"p","id":"cut)"
          "\n" +
          good(1);
  text += R"({"platform":"p","id":"x","published":1)"
          "\n" +
          good(2);
  text += std::string(
              "\x7F"
              "ELF\2\1\1\0\0\0",
              10) +
          "\n" + good(3);
  text += "\x1F\x8B\x08 not really packed\n" + good(4);
  text += with(R"("text":"\xFF")") + good(5);
  text += with("\"text\":\"\xC0\xAF\"") + good(6);
  text += std::string(100000, '[') + "\n" + good(7);
  text += with("\"attributes\":" + std::string(5000, '[') + std::string(5000, ']')) + good(8);
  text += with(R"("likes":"many")") + good(9);
  text += with(R"("likes":-1)") + good(10);
  text += with(R"("author":[])") + good(11);
  text += R"({"platform":"p","id":"x","published":"yesterday"})"
          "\n" +
          good(12);
  text += R"({"id":"x","published":1})"
          "\n" +
          good(13);
  text += R"({"platform":"p","published":1})"
          "\n" +
          good(14);
  text += R"({"platform":"p","id":"x","id":"y","published":1})"
          "\n" +
          good(15);
  text += "null\n[]\n17\n\"text\"\n" + good(16);
  SourceHarness source(loaded("file"), {{"path", folder.write("bad.ndjson", text)}});
  source.poll_until_end();
  CHECK(source.posts().size() == 17);
  const std::map<std::string, int> found = kinds(source.rejects());
  CHECK(source.rejects().size() == 19);
  for (const char* kind :
       {"not JSON", "not UTF-8", "wrong type", "wrong value", "not a time", "no platform", "no id", "field twice"}) {
    INFO(kind);
    CHECK(found.contains(kind));
  }
  CHECK(found.size() <= 10);
  for (const Reject& reject : source.rejects()) CHECK(reject.place.starts_with(folder / "bad.ndjson:"));
}

TEST_CASE("random bytes are no posts and do no harm") {
  Folder folder;
  std::mt19937_64 random(7);
  std::string text;
  for (int i = 0; i < 1 << 20; ++i) text += static_cast<char>(random());
  const std::string name = GENERATE(as<std::string>(), "noise.ndjson", "noise.csv");
  SourceHarness source(loaded("file"), {{"path", folder.write(name, text + "\n")}});
  source.poll_until_end();
  CHECK(source.posts().empty());
  CHECK(!source.rejects().empty());
}

TEST_CASE("a line of a hundred million bytes takes no memory") {
  Folder folder;
  const std::string name = GENERATE(as<std::string>(), "long.ndjson", "long.csv");
  const std::string path = folder / name;
  {
    std::ofstream out(path);
    out << (name.ends_with("csv") ? "id,published,text\n0,1,fine\n" : good(0));
    const std::string million(1'000'000, 'x');
    for (int i = 0; i < 100; ++i) out << million;
    out << "\n" << (name.ends_with("csv") ? "1,1,fine\n" : good(1));
  }
  // Measured in a process of its own, so that nothing else counts.
  const pid_t child = ::fork();
  if (child == 0) {
    SourceHarness source(loaded("file"), {{"path", path}});
    source.poll_until_end();
    const bool right =
        source.posts().size() == 2 && source.rejects().size() == 1 && source.rejects()[0].raw.size() <= 1024;
    ::_exit(right ? 0 : 1);
  }
  int status = 0;
  rusage used{};
  REQUIRE(::wait4(child, &status, 0, &used) == child);
  CHECK(WEXITSTATUS(status) == 0);
#if !defined __SANITIZE_ADDRESS__ && !defined __SANITIZE_THREAD__  // which keep what was freed
  CHECK(used.ru_maxrss < 100 * 1024);                              // KiB
#endif
}

TEST_CASE("following with a cursor in the middle survives a file that is cut and grows past the cursor") {
  Folder folder;
  std::string before;
  for (int i = 0; i < 50; ++i) before += good(i);
  const std::string path = folder.write("a.ndjson", before);
  SourceHarness source(loaded("file"), {{"path", path}, {"follow", true}});
  source.poll_until_posts(50);
  const std::string cursor = source.cursor();
  std::string after;
  for (int i = 1000; i < 1200; ++i) after += good(i);
  SECTION("while it is read") {
    source.poll_until_idle();
    folder.write("a.ndjson", after);
  }
  SECTION("while nobody looks") {
    source.stop();
    folder.write("a.ndjson", after);
    source.reopen(cursor);
  }
  source.poll_until_posts(250);
  REQUIRE(source.posts().size() == 250);
  CHECK(source.posts()[50].id == "1000");
  CHECK(source.posts()[249].id == "1199");
  CHECK(source.rejects().empty());
  CHECK_THAT(source.log_text(), Catch::Contains("read from its beginning"));
}

TEST_CASE("following with a cursor in the middle survives a rotation, half a line and all") {
  Folder folder;
  const std::string path = folder.write("a.ndjson", good(0) + good(1).substr(0, 11));
  SourceHarness source(loaded("file"), {{"path", path}, {"follow", true}});
  source.poll_until_posts(1);
  const std::string cursor = source.cursor();
  folder.write("a.ndjson", good(1).substr(11) + good(2), true);
  std::filesystem::rename(path, folder / "a.ndjson.1");
  folder.write("a.ndjson", good(3));
  source.reopen(cursor);
  source.poll_until_posts(4);
  for (int i = 0; i < 4; ++i) CHECK(source.posts()[static_cast<std::size_t>(i)].id == std::to_string(i));
  CHECK(source.rejects().empty());
}

TEST_CASE("what was set aside is read once more when it has become right") {
  Folder folder;
  const ear_component& table = loaded("file");
  const std::string csv = folder.write("a.csv", "id,published,text\n1,0,x\n");
  ComponentUnderTest component(table, {{"path", folder / "*"}});
  component.start();
  const auto reread = [&](const std::string& raw, const std::string& place) {
    SourceRecord record;
    component.call("reread", [&](ear_error* e) {
      return table.source->reread(component.self(), earshot::bytes(raw), earshot::str(place), &record.raw(), e);
    });
    REQUIRE(record.pushed.posts.size() == 1);
    CHECK(record.pushed.cursors.empty());
    return record.pushed.posts[0];
  };
  CHECK(reread(R"({"platform":"p","id":"7","published":1,"text":"a\nb"})", "a.ndjson:3").text() == "a\nb");
  CHECK(reread("9,2026-01-01,\"now, \"\"right\"\"\"", csv + ":5").text() == "now, \"right\"");
  CHECK_THROWS_WITH(reread("{\"platform\":\"p\"", "a.ndjson:3"), Catch::Contains("not JSON"));
  CHECK_THROWS_WITH(reread("9,2026-01-01", csv + ":5"), Catch::Contains("ragged"));
  CHECK_THROWS_WITH(reread("9,0,x", folder / "gone.csv:5"), Catch::Contains("gone.csv' for its header"));
}
