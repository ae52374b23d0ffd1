// testing/source.hpp: drives a source: open, poll, collect what it brings, and open it again at a cursor. The clock
// moves by what the source asks to wait; a source that waits for something real gets a moment of real time. One thread.
#pragma once

#include <chrono>
#include <string>
#include <string_view>
#include <thread>
#include <utility>
#include <vector>

#include "earshot/testing/harness.hpp"
#include "earshot/testing/outputs.hpp"

namespace earshot::testing {

class SourceHarness : public HarnessBase {
 public:
  using HarnessBase::HarnessBase;

  void max_posts(std::uint32_t posts) { max_posts_ = posts; }
  void open(std::string_view cursor = {}) {
    start();
    component_.call("open", [&](ear_error* e) { return calls().open(component_.self(), bytes(cursor), e); });
    opened_ = true;
  }
  // One call. EAR_OK, EAR_AGAIN, EAR_END and EAR_CANCELLED are returned, all else is thrown as CallFailed.
  ear_status poll() {
    if (!opened_) open();
    SourceRecord record(max_posts_);
    ear_error error = make_error();
    const ear_status status = calls().poll(component_.self(), &record.raw(), &error);
    if (status != EAR_OK && status != EAR_AGAIN && status != EAR_END && status != EAR_CANCELLED)
      throw CallFailed("poll", status, error);
    retry_after_ = Duration{error.retry_after};
    take(std::move(record.pushed));
    return status;
  }
  // Polls until there is nothing for now, or for ever.
  ear_status poll_until_idle() {
    for (int i = 0; i < 1'000'000; ++i)
      if (const ear_status status = poll(); status != EAR_OK) return status;
    throw ContractBroken("the source has always more");
  }
  // Polls until the source ends; throws after `limit` of real time.
  void poll_until_end(Duration limit = std::chrono::seconds{20}) {
    poll_until([](ear_status status) { return status == EAR_END; }, limit, "the source does not end");
  }
  // Polls until so many posts are there; throws after `limit` of real time.
  void poll_until_posts(std::size_t count, Duration limit = std::chrono::seconds{20}) {
    poll_until([&](ear_status) { return posts_.size() >= count; }, limit, "the posts do not come");
  }
  // Another instance goes on from `cursor`; what was collected stays.
  void reopen(std::string_view cursor) {
    component_.reload();
    open(cursor);
  }
  void committed(std::string_view cursor) {
    if (calls().committed != nullptr)
      component_.call("committed",
                      [&](ear_error* e) { return calls().committed(component_.self(), bytes(cursor), e); });
  }

  const std::vector<TestPost>& posts() const { return posts_; }
  const std::vector<Reject>& rejects() const { return rejects_; }
  const std::vector<TestGap>& gaps() const { return gaps_; }
  const std::vector<Time>& complete() const { return complete_; }
  const std::vector<std::string>& cursors() const { return cursors_; }
  std::string cursor() const { return cursors_.empty() ? std::string() : cursors_.back(); }  // the last one
  Duration retry_after() const { return retry_after_; }  // that the last poll asked for
  void clear() { posts_.clear(), rejects_.clear(), gaps_.clear(), complete_.clear(), cursors_.clear(); }

 private:
  const ear_source& calls() const { return *component_.table().source; }
  template <class Done>
  void poll_until(Done done, Duration limit, const char* complaint) {
    const auto stop_at = std::chrono::steady_clock::now() + limit;
    for (;;) {
      const ear_status status = poll();
      if (done(status)) return;
      if (status == EAR_END || std::chrono::steady_clock::now() > stop_at) throw ContractBroken(complaint);
      if (status == EAR_AGAIN) now(now() + retry_after_), std::this_thread::sleep_for(std::chrono::milliseconds{1});
    }
  }
  void take(Polls pushed) {
    for (TestPost& p : pushed.posts) posts_.push_back(std::move(p));
    for (Reject& r : pushed.rejects) rejects_.push_back(std::move(r));
    for (TestGap& g : pushed.gaps) gaps_.push_back(std::move(g));
    complete_.insert(complete_.end(), pushed.complete.begin(), pushed.complete.end());
    for (std::string& c : pushed.cursors) cursors_.push_back(std::move(c));
  }

  std::uint32_t max_posts_ = 256;
  bool opened_ = false;
  Duration retry_after_{0};
  std::vector<TestPost> posts_;
  std::vector<Reject> rejects_;
  std::vector<TestGap> gaps_;
  std::vector<Time> complete_;
  std::vector<std::string> cursors_;
};

}  // namespace earshot::testing
