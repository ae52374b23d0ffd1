#include "nab.hpp"

#include <simdjson.h>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <map>
#include <stdexcept>

#include "baseline/event.hpp"

namespace earshot::quality {

using namespace baseline;

namespace {

std::int64_t seconds(const std::string& text) {  // 2015-02-26 21:42:53
  int y = 0, h = 0, m = 0, s = 0;
  unsigned month = 0, d = 0;
  if (std::sscanf(text.c_str(), "%d-%u-%u %d:%d:%d", &y, &month, &d, &h, &m, &s) != 6)
    throw std::runtime_error("no time: " + text);
  const std::chrono::sys_days day = std::chrono::year{y} / std::chrono::month{month} / std::chrono::day{d};
  return day.time_since_epoch().count() * 86400LL + h * 3600 + m * 60 + s;
}

double sigmoid(double y) {
  return y > 3 ? -1 : 2 / (1 + std::exp(5 * y)) - 1;
}

std::size_t probation(const NabSeries& series) {
  return std::min<std::size_t>(series.values.size() * 15 / 100, 750);
}

// What an alarm in each row is worth, and the window that it lies in (-1: none).
struct Row {
  double weight = 0;
  int window = -1;
};
std::vector<Row> rows_of(const NabSeries& series, const Profile& profile) {
  std::vector<Row> rows(series.values.size());
  for (std::size_t k = 0; k < series.windows.size(); ++k) {
    const auto [first, last] = series.windows[k];
    const double width = static_cast<double>(last - first + 1);
    for (std::size_t i = first; i <= last; ++i)
      rows[i] = {profile.hit * sigmoid(-static_cast<double>(last - i + 1) / width) / sigmoid(-1), static_cast<int>(k)};
  }
  int before = -1;
  for (std::size_t i = 0; i < rows.size(); ++i) {
    if (rows[i].window >= 0) {
      before = rows[i].window;
      continue;
    }
    rows[i].weight = -profile.false_alarm;
    if (before < 0) continue;
    const auto [first, last] = series.windows[static_cast<std::size_t>(before)];
    rows[i].weight = profile.false_alarm * sigmoid(static_cast<double>(i - last) / static_cast<double>(last - first));
  }
  return rows;
}

std::int64_t usual_step(const NabSeries& series) {
  std::vector<std::int64_t> steps;
  for (std::size_t i = 1; i < series.times.size(); ++i) steps.push_back(series.times[i] - series.times[i - 1]);
  std::nth_element(steps.begin(), steps.begin() + static_cast<std::ptrdiff_t>(steps.size() / 2), steps.end());
  return steps[steps.size() / 2];
}

}  // namespace

std::vector<NabSeries> read_nab(const std::filesystem::path& folder, const std::filesystem::path& labels) {
  simdjson::dom::parser parser;
  simdjson::dom::object all = parser.load(labels.string()).get_object();
  std::vector<NabSeries> found;
  for (const auto [name, windows] : all) {
    NabSeries series;
    series.name = std::string(name);
    std::ifstream in(folder / series.name);
    if (!in) continue;
    series.counts = series.name.starts_with("realTweets");
    std::map<std::string, std::size_t> by_time;
    std::string line;
    std::getline(in, line);
    while (std::getline(in, line)) {
      const std::size_t comma = line.find(',');
      if (comma == std::string::npos) continue;
      by_time[line.substr(0, comma)] = series.values.size();
      series.times.push_back(seconds(line));
      series.values.push_back(std::strtod(line.c_str() + comma + 1, nullptr));
    }
    for (simdjson::dom::element window : windows.get_array()) {
      const auto row = [&](std::size_t end) {
        return by_time.at(std::string(std::string_view(window.at(end))).substr(0, 19));
      };
      series.windows.emplace_back(row(0), row(1));
    }
    found.push_back(std::move(series));
  }
  return found;
}

double NabScore::score(const Profile& profile) const {
  const double n = static_cast<double>(windows), silent = -profile.miss * n, perfect = profile.hit * n;
  return 100 * (raw - silent) / (perfect - silent);
}

NabScore& NabScore::operator+=(const NabScore& o) {
  raw += o.raw, windows += o.windows, hits += o.hits, false_alarms += o.false_alarms;
  return *this;
}

namespace {

// A row with a score, and what an alarm there is worth.
struct Alarm {
  double score;
  Row row;
};

std::vector<Alarm> alarms_of(const NabSeries& series, const std::vector<double>& scores, const Profile& profile) {
  const std::vector<Row> rows = rows_of(series, profile);
  std::vector<Alarm> alarms;
  for (std::size_t i = probation(series); i < rows.size(); ++i)
    if (scores[i] > 0) alarms.push_back({scores[i], rows[i]});
  return alarms;
}

NabScore score(const std::vector<Alarm>& alarms, std::size_t windows, double threshold, const Profile& profile) {
  std::vector<double> best(windows, -profile.miss);
  std::vector<bool> hit(windows);
  NabScore total;
  total.windows = windows;
  for (const Alarm& alarm : alarms) {
    if (alarm.score < threshold) continue;
    if (alarm.row.window < 0) {
      total.raw += alarm.row.weight, ++total.false_alarms;
      continue;
    }
    const auto k = static_cast<std::size_t>(alarm.row.window);
    best[k] = hit[k] ? std::max(best[k], alarm.row.weight) : alarm.row.weight;
    hit[k] = true;
  }
  for (const double b : best) total.raw += b;
  total.hits = static_cast<std::size_t>(std::count(hit.begin(), hit.end(), true));
  return total;
}

}  // namespace

NabScore score(const NabSeries& series, const std::vector<double>& scores, double threshold, const Profile& profile) {
  return score(alarms_of(series, scores, profile), series.windows.size(), threshold, profile);
}

double best_threshold(const std::vector<const NabSeries*>& series,
                      const std::vector<const std::vector<double>*>& scores, const Profile& profile) {
  std::vector<double> candidates{1.1};
  std::vector<std::vector<Alarm>> alarms;
  for (std::size_t f = 0; f < series.size(); ++f) {
    alarms.push_back(alarms_of(*series[f], *scores[f], profile));
    for (const Alarm& alarm : alarms.back()) candidates.push_back(alarm.score);
  }
  std::sort(candidates.begin(), candidates.end());
  candidates.erase(std::unique(candidates.begin(), candidates.end()), candidates.end());
  double best = 1.1, most = -1e300;
  for (const double threshold : candidates) {
    double raw = 0;
    for (std::size_t f = 0; f < series.size(); ++f)
      raw += score(alarms[f], series[f]->windows.size(), threshold, profile).raw;
    if (raw >= most) most = raw, best = threshold;
  }
  return best;
}

std::vector<double> scores_of(const NabSeries& series) {
  const std::int64_t step = usual_step(series), second = kMinute / 60;
  const std::int64_t window = (step <= 300 ? 300 : step <= 1800 ? 1800 : 3600) * second;
  const Shape shape = Shape::of(window, Season::week, !series.counts, series.counts ? 6 : 0);
  const auto local = [&](std::int64_t slot) {
    const std::int64_t hour = floor_div(slot * shape.slot, kHour), day = floor_div(hour, 24);
    return LocalTime{static_cast<std::uint8_t>(hour - day * 24), static_cast<std::uint8_t>(((day + 3) % 7 + 7) % 7)};
  };
  std::vector<double> scores(series.values.size(), 0);
  std::int64_t row = shape.row_at(series.times.front() * second) - 1, slot = shape.slot_of(row + 1);
  Watch watch(shape, row + 1);
  const Rules rules{};
  LastTold told[2];
  const auto note = [&](std::size_t i) {
    const Verdict& verdict = watch.verdict();
    LastTold& last = told[static_cast<std::size_t>(verdict.direction)];
    if (verdict.a_week >= 1e9 || !last.is_news(shape, verdict, row)) return;
    last.tell(verdict, row);
    scores[i] = std::max(scores[i], score_at(verdict.a_week));
  };
  for (std::size_t i = 0; i < series.values.size(); ++i) {
    row = std::max(row + 1, shape.row_at(series.times[i] * second));
    for (; slot < shape.slot_of(row); ++slot) {
      watch.close_slot(shape, rules, local(slot), slot);
      if (i > 0) note(i - 1);
    }
    const double value = series.values[i];
    watch.row(shape, rules, local(slot), row, {value, series.counts ? 0.0 : 1.0, value * value}, 0);
    note(i);
  }
  return scores;
}

}  // namespace earshot::quality
