// Reports: names of measures, and that text from outside commands neither terminal nor browser.
#include "report.hpp"

#include <boost/json.hpp>
#include <catch2/catch.hpp>

#include "answers.hpp"

using namespace earshot::eval;
using Catch::Matchers::Contains;

namespace {

constexpr const char* kEvil = "<script>alert(1)</script>\x1b[31m\xe2\x80\xae";

// Sentiment about two subjects, one of them with a dot in its name.
class Made {
 public:
  Made() {
    answers.post({Answers::label("sentiment", "a.b", "positive")}, {Answers::said("sentiment", "a.b", kEvil)});
    answers.post({Answers::label("sentiment", "acme", "negative")}, {Answers::said("sentiment", "acme", "negative")});
    for (Case& one : answers.labelled.cases) one.text = kEvil;
    report.pipeline = kEvil, report.labelled = &answers.labelled;
    const std::vector<Task> tasks = answers.tasks();
    Part part{tasks[0], score(tasks[0], {50, 1, false}), {}, {}, {}};
    for (std::size_t i = 1; i < tasks.size(); ++i)
      part.subjects.push_back(tasks[i]), part.subject_scores.push_back(score(tasks[i], {50, 1, false}));
    report.parts.push_back(std::move(part));
  }
  Answers answers;
  Report report;
};

}  // namespace

TEST_CASE("a measure is named by its kind, and by subject and class where it is theirs") {
  const Made made;
  REQUIRE(find(made.report, "sentiment.accuracy") != nullptr);
  CHECK(find(made.report, "sentiment.accuracy")->value == 0.5);
  REQUIRE(find(made.report, "sentiment/a.b.accuracy") != nullptr);
  CHECK(find(made.report, "sentiment/a.b.accuracy")->value == 0);
  REQUIRE(find(made.report, "sentiment:negative.recall") != nullptr);
  CHECK(find(made.report, "sentiment:negative.recall")->value == 1);
  CHECK(find(made.report, "sentiment/acme:negative.recall")->value == 1);
  CHECK(find(made.report, "sentiment.acuracy") == nullptr);
  CHECK(find(made.report, "mention.accuracy") == nullptr);
  CHECK_THAT(names(made.report), Contains("sentiment.macro_recall"));
}

TEST_CASE("the page runs nothing, loads nothing, and shows markup as text") {
  const std::string page = as_html(Made().report);
  CHECK_THAT(page, !Contains("<script") && Contains("&lt;script&gt;"));
  CHECK_THAT(page, !Contains("\x1b") && !Contains("\xe2\x80\xae"));
  CHECK_THAT(page, !Contains("http://") && !Contains("https://") && !Contains("src="));
  CHECK_THAT(page, Contains("default-src 'none'"));
}

TEST_CASE("the table sends no control characters to a terminal") {
  const std::string text = as_text(Made().report);
  CHECK_THAT(text, !Contains("\x1b") && !Contains("\xe2\x80\xae"));
  CHECK_THAT(text, Contains("accuracy") && Contains("truly \\ said") && Contains("worst of 1 errors"));
}

TEST_CASE("the JSON has every measure with its interval, and what is undefined as null") {
  const boost::json::value all = boost::json::parse(as_json(Made().report));
  const boost::json::object& kind = all.at("kinds").at(0).as_object();
  CHECK(kind.at("measures").at("accuracy").at("value").as_double() == 0.5);
  CHECK(kind.at("measures").at("accuracy").at("interval").as_array().size() == 2);
  CHECK(kind.at("classes").at("positive").at("precision").at("value").is_null());
  CHECK(kind.at("subjects").at("acme").at("posts").as_int64() == 1);
  CHECK(kind.at("worst_errors").as_array().size() == 1);
}
