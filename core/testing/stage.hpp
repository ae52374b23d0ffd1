// stage.hpp: what stands in for the world while a test runs: sources that bring the test's posts, sinks that keep what
// comes to them, and one more sink that sees everything. Made before the pipeline, outlives it; what has been seen may
// be asked for once the pipeline has come to its end.
#pragma once

#include <deque>
#include <map>
#include <mutex>
#include <set>
#include <string>
#include <vector>

#include "config/plan.hpp"
#include "testing/test_post.hpp"

namespace earshot::host {

struct CapturedFinding {
  std::string kind, subject, value, detector, text;  // `text`: the bytes it points at
  double score = 0;
};

struct CapturedPost {
  std::string platform, id;
  bool gone = false;  // deleted, or withdrawn by a filter
  std::vector<CapturedFinding> findings;
};

struct CapturedAlert {
  std::string kind, subject, detector, summary;
};

class Stage {
 public:
  // Reads the posts of the test. Throws Misplaced.
  Stage(const Plan& plan, const TestPlan& test);

  // The plan with the world replaced, without state and without a door.
  Plan replaced(Plan plan) const;
  // The stand-in for a component of that plan; nullptr where there is none and the plugin's own is meant.
  static const ear_component* stand_in(const Found& found);
  // When all this is: a minute after the newest post.
  ear_time now() const { return now_; }

  // As they stand there in the end, by (platform, id).
  std::vector<CapturedPost> posts(const std::string& sink) const;
  std::vector<CapturedPost> all_posts() const { return posts(kEverything); }
  const std::map<std::string, CapturedAlert>& alerts() const { return alerts_; }

  // For the stand-ins. [any]
  std::vector<const ear_post*> posts_of(std::string_view source) const;
  void came(std::string_view sink, const ear_delivery& delivery);

 private:
  static constexpr const char* kEverything = "(everything)";  // no id of a config looks so

  std::deque<TestPost> posts_;
  std::string first_source_;
  ear_time now_ = 0;
  mutable std::mutex mutex_;
  std::map<std::string, std::map<std::pair<std::string, std::string>, CapturedPost>, std::less<>> seen_;
  std::map<std::string, CapturedAlert> alerts_;  // by id, as it was last said
};

// A part of a test that cannot be used.
struct Misplaced {
  Position at;
  std::string what;
};

}  // namespace earshot::host
