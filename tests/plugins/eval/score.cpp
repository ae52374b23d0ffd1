// Tasks and their scores: what counts as right, wrong, missed and not stated, for each shape of labels.
#include "score.hpp"

#include <catch2/catch.hpp>

#include "answers.hpp"

using namespace earshot::eval;

namespace {

// Truly 4 negative, 4 positive, 2 neutral; one without an answer.
Answers sentiments() {
  Answers all;
  all.choices("sentiment", {{"negative", "negative"},
                            {"negative", "negative"},
                            {"negative", "positive"},
                            {"negative", ""},
                            {"positive", "positive"},
                            {"positive", "positive"},
                            {"positive", "positive"},
                            {"positive", "negative"},
                            {"neutral", "neutral"},
                            {"neutral", "positive"}});
  return all;
}

}  // namespace

TEST_CASE("a choice: accuracy over all, and where something was said") {
  const Task task = sentiments().task();
  CHECK(task.shape == Shape::choice);
  CHECK(measure_of(task, "accuracy").value == Approx(0.6));
  CHECK(measure_of(task, "coverage").value == Approx(0.9));
  CHECK(measure_of(task, "accuracy_where_said").value == Approx(6.0 / 9));
}

TEST_CASE("a choice: precision over what was said, recall over what is there") {
  const Task task = sentiments().task();
  CHECK(measure_of(task, "precision", "negative").value == Approx(2.0 / 3));
  CHECK(measure_of(task, "recall", "negative").value == Approx(0.5));
  CHECK(measure_of(task, "f1", "negative").value == Approx(4.0 / 7));
  CHECK(measure_of(task, "precision", "positive").value == Approx(0.6));
  CHECK(measure_of(task, "recall", "positive").value == Approx(0.75));
  CHECK(measure_of(task, "f1", "neutral").value == Approx(2.0 / 3));
  CHECK(measure_of(task, "false_positive_rate", "positive").value == Approx(2.0 / 6));
}

TEST_CASE("a choice: macro measures are means over the classes that are there") {
  const Task task = sentiments().task();
  CHECK(measure_of(task, "macro_recall").value == Approx((0.5 + 0.75 + 0.5) / 3));
  CHECK(measure_of(task, "macro_f1").value == Approx((4.0 / 7 + 2.0 / 3 + 2.0 / 3) / 3));
  CHECK(measure_of(task, "macro_precision").value == Approx((2.0 / 3 + 0.6 + 1) / 3));
}

TEST_CASE("a choice: a value that is nowhere true is wrong, and no class of the mean") {
  Answers all;
  all.choices("sentiment", {{"negative", "mixed"}, {"positive", "positive"}});
  CHECK(measure_of(all.task(), "macro_recall").value == Approx(0.5));
  CHECK(measure_of(all.task(), "accuracy").value == Approx(0.5));
  CHECK(std::isnan(measure_of(all.task(), "recall", "mixed").value));
}

TEST_CASE("where nothing may truly be there, no finding says so and is no abstention") {
  Answers all;
  all.choices("spam", {{"spam", "spam"}, {"spam", ""}, {"", ""}, {"", ""}, {"", "spam"}});
  CHECK(measure_of(all.task(), "accuracy").value == Approx(0.6));
  CHECK(std::isnan(measure_of(all.task(), "coverage").value));
  CHECK(measure_of(all.task(), "recall", "(none)").value == Approx(2.0 / 3));
  CHECK(measure_of(all.task(), "f1", "spam").value == Approx(0.5));
  CHECK(measure_of(all.task(), "false_positive_rate", "spam").value == Approx(1.0 / 3));
}

