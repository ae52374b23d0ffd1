// testing/detector.hpp: drives a detector as a host does: posts in batches, event time moved by the posts, `advance`
// when a time that it asked for has come, posts at fault set aside, and, where asked, a save and a load after each
// batch. One thread.
#pragma once

#include <algorithm>
#include <deque>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "earshot/testing/harness.hpp"
#include "earshot/testing/outputs.hpp"

namespace earshot::testing {

// How a stream is cut: so many posts a batch (0: all), and whether the state is saved and loaded after each.
struct Chunking {
  std::size_t batch = 0;
  bool reload = false;

  std::string describe() const {
    return "batches of " + (batch == 0 ? std::string("all") : std::to_string(batch)) +
           (reload ? " with a save and load after each" : "");
  }
};

class DetectorHarness : public HarnessBase {
 public:
  using HarnessBase::HarnessBase;

  void chunking(Chunking chunking) { chunking_ = chunking; }
  void layout(Layout layout) { layout_ = layout; }
  // How far behind the newest post event time stays; a post behind event time is marked late.
  void lateness(Duration lateness) { lateness_ = lateness; }

  // One more post, to be changed until run(): published a second after the one before it, with an id of its own.
  TestPost& post(std::string_view text) { return post().body(text); }
  TestPost& post() {
    TestPost p;
    p.id = std::to_string(posts_.size() + 1);
    p.published = p.collected = (posts_.empty() ? now() : posts_.back().published) + std::chrono::seconds{1};
    return posts_.emplace_back(std::move(p));
  }
  void add(TestPost p) { posts_.push_back(std::move(p)); }
  // The sources could not see for a while; told with the next post.
  void gap(std::string_view from, std::string_view to, std::string_view reason = "unreachable") {
    gaps_.emplace_back(posts_.size(), TestGap{at(from), at(to), std::string(reason), "test"});
  }

  // Gives every post that was not given yet.
  void run() {
    start();
    while (next_post_ < posts_.size() || next_gap_ < gaps_.size()) {
      detect_batch();
      advance_due();
      if (chunking_.reload) save(), reload();
    }
  }
  // Event time reaches `t`, as a source's complete_until says it.
  void advance(Time t) {
    run();
    watermark_ = std::max(watermark_, ticks(t));
    advance_due();
    if (chunking_.reload) save(), reload();
  }
  void advance(std::string_view rfc3339) { advance(at(rfc3339)); }
  void advance(Duration by) { advance(time(watermark_ == EAR_TIME_NONE ? ticks(now()) : watermark_) + by); }
  // Every source has ended.
  void end() {
    run();
    watermark_ = EAR_TIME_END;
    wakes_.clear();
    if (calls().advance != nullptr) advance_to(EAR_TIME_END);
  }

  const std::vector<TestFinding>& findings() const { return findings_; }
  std::vector<TestFinding> findings(std::string_view kind) const {
    std::vector<TestFinding> some;
    std::copy_if(findings_.begin(), findings_.end(), std::back_inserter(some), [&](auto& f) { return f.kind == kind; });
    return some;
  }
  // The alerts as they stand now, and everything that was ever said of them.
  std::vector<TestAlert> alerts() const {
    std::vector<TestAlert> now;
    for (const auto& [id, said] : alerts_) now.push_back(said.back());
    return now;
  }
  const std::vector<TestAlert>& alerts_said() const { return alerts_said_; }
  const std::vector<std::pair<std::uint32_t, TestSegment>>& segments() const { return segments_; }
  // Ids of the posts that go no further.
  const std::vector<std::string>& stopped() const { return stopped_; }
  // Posts that became dead letters, each with the reason.
  const std::vector<std::pair<std::string, std::string>>& rejected() const { return rejected_; }
  const std::set<ear_time>& wakes() const { return wakes_; }
  const std::deque<TestPost>& posts() const { return posts_; }

  // Everything said, in a form that is equal where the answers are: by post, and by alert in the order it grew.
  std::string answers() const {
    std::vector<std::string> lines;
    for (const TestFinding& f : findings_) lines.push_back("finding on " + describe(f));
    for (const auto& [post, s] : segments_) lines.push_back("segment for " + posts_[post].id + ": " + describe(s));
    for (const std::string& id : stopped_) lines.push_back("stopped " + id);
    for (const auto& [id, reason] : rejected_) lines.push_back("rejected " + id + ": " + reason);
    std::stable_sort(lines.begin(), lines.end());
    for (const auto& [id, said] : alerts_)
      for (const TestAlert& a : said) lines.push_back("alert " + describe(a));
    std::string all;
    for (const std::string& line : lines) all += line + '\n';
    return all;
  }

 private:
  const ear_detector& calls() const { return *component_.table().detector; }

