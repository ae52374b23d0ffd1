// SIGHUP: a good config takes over without losing or doubling a post; a broken one is told, and the old one runs on.
#include <signal.h>

#include <algorithm>
#include <catch2/catch.hpp>
#include <cstdio>

#include "posts.hpp"
#include "stores.hpp"

namespace {

constexpr int kPosts = 6000;

// At once, so that no half of it is ever read.
void replace(const Folder& folder, const std::string& pipeline, const std::string& text) {
  const std::string written = folder.write("new.yaml", text);
  REQUIRE(std::rename(written.c_str(), pipeline.c_str()) == 0);
}

bool some_are_written(const Folder& folder) {
  return wait_until([&] { return folder.read("found.ndjson").size() > 50'000; });
}

}  // namespace

TEST_CASE("a broken config on SIGHUP is told, and the old one runs on") {
  Folder folder;
  write_posts(folder, kPosts);
  REQUIRE(run({"run", "--quiet", write_pipeline(folder, "expected")}, folder / "expected.log").code == 0);
  const std::string pipeline = write_pipeline(folder, "found", {.rate = 1500});
  Process process({"run", "--quiet", pipeline}, folder / "found.log");
  REQUIRE(some_are_written(folder));
  replace(folder, pipeline, read_file(pipeline) + "  third: {plugin: ndjsno, from: unusual, path: nowhere}\n");
  process.signal(SIGHUP);
  REQUIRE(process.wait_for("the old one runs on"));
  CHECK(process.said().find("found.yaml:") != std::string::npos);
  CHECK(process.said().find("ndjsno") != std::string::npos);
  const Ended ended = process.wait();
  INFO(process.said());
  REQUIRE(ended.code == 0);
  check_same(folder, "expected", "found");
}

TEST_CASE("a config on SIGHUP whose new sink cannot start is told, and the old one runs on") {
  Folder folder;
  write_posts(folder, kPosts);
  REQUIRE(run({"run", "--quiet", write_pipeline(folder, "expected")}, folder / "expected.log").code == 0);
  const std::string pipeline = write_pipeline(folder, "found", {.rate = 1500});
  Process process({"run", "--quiet", pipeline}, folder / "found.log");
  REQUIRE(some_are_written(folder));
  replace(folder, pipeline,
          read_file(pipeline) + "  third: {plugin: ndjson, from: unusual, path: /dev/null/nowhere}\n");
  process.signal(SIGHUP);
  REQUIRE(process.wait_for("the old config runs on"));
  const Ended ended = process.wait();
  INFO(process.said());
  REQUIRE(ended.code == 0);
  check_same(folder, "expected", "found");
}

TEST_CASE("a new config on SIGHUP adds a sink, and no post is lost or doubled") {
  Folder folder;
  write_posts(folder, kPosts);
  REQUIRE(run({"run", "--quiet", write_pipeline(folder, "expected")}, folder / "expected.log").code == 0);
  const std::string pipeline = write_pipeline(folder, "found", {.rate = 1500});
  Process process({"run", "--quiet", pipeline}, folder / "found.log");
  REQUIRE(some_are_written(folder));
  replace(folder, pipeline,
          read_file(pipeline) + "  third: {plugin: ndjson, from: unusual, path: " + folder / "third.ndjson" + "}\n");
  process.signal(SIGHUP);
  REQUIRE(process.wait_for("the new config runs"));
  const Ended ended = process.wait();
  INFO(process.said());
  REQUIRE(ended.code == 0);
  check_same(folder, "expected", "found");
  const std::vector<std::string> all = sorted_lines(folder / "found.ndjson"),
                                 third = sorted_lines(folder / "third.ndjson");
  CHECK_FALSE(third.empty());
  CHECK(third.size() < all.size());
  CHECK(std::includes(all.begin(), all.end(), third.begin(), third.end()));  // each at most once
}