TEST_CASE("a label about a subject is answered by a finding about it alone") {
  Answers all;
  all.post({Answers::label("sentiment", "acme", "positive"), Answers::label("sentiment", "bolt", "negative")},
           {Answers::said("sentiment", "acme", "positive"), Answers::said("sentiment", "", "positive")});
  const std::vector<Task> tasks = all.tasks();
  REQUIRE(tasks.size() == 3);
  CHECK(measure_of(tasks[0], "accuracy").value == Approx(0.5));
  CHECK(measure_of(tasks[0], "coverage").value == Approx(0.5));
  CHECK(tasks[1].subject == "acme");
  CHECK(measure_of(tasks[1], "accuracy").value == 1);
  CHECK(tasks[2].subject == "bolt");
  CHECK(measure_of(tasks[2], "coverage").value == 0);
}

TEST_CASE("a label of the whole post is answered by the surest finding where none is of the whole post") {
  Answers all;
  all.post({Answers::label("sentiment", "", "negative")},
           {Answers::said("sentiment", "acme", "positive", 0.6), Answers::said("sentiment", "bolt", "negative", 0.8)});
  CHECK(measure_of(all.task(), "accuracy").value == 1);
}

TEST_CASE("with `values` the likeliest of them is the answer") {
  Answers all;
  Answers::Said said = Answers::said("sentiment", "", "neutral", 0.5);
  said.shares = {{"negative", 0.3}, {"neutral", 0.5}, {"positive", 0.2}};
  all.post({Answers::label("sentiment", "", "negative")}, {said});
  CHECK(measure_of(all.tasks({{}, {"negative", "positive"}})[0], "accuracy").value == 1);
  CHECK(measure_of(all.tasks({{}, {}})[0], "accuracy").value == 0);
}

TEST_CASE("of sentiment's values that is the answer which gained most beside its share in training") {
  Answers all;
  Answers::Said said = Answers::said("sentiment", "", "neutral", 0.5);
  said.shares = {{"negative", 0.2}, {"neutral", 0.5}, {"positive", 0.3}};  // positive is the more frequent by far
  all.post({Answers::label("sentiment", "", "negative")}, {said});
  CHECK(measure_of(all.tasks({{}, {"negative", "positive"}})[0], "accuracy").value == 1);
}

TEST_CASE("mentions: what is found besides is wrong only where everything is labelled") {
  Answers all;
  const auto acme = Answers::label("mention", "acme", "");
  const auto found_acme = Answers::said("mention", "acme", ""), found_bolt = Answers::said("mention", "bolt", "");
  all.post({acme}, {found_acme, found_acme, found_bolt}, {"mention"});  // right twice is right once; bolt is wrong
  all.post({acme}, {}, {"mention"});
  all.post({}, {}, {"mention"});
  all.post({acme}, {found_acme, found_bolt});  // not all is labelled: bolt may be there
  const Task task = all.task();
  CHECK(task.shape == Shape::sets);
  CHECK(measure_of(task, "precision").value == Approx(0.5));
  CHECK(measure_of(task, "recall").value == Approx(2.0 / 3));
  CHECK(measure_of(task, "f1").value == Approx(2 * 0.5 * (2.0 / 3) / (0.5 + 2.0 / 3)));
  CHECK(measure_of(task, "posts_right").value == Approx(1.0 / 3));
  CHECK(measure_of(task, "f1", "bolt").value == 0);
}

TEST_CASE("mentions: without a post where everything is labelled there is no precision") {
  Answers all;
  all.post({Answers::label("mention", "acme", "")}, {Answers::said("mention", "acme", "")});
  CHECK(std::isnan(measure_of(all.task(), "precision").value));
  CHECK(std::isnan(measure_of(all.task(), "f1").value));
  CHECK(measure_of(all.task(), "recall").value == 1);
}

TEST_CASE("several values of one post are a set, and each is there or not") {
  Answers all;
  all.post({Answers::label("intent", "", "asks"), Answers::label("intent", "", "leaves")},
           {Answers::said("intent", "", "asks"), Answers::said("intent", "", "buys")}, {"intent"});
  const Task task = all.task();
  CHECK(task.shape == Shape::sets);
  CHECK(measure_of(task, "precision").value == Approx(0.5));
  CHECK(measure_of(task, "recall").value == Approx(0.5));
  CHECK(measure_of(task, "recall", "leaves").value == 0);
}

