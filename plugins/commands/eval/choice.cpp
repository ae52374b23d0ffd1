#include "choice.hpp"

#include <algorithm>
#include <numeric>

namespace earshot::eval {
namespace {

// One answer beside what is true. An empty value: nothing.
struct Answer {
  std::size_t of;
  std::uint32_t group;
  std::string subject, truly, said, reason;
  double score = 0;
  std::map<std::string, double> shares;  // the probability of each value, where the finding tells it
  bool labelled = true;                  // it was asked for by a label; else it was said besides
};

struct Best {
  std::string value, reason;
  double score = -1;
  std::map<std::string, double> shares = {};
};

// What a probability is held against: among some of a detector's values the answer is the one that gained most beside
// its share in training, else what is frequent would have it too often.
double expected(const std::string& kind, const std::string& value) {
  const share::Kind& known = share::sentiment();
  const auto at = std::find(known.values.begin(), known.values.end(), value);
  if (kind != "sentiment" || at == known.values.end()) return 1;
  return known.trained_on[static_cast<std::size_t>(at - known.values.begin())];
}

// The value that a finding says; of `values` alone where it tells the probability of at least two of them.
Best choice_of(const Said& said, const std::vector<std::string>& values) {
  Best best{said.value, said.reason, said.score, said.shares}, among;
  std::size_t told = 0;
  double most = -1;
  for (const std::string& value : values) {
    const auto share = said.shares.find(value);
    if (share == said.shares.end()) continue;
    ++told;
    const double gained = share->second / expected(said.kind, value);
    if (gained > most) most = gained, among = {value, said.reason, share->second, said.shares};
  }
  return told >= 2 ? among : best;
}

class Answers {
 public:
  Answers(const Labelled& labelled, const Findings& findings, const Scope& scope,
          const std::vector<std::string>& values)
      : scope_(scope), values_(values) {
    for (const Scope::Post& post : scope.posts) add(post, labelled.cases[post.of], findings[post.of]);
  }
  std::vector<Answer> all;

 private:
  void add(const Scope::Post& post, const Case& one, const std::vector<Said>& said) {
    std::set<std::string> subjects;
    bool nothing_at_all = true;
    for (const Label& label : one.labels) {
      if (label.kind != scope_.kind || !subjects.insert(label.subject).second) continue;
      nothing_at_all &= label.none && label.subject.empty();
      answer(post, said, label.subject, label.value);
    }
    if (subjects.empty()) answer(post, said, "", "");
    if (!post.complete || nothing_at_all || subjects.contains("")) return;
    for (const Said& s : said)
      if (s.kind == scope_.kind && !s.subject.empty() && subjects.insert(s.subject).second) {
        answer(post, said, s.subject, "");
        all.back().labelled = false;
      }
  }

  // What is said of the subject; of the post as a whole, where no finding is, by whichever subject is surest.
  void answer(const Scope::Post& post, const std::vector<Said>& said, const std::string& subject,
              const std::string& truly) {
    Best best = surest(said, subject, false);
    if (best.score < 0 && subject.empty()) best = surest(said, subject, true);
    all.push_back({post.of, post.group, subject, truly, std::move(best.value), std::move(best.reason),
                   std::max(0.0, best.score), std::move(best.shares), true});
  }
  Best surest(const std::vector<Said>& said, const std::string& subject, bool any) const {
    Best best;
    for (const Said& s : said) {
      if (s.kind != scope_.kind || (!any && s.subject != subject)) continue;
      if (Best one = choice_of(s, values_); one.score > best.score) best = std::move(one);
    }
    return best;
  }

