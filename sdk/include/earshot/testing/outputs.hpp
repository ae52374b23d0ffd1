// testing/outputs.hpp: records what a component pushes into the host's callbacks, as values. A detector's words are
// checked as a host checks them; what breaks the contract is kept as a fault. One thread.
#pragma once

#include <cmath>
#include <cstdint>
#include <memory>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "earshot/abi.h"
#include "earshot/testing/posts.hpp"

namespace earshot::testing {

// What a detector said in one call. Numbers of posts are places in the batch.
struct Said {
  std::vector<TestFinding> findings;
  std::vector<std::pair<std::uint32_t, TestSegment>> segments;
  std::vector<TestAlert> alerts;
  std::set<std::uint32_t> stopped;
  std::vector<std::pair<std::uint32_t, std::string>> rejected;
  std::set<ear_time> wakes;
  std::vector<std::string> faults;
};

class DetectorRecord {
 public:
  explicit DetectorRecord(std::vector<const TestPost*> posts, Layout layout = {}) : posts_(std::move(posts)) {
    raw_.size = static_cast<std::uint32_t>(sizeof raw_ + layout.extra);
    raw_.ctx = this;
    raw_.finding = [](void* ctx, const ear_finding* f) { self(ctx).add(*f); };
    raw_.segment = [](void* ctx, std::uint32_t post, const ear_segment* s) { self(ctx).add(post, *s); };
    raw_.alert = [](void* ctx, const ear_alert* a) { self(ctx).add(*a); };
    raw_.stop = [](void* ctx, std::uint32_t post) {
      if (self(ctx).has(post, "stop")) self(ctx).said.stopped.insert(post);
    };
    raw_.reject = [](void* ctx, std::uint32_t post, ear_str reason) {
      if (self(ctx).has(post, "reject")) self(ctx).said.rejected.emplace_back(post, view(reason));
    };
    raw_.wake_at = [](void* ctx, ear_time t) { self(ctx).said.wakes.insert(t); };
  }
  DetectorRecord(const DetectorRecord&) = delete;
  DetectorRecord& operator=(const DetectorRecord&) = delete;

  const ear_detector_out& raw() const { return raw_; }
  Said said;

 private:
  static DetectorRecord& self(void* ctx) { return *static_cast<DetectorRecord*>(ctx); }
  void fault(std::string text) { said.faults.push_back(std::move(text)); }
  bool has(std::uint32_t post, const char* what) {
    if (post < posts_.size()) return true;
    fault(std::string(what) + ": there is no post " + std::to_string(post) + " in a batch of " +
          std::to_string(posts_.size()));
    return false;
  }
  void add(const ear_finding& raw) {
    if (!has(raw.post, "finding")) return;
    const TestPost& post = *posts_[raw.post];
    TestFinding f = copy(raw);
    f.post = raw.post, f.id = post.id;
    if (f.kind.empty()) fault("finding: it has no kind");
    if (!(f.score >= 0 && f.score <= 1)) fault("finding: its score " + describe(f.score) + " is not in 0..1");
    if (f.media != none && f.media >= post.media.size())
      fault("finding: the post has no media " + std::to_string(f.media));
    if (f.segment != none) {
      if (f.segment >= post.segments.size())
        return fault("finding: the post has no segment " + std::to_string(f.segment));
      const std::string& text = post.segments[f.segment].text;
      if (f.begin > f.end || f.end > text.size())
        return fault("finding: bytes " + std::to_string(f.begin) + ".." + std::to_string(f.end) + " of a text of " +
                     std::to_string(text.size()));
      f.text = text.substr(f.begin, f.end - f.begin);
    }
    said.findings.push_back(std::move(f));
  }
  void add(std::uint32_t post, const ear_segment& raw) {
    if (!has(post, "segment")) return;
    if (!(raw.confidence >= 0 && raw.confidence <= 1)) fault("segment: its confidence is not in 0..1");
    if (raw.media != none && raw.media >= posts_[post]->media.size()) fault("segment: the post has no such media");
    said.segments.emplace_back(post, copy(raw));
  }
  void add(const ear_alert& raw) {
    if (raw.kind.len == 0) fault("alert: it has no kind");
    if (raw.start == EAR_TIME_NONE) fault("alert: it has no start");
    if (raw.end != EAR_TIME_NONE && raw.end < raw.start) fault("alert: it ends before it starts");
    if (raw.severity < 1 || raw.severity > 10) fault("alert: its severity is not in 1..10");
    said.alerts.push_back(copy(raw));
  }

  ear_detector_out raw_{};
  std::vector<const TestPost*> posts_;
};

struct Reject {
  std::string raw, place, reason;
};

// What a source pushed in one poll.
struct Polls {
  std::vector<TestPost> posts;
  std::vector<Reject> rejects;
  std::vector<TestGap> gaps;
  std::vector<Time> complete;
  std::vector<std::string> cursors;
  std::vector<std::size_t> posts_before_cursor;  // of each of them
};

class SourceRecord {
 public:
  explicit SourceRecord(std::uint32_t max_posts = 256, Layout layout = {}) {
    raw_.size = static_cast<std::uint32_t>(sizeof raw_ + layout.extra);
    raw_.max_posts = max_posts;
    raw_.ctx = this;
    raw_.buffer = [](void* ctx, std::size_t size) { return self(ctx).buffer(size); };
    raw_.post = [](void* ctx, const ear_post* post) { self(ctx).pushed.posts.push_back(copy(*post)); };
    raw_.reject = [](void* ctx, ear_bytes raw, ear_str place, ear_str reason) {
      self(ctx).pushed.rejects.push_back({std::string(view(raw)), std::string(view(place)), std::string(view(reason))});
    };
    raw_.complete_until = [](void* ctx, ear_time t) { self(ctx).pushed.complete.push_back(time(t)); };
    raw_.gap = [](void* ctx, ear_time from, ear_time to, ear_str reason) {
      self(ctx).pushed.gaps.push_back({time(from), time(to), std::string(view(reason)), "test"});
    };
    raw_.cursor = [](void* ctx, ear_bytes cursor) {
      self(ctx).pushed.cursors.emplace_back(view(cursor));
      self(ctx).pushed.posts_before_cursor.push_back(self(ctx).pushed.posts.size());
    };
  }
  SourceRecord(const SourceRecord&) = delete;
  SourceRecord& operator=(const SourceRecord&) = delete;

  const ear_source_out& raw() const { return raw_; }
  Polls pushed;

 private:
  static SourceRecord& self(void* ctx) { return *static_cast<SourceRecord*>(ctx); }
  char* buffer(std::size_t size) {
    buffers_.push_back(std::make_unique<char[]>(size));
    return buffers_.back().get();
  }

  ear_source_out raw_{};
  std::vector<std::unique_ptr<char[]>> buffers_;
};

}  // namespace earshot::testing