TEST_CASE("spans: the same bytes and type are right; what overlaps is told apart") {
  const auto at = [](std::uint32_t begin, std::uint32_t end, std::string type) {
    Answers::Label out{"entity", {}, {}, std::move(type), false, Place{0, begin, end}};
    return out;
  };
  const auto said = [](std::uint32_t begin, std::uint32_t end, std::string type) {
    Answers::Said out = Answers::said("entity", "", "x");
    out.type = std::move(type), out.place = Place{0, begin, end};
    return out;
  };
  Answers all;
  all.post({at(0, 4, "company"), at(10, 16, "person"), at(20, 24, "place")},
           {said(0, 4, "company"), said(10, 13, "person"), said(20, 24, "person")}, {"entity"});
  const Task task = all.task();
  CHECK(task.shape == Shape::spans);
  CHECK(measure_of(task, "precision").value == Approx(1.0 / 3));
  CHECK(measure_of(task, "recall").value == Approx(1.0 / 3));
  CHECK(measure_of(task, "overlap_precision").value == Approx(2.0 / 3));
  CHECK(measure_of(task, "overlap_recall").value == Approx(2.0 / 3));
  CHECK(measure_of(task, "f1", "company").value == 1);
}

TEST_CASE("clusters: a post without a finding is the first of its cluster") {
  Answers all;  // truly 0 1 2 | 3 4, said 0 1 | 2 3 | 4
  const auto in = [](const char* cluster) { return std::vector{Answers::label("duplicate", "", cluster)}; };
  all.post(in("a"), {});
  all.post(in("a"), {Answers::said("duplicate", "", "t/0")});
  all.post(in("a"), {});
  all.post(in("b"), {Answers::said("duplicate", "", "t/2")});
  all.post(in("b"), {});
  const Task task = all.task();
  CHECK(task.shape == Shape::clusters);
  CHECK(measure_of(task, "precision").value == Approx(0.5));
  CHECK(measure_of(task, "recall").value == Approx(0.25));
  CHECK(measure_of(task, "f1").value == Approx(1.0 / 3));
}

TEST_CASE("the share that a subject has is compared, and the mean over subjects is told") {
  Answers all;
  for (int i = 0; i < 4; ++i)
    all.post({Answers::label("sentiment", "acme", i < 3 ? "positive" : "negative")},
             {Answers::said("sentiment", "acme", i < 2 ? "positive" : "negative")});
  all.post({Answers::label("sentiment", "bolt", "positive")}, {Answers::said("sentiment", "bolt", "positive")});
  const std::vector<Task> tasks = all.tasks();
  const double acme = 0.7 * std::log(1.4) + 0.3 * std::log(0.6);
  CHECK(measure_of(tasks[1], "share_divergence").value == Approx(acme));
  std::vector<Score> scores{score(tasks[1], {}), score(tasks[2], {})};
  for (const Measure& m : means_over_subjects(scores, {})) {
    if (m.name == "subjects_share_divergence") CHECK(m.value == Approx(acme / 2));
    if (m.name == "subjects_macro_recall") CHECK(m.value == Approx(((2.0 / 3 + 1) / 2 + 1) / 2));
  }
}

TEST_CASE("intervals hold the value, are the same for the same seed, and wider where posts come in groups") {
  Answers alone, grouped;
  for (int i = 0; i < 200; ++i) {
    const std::string truly = i % 2 == 0 ? "a" : "b", said = i / 20 % 3 == 0 ? "a" : truly;
    for (Answers* all : {&alone, &grouped})
      all->post({Answers::label("label", "", truly)}, {Answers::said("label", "", said)}, {},
                all == &grouped ? std::to_string(i / 20) : "");
  }
  const Measure one = measure_of(alone.task(), "macro_f1"), again = measure_of(alone.task(), "macro_f1"),
                wide = measure_of(grouped.task(), "macro_f1");
  CHECK(one.interval.low < one.value);
  CHECK(one.value < one.interval.high);
  CHECK(one.interval.low == again.interval.low);
  CHECK(wide.interval.high - wide.interval.low > one.interval.high - one.interval.low);
  CHECK(measure_of(grouped.task(), "accuracy", "", {200, 1, true}).interval.low <
        measure_of(grouped.task(), "accuracy", "", {200, 1, false}).interval.low);
}

