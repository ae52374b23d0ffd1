// weeks.hpp: four weeks of posts about three brands, made by seed: more by day than by night, more on workdays, with a
// crisis and a silence where asked for.
#pragma once

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <random>
#include <string>
#include <vector>

#include <earshot/testing.hpp>

namespace earshot::testing {

struct Plan {
  std::uint64_t seed = 1;
  int days = 28;
  double a_day = 20;         // posts about each brand
  int crisis_day = -1;       // of "acme"
  double crisis = 6;         // times as many
  int quiet_day = -1;        // of "rival"
  double others_a_day = 60;  // posts about nobody
};

// `hours(h)` posts of an hour of the day come to 24 in all.
inline double share_of_hour(int hour) {
  return 1 + 0.8 * std::sin((hour - 8) * 3.14159265 / 12);
}

inline std::vector<TestPost> weeks(const Plan& plan) {
  std::mt19937_64 random(plan.seed);
  const Time start = at("2026-03-02T00:00:00Z");  // a Monday
  std::vector<TestPost> posts;
  const auto pour = [&](const std::string& brand, int hour, double mean) {
    const int n = std::poisson_distribution<int>(std::max(mean, 1e-9))(random);
    for (int i = 0; i < n; ++i) {
      TestPost p;
      p.id = brand + std::to_string(posts.size());
      p.published = p.collected =
          start + std::chrono::hours(hour) + std::chrono::seconds(std::uniform_int_distribution<int>(0, 3599)(random));
      p.by("author" + std::to_string(random() % 500))
          .body("about " + brand + ", number " + std::to_string(posts.size()));
      if (!brand.empty()) p.found("mention", brand);
      posts.push_back(std::move(p));
    }
  };
  for (int hour = 0; hour < plan.days * 24; ++hour) {
    const int day = hour / 24;
    const double usual = share_of_hour(hour % 24) / 24 * (day % 7 >= 5 ? 0.8 : 1.08);
    pour("acme", hour, plan.a_day * usual * (day == plan.crisis_day ? plan.crisis : 1));
    pour("rival", hour, plan.a_day * usual * (day == plan.quiet_day ? 0 : 1));
    pour("other", hour, plan.a_day * usual);
    pour("", hour, plan.others_a_day * usual);
  }
  std::sort(posts.begin(), posts.end(), [](const TestPost& a, const TestPost& b) {
    return std::tie(a.published, a.id) < std::tie(b.published, b.id);
  });
  return posts;
}

}  // namespace earshot::testing
