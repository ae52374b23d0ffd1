// task.hpp: one thing that is measured: a kind of finding over all labelled posts, or over one subject. What is true
// and what was said is counted here into cells; score.hpp makes measures of them. Values; one thread.
#pragma once

#include <string>
#include <vector>

#include "applied.hpp"
#include "labelled.hpp"
#include "share/share.hpp"

namespace earshot::eval {

enum class Shape {
  choice,    // one value of several for each post and subject: sentiment
  sets,      // any number, each there or not: mentions, labels of which several may hold
  spans,     // which bytes: entities
  clusters,  // which posts belong together: duplicates
};

// Counts of one post go into cells, and a post belongs to a group that the bootstrap draws as one.
struct Item {
  std::uint32_t group = 0, cell = 0;
  double weight = 1;
};

// A wrong answer, to be looked at.
struct Wrong {
  std::size_t of = 0;  // the case
  std::string subject, said, truly, reason;
  double score = 0;
};

struct Task {
  std::string kind, subject;  // subject: empty: all
  Shape shape = Shape::choice;
  // Choice: classes that are truly there, then those that were only said. With `nothing`, the first class is that
  // nothing is there, and no finding says so.
  std::vector<std::string> classes;
  std::size_t true_classes = 0;
  bool nothing = false;
  std::size_t groups = 0;
  std::vector<Item> items;
  std::size_t posts = 0;
  std::vector<Wrong> wrong;                   // the surest first
  std::vector<std::pair<double, bool>> told;  // choice: score and whether it was right
  std::vector<share::Share> estimated;        // choice: of each class that is truly there, by share/share.hpp; or none
  std::vector<char> right;                    // by label (choice) or post, in the order of the cases
};

inline constexpr const char* kNothing = "(none)";

// Cells of a choice: truly * columns + said; the last column: no answer.
inline std::size_t columns_of(const Task& task) {
  return task.classes.size() + 1;
}
// Cells of sets and spans, for each class; behind the classes: posts that are right as a whole, posts that are fully
// labelled.
enum SetCell : std::uint32_t {
  kHit,             // truly there and said
  kHitComplete,     // ... in a post where everything is labelled
  kFalse,           // said there and not true
  kMissed,          // truly there, not said
  kSaidOverlaps,    // spans: said, and overlaps one that is truly there (posts where everything is labelled)
  kTrueOverlapped,  // spans: truly there, and overlapped by one that was said
  kSetCells
};
// Cells of clusters: pairs right, said, truly; each counted at both posts.
enum PairCell : std::uint32_t { kPairRight, kPairSaid, kPairTruly, kPairCells };

std::size_t cells_of(const Task& task);

struct TaskOptions {
  std::vector<std::string> clusters;  // kinds whose values name clusters
  std::vector<std::string> values;    // the values that count, where a finding tells the probability of each
};

// For each kind with labels: the task of all subjects, then one for each subject where there are several.
std::vector<Task> make_tasks(const Labelled& labelled, const Findings& findings, const TaskOptions& options);

}  // namespace earshot::eval
