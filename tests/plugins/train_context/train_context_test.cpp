// The command train_context, and brand_text with what it learned.
#include <catch2/catch.hpp>
#include <earshot/testing.hpp>
#include <random>

#include "../loaded.hpp"
#include "model/file.hpp"
#include "train_context/labels.hpp"

using namespace earshot::testing;
using Catch::Contains;

namespace {

constexpr const char* kWatchlist = "- {id: orchid, names: [Orchid]}\n- {id: acme, names: [Acme]}\n";

// Sentences about a company and about flowers, in new words each time.
std::string sentence(std::mt19937& random, bool company) {
  static const std::vector<std::string> business{"shares", "phone",   "update", "store", "price",
                                                 "screen", "battery", "profit", "laptop"};
  static const std::vector<std::string> garden{"flower", "petals", "soil", "bloom",   "garden",
                                               "roots",  "pot",    "leaf", "watering"};
  static const std::vector<std::string> any{"today", "with", "some", "nice", "my", "really", "the", "again"};
  const auto& words = company ? business : garden;
  const auto pick = [&](const std::vector<std::string>& from) { return from[random() % from.size()]; };
  return pick(any) + " " + pick(words) + " orchid " + pick(any) + " " + pick(words) + " " + pick(any);
}

std::string labels(int count, const char* item = "orchid") {
  std::mt19937 random(3);
  std::string csv = "text,item,brand\n";
  for (int i = 0; i < count; ++i)
    csv +=
        sentence(random, i % 2 == 0) + " " + std::to_string(i) + "," + item + "," + (i % 2 == 0 ? "yes" : "no") + "\n";
  return csv;
}

std::string findings(DetectorHarness& h) {
  h.run();
  std::string all;
  for (const auto& f : h.findings())
    for (const auto& a : f.attributes)
      if (a.key == "context") all += f.text + (a.real >= 0.5 ? "+" : "-") + (f.score > 0.3 ? "" : "!") + " ";
  return all;
}

}  // namespace

TEST_CASE("labels become a model of the sense that is meant, with its quality") {
  const Folder folder;
  CommandHarness h(loaded("train_context"),
                   {{"labels", folder.write("labels.csv", labels(50))}, {"out", folder / "models"}});
  CHECK(h.run({folder.write("watch.yaml", kWatchlist)}) == 0);
  CHECK_THAT(h.out(),
             Contains("precision") && Contains("orchid") && Contains("50     25") && Contains("context_model: "));
  const auto model = earshot::model::read(std::filesystem::path(folder / "models/orchid.model"));
  CHECK(model->info().kind == "context");
  CHECK(model->info().quality.at("accuracy") >= 0.9);

  DetectorHarness brand(loaded("brand_text"));
  brand.watch("orchid", {"Orchid"}, {{"context_model", (folder / "models/orchid.model")}});
  brand.watch("acme", {"Acme"});
  brand.post("the shares of Orchid and its new phone");
  brand.post("my orchid has one flower and dry soil");
  brand.post("Acme phone");
  CHECK(findings(brand) == "Orchid+ ");
  CHECK(brand.findings().size() == 2);
}

TEST_CASE("NDJSON, a pipeline's watchlist and truth as true and false are read too") {
  const Folder folder;
  std::string ndjson;
  std::mt19937 random(5);
  for (int i = 0; i < 40; ++i)
    ndjson += R"({"post":")" + sentence(random, i % 2 == 0) + std::to_string(i) + R"(","of":"orchid","is":)" +
              (i % 2 == 0 ? "true" : "false") + "}\n";
  CommandHarness h(
      loaded("train_context"),
      {{"labels", folder.write("labels.ndjson", ndjson)}, {"text", "post"}, {"item", "of"}, {"label", "is"}});
  CHECK(h.run({folder.write("pipeline.yaml", "pipeline: x\nwatchlist:\n  orchid: {names: Orchid}\n")}) == 0);
  CHECK_THAT(h.out(), Contains("orchid"));
}

TEST_CASE("what is wrong with labels is said") {
  const Folder folder;
  const std::string watch = folder.write("watch.yaml", kWatchlist);
  const auto run = [&](const std::string& csv) {
    CommandHarness h(loaded("train_context"), {{"labels", folder.write("labels.csv", csv)}});
    const int code = h.run({watch});
    return std::to_string(code) + " " + h.err();
  };
  CHECK_THAT(run(labels(6)), Contains("1 orchid: there are 3 examples where it is meant and 3 where it is not"));
  CHECK_THROWS_WITH(run("text,item,brand\nx,orchid,perhaps\n"),
                    Contains("labels.csv:2: 'perhaps' is neither yes nor no"));
  CHECK_THROWS_WITH(run("text,item,brand\nx,rose,no\n"), Contains("the watchlist has no item 'rose'"));
  CHECK_THROWS_WITH(run("text,item\nx,orchid\n"), Contains("there is no column 'brand'"));
}

TEST_CASE("the name is found in any case and as a whole word") {
  using earshot::train_context::find_name;
  CHECK(find_name("pineapple, APPLE pie", {"Apple", "Apple Pie"}) == earshot::text::Range{11, 20});
  CHECK(find_name("pineapple", {"Apple"}) == earshot::text::Range{0, 0});
  CHECK(find_name("", {"Apple"}) == earshot::text::Range{0, 0});
}

TEST_CASE("words for and against tell the sense of a name without a model") {
  const auto watch = [](DetectorHarness& h) {
    h.watch("orchid", {"Orchid"},
            {{"context", map({{"for", std::vector<std::string>{"phone", "Orchid Store"}},
                              {"against", std::vector<std::string>{"flower", "garden"}}})}});
    h.post("my new Orchid phone");
    h.post("an orchid is a flower");
    h.post("flowering orchid");
    h.post("orchid in the garden, or a phone");
  };
  DetectorHarness drop(loaded("brand_text"));
  watch(drop);
  CHECK(findings(drop) == "Orchid+ orchid+ orchid+ ");
  DetectorHarness mark(loaded("brand_text"), {{"off_context", "mark"}});
  watch(mark);
  CHECK(findings(mark) == "Orchid+ orchid-! orchid+ orchid+ ");
  DetectorHarness strict(loaded("brand_text"), {{"least_context", 0.6}});
  watch(strict);
  CHECK(findings(strict) == "Orchid+ ");
}

TEST_CASE("a context_model that is none is refused with its place") {
  const Folder folder;
  DetectorHarness h(loaded("brand_text"));
  h.watch("orchid", {"Orchid"}, {{"context_model", folder.write("x.model", "no model")}});
  h.post("Orchid");
  CHECK_THROWS_WITH(h.run(), Contains("x.model"));
}
