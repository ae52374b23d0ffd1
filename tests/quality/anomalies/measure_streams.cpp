// False alarms and found events on made-up streams, by posts a day.
//
//   measure_streams [STREAMS] [A_WEEK] [NOISE] [COPIES_A_WEEK]    so many streams a figure; see streams.hpp
#include <cstdio>
#include <cstdlib>
#include <initializer_list>

#include "streams.hpp"

using namespace earshot::quality;

int main(int argc, char** argv) {
  Plan plan;
  const auto number = [&](int at, double otherwise) { return argc > at ? std::atof(argv[at]) : otherwise; };
  plan.streams = static_cast<int>(number(1, 20)), plan.a_week = number(2, 1);
  plan.noise = number(3, 0.1), plan.copies_a_week = number(4, 0);
  std::printf("budget %.2f a week\n%12s %14s %8s %8s %8s %8s\n", plan.a_week, "posts a day", "false a week", "1.5x",
              "2x", "4x", "silence");
  for (const double a_day : {1., 5., 20., 100., 1000., 10'000., 100'000., 240'000.}) {
    plan.a_day = a_day;
    double false_alarms = 0, found[4];
    int at = 0;
    for (const double times : {1.5, 2., 4., 0.}) {
      plan.times = times;
      const Outcome outcome = simulate(plan);
      false_alarms += outcome.false_alarms_a_week / 4, found[at++] = outcome.share();
    }
    std::printf("%12.0f %14.2f %8.2f %8.2f %8.2f %8.2f\n", a_day, false_alarms, found[0], found[1], found[2], found[3]);
    std::fflush(stdout);
  }
}