  const Scope& scope_;
  const std::vector<std::string>& values_;
};

// The classes in their order: nothing, what is truly there, what was only said.
void set_classes(Task& task, const std::vector<Answer>& answers) {
  std::set<std::string> truly, said;
  for (const Answer& a : answers) truly.insert(a.truly), said.insert(a.said);
  task.nothing = truly.erase("") > 0;
  if (task.nothing) task.classes.emplace_back(kNothing);
  task.classes.insert(task.classes.end(), truly.begin(), truly.end());
  task.true_classes = task.classes.size();
  for (const std::string& value : said)
    if (!value.empty() && !truly.contains(value)) task.classes.push_back(value);
}

std::size_t column(const Task& task, const std::string& value) {
  if (value.empty()) return task.nothing ? 0 : task.classes.size();
  const std::size_t first = task.nothing ? 1 : 0;
  for (std::size_t i = first; i < task.classes.size(); ++i)
    if (task.classes[i] == value) return i;
  return task.classes.size();
}

// The shares of the classes, which the answers' probabilities and silences tell better than their number does.
class Shares {
 public:
  Shares(const Task& task, const std::vector<Answer>& answers) {
    const std::vector<std::string> values(task.classes.begin(),
                                          task.classes.begin() + static_cast<std::ptrdiff_t>(task.true_classes));
    if (task.nothing || values.size() < 2) return;
    if (task.kind == "sentiment") kind_ = share::only(share::sentiment(), values);
    if (kind_.values == values) return;
    // What another model was calibrated for is not known: the mean of what it says of all posts is near it.
    kind_ = {.values = values, .trained_on = std::vector<double>(values.size())};
    for (const Answer& a : answers)
      for (std::size_t c = 0; c < values.size(); ++c)
        kind_.trained_on[c] += !tells_all(a) ? (a.said == values[c] ? 1 : 0) : a.shares.at(values[c]);
    const double sum = std::accumulate(kind_.trained_on.begin(), kind_.trained_on.end(), 0.0);
    for (double& share : kind_.trained_on) share /= std::max(sum, 1e-9);
  }

  std::vector<share::Share> of(const std::vector<const Answer*>& answers) const {
    share::Estimator estimator(kind_);
    if (kind_.values.empty()) return {};
    bool said = false;
    for (const Answer* a : answers) {
      said = said || !a->said.empty();
      if (a->said.empty()) {
        estimator.add_silent(1);
      } else if (!tells_all(*a)) {
        estimator.add(a->said, a->score);
      } else {
        std::vector<double> row;
        for (const std::string& value : kind_.values) row.push_back(a->shares.at(value));
        estimator.add(row);
      }
    }
    return said ? estimator.shares() : std::vector<share::Share>{};
  }

 private:
  bool tells_all(const Answer& answer) const {
    return std::all_of(kind_.values.begin(), kind_.values.end(),
                       [&](const std::string& value) { return answer.shares.contains(value); });
  }

  share::Kind kind_;
};

void count(Task& task, const std::vector<const Answer*>& answers) {
  std::set<std::size_t> posts;
  for (const Answer* a : answers) {
    const std::size_t cell = column(task, a->truly) * columns_of(task) + column(task, a->said);
    task.items.push_back({a->group, static_cast<std::uint32_t>(cell), 1});
    posts.insert(a->of);
    const bool right = a->truly == a->said;
    if (a->labelled) task.right.push_back(right ? 1 : 0);
    if (!a->said.empty()) task.told.emplace_back(a->score, right);
    if (!right && (!a->said.empty() || task.nothing))
      task.wrong.push_back({a->of, a->subject, a->said.empty() ? kNothing : a->said,
                            a->truly.empty() ? kNothing : a->truly, a->reason, a->score});
  }
  task.posts = posts.size();
}

}  // namespace

std::vector<Task> choice_tasks(const Labelled& labelled, const Findings& findings, const Scope& scope,
                               const std::vector<std::string>& values) {
  const Answers answers(labelled, findings, scope, values);
  Task all;
  all.kind = scope.kind, all.groups = scope.groups;
  set_classes(all, answers.all);
  Task none = all;  // a subject's task has the same classes
  const Shares shares(all, answers.all);
  std::vector<const Answer*> every;
  std::map<std::string, std::vector<const Answer*>> by_subject;
  for (const Answer& a : answers.all) every.push_back(&a), by_subject[a.subject].push_back(&a);
  count(all, every);
  all.estimated = shares.of(every);
  std::vector<Task> out;
  out.push_back(std::move(all));
  if (by_subject.size() > 1)
    for (const auto& [subject, mine] : by_subject) {
      Task& task = out.emplace_back(none);
      task.subject = subject.empty() ? kNothing : subject;
      count(task, mine);
      task.estimated = shares.of(mine);
    }
  return out;
}

}  // namespace earshot::eval
