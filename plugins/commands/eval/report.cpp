#include "report.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace earshot::eval {
const Measure* measure(const Score& score, std::string_view name, std::string_view class_) {
  for (const Measure& m : score.measures)
    if (m.name == name && m.class_ == class_) return &m;
  return nullptr;
}

// Kinds, subjects and classes may hold any sign, so what is there is held against the name, not the name cut.
const Measure* find(const Report& report, std::string_view name) {
  const auto behind = [](std::string_view text, char sign, std::string_view word) -> std::optional<std::string_view> {
    if (!text.starts_with(sign) || !text.substr(1).starts_with(word)) return std::nullopt;
    return text.substr(1 + word.size());
  };
  const auto in = [&](const Score& score, std::string_view rest) -> const Measure* {
    for (const Measure& m : score.measures) {
      std::string_view left = rest;
      if (!m.class_.empty()) {
        const auto after = behind(rest, ':', m.class_);
        if (!after) continue;
        left = *after;
      }
      if (left == '.' + m.name) return &m;
    }
    return nullptr;
  };
  for (const Part& part : report.parts) {
    if (!name.starts_with(part.task.kind)) continue;
    const std::string_view rest = name.substr(part.task.kind.size());
    if (const Measure* m = in(part.score, rest)) return m;
    for (std::size_t i = 0; i < part.subjects.size(); ++i)
      if (const auto after = behind(rest, '/', part.subjects[i].subject))
        if (const Measure* m = in(part.subject_scores[i], *after)) return m;
  }
  return nullptr;
}

std::string names(const Report& report) {
  std::string out;
  for (const Part& part : report.parts)
    for (const Measure& m : part.score.measures)
      if (m.class_.empty()) out += fmt::format("{}{}.{}", out.empty() ? "" : ", ", part.task.kind, m.name);
  return out;
}

std::string shown(double value) {
  return std::isnan(value) ? "-" : fmt::format("{:.3f}", value);
}

std::string shown(const Interval& interval) {
  return std::isnan(interval.low) ? "" : fmt::format("{:.3f} to {:.3f}", interval.low, interval.high);
}

std::string_view name_of(Shape shape) {
  return shape == Shape::choice  ? "choice"
         : shape == Shape::sets  ? "sets"
         : shape == Shape::spans ? "spans"
                                 : "clusters";
}

double count_of(const Part& part, std::size_t truly, std::size_t said) {
  return part.score.cells[truly * columns_of(part.task) + said];
}

}  // namespace earshot::eval
