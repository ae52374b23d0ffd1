// The command train.
#include <catch2/catch.hpp>
#include <earshot/testing.hpp>

#include "../loaded.hpp"
#include "../model/learned.hpp"
#include "model/file.hpp"

using namespace earshot::testing;
using Catch::Contains;

namespace {

std::string csv(std::size_t count = 90) {
  std::string out = "text,label,author\n";
  for (const auto& [text, cls] : earshot::model::testing::sentences(count))
    out += "\"" + text + ", \"\"said\"\"\"," + earshot::model::testing::kNames[cls] + ",a" +
           std::to_string(out.size() % 17) + "\n";
  return out;
}

struct Trained {
  std::string out;
  int code = 0;
};
Trained run(const std::string& file, std::vector<Setting> options) {
  const std::initializer_list<Tree> only_c{Tree(4.0)};
  options.push_back({"c", Tree(only_c)});
  options.push_back({"bits", 12});
  CommandHarness h(loaded("train"), options);
  Trained t;
  t.code = h.run({file});
  t.out = h.out();
  return t;
}

}  // namespace

TEST_CASE("a table of labelled texts becomes a model, its quality and a card") {
  const Folder folder;
  const Trained t = run(folder.write("posts.csv", csv()), {{"kind", "topic"},
                                                           {"out", folder / "topic.model"},
                                                           {"card", folder / "CARD.md"},
                                                           {"silent", std::vector<std::string>{"weather"}},
                                                           {"learned_from", "made up, no licence"}});
  CHECK(t.code == 0);
  CHECK_THAT(t.out, Contains("topic: 90 examples, 3 classes, 5 folds") && Contains("n-gram floor") &&
                        Contains("always the most frequent") && Contains("truly \\ said"));
  const auto model = earshot::model::read(std::filesystem::path(folder / "topic.model"));
  CHECK(model->info().classes == std::vector<std::string>{"money", "music", "weather"});
  CHECK(model->info().is_silent(2));
  CHECK(model->info().quality.at("macro_f1") > 0.9);
  CHECK_THAT(folder.read("CARD.md"), Contains("# Model card: topic") && Contains("made up, no licence") &&
                                         Contains("| money") && Contains("5-fold"));
}

TEST_CASE("TSV and NDJSON are read as CSV is") {
  const Folder folder;
  std::string tsv = "label\ttext\n", ndjson;
  for (const auto& [text, cls] : earshot::model::testing::sentences(60)) {
    const std::string name = earshot::model::testing::kNames[cls];
    tsv += name + "\t" + text + "\n";
    ndjson += R"({"text":")" + text + R"(","label":")" + name + "\"}\n";
  }
  const std::string from_tsv = run(folder.write("posts.tsv", tsv), {}).out;
  CHECK_THAT(from_tsv, Contains("60 examples, 3 classes"));
  CHECK(run(folder.write("posts.ndjson", ndjson), {}).out == from_tsv);
}

TEST_CASE("labels are renamed, left out, or grouped by a column") {
  const Folder folder;
  const std::string file = folder.write("posts.csv", csv());
  CHECK_THAT(run(file, {{"rename", std::vector<std::string>{"weather=", "money=cash"}}}).out,
             Contains("60 examples, 2 classes") && Contains("30 rows") && Contains("cash"));
  CHECK_THAT(run(file, {{"classes", std::vector<std::string>{"music", "money"}}}).out, Contains("60 examples"));
  CHECK_THAT(run(file, {{"group", "author"}, {"by", "author"}}).out, Contains("90 examples") && Contains("\n  a1"));
}

TEST_CASE("any number of labels may hold") {
  const Folder folder;
  std::string text = "text,label\n";
  for (int i = 0; i < 90; ++i)
    text += "\"day " + std::to_string(i) + (i % 2 == 0 ? " rain" : "") + (i % 3 == 0 ? " bank" : "") + "\",\"" +
            (i % 2 == 0 ? "wet" : "") + (i % 6 == 0 ? ", " : "") + (i % 3 == 0 ? "rich" : "") + "\"\n";
  const Trained t = run(folder.write("any.csv", text), {{"any", true}, {"out", folder / "any.model"}});
  CHECK_THAT(t.out, Contains("90 examples, 2 classes") && Contains("mean F1 of the classes"));
  CHECK(earshot::model::read(std::filesystem::path(folder / "any.model"))->info().any);
}

TEST_CASE("what is wrong is told with its place") {
  const Folder folder;
  const auto row = GENERATE(table<std::string, std::string, std::string>({
      {"a.csv", "text,label\n\"open", "a.csv:2: a quotation mark is not closed"},
      {"a.csv", "text,label\na,b,c\n", "a.csv:2: 3 cells, but 2 columns"},
      {"a.csv", "words,label\na,b\n", "there is no column 'text'; the data has words, label"},
      {"a.ndjson", "{\"text\":\"a\"}\nno\n", "a.ndjson:2: this line is no JSON object"},
      {"a.doc", "text", "ends in none of .csv"},
      {"a.csv", "text,label\na,x\nb,x\n", "2 to 256 classes"},
  }));
  CHECK_THROWS_WITH(run(folder.write(std::get<0>(row), std::get<1>(row)), {}), Contains(std::get<2>(row)));
  CHECK_THROWS_WITH(run(folder / "missing.csv", {}), Contains("missing.csv"));
}

TEST_CASE("a target must be marked") {
  const Folder folder;
  CHECK_THROWS_WITH(run(folder.write("posts.csv", csv()), {{"target", true}}), Contains("posts.csv:2: no target"));
}
