// A sink that fails now and then, and a source that dies.
#include <signal.h>

#include <algorithm>
#include <catch2/catch.hpp>
#include <fstream>

#include "posts.hpp"
#include "stores.hpp"

TEST_CASE("a sink that fails every third write gets each post once all the same") {
  constexpr int kPosts = 4000;
  Folder folder;
  write_posts(folder, kPosts);
  REQUIRE(run({"run", "--quiet", write_pipeline(folder, "expected")}, folder / "expected.log").code == 0);
  const std::string sulky = "  sulky: {plugin: sulky, from: unusual, path: " + folder / "ids" + ", fail_every: 3}\n";
  const Ended ended = run({"run", "--quiet", write_pipeline(folder, "found", {.sinks = sulky})}, folder / "found.log");
  INFO(folder.read("found.log"));
  REQUIRE(ended.code == 0);
  CHECK(folder.read("found.log").find("this write fails") != std::string::npos);
  check_same(folder, "expected", "found");
  CHECK(difference(rows(folder / "expected.db", "SELECT platform || '/' || id AS name FROM posts ORDER BY name"),
                   sorted_lines(folder / "ids")) == "");
}

TEST_CASE("a source that dies is started again, and its posts are there once") {
  constexpr int kPosts = 3000, kDeaths = 4;
  Folder folder;
  // Says its number, and a cursor behind every 50th post; dies in between.
  const std::string program = folder.write("program.sh", R"(echo $$ >> )" + folder / "numbers" + R"(
i=${EARSHOT_CURSOR:-0}
while [ $i -lt )" + std::to_string(kPosts) + R"( ]; do
  i=$((i + 1))
  echo "{\"platform\":\"p\",\"id\":\"$i\",\"published\":$((1772323200 + i)),\"text\":\"Acme $i\"}"
  if [ $((i % 50)) = 0 ]; then echo "{\"cursor\":\"$i\"}"; sleep 0.02; fi
done
)");
  const std::string source = "  posts: {plugin: exec, command: [/bin/sh, " + program + "], backoff: 10ms}\n";
  Process process({"run", "--quiet", write_pipeline(folder, "found", {.sources = source})}, folder / "found.log");
  for (std::size_t deaths = 0; deaths < kDeaths; ++deaths) {
    std::vector<std::string> numbers;
    REQUIRE(wait_until([&] { return (numbers = sorted_lines(folder / "numbers")).size() > deaths; }));
    std::string last = folder.read("numbers");
    last.pop_back();
    const std::string before = folder.read("found.ndjson");
    REQUIRE(wait_until([&] { return folder.read("found.ndjson").size() > before.size(); }));  // it has brought some
    ::kill(static_cast<pid_t>(std::stol(last.substr(last.rfind('\n') + 1))), SIGKILL);
  }
  const Ended ended = process.wait();
  INFO(process.said());
  REQUIRE(ended.code == 0);
  CHECK(process.said().find("was killed by signal 9") != std::string::npos);
  CHECK(one(folder / "found.db", "SELECT count(*), count(DISTINCT id) FROM posts") == "3000|3000");
  CHECK(one(folder / "found.db", "SELECT observed FROM alerts WHERE kind = 'count'") == "3000.0");
  CHECK(one(folder / "found.db", "SELECT count(*) FROM findings") == "3000");
  const std::vector<std::string> lines = sorted_lines(folder / "found.ndjson");
  CHECK(std::count_if(lines.begin(), lines.end(), [](const std::string& line) {
          return line.find("\"platform\":\"p\",\"id\"") != std::string::npos;
        }) == kPosts);
}

TEST_CASE("a slow sink holds memory flat, however many posts there are") {
  if (kSanitized) return;  // a sanitizer's memory is another's
  Folder folder;
  long peaks[2] = {};  // the lesser number of posts fills the budget too
  for (const int many : {0, 1}) {
    const int posts = many == 0 ? 40'000 : 160'000;
    {
      std::ofstream file(folder / "posts.ndjson");  // a process inherits the most memory of the one that starts it
      for (int i = 0; i < posts; ++i) file << post_line("alpha", i, "Acme " + std::string(250, 'x'));
    }
    const std::string pipeline = folder.write(
        "flat.yaml", "pipeline: flat\nlisten: \"off\"\nmemory: 8MiB\nsources:\n  posts: {plugin: file, path: " +
                         folder / "posts.ndjson" +
                         "}\nsinks:\n  slow: {plugin: sulky, from: posts, path: " + folder / "ids" + ", slow: 1ms}\n");
    const Ended ended = run({"run", "--quiet", pipeline}, folder / "flat.log");
    INFO(folder.read("flat.log"));
    REQUIRE(ended.code == 0);
    peaks[many] = ended.most_kilobytes;
  }
  CAPTURE(peaks[0], peaks[1]);
  CHECK(peaks[1] < 50'000);
  CHECK(peaks[1] - peaks[0] < 8'000);
}

TEST_CASE("what a detector and a sink refused comes back by dlq replay, goes on from there, and is struck off") {
  Folder folder;
  std::string posts;
  for (int i = 0; i < 20; ++i) posts += post_line("alpha", i, "Acme");
  const std::string source = "  posts: {plugin: file, path: " + folder.write("posts.ndjson", posts) + "}\n";
  const auto pipeline = [&](const std::string& detector, const std::string& sink) {
    return write_pipeline(folder, "found",
                          {.sources = source,
                           .moody = detector,
                           .sinks = "  sulky: {plugin: sulky, from: unusual, path: " + folder / "ids" + sink + "}\n"});
  };
  const std::string refusing = pipeline(", refuse: \"3\"", ", refuse: \"5\"");
  REQUIRE(run({"run", "--quiet", refusing}, folder / "first.log").code == 0);
  INFO(folder.read("first.log"));
  CHECK(one(folder / "found.db", "SELECT count(*) FROM posts") == "19");  // not 3; the store took 5
  CHECK(sorted_lines(folder / "ids").size() == 18);
  REQUIRE(run({"dlq", "list", "--json", refusing}, folder / "list").code == 0);
  CHECK(sorted_lines(folder / "list").size() == 2);

  const std::string mended = pipeline("", "");
  REQUIRE(run({"dlq", "replay", mended, "--component", "counted"}, folder / "replay.log").code == 0);
  REQUIRE(run({"dlq", "replay", mended, "--component", "sulky"}, folder / "replay.log").code == 0);
  REQUIRE(run({"run", "--quiet", mended}, folder / "second.log").code == 0);
  INFO(folder.read("second.log"));
  CHECK(one(folder / "found.db", "SELECT count(*) FROM posts") == "20");
  CHECK(one(folder / "found.db", "SELECT count(*) FROM findings f JOIN posts p USING(post) WHERE p.id = '3'") == "1");
  std::vector<std::string> ids = sorted_lines(folder / "ids");
  CHECK(ids.size() == 20);
  CHECK(std::count(ids.begin(), ids.end(), "alpha/5") == 1);
  REQUIRE(run({"dlq", "list", mended}, folder / "left").code == 0);
  CHECK(folder.read("left") == "There are no dead letters.\n");
}