TEST_CASE("two pipelines: the difference has an interval, and a plain gain a small p") {
  Answers good, bad;
  for (int i = 0; i < 100; ++i) {
    const std::string truly = i % 2 == 0 ? "a" : "b";
    good.choices("label", {{truly, i < 90 ? truly : "c"}});
    bad.choices("label", {{truly, i < 60 ? truly : "c"}});
  }
  const Comparison beside = compare(bad.task(), good.task(), {500, 1, false});
  CHECK(beside.only_first == 0);
  CHECK(beside.only_second == 30);
  CHECK(beside.mcnemar < 1e-6);
  const Compared& accuracy = beside.measures.at(0);
  CHECK(accuracy.name == "accuracy");
  CHECK(accuracy.second - accuracy.first == Approx(0.3));
  CHECK(accuracy.difference.low > 0.15);
  CHECK(accuracy.difference.high < 0.45);
  CHECK(accuracy.p < 0.01);
  CHECK(compare(good.task(), good.task(), {500, 1, false}).measures.at(0).p == 1);
}

TEST_CASE("the worst errors are those that were surest, and say with which words") {
  Answers all;
  for (const double sure : {0.6, 0.95, 0.8}) {
    Answers::Said said = Answers::said("sentiment", "", "positive", sure);
    said.reason = "words: great";
    all.post({Answers::label("sentiment", "", "negative")}, {said});
  }
  const Task task = all.task();
  REQUIRE(task.wrong.size() == 3);
  CHECK(task.wrong[0].score == 0.95);
  CHECK(task.wrong[2].score == 0.6);
  CHECK(task.wrong[0].truly == "negative");
  CHECK(task.wrong[0].reason == "words: great");
}

TEST_CASE("the share of each value is estimated from the probabilities, nearer than by counting answers") {
  Answers answers;
  const auto add = [&](const char* subject, const char* truly, double positive) {
    Answers::Said said = Answers::said("sentiment", subject, positive > 0.5 ? "positive" : "negative");
    said.score = std::max(positive, 1 - positive);
    said.shares = {{"negative", 1 - positive}, {"positive", positive}};
    answers.post({Answers::label("sentiment", subject, truly)}, {said});
  };
  // Of acme one in ten is positive, and what is said of it is no more sure than 0.7 either way.
  for (int i = 0; i < 200; ++i) add("acme", i < 20 ? "positive" : "negative", (i < 14 || i >= 146) ? 0.7 : 0.3);
  for (int i = 0; i < 200; ++i) add("bolt", i % 2 == 0 ? "positive" : "negative", i % 2 == 0 ? 0.9 : 0.1);
  const auto tasks = answers.tasks();
  REQUIRE(tasks.at(1).subject == "acme");
  const auto share = measure_of(tasks[1], "share_estimated", "positive");
  CHECK(measure_of(tasks[1], "share_said", "positive").value == Approx(0.34));
  CHECK(share.value < 0.2);
  CHECK(share.interval.low < share.value);
  CHECK(share.interval.high > share.value);
  CHECK(measure_of(tasks[1], "share_divergence_estimated").value < measure_of(tasks[1], "share_divergence").value / 2);
}

TEST_CASE("where silence is an answer, or nothing is said, no share is estimated") {
  Answers spam, silent;
  spam.choices("spam", {{"", ""}, {"yes", "yes"}, {"no", "yes"}});
  CHECK(std::isnan(measure_of(spam.task(), "share_estimated", "yes").value));
  silent.choices("mood", {{"good", ""}, {"bad", ""}});
  CHECK(std::isnan(measure_of(silent.task(), "share_estimated", "good").value));
}
