// How well the baseline finds anomalies: on labelled volumes of tweets by NAB's score, and on made-up streams. The
// labelled data does not ship with the project: without it those tests say so and pass.
#include <catch2/catch.hpp>
#include <cstdio>

#include "../data.hpp"
#include "nab.hpp"
#include "streams.hpp"

using namespace earshot::quality;

namespace {

struct Nab {
  std::vector<NabSeries> series;
  std::vector<std::vector<double>> scores;

  double threshold(std::size_t without = SIZE_MAX) const {
    std::vector<const NabSeries*> some;
    std::vector<const std::vector<double>*> of;
    for (std::size_t i = 0; i < series.size(); ++i)
      if (i != without) some.push_back(&series[i]), of.push_back(&scores[i]);
    return best_threshold(some, of);
  }
  double at(double threshold) const {
    NabScore total;
    for (std::size_t i = 0; i < series.size(); ++i) total += score(series[i], scores[i], threshold);
    return total.score();
  }
};

std::optional<Nab> nab(const std::string& below) {
  const auto folder = data("nab/" + below), labels = data("nab/labels/combined_windows.json");
  if (!folder || !labels) {
    WARN("skipped: there is no nab/ below EARSHOT_DATA nor in ../shared/data");
    return {};
  }
  Nab found;
  found.series = read_nab(*folder, *labels);
  for (const NabSeries& s : found.series) found.scores.push_back(scores_of(s));
  return found;
}

}  // namespace

TEST_CASE("the score is that of the benchmark") {
  const auto folder = data("nab"), labels = data("nab/labels/combined_windows.json");
  if (!folder || !labels) {
    WARN("skipped: there is no nab/ below EARSHOT_DATA nor in ../shared/data");
    return;
  }
  const auto raw = [&](const NabSeries& s, auto alarm) {
    std::vector<double> scores(s.values.size());
    for (std::size_t i = 0; i < scores.size(); ++i) scores[i] = alarm(i) ? 1 : 0;
    return score(s, scores, 0.5).raw;
  };
  const auto always = [](std::size_t) { return true; };
  const auto rarely = [](std::size_t i) { return i % 500 == 0; };
  const auto often = [](std::size_t i) { return i % 100 == 7; };
  for (const NabSeries& s : read_nab(*folder, *labels)) {
    if (s.name.find("AAPL") != std::string::npos) {
      CHECK(raw(s, always) == Approx(-1439.950204));
      CHECK(raw(s, rarely) == Approx(-1.409852));
      CHECK(raw(s, often) == Approx(-10.473613));
    } else if (s.name.find("CVS") != std::string::npos) {
      CHECK(raw(s, rarely) == Approx(-0.096029));
      CHECK(raw(s, often) == Approx(-11.483447));
    } else if (s.name.find("IBM") != std::string::npos) {
      CHECK(raw(s, rarely) == Approx(-0.893576));
    }
    CHECK(score(s, std::vector<double>(s.values.size()), 0.5).score() == 0);
  }
}

TEST_CASE("tweet volumes of five firms score at least 86, and 75 with a threshold that others chose") {
  const auto tweets = nab("");
  if (!tweets) return;
  const double best = tweets->threshold();
  NabScore left_out;
  for (std::size_t i = 0; i < tweets->series.size(); ++i)
    left_out += score(tweets->series[i], tweets->scores[i], tweets->threshold(i));
  std::printf("NAB tweets: %.1f at %.2f a week, %.1f at 1 a week, %.1f each with the threshold of the others\n",
              tweets->at(best), 1 / best - 1, tweets->at(score_at(1)), left_out.score());
  CHECK(tweets->at(best) >= 86);
  CHECK(left_out.score() >= 75);
  const auto others = nab("extra");
  if (!others) return;
  const double foreign = others->threshold();
  std::printf("NAB, threshold of 14 other series (%.2f a week): %.1f; those by themselves %.1f\n", 1 / foreign - 1,
              tweets->at(foreign), others->at(foreign));
  CHECK(tweets->at(foreign) >= 75);
}

TEST_CASE("planted events are found within two windows, and false alarms keep the budget") {
  for (const double a_day : {20., 1000., 100'000.}) {
    Plan plan;
    plan.a_day = a_day, plan.streams = 5;
    const Outcome twice = simulate(plan);
    plan.times = 4;
    const Outcome four = simulate(plan);
    std::printf("%.0f a day: %.2f found at 2x, %.2f at 4x, %.2f false alarms a week of 1\n", a_day, twice.share(),
                four.share(), twice.false_alarms_a_week);
    CHECK(twice.share() >= 0.85);  // few streams: the table of measure_streams has the figures
    CHECK(four.share() >= 0.75);
    CHECK(twice.false_alarms_a_week <= 1.5);
  }
}
