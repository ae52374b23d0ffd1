// A post that crashes or hangs a component: the process is started again, and after the second time goes on without it.
#include <signal.h>

#include <catch2/catch.hpp>

#include "posts.hpp"
#include "stores.hpp"

namespace {

constexpr int kPosts = 3000;

// Exactly one post is missing, and stands among the dead letters, where its component is named.
void check_set_aside(const Folder& folder, const std::string& name, const std::string& post) {
  const std::string store = folder / (name + ".db");
  CHECK(one(store, "SELECT count(*) FROM posts") == std::to_string(kPosts - 1));
  CHECK(one(store, "SELECT count(*) FROM posts WHERE platform = 'alpha' AND id = '" + post + "'") == "0");
  CHECK(one(store, "SELECT observed FROM alerts WHERE kind = 'count'") == std::to_string(kPosts - 1) + ".0");
  CHECK(one(store, "PRAGMA integrity_check") == "ok");
  REQUIRE(run({"dlq", "list", "--json", folder / (name + ".yaml")}, folder / "dlq").code == 0);
  const std::vector<std::string> letters = sorted_lines(folder / "dlq");
  INFO(folder.read("dlq"));
  REQUIRE(letters.size() == 1);
  CHECK(letters[0].find(R"("component":"counted")") != std::string::npos);
  CHECK(letters[0].find("alpha/" + post) != std::string::npos);
  CHECK(letters[0].find("poison") != std::string::npos);
}

// Posts of one platform alone, so that an id is one post.
std::string alone(const Folder& folder) {
  std::string text;
  for (int i = 0; i < kPosts; ++i) text += post_line("alpha", i, i % 5 == 0 ? "Acme" : "nobody");
  return "  posts: {plugin: file, path: " + folder.write("posts.ndjson", text) + "}\n";
}

}  // namespace

TEST_CASE("under --supervise a post that crashes a detector twice is set aside, and the run goes on") {
  Folder folder;
  const std::string pipeline =
      write_pipeline(folder, "found", {.sources = alone(folder), .moody = ", crash_on: \"1234\""});
  const Ended ended = run({"run", "--quiet", "--supervise", pipeline}, folder / "found.log");
  INFO(folder.read("found.log"));
  REQUIRE(ended.code == 0);
  check_set_aside(folder, "found", "1234");
}

TEST_CASE("without --supervise a crash ends the process with its signal") {
  Folder folder;
  const std::string pipeline =
      write_pipeline(folder, "found", {.sources = alone(folder), .moody = ", crash_on: \"1234\""});
  const Ended ended = run({"run", "--quiet", pipeline}, folder / "found.log");
  INFO(folder.read("found.log"));
  CHECK(ended.code == 128 + SIGSEGV);
}

TEST_CASE("a detector that hangs ends the process with 4, and under --supervise its post is set aside") {
  Folder folder;
  const std::string pipeline =
      write_pipeline(folder, "found", {.sources = alone(folder), .moody = ", hang_on: \"1234\", deadline: 300ms"});
  const Ended ended = run({"run", "--quiet", pipeline}, folder / "found.log");
  INFO(folder.read("found.log"));
  REQUIRE(ended.code == 4);
  CHECK(folder.read("found.log").find("counted: detect has not come back") != std::string::npos);
  REQUIRE(run({"run", "--quiet", "--supervise", pipeline}, folder / "found.log").code == 0);
  check_set_aside(folder, "found", "1234");
}
