// `earshot eval`: figures of a pipeline on labelled posts, as table, JSON and page; bounds; and what is told of what is
// wrong.
#include <catch2/catch.hpp>

#include "pipeline.hpp"

namespace {

// Two right mentions, one missed, one that is wrong: "Bolt" is a bolt here.
constexpr const char* kLabelled =
    "{\"labelled\":[\"mention\"]}\n"
    "{\"text\":\"Acme is down\",\"labels\":[{\"kind\":\"mention\",\"subject\":\"acme\"}]}\n"
    "{\"text\":\"I like ACME\",\"labels\":[{\"kind\":\"mention\",\"subject\":\"acme\"}]}\n"
    "{\"text\":\"the rocket people\",\"labels\":[{\"kind\":\"mention\",\"subject\":\"acme\"}]}\n"
    "{\"text\":\"a Bolt of <b>lightning</b>\",\"labels\":[]}\n"
    "{\"text\":\"it rained\",\"labels\":[]}\n";

class Labelled : public WithPipeline {
 public:
  Labelled() { write("l.ndjson", kLabelled); }
};

}  // namespace

TEST_CASE("eval prints precision, recall and F1 with intervals, and the errors") {
  const Labelled work;
  const Ended ended = work.output_of("eval acme.yaml l.ndjson");
  INFO(ended.output << work.read("errors.txt"));
  CHECK(ended.status == 0);
  CHECK(has(ended.output, "acme.yaml over 5 labelled posts"));
  CHECK(has(ended.output, "mention: 5 posts"));
  CHECK(has(ended.output, "precision     0.667  0.208 to 0.939"));
  CHECK(has(ended.output, "recall        0.667"));
  CHECK(has(ended.output, "said bolt (1.00), truly (none)"));
  CHECK(has(ended.output, "a Bolt of <b>lightning</b>"));
}

TEST_CASE("eval gives JSON, the same each time") {
  const Labelled work;
  const Ended ended = work.output_of("eval acme.yaml l.ndjson --json");
  CHECK(ended.status == 0);
  CHECK(has(ended.output, "\"recall\":{\"value\":6.66666"));
  CHECK(work.output_of("eval acme.yaml l.ndjson --json").output == ended.output);
}

TEST_CASE("eval writes a page that shows the posts' markup as text") {
  const Labelled work;
  CHECK(work.earshot("eval acme.yaml l.ndjson --html q.html").status == 0);
  const std::string page = work.read("q.html");
  CHECK(has(page, "&lt;b&gt;lightning"));
  CHECK(!has(page, "<script"));
  CHECK(work.earshot("eval acme.yaml l.ndjson --html no/such/folder/q.html").status == 1);
}

TEST_CASE("eval exits with 1 below a bound, and says which") {
  const Labelled work;
  CHECK(work.earshot("eval acme.yaml l.ndjson --min mention.recall=0.6 --min mention/acme.recall=0.1").status == 1);
  const Ended good = work.earshot("eval acme.yaml l.ndjson --min mention.recall=0.6 --min mention:acme.recall=0.6");
  INFO(good.output);
  CHECK(good.status == 0);
  const Ended low = work.earshot("eval acme.yaml l.ndjson --min mention.recall=0.7");
  CHECK(low.status == 1);
  CHECK(has(low.output, "mention.recall is 0.667, less than 0.7"));
  CHECK(has(work.earshot("eval acme.yaml l.ndjson --min mention.recal=0.7").output, "there is no measure"));
  CHECK(has(work.earshot("eval acme.yaml l.ndjson --min mention.recall").output, "KIND.MEASURE=NUMBER"));
  // Undefined is not good enough.
  CHECK(work.earshot("eval blind.yaml l.ndjson --min mention.precision=0").status == 1);
}

TEST_CASE("eval puts another pipeline beside it") {
  const Labelled work;
  const Ended ended = work.output_of("eval acme.yaml l.ndjson --against blind.yaml");
  INFO(ended.output);
  CHECK(ended.status == 0);
  CHECK(has(ended.output, "beside it: blind.yaml"));
  CHECK(has(ended.output, "McNemar"));
  CHECK(has(work.output_of("eval acme.yaml l.ndjson --against blind.yaml --json").output, "\"against\":{"));
}

TEST_CASE("eval takes a table as it is") {
  const Labelled work;
  work.write("t.csv", "nr,brand,words\n1,Acme Inc,Acme is down\n1,Bolt,Acme is down\n2,Acme Inc,\n");
  const Ended ended = work.output_of(
      "eval acme.yaml t.csv --text words --id nr --subject brand --kind mention --rename_subject 'Acme Inc=acme'"
      " --rename_subject Bolt=bolt");
  INFO(ended.output << work.read("errors.txt"));
  CHECK(ended.status == 0);
  CHECK(has(ended.output, "over 1 labelled posts; 1 rows without text or label left out"));
  CHECK(has(ended.output, "recall        0.500"));
}

TEST_CASE("eval says what is missing on its command line and in its files") {
  const Labelled work;
  work.write("t.csv", "text,label\na,b\n");
  work.write("bad.ndjson", "{\"text\":\"a\",\"labels\":[]}\n{\"text\":\n");
  work.write("none.ndjson", "\n");
  const auto told = [&](const std::string& words, const char* what) {
    const Ended ended = work.earshot("eval " + words);
    INFO(ended.output);
    CHECK(ended.status != 0);
    CHECK(has(ended.output, what));
  };
  told("", "say which pipeline and which labelled posts");
  told("acme.yaml t.csv", "--kind sentiment, for one");
  told("acme.yaml t.csv --kind sentiment", "--label NAME");
  told("acme.yaml t.csv --kind mention", "--subject NAME");
  told("acme.yaml t.csv --kind x --label lable", "there is no column 'lable'; the data has text, label");
  told("acme.yaml bad.ndjson", "bad.ndjson:2: not JSON");
  told("acme.yaml none.ndjson", "there is no labelled post");
  told("acme.yaml missing.ndjson", "cannot read 'missing.ndjson'");
  told("missing.yaml l.ndjson", "'missing.yaml' did not run to its end");
}

TEST_CASE("eval finds the plugins of --plugin-path in its child too") {
  const Labelled work;
  const Ended plain = run("cd '" + work.path().string() +
                          "' && XDG_CACHE_HOME=\"$PWD/cache\" '" EARSHOT_BINARY "' --plugin-path '" EARSHOT_PLUGIN_DIR
                          "' eval acme.yaml l.ndjson");
  INFO(plain.output);
  CHECK(plain.status == 0);
}
