// explanation.hpp: why there was more than expected, or less: the values that account for most of the difference, by
// how much more (or less) often each was there than the subject's own history leads to expect, and the posts that show
// it best, copies merged. No model; the same sample and background give the same answer. One thread.
#pragma once

#include <array>
#include <cstddef>
#include <deque>
#include <string>
#include <vector>

#include "explain/background.hpp"
#include "explain/sample.hpp"
#include "explain/values.hpp"

namespace earshot::explain {

// What an alert says of itself.
struct Figures {
  double observed = 0, expected = 0;
};

struct Cause {
  Kind kind = Kind::term;
  std::string value;
  double share = 0;  // of the difference, 0 to 1
  double observed = 0, expected = 0;
  double usual = 0;  // its share of what is expected
};

// Owns what the attributes and the evidence point to: keep it until the alert was pushed.
class Explanation {
 public:
  static constexpr std::size_t kMostOfKind = 5;

  // `background` may be empty.
  Explanation(const Sample& sample, const Background& background, Figures figures, Values& values,
              std::size_t most_evidence = 5);
  Explanation(const Explanation&) = delete;
  Explanation& operator=(const Explanation&) = delete;

  // By kind, then by share.
  const std::vector<Cause>& causes() const { return causes_; }
  bool empty() const { return causes_.empty(); }
  // `mostly "battery" (62 %) and one link`: the first cause, and the next where it is of another kind. Empty: there is
  // none that says something.
  std::string mostly() const;
  // The attributes `causes` and `unique_posts`, to be put among those of the alert.
  const std::vector<ear_value>& attributes() const { return attributes_; }
  // The weight of each is the share of the posts that it stands for, with its copies.
  std::vector<ear_evidence> evidence() const;

 private:
  struct Group {                     // posts with the same content
    std::vector<std::size_t> posts;  // places in the sample; the first is the one to show
    double stands_for = 0;
  };
  struct Tally {
    Value value;
    double observed = 0;
    std::size_t posts = 0;
    std::vector<std::size_t> groups;
  };
  struct Shown {
    const Seen* seen;
    double weight;
  };

  void group(const Sample& sample);
  void count(const Sample& sample, Values& values);
  void weigh(const Background& background, Figures figures);
  void weigh_copies(const Sample& sample, Figures figures);
  void add_missing(const Background& background, Figures figures);
  void choose();
  void choose_evidence(std::size_t most);
  void write();
  ear_value map_of(const Cause& cause);

  std::deque<Seen> posts_;  // copies of those to show
  std::vector<Group> groups_;
  std::vector<Tally> tallies_;
  std::vector<Cause> causes_;
  std::vector<std::pair<std::size_t, double>> chosen_;  // groups, and their weights
  std::vector<ear_evidence> evidence_;
  std::deque<std::vector<ear_value>> trees_;
  std::vector<ear_value> attributes_;
  const Sample* sample_ = nullptr;
  double total_ = 0, scale_ = 1;
};

}  // namespace earshot::explain
