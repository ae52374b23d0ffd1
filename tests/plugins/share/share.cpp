#include "share/share.hpp"

#include <array>
#include <catch2/catch.hpp>
#include <cmath>
#include <random>

using namespace earshot::share;

namespace {

const Kind kTwo{.values = {"no", "yes"}};

// Posts of which `share` are "yes", and what a calibrated model that learned from an even mix says of them: scores
// around +1 and -1 with a variance of 2 have these log odds.
std::vector<double> posts(double share, std::size_t count, unsigned seed = 7) {
  std::mt19937 random(seed);
  std::normal_distribution<double> noise(0, std::sqrt(2.0));
  std::vector<double> out;
  for (std::size_t i = 0; i < count; ++i) {
    const bool is = static_cast<double>(i) < share * static_cast<double>(count);
    out.push_back(1 / (1 + std::exp(-(is ? 1.0 : -1.0) - noise(random))));
  }
  return out;
}

Share yes(const std::vector<double>& probabilities, const Kind& kind = kTwo) {
  Estimator estimator(kind);
  for (const double p : probabilities) estimator.add(std::array{1 - p, p});
  return estimator.shares()[1];
}

double counted(const std::vector<double>& all) {
  double n = 0;
  for (const double p : all) n += p > 0.5;
  return n / static_cast<double>(all.size());
}

}  // namespace

TEST_CASE("the share of a value is found where the mix is another than in training") {
  const double share = GENERATE(0.05, 0.2, 0.5, 0.9);
  CHECK(yes(posts(share, 4000)).value == Approx(share).margin(0.04));
}

TEST_CASE("counting answers is further off") {
  const auto p = posts(0.05, 4000);
  CHECK(std::abs(counted(p) - 0.05) > 3 * std::abs(yes(p).value - 0.05));
}

TEST_CASE("the interval of a share holds the true one nineteen times in twenty") {
  const double share = GENERATE(0.1, 0.5, 0.8);
  Kind kind = kTwo;
  kind.trust.strength = 1;  // what is expected, one half, is not so
  int held = 0;
  for (unsigned seed = 0; seed < 200; ++seed) {
    const Share found = yes(posts(share, 100, seed), kind);
    held += found.low <= share && share <= found.high;
  }
  CHECK(held >= 184);
  CHECK(held < 200);
}

TEST_CASE("the interval narrows with the posts, to what the subject is unlike others by") {
  const auto width = [](std::size_t count, double unlike) {
    Kind kind = kTwo;
    kind.trust.unlike = unlike;
    const Share s = yes(posts(0.3, count), kind);
    CHECK(s.low < s.value);
    CHECK(s.value < s.high);
    return s.high - s.low;
  };
  CHECK(width(1000, 0) < width(100, 0) / 2.5);
  CHECK(width(100'000, 0.05) == Approx(width(10'000, 0.05)).margin(0.02));  // as wide as of twenty posts
}

TEST_CASE("posts that the detector is silent about are taken as the mix that it is silent about") {
  Kind kind = kTwo;
  kind.trust.strength = 0.001, kind.silent = {0.9, 0.1};
  Estimator estimator(kind);
  estimator.add(std::array{0.0, 1.0}, 50);
  CHECK(estimator.shares()[1].value > 0.99);
  estimator.add_silent(50);
  CHECK(estimator.posts() == 100);
  CHECK(estimator.shares()[1].value < 0.6);
  // What the detector is silent about as often in either says nothing.
  Estimator other(kTwo), more(kTwo);
  other.add(std::array{0.2, 0.8}, 50), more.add(std::array{0.2, 0.8}, 50);
  more.add_silent(100);
  CHECK(more.shares()[1].value == Approx(other.shares()[1].value).margin(0.02));
}

TEST_CASE("many posts alike are as each of them by itself") {
  Estimator each(kTwo), together(kTwo);
  for (int i = 0; i < 40; ++i) each.add(std::array{0.3, 0.7});
  together.add(std::array{0.3, 0.7}, 40);
  CHECK(together.shares()[1].value == Approx(each.shares()[1].value));
  CHECK(together.shares()[1].high == Approx(each.shares()[1].high));
}

TEST_CASE("a finding that tells its own probability alone is enough") {
  Estimator alone(kTwo), all(kTwo);
  alone.add("yes", 0.8, 30), all.add(std::array{0.2, 0.8}, 30);
  CHECK(alone.shares()[1].value == Approx(all.shares()[1].value));
  alone.add("perhaps", 0.8, 30);
  CHECK(alone.posts() == 30);
}

TEST_CASE("without posts the shares are those of training") {
  CHECK(Estimator({.values = {"no", "yes"}, .trained_on = {0.25, 0.75}}).shares()[1].value == Approx(0.75));
  CHECK(Estimator({.values = {"a", "b", "c"}}).shares()[0].value == Approx(1.0 / 3));
  CHECK(Estimator({}).shares().empty());
  CHECK(Estimator({.values = {"all"}}).shares()[0].value == 1);
}

TEST_CASE("shares add up to one and stay in their bounds whatever they are made of") {
  Estimator estimator({.values = {"a", "b", "c"}});
  estimator.add(std::array{0.0, 0.0, 0.0}), estimator.add(std::array{1.0, 0.0, 0.0});
  estimator.add(std::array{0.0, 0.0, 1.0}, 1e9), estimator.add(std::array{std::nan(""), 2.0, -1.0});
  estimator.add(std::array{0.5, 0.5}), estimator.add(std::array{0.2, 0.3, 0.5}, -3);
  double sum = 0;
  for (const Share& s : estimator.shares()) {
    sum += s.value;
    CHECK(s.low >= 0);
    CHECK(s.low <= s.value);
    CHECK(s.value <= s.high);
    CHECK(s.high <= 1);
  }
  CHECK(sum == Approx(1));
}

TEST_CASE("a value may be told from the others first, and trusted less than they are") {
  const Kind plain{.values = {"bad", "so", "good"}};
  Kind apart = plain;
  apart.apart = "so", apart.of_apart = {3, 0.3};
  Estimator one(plain), two(apart);
  for (Estimator* e : {&one, &two}) {
    for (int i = 0; i < 300; ++i) e->add(std::array{0.1, 0.5, 0.4});
    for (int i = 0; i < 100; ++i) e->add(std::array{0.8, 0.1, 0.1});
  }
  const auto in_one = one.shares(), in_two = two.shares();
  CHECK(in_one[1].value > 0.6);  // swept along by posts that are a little more "so" than anything else
  CHECK(in_two[1].value < 0.45);
  CHECK(in_two[0].value + in_two[1].value + in_two[2].value == Approx(1));
  CHECK(in_two[1].high - in_two[1].low > in_one[1].high - in_one[1].low);
}

TEST_CASE("of some values the mix is that of these alone") {
  const std::vector<std::string> two{"c", "a", "other"};
  const Kind kind = only({.values = {"a", "b", "c"}, .trained_on = {0.1, 0.6, 0.3}}, two);
  CHECK(kind.values == std::vector<std::string>{"c", "a"});
  CHECK(Estimator(kind).shares()[0].value == Approx(0.75));
}

TEST_CASE("divergence is none between equal mixes, and more the further they are apart") {
  const std::vector<double> a{0.3, 0.7}, b{0.4, 0.6}, c{0.9, 0.1};
  CHECK(divergence(a, a, 50) == Approx(0).margin(1e-12));
  CHECK(divergence(a, b, 50) > 0);
  CHECK(divergence(a, c, 50) > divergence(a, b, 50));
}
