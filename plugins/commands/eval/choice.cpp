#include "choice.hpp"

#include <algorithm>

namespace earshot::eval {
namespace {

// One answer beside what is true. An empty value: nothing.
struct Answer {
  std::size_t of;
  std::uint32_t group;
  std::string subject, truly, said, reason;
  double score = 0;
  bool labelled = true;  // it was asked for by a label; else it was said besides
};

struct Best {
  std::string value, reason;
  double score = -1;
};

// The value that a finding says; of `values` alone where it tells the probability of at least two of them.
Best choice_of(const Said& said, const std::vector<std::string>& values) {
  Best best{said.value, said.reason, said.score}, among;
  std::size_t told = 0;
  for (const std::string& value : values) {
    const auto share = said.shares.find(value);
    if (share == said.shares.end()) continue;
    ++told;
    if (share->second > among.score) among = {value, said.reason, share->second};
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
                   std::max(0.0, best.score), true});
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
  std::vector<const Answer*> every;
  std::map<std::string, std::vector<const Answer*>> by_subject;
  for (const Answer& a : answers.all) every.push_back(&a), by_subject[a.subject].push_back(&a);
  count(all, every);
  std::vector<Task> out;
  out.push_back(std::move(all));
  if (by_subject.size() > 1)
    for (const auto& [subject, mine] : by_subject) {
      Task& task = out.emplace_back(none);
      task.subject = subject.empty() ? kNothing : subject;
      count(task, mine);
    }
  return out;
}

}  // namespace earshot::eval