  // The posts up to the size of a batch, the next gap, or the post with which a time that was asked for has come.
  void detect_batch() {
    std::vector<std::uint32_t> places;
    std::vector<TestGap> gaps;
    while (next_gap_ < gaps_.size() && gaps_[next_gap_].first <= next_post_) gaps.push_back(gaps_[next_gap_++].second);
    const std::size_t gap_at = next_gap_ < gaps_.size() ? gaps_[next_gap_].first : posts_.size();
    while (next_post_ < gap_at && (chunking_.batch == 0 || places.size() < chunking_.batch)) {
      TestPost& p = posts_[next_post_];
      if (watermark_ != EAR_TIME_NONE && ticks(p.published) < watermark_) p.flags |= EAR_POST_LATE;
      places.push_back(static_cast<std::uint32_t>(next_post_++));
      if (p.published != no_time) watermark_ = std::max(watermark_, ticks(p.published - lateness_));
      if (!wakes_.empty() && *wakes_.begin() <= watermark_) break;
    }
    detect(std::move(places), gaps);
  }

  // Makes the call; a post at fault is set aside and the call made again without it.
  void detect(std::vector<std::uint32_t> places, const std::vector<TestGap>& gaps) {
    for (int attempt = 0;; ++attempt) {
      std::pmr::monotonic_buffer_resource memory;
      std::vector<const TestPost*> posts;
      posts.reserve(places.size());
      for (const std::uint32_t place : places) posts.push_back(&posts_[place]);
      DetectorRecord record(posts, layout_);
      ear_error error = make_error();
      const ear_status status =
          calls().detect(component_.self(), freeze_batch(posts, gaps, memory, layout_), &record.raw(), &error);
      if (status == EAR_OK) return take(record.said, places);
      if (status == EAR_INVALID && error.post < places.size()) {
        rejected_.emplace_back(posts_[places[error.post]].id, error.message);
        places.erase(places.begin() + error.post);
      } else if (!(status == EAR_AGAIN || status == EAR_RATE_LIMITED || status == EAR_IO) || attempt >= 10) {
        throw CallFailed("detect", status, error);
      } else {
        now(now() + Duration{error.retry_after});
      }
    }
  }

  void advance_due() {
    while (!wakes_.empty() && *wakes_.begin() <= watermark_) {
      const ear_time t = *wakes_.begin();
      wakes_.erase(wakes_.begin());
      if (calls().advance == nullptr) throw ContractBroken("the detector asked for wake_at and has no advance");
      advance_to(t);
    }
  }
  void advance_to(ear_time t) {
    DetectorRecord record({}, layout_);
    component_.create(), component_.start();
    component_.call("advance", [&](ear_error* e) { return calls().advance(component_.self(), t, &record.raw(), e); });
    take(record.said, {});
    wakes_.erase(wakes_.begin(), wakes_.upper_bound(t));  // what is asked for again has already come
  }

  void take(Said& said, const std::vector<std::uint32_t>& places) {
    if (!said.faults.empty()) throw ContractBroken("the detector broke the contract: " + said.faults.front());
    for (TestFinding& f : said.findings) f.post = places[f.post], findings_.push_back(std::move(f));
    for (auto& [post, segment] : said.segments) segments_.emplace_back(places[post], std::move(segment));
    for (const std::uint32_t post : said.stopped) stopped_.push_back(posts_[places[post]].id);
    for (auto& [post, reason] : said.rejected) rejected_.emplace_back(posts_[places[post]].id, std::move(reason));
    for (TestAlert& a : said.alerts) {
      auto& history = alerts_[{a.subject, a.kind, a.start}];
      if (history.empty() || describe(history.back()) != describe(a)) history.push_back(a);
      alerts_said_.push_back(std::move(a));
    }
    wakes_.merge(said.wakes);
  }

  struct AlertKey {
    std::string subject, kind;
    Time start;
    auto operator<=>(const AlertKey&) const = default;
  };

  Chunking chunking_;
  Layout layout_;
  Duration lateness_{0};
  std::deque<TestPost> posts_;
  std::vector<std::pair<std::size_t, TestGap>> gaps_;  // each with the post that it comes before
  std::size_t next_post_ = 0, next_gap_ = 0;
  ear_time watermark_ = EAR_TIME_NONE;
  std::set<ear_time> wakes_;
  std::vector<TestFinding> findings_;
  std::map<AlertKey, std::vector<TestAlert>> alerts_;
  std::vector<TestAlert> alerts_said_;
  std::vector<std::pair<std::uint32_t, TestSegment>> segments_;
  std::vector<std::string> stopped_;
  std::vector<std::pair<std::string, std::string>> rejected_;
};

}  // namespace earshot::testing
