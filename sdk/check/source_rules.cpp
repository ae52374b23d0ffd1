// Rules of sources: nothing is lost or brought twice across a restart, and they stop when they are asked to.
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <condition_variable>
#include <set>
#include <thread>

#include "check/child.hpp"
#include "check/corpus.hpp"
#include "check/trial.hpp"

namespace earshot::check {

using std::chrono::milliseconds;
using testing::SourceHarness;

namespace {

constexpr std::size_t kEnough = 300;

// Polls until there are enough posts, or nothing comes for a while. A source that waits gets two seconds.
struct Collected {
  std::vector<std::string> keys;
  std::vector<std::pair<std::string, std::size_t>> cursors;  // each with the posts before it
};
Collected collect(Trial<SourceHarness>& h, std::size_t wanted) {
  Collected out;
  const auto until = std::chrono::steady_clock::now() + std::chrono::seconds{2};
  int idle = 0;
  while (out.keys.size() < wanted && idle < 20 && std::chrono::steady_clock::now() < until) {
    const ear_status status = h.poll();
    idle = status == EAR_AGAIN ? idle + 1 : 0;
    for (const testing::TestPost& p : h.posts())
      out.keys.push_back(p.platform + "/" + p.id + "#" + std::to_string(p.revision));
    if (!h.cursors().empty()) out.cursors.emplace_back(h.cursor(), out.keys.size());
    h.clear();
    if (status == EAR_END || status == EAR_CANCELLED) break;
    if (status == EAR_AGAIN) std::this_thread::sleep_for(milliseconds{5});
  }
  return out;
}

std::unique_ptr<Trial<SourceHarness>> opened(const Subject& subject, const std::string& cursor = {},
                                             std::uint32_t at_once = 7) {
  auto h = started<SourceHarness>(subject);
  h->max_posts(at_once);
  or_skip("open", [&] { h->open(cursor); });
  return h;
}

void resume_from_cursor(const Subject& subject) {
  const auto first = opened(subject);
  Collected all;
  or_skip("bring posts", [&] { all = collect(*first, kEnough); });
  if (all.keys.empty()) throw Skipped("it brings no posts here");
  if (all.cursors.empty()) throw Skipped("it gives no cursor: see cursor-covers-posts");
  first->destroy();
  const bool repeats = (subject.component->flags & EAR_REPEATS) != 0;
  const std::size_t step = std::max<std::size_t>(all.cursors.size() / 6, 1);
  for (std::size_t i = 0; i < all.cursors.size(); i += step) {
    const auto& [cursor, before] = all.cursors[i];
    const std::vector<std::string> rest(all.keys.begin() + static_cast<std::ptrdiff_t>(before), all.keys.end());
    const auto again = opened(subject, cursor);
    Collected got = collect(*again, rest.size() + (repeats ? before : 0));
    const std::set<std::string> there(got.keys.begin(), got.keys.end());
    for (const std::string& key : rest)
      if (!there.contains(key))
        throw Broken("opened at a cursor that it gave after " + std::to_string(before) + " posts, it does not bring " +
                     shown(key) + ", which came after it");
    if (got.keys.size() > rest.size()) got.keys.resize(rest.size());
    if (!repeats && got.keys != rest)
      throw Broken("opened at a cursor that it gave after " + std::to_string(before) +
                   " posts, it brings others than those that came after it; a source that may do so says EAR_REPEATS");
  }
}

void cursor_covers_posts(const Subject& subject) {
  const auto h = opened(subject);
  std::size_t posts = 0;
  int idle = 0;
  for (int i = 0; i < 50 && idle < 5; ++i) {
    testing::SourceRecord record(7);
    ear_error error = testing::make_error();
    const ear_status status = subject.component->source->poll(h->self(), &record.raw(), &error);
    if (status < 0) throw Skipped("it does not bring posts here: " + shown(error.message));
    const testing::Polls& said = record.pushed;
    posts += said.posts.size();
    if (!said.posts.empty() && (said.cursors.empty() || said.posts_before_cursor.back() != said.posts.size()))
      throw Broken("a poll pushes posts and then no cursor that covers them: after a restart they come again");
    for (const std::string& cursor : said.cursors)
      if (cursor.size() > (1u << 20))
        throw Broken("a cursor has " + std::to_string(cursor.size()) + " bytes, at most 1 MiB is taken");
    if (status == EAR_END) break;
    idle = status == EAR_AGAIN ? idle + 1 : 0;
    if (status == EAR_AGAIN) std::this_thread::sleep_for(milliseconds{5});
  }
  if (posts == 0) throw Skipped("it brings no posts here");
}

void garbage_opened(const Subject& subject) {
  for (const std::string& cursor : {std::string("garbage"), noise(subject.seed, 64), std::string(1, '\0'),
                                    std::string("99999999999999999999"), std::string("-1"), noise(2, 70'000)}) {
    auto h = started<SourceHarness>(subject);
    try {
      h->open(cursor);
      h->poll();
    } catch (const testing::CallFailed&) {
    }
  }
}

// A call that must come back within a second of `cancelled` saying so. Where it does not, the process ends here: the
// thread that hangs cannot be stopped.
void comes_back(const Subject& subject, void* self, testing::TestHost& host, bool cancelled_before) {
  std::mutex mutex;
  std::condition_variable changed;
  bool done = false;
  host.cancel(cancelled_before);
  std::thread worker([&] {
    for (int i = 0; i < 1000; ++i) {
      testing::SourceRecord record(64);
      ear_error error = testing::make_error();
      const ear_status status = subject.component->source->poll(self, &record.raw(), &error);
      if (status != EAR_OK || host.raw().cancelled(host.raw().ctx) != 0) break;
    }
    const std::lock_guard lock(mutex);
    done = true;
    changed.notify_all();
  });
  std::unique_lock lock(mutex);
  if (!cancelled_before) changed.wait_for(lock, milliseconds{200}, [&] { return done; });
  host.cancel();
  if (!changed.wait_for(lock, std::chrono::seconds{1}, [&] { return done; })) {
    answer(Outcome::fail,
           "poll does not come back within a second of cancelled() saying 1; ask it at least every 100 ms");
    ::_exit(0);
  }
  lock.unlock();
  worker.join();
}

void cancel_within_1s(const Subject& subject) {
  const auto h = opened(subject);
  comes_back(subject, h->self(), h->host(), false);
  const auto other = opened(subject);
  comes_back(subject, other->self(), other->host(), true);
}

void posts_well_formed(const Subject& subject) {
  const auto h = opened(subject, {}, 64);
  std::size_t posts = 0;
  or_skip("bring posts", [&] {
    for (int i = 0; i < 20; ++i) {
      const ear_status status = h->poll();
      for (const testing::TestPost& p : h->posts()) {
        if (p.platform.empty() || p.id.empty()) throw Broken("a post has no platform or no id, and so no identity");
        if (p.change > EAR_WITHDRAWN) throw Broken("post " + shown(p.id) + " has an unknown change");
        if (p.published == no_time) throw Broken("post " + shown(p.id) + " says no time at which it was published");
        for (const testing::TestSegment& s : p.segments)
          if (s.origin > EAR_CAPTION) throw Broken("post " + shown(p.id) + " has a segment of an unknown origin");
      }
      posts += h->posts().size();
      for (const testing::Reject& r : h->rejects())
        if (r.reason.empty()) throw Broken("it rejects input and does not say why");
      h->clear();
      if (status != EAR_OK) break;
    }
  });
  if (posts == 0) throw Skipped("it brings no posts here");
}

constexpr std::uint32_t kSource = kOf(EAR_SOURCE);
constexpr Rule kRules[] = {
    {"resume-from-cursor", "opened at a cursor that it gave, it brings the posts after it",
     "Nothing after it may be lost", resume_from_cursor, Scope::component, kSource},
    {"cursor-covers-posts", "after the posts of a poll comes the cursor that covers them",
     "The position after everything pushed so far", cursor_covers_posts, Scope::component, kSource},
    {"garbage-opened", "a cursor that it never gave is refused in words, or taken",
     "Goes to a position that it once gave", garbage_opened, Scope::component, kSource,
     "it crashes on a cursor that it never gave"},
    {"cancel-within-1s", "it comes back within a second of being told to", "1: return EAR_CANCELLED soon",
     cancel_within_1s, Scope::component, kSource},
    {"posts-well-formed", "each post has a platform, an id and a time", "of (platform, id), set by the host",
     posts_well_formed, Scope::component, kSource},
};

}  // namespace

std::span<const Rule> source_rules() {
  return kRules;
}

}  // namespace earshot::check
