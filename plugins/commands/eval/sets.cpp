#include "sets.hpp"

#include <algorithm>

namespace earshot::eval {
namespace {

// What one finding or label is of: its class, and what tells it from others of the class.
struct Thing {
  std::string class_, subject;
  Place place;
  std::string reason;
  double score = 0;
  bool same(const Thing& o) const { return class_ == o.class_ && subject == o.subject && place == o.place; }
  bool overlaps(const Thing& o) const {
    return class_ == o.class_ && place.segment == o.place.segment && place.begin < o.place.end &&
           o.place.begin < place.end;
  }
};

class SetTask {
 public:
  SetTask(const Labelled& labelled, const Findings& findings, const Scope& scope, Shape shape)
      : labelled_(labelled), findings_(findings), scope_(scope) {
    task.kind = scope.kind, task.shape = shape, task.groups = scope.groups, task.posts = scope.posts.size();
    learn_class();
    for (const Scope::Post& post : scope.posts) read(post);
    task.classes.assign(classes_.begin(), classes_.end());
    task.true_classes = task.classes.size();
    for (std::size_t i = 0; i < scope.posts.size(); ++i) count(scope.posts[i], truly_[i], said_[i]);
  }
  Task task;

 private:
  enum class By { type, value, subject };

  // By the type where labels have one, else by the value, else by the subject.
  void learn_class() {
    bool types = false, values = false, subjects = false;
    for (const Scope::Post& post : scope_.posts)
      for (const Label& label : labelled_.cases[post.of].labels) {
        if (label.kind != scope_.kind || label.none) continue;
        types |= !label.type.empty(), values |= !label.value.empty(), subjects |= !label.subject.empty();
      }
    by_ = types ? By::type : values && !(task.shape == Shape::spans && subjects) ? By::value : By::subject;
    with_subject_ = subjects;
  }

  template <class T>
  Thing thing(const T& from) const {
    Thing out;
    out.class_ = by_ == By::type ? from.type : by_ == By::value ? from.value : from.subject;
    if (with_subject_) out.subject = from.subject;
    if (task.shape == Shape::spans && from.place) out.place = *from.place;
    return out;
  }

  void read(const Scope::Post& post) {
    std::vector<Thing>& truly = truly_.emplace_back();
    std::vector<Thing>& said = said_.emplace_back();
    const auto add = [](std::vector<Thing>& to, Thing&& one) {
      for (Thing& t : to)
        if (t.same(one)) {
          if (one.score > t.score) t = std::move(one);
          return;
        }
      to.push_back(std::move(one));
    };
    for (const Label& label : labelled_.cases[post.of].labels)
      if (label.kind == scope_.kind && !label.none) add(truly, thing(label));
    for (const Said& s : findings_[post.of]) {
      if (s.kind != scope_.kind || (task.shape == Shape::spans && !s.place)) continue;
      Thing one = thing(s);
      one.score = s.score, one.reason = s.reason;
      add(said, std::move(one));
    }
    for (const Thing& t : truly) classes_.insert(t.class_);
    if (post.complete)
      for (const Thing& t : said) classes_.insert(t.class_);
  }

  void tally(const Scope::Post& post, const Thing& of, SetCell cell) {
    const auto at = std::lower_bound(task.classes.begin(), task.classes.end(), of.class_) - task.classes.begin();
    task.items.push_back({post.group, static_cast<std::uint32_t>(at) * kSetCells + cell, 1});
  }

  void count(const Scope::Post& post, const std::vector<Thing>& truly, const std::vector<Thing>& said) {
    bool right = true;
    for (const Thing& t : truly) {
      const bool hit = std::any_of(said.begin(), said.end(), [&](const Thing& s) { return s.same(t); });
      tally(post, t, hit ? kHit : kMissed);
      if (hit && post.complete) tally(post, t, kHitComplete);
      if (task.shape == Shape::spans &&
          std::any_of(said.begin(), said.end(), [&](const Thing& s) { return s.overlaps(t); }))
        tally(post, t, kTrueOverlapped);
      if (!hit) wrong(post, "(none)", name(post, t), {}, 0), right = false;
    }
    if (post.complete)
      for (const Thing& s : said) right &= of_complete(post, truly, s);
    const auto behind = static_cast<std::uint32_t>(task.classes.size()) * kSetCells;
    task.right.push_back(right ? 1 : 0);
    if (!post.complete) return;
    if (right) task.items.push_back({post.group, behind, 1});
    task.items.push_back({post.group, behind + 1, 1});
  }

  bool of_complete(const Scope::Post& post, const std::vector<Thing>& truly, const Thing& s) {
    if (task.shape == Shape::spans &&
        std::any_of(truly.begin(), truly.end(), [&](const Thing& t) { return s.overlaps(t); }))
      tally(post, s, kSaidOverlaps);
    if (std::any_of(truly.begin(), truly.end(), [&](const Thing& t) { return s.same(t); })) return true;
    tally(post, s, kFalse);
    std::string all;
    for (const Thing& t : truly) all += (all.empty() ? "" : ", ") + name(post, t);
    wrong(post, name(post, s), all.empty() ? "(none)" : all, s.reason, s.score);
    return false;
  }

  // "company: Acme" of spans, else the class.
  std::string name(const Scope::Post& post, const Thing& of) const {
    if (task.shape != Shape::spans) return of.class_;
    const std::string& text = labelled_.cases[post.of].text;
    std::string words;
    if (of.place.segment == 0 && of.place.end <= text.size() && of.place.begin < of.place.end)
      words = text.substr(of.place.begin, of.place.end - of.place.begin);
    return of.class_.empty() ? words : of.class_ + ": " + words;
  }

  void wrong(const Scope::Post& post, std::string said, std::string truly, std::string reason, double score) {
    task.wrong.push_back({post.of, "", std::move(said), std::move(truly), std::move(reason), score});
  }

  const Labelled& labelled_;
  const Findings& findings_;
  const Scope& scope_;
  By by_ = By::subject;
  bool with_subject_ = false;
  std::set<std::string> classes_;
  std::vector<std::vector<Thing>> truly_, said_;
};

}  // namespace

Task set_task(const Labelled& labelled, const Findings& findings, const Scope& scope, Shape shape) {
  return SetTask(labelled, findings, scope, shape).task;
}

}  // namespace earshot::eval
