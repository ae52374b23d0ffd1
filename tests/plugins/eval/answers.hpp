// answers.hpp: labelled posts and what was found in them, written down in a test. One thread.
#pragma once

#include "score.hpp"

class Answers {
 public:
  using Label = earshot::eval::Label;
  using Said = earshot::eval::Said;

  static Label label(std::string kind, std::string subject, std::string value) {
    return {std::move(kind), std::move(subject), std::move(value), {}, false, {}};
  }
  static Label nothing(std::string kind) { return {std::move(kind), {}, {}, {}, true, {}}; }
  static Said said(std::string kind, std::string subject, std::string value, double score = 0.9) {
    Said out;
    out.kind = std::move(kind), out.subject = std::move(subject), out.value = std::move(value), out.score = score;
    return out;
  }

  void post(std::vector<Label> labels, std::vector<Said> found, std::set<std::string> complete = {},
            std::string group = {}) {
    earshot::eval::Case one;
    one.key = "t/" + std::to_string(labelled.cases.size());
    one.text = "a text", one.group = std::move(group), one.complete = std::move(complete);
    for (const Label& l : labels)
      if (l.none) one.complete.insert(l.kind);
    one.labels = std::move(labels);
    labelled.cases.push_back(std::move(one));
    findings.push_back(std::move(found));
  }

  // One post of `kind` for each pair of what is true and what is said; "" is nothing.
  void choices(const std::string& kind, const std::vector<std::pair<std::string, std::string>>& all) {
    for (const auto& [truly, answer] : all) {
      std::vector<Said> found;
      if (!answer.empty()) found.push_back(said(kind, "", answer));
      post({truly.empty() ? nothing(kind) : label(kind, "", truly)}, std::move(found));
    }
  }

  std::vector<earshot::eval::Task> tasks(earshot::eval::TaskOptions options = {{"duplicate"}, {}}) const {
    return earshot::eval::make_tasks(labelled, findings, options);
  }
  earshot::eval::Task task() const { return tasks().at(0); }

  earshot::eval::Labelled labelled;
  earshot::eval::Findings findings;
};

// The measure of a task; undefined where there is none.
inline earshot::eval::Measure measure_of(const earshot::eval::Task& task, const std::string& name,
                                         const std::string& class_ = {},
                                         earshot::eval::ScoreOptions options = {200, 1, false}) {
  for (const earshot::eval::Measure& m : earshot::eval::score(task, options).measures)
    if (m.name == name && m.class_ == class_) return m;
  return {};
}
