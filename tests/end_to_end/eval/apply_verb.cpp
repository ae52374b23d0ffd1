// `earshot apply`: a pipeline's detectors over posts, without its sources, sinks and state.
#include <algorithm>
#include <catch2/catch.hpp>

#include "pipeline.hpp"

namespace {

constexpr const char* kPosts =
    "{\"platform\":\"x\",\"id\":\"1\",\"published\":0,\"text\":\"Acme is down\"}\n"
    "{\"platform\":\"x\",\"id\":\"2\",\"published\":1,\"text\":\"it rained\"}\n";

}  // namespace

TEST_CASE("apply prints each post with its findings, also one that a filter stops") {
  const WithPipeline work;
  work.write("posts.ndjson", kPosts);
  const Ended ended = work.output_of("apply acme.yaml posts.ndjson");
  INFO(ended.output << work.read("errors.txt"));
  CHECK(ended.status == 0);
  CHECK(has(ended.output, "\"kind\":\"mention\",\"subject\":\"acme\""));
  CHECK(has(ended.output, "it rained"));
  CHECK(std::count(ended.output.begin(), ended.output.end(), '\n') == 2);
}

TEST_CASE("apply reads standard input, and leaves sources, sinks and state alone") {
  const WithPipeline work;
  work.write("posts.ndjson", kPosts);
  const Ended ended = run("cd '" + work.path().string() +
                          "' && EARSHOT_PLUGIN_PATH='" EARSHOT_PLUGIN_DIR
                          "' XDG_CACHE_HOME=\"$PWD/cache\" '" EARSHOT_BINARY "' apply acme.yaml <posts.ndjson");
  CHECK(ended.status == 0);
  CHECK(has(ended.output, "\"subject\":\"acme\""));
  CHECK(!std::filesystem::exists(work.path() / "state"));
  CHECK(!std::filesystem::exists(work.path() / "out.ndjson"));
}

TEST_CASE("apply exits with 1 where a post cannot be taken, and goes on behind it") {
  const WithPipeline work;
  work.write("posts.ndjson", "{\"id\":7}\n" + std::string(kPosts));
  const Ended ended = work.output_of("apply acme.yaml posts.ndjson");
  CHECK(ended.status == 1);
  CHECK(has(ended.output, "Acme is down"));
  CHECK(has(work.read("errors.txt"), "posts.ndjson:1: wrong type: id is no text"));
}

TEST_CASE("apply tells what is wrong with the pipeline") {
  const WithPipeline work;
  work.write("wrong.yaml", "pipeline: x\nsources: {a: {plugin: nobody}}\n");
  const Ended ended = work.earshot("apply wrong.yaml posts.ndjson");
  CHECK(ended.status == 1);
  CHECK(has(ended.output, "wrong.yaml:2"));
  CHECK(work.earshot("apply").status == 2);
}
