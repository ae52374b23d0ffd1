#include <boost/json.hpp>

#include "report.hpp"

namespace earshot::eval {
namespace {

namespace json = boost::json;

json::value number(double value) {
  return std::isnan(value) ? json::value() : json::value(value);
}

json::value of(const Interval& interval) {
  if (std::isnan(interval.low)) return {};
  return json::array{interval.low, interval.high};
}

json::object measures(const Score& score, std::string_view class_) {
  json::object out;
  for (const Measure& m : score.measures) {
    if (m.class_ != class_) continue;
    json::object one{{"value", number(m.value)}, {"interval", of(m.interval)}};
    if (m.of > 0) one["hits"] = m.hits, one["of"] = m.of;
    out[m.name] = std::move(one);
  }
  return out;
}

json::object classes(const Task& task, const Score& score) {
  json::object out;
  for (const std::string& c : task.classes)
    if (json::object all = measures(score, c); !all.empty() && !c.empty()) out[c] = std::move(all);
  return out;
}

json::array confusion(const Part& part) {
  json::array out;
  if (part.task.shape != Shape::choice) return out;
  for (std::size_t t = 0; t < part.task.true_classes; ++t) {
    json::object said;
    for (std::size_t s = 0; s < columns_of(part.task); ++s)
      if (const double n = count_of(part, t, s); n > 0)
        said[s < part.task.classes.size() ? part.task.classes[s] : std::string(kNothing)] = n;
    out.push_back(json::object{{"truly", part.task.classes[t]}, {"said", std::move(said)}});
  }
  return out;
}

json::array errors(const Report& report, const Part& part) {
  json::array out;
  for (std::size_t i = 0; i < std::min(part.task.wrong.size(), report.errors); ++i) {
    const Wrong& w = part.task.wrong[i];
    const Case& one = report.labelled->cases[w.of];
    out.push_back(json::object{{"post", one.key},
                               {"subject", w.subject},
                               {"said", w.said},
                               {"score", w.score},
                               {"truly", w.truly},
                               {"reason", w.reason},
                               {"text", one.text}});
  }
  return out;
}

json::object against(const Report& report, const Comparison& comparison) {
  json::object all;
  for (const Compared& c : comparison.measures)
    if (c.class_.empty())
      all[c.name] = json::object{
          {"this", number(c.first)}, {"other", number(c.second)}, {"difference", of(c.difference)}, {"p", number(c.p)}};
  return {{"pipeline", report.against},
          {"measures", std::move(all)},
          {"right_here_alone", comparison.only_first},
          {"right_there_alone", comparison.only_second},
          {"mcnemar_p", number(comparison.mcnemar)}};
}

}  // namespace

std::string as_json(const Report& report) {
  json::array kinds;
  for (const Part& part : report.parts) {
    json::object one{{"kind", part.task.kind},
                     {"shape", json::string(name_of(part.task.shape))},
                     {"posts", part.task.posts},
                     {"measures", measures(part.score, "")},
                     {"classes", classes(part.task, part.score)},
                     {"confusion", confusion(part)}};
    json::object subjects;
    for (std::size_t i = 0; i < part.subjects.size(); ++i)
      subjects[part.subjects[i].subject] = json::object{{"posts", part.subjects[i].posts},
                                                        {"measures", measures(part.subject_scores[i], "")},
                                                        {"classes", classes(part.subjects[i], part.subject_scores[i])}};
    one["subjects"] = std::move(subjects);
    if (!report.against.empty()) one["against"] = against(report, part.against);
    one["errors"] = part.task.wrong.size();
    one["worst_errors"] = errors(report, part);
    kinds.push_back(std::move(one));
  }
  json::array files;
  for (const std::string& f : report.files) files.emplace_back(f);
  return json::serialize(json::object{{"pipeline", report.pipeline},
                                      {"labelled", std::move(files)},
                                      {"posts", report.labelled->cases.size()},
                                      {"left_out", report.left_out},
                                      {"kinds", std::move(kinds)}}) +
         '\n';
}

}  // namespace earshot::eval
