// `earshot dlq`: what a source could not read is listed, shown whole, and brought back.
#include <catch2/catch.hpp>

#include "at_work.hpp"

namespace {

// A table of which two rows have a word where `likes` must be a number, until another column is taken for it.
class Pipeline : public AtWork {
 public:
  Pipeline() {
    write("posts.csv",
          "nr,when,text,words,hearts\n"
          "1,2026-01-01,good,1,1\n"
          "2,2026-01-02,red \x1b[31m\xe2\x80\xae,many,2\n"
          "3,never,timeless,3,3\n"
          "4,2026-01-04,last,few,4\n");
    take_likes_from("words");
  }
  void take_likes_from(const std::string& column) const {
    write("p.yaml",
          "pipeline: p\nstate: state\nlisten: 'off'\nsources:\n"
          "  feed: {plugin: file, path: posts.csv, columns: {id: nr, published: when, likes: " +
              column + "}}\nsinks:\n  out: {plugin: ndjson, from: feed, path: out.ndjson}\n");
  }
  void run_once() const {
    const Ended ended = earshot("run p.yaml");
    INFO(ended.output);
    REQUIRE(ended.status == 0);
  }
  std::size_t lines_out() const {
    const std::string all = read("out.ndjson");
    return static_cast<std::size_t>(std::count(all.begin(), all.end(), '\n'));
  }
};

}  // namespace

TEST_CASE("without a state there is nothing to list, and why is said") {
  const Pipeline work;
  const Ended ended = work.earshot("dlq list p.yaml");
  CHECK(ended.status == 1);
  CHECK(has(ended.output, "earshot dlq: there is no state in "));
  CHECK(has(ended.output, "the pipeline has not run yet"));
  work.write(
      "none.yaml",
      "pipeline: p\nsources: {feed: {plugin: file, path: x}}\nsinks: {out: {plugin: ndjson, from: feed, path: y}}\n");
  const Ended stateless = work.earshot("dlq list none.yaml");
  CHECK(stateless.status == 1);
  CHECK(has(stateless.output, "keeps no state"));
}

TEST_CASE("dead letters are listed with their place and reason, the newest first") {
  const Pipeline work;
  work.run_once();
  const Ended ended = work.output_of("dlq list p.yaml");
  INFO(ended.output);
  CHECK(ended.status == 0);
  const auto last = ended.output.find("posts.csv:5"), not_a_time = ended.output.find("posts.csv:4"),
             broken = ended.output.find("posts.csv:3");
  REQUIRE(broken != std::string::npos);
  CHECK(last < not_a_time);
  CHECK(not_a_time < broken);
  CHECK(has(ended.output, "not a time"));
  CHECK(has(ended.output, "wrong type: likes"));
  CHECK(work.output_of("dlq list state").output == ended.output);
}

TEST_CASE("the list is narrowed by component, reason and number") {
  const Pipeline work;
  work.run_once();
  const Ended one = work.output_of("dlq list p.yaml --reason 'not a time'");
  CHECK(has(one.output, "posts.csv:4"));
  CHECK(!has(one.output, "posts.csv:5"));
  CHECK(work.output_of("dlq list p.yaml --component out").output == "There are no dead letters.\n");
  const Ended newest = work.output_of("dlq list p.yaml --limit 1");
  CHECK(!has(newest.output, "posts.csv:4"));
  CHECK(has(newest.output, "3 in all; --limit shows more."));
}

TEST_CASE("the flag --json lists one object a line") {
  const Pipeline work;
  work.run_once();
  const Ended ended = work.output_of("dlq list p.yaml --json --reason 'not a time'");
  CHECK(ended.status == 0);
  CHECK(ended.output.starts_with("{\"number\":2,\"time\":\"20"));
  CHECK(has(ended.output, R"(,"component":"feed","source":"feed","place":"posts.csv:4","reason":"not a time)"));
  CHECK(ended.output.ends_with("\"raw\":true}\n"));
}

TEST_CASE("show prints a dead letter whole and lets nothing of it command the terminal") {
  const Pipeline work;
  work.run_once();
  const Ended ended = work.output_of("dlq show p.yaml 1");
  CHECK(ended.status == 0);
  INFO(ended.output);
  CHECK(ended.output.starts_with("dead letter 1, 20"));
  CHECK(has(ended.output, "component  feed\n"));
  CHECK(has(ended.output, "place      posts.csv:3\n"));
  CHECK(has(ended.output, "\n\n2,2026-01-02,red \\x1b[31m\\u{202e},many,2\n"));
  CHECK(!has(ended.output, "\x1b"));
  const Ended json = work.output_of("dlq show p.yaml 1 --json");
  CHECK(has(json.output, R"("content":"2,2026-01-02,red \u001b[31m)"));
}

TEST_CASE("a number that is not there is told") {
  const Pipeline work;
  work.run_once();
  const Ended ended = work.earshot("dlq show p.yaml 1 99");
  CHECK(ended.status == 1);
  CHECK(has(ended.output, "earshot dlq: there is no dead letter 99\n"));
  CHECK(has(ended.output, "dead letter 1, "));
}

TEST_CASE("replay wants to be told which") {
  const Pipeline work;
  work.run_once();
  const Ended ended = work.earshot("dlq replay p.yaml");
  CHECK(ended.status == 2);
  CHECK(has(ended.output, "say which: numbers, --component, --reason or --all"));
  const Ended none = work.earshot("dlq replay p.yaml --reason nonsense");
  CHECK(none.status == 1);
  CHECK(none.output == "There are no such dead letters.\n");
}

TEST_CASE("replay brings back what can be read by now, once") {
  const Pipeline work;
  work.run_once();
  REQUIRE(work.lines_out() == 1);
  work.take_likes_from("hearts");
  const Ended replay = work.earshot("dlq replay p.yaml --all");
  CHECK(replay.status == 0);
  CHECK(replay.output == "3 dead letters will come back: at once where the pipeline runs, else with its next run.\n");
  CHECK(has(work.output_of("dlq list p.yaml").output, "(on its way back)"));
  const Ended again = work.earshot("run p.yaml");
  INFO(again.output);
  CHECK(again.status == 0);
  CHECK(has(again.output, "posts.csv:4 is still no post: not a time"));
  CHECK(work.lines_out() == 3);
  CHECK(has(work.read("out.ndjson"), "\"id\":\"2\""));
  CHECK(has(work.read("out.ndjson"), "\"id\":\"4\""));
  const Ended left = work.output_of("dlq list p.yaml");
  INFO(left.output);
  CHECK(!has(left.output, "posts.csv:5"));
  CHECK(!has(left.output, "posts.csv:3"));
  CHECK(has(left.output, "posts.csv:4"));
  CHECK(!has(left.output, "(on its way back)"));
  work.run_once();
  CHECK(work.lines_out() == 3);
}

TEST_CASE("one of several is brought back by its number") {
  const Pipeline work;
  work.run_once();
  work.take_likes_from("hearts");
  const Ended replay = work.output_of("dlq replay p.yaml 3 --json");
  CHECK(replay.output == "{\"wanted\":1}\n");
  work.run_once();
  CHECK(work.lines_out() == 2);
}

TEST_CASE("the flag --strict makes dead letters a failure") {
  const Pipeline work;
  CHECK(work.earshot("run p.yaml --strict").status == 1);
}
