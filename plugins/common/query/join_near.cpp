#include <algorithm>
#include <tuple>

#include "query/search.hpp"

namespace earshot::query {
namespace {

Hit joined(const Hit& a, const Hit& b) {
  Hit all = a;
  all.first = std::min(a.first, b.first), all.last = std::max(a.last, b.last);
  all.begin = std::min(a.begin, b.begin), all.end = std::max(a.end, b.end);
  all.start = std::min(a.start, b.start), all.stop = std::max(a.stop, b.stop);
  if (a.passage != b.passage) all.passage = all.first = all.last = kNone, all.begin = all.end = 0;
  return all;
}

bool by_place(const Hit& a, const Hit& b) {
  return std::tie(a.passage, a.first, a.last, a.start, a.stop) < std::tie(b.passage, b.first, b.last, b.start, b.stop);
}
bool by_time(const Hit& a, const Hit& b) {
  return std::tie(a.media, a.start, a.stop, a.passage, a.first) <
         std::tie(b.media, b.start, b.stop, b.passage, b.first);
}

// For each beginning the shortest and the longest are enough to be near something else, and keep joins of joins small.
void thin(Hits& all) {
  std::sort(all.begin(), all.end(), by_place);
  std::size_t kept = 0;
  for (std::size_t i = 0; i < all.size();) {
    std::size_t behind = i;
    while (behind < all.size() && all[behind].passage == all[i].passage && all[behind].first == all[i].first) ++behind;
    const Hit longest = all[behind - 1];
    all[kept++] = all[i];
    if (!(longest == all[kept - 1])) all[kept++] = longest;
    i = behind;
  }
  all.resize(kept);
}

// Two operands, by words: for each place of the first, the nearest and the farthest of the second on either side.
class WordPairs {
 public:
  WordPairs(const Nearness& near, const Hits& left, const Hits& right, Hits& to)
      : near_(near), left_(left), right_(right), to_(to) {}

  void run() {
    for (const Hit& hit : left_) {
      if (hit.passage == kNone || to_.size() >= kMostHits) continue;
      behind(hit);
      if (near_.rule != Nearness::Rule::ordered) before(hit), inside(hit);
    }
  }

 private:
  // Those that begin within `most` words behind the hit.
  void behind(const Hit& hit) {
    const auto from = lower(hit.passage, std::uint64_t{hit.last} + 1);
    const auto to = lower(hit.passage, std::uint64_t{hit.last} + 2 + static_cast<std::uint64_t>(near_.most));
    add(hit, from, to);
  }
  // Those that end within `most` words before it. Long ones among them begin earlier than others: look back a little
  // further than the distance itself.
  void before(const Hit& hit) {
    const std::uint64_t reach = static_cast<std::uint64_t>(near_.most) + 1 + longest();
    const auto from = lower(hit.passage, hit.first > reach ? hit.first - reach : 0);
    const auto to = lower(hit.passage, hit.first);
    std::size_t looks = 0;
    for (auto at = from; at != to && looks < kLooks; ++at, ++looks)
      if (is_before(*at, hit)) {
        to_.push_back(joined(*at, hit));
        break;
      }
    looks = 0;
    for (auto at = to; at != from && looks < kLooks; --at, ++looks)
      if (is_before(*(at - 1), hit)) {
        to_.push_back(joined(*(at - 1), hit));
        break;
      }
  }
  // A place between the ends of what was joined before.
  void inside(const Hit& hit) {
    const auto at = lower(hit.passage, std::uint64_t{hit.first} + 1);
    if (at != right_.end() && at->passage == hit.passage && at->last < hit.last) to_.push_back(hit);
  }

  bool is_before(const Hit& a, const Hit& b) const {
    return a.last < b.first && b.first - a.last - 1 <= static_cast<std::uint64_t>(near_.most);
  }
  void add(const Hit& hit, Hits::const_iterator from, Hits::const_iterator to) {
    if (from == to) return;
    to_.push_back(joined(hit, *from));
    if (to - from > 1) to_.push_back(joined(hit, *(to - 1)));
  }
  Hits::const_iterator lower(std::uint32_t passage, std::uint64_t first) const {
    return std::partition_point(right_.begin(), right_.end(), [&](const Hit& h) {
      return h.passage < passage || (h.passage == passage && h.first < first);
    });
  }
  std::uint64_t longest() {
    if (longest_ == 0)
      for (const Hit& hit : right_)
        if (hit.passage != kNone) longest_ = std::max<std::uint64_t>(longest_, hit.last - hit.first + 1);
    return std::min<std::uint64_t>(longest_, kLooks);
  }

  static constexpr std::size_t kLooks = 2000;
  const Nearness& near_;
  const Hits& left_;
  const Hits& right_;
  Hits& to_;
  std::uint64_t longest_ = 0;
};

// Of the places in one passage, which all have its time, the first two and the last two are enough.
void thin_in_time(Hits& all) {
  std::sort(all.begin(), all.end(), by_time);
  std::size_t kept = 0;
  for (std::size_t i = 0; i < all.size();) {
    std::size_t behind = i + 1;
    while (behind < all.size() && all[i].passage != kNone && all[behind].passage == all[i].passage) ++behind;
    for (std::size_t j = i; j < behind; ++j)
      if (j < i + 2 || j + 2 >= behind) all[kept++] = all[j];
    i = behind;
  }
  all.resize(kept);
}

// Two operands, by time in the same media.
void time_pairs(const Nearness& near, Hits& left, Hits& right, Hits& to) {
  const auto drop_timeless = [](Hits& all) {
    std::erase_if(all, [](const Hit& h) { return h.media == kNone || (h.start == 0 && h.stop == 0); });
    thin_in_time(all);
  };
  drop_timeless(left), drop_timeless(right);
  std::int64_t longest = 0;
  for (const Hit& hit : right) longest = std::max(longest, hit.stop - hit.start);
  for (const Hit& hit : left) {
    const auto from = std::partition_point(right.begin(), right.end(), [&](const Hit& h) {
      return h.media < hit.media || (h.media == hit.media && h.start < hit.start - near.most - longest);
    });
    for (auto at = from; at != right.end() && at->media == hit.media && at->start <= hit.stop + near.most; ++at) {
      const bool is_itself =
          at->passage != kNone && at->passage == hit.passage && at->first <= hit.last && hit.first <= at->last;
      const bool in_order = near.rule != Nearness::Rule::ordered || at->start > hit.start ||
                            (at->start == hit.start && at->passage == hit.passage && at->first > hit.last);
      if (is_itself || !in_order || at->stop + near.most < hit.start) continue;
      to.push_back(joined(hit, *at));
      if (to.size() >= kMostHits) return;
    }
  }
}

// All operands within a stretch: the latest place of each, whenever one more comes.
class Group {
 public:
  Group(const Part& part, std::vector<Hits>& lists, Hits& to) : part_(part), lists_(lists), to_(to) {}

  void run() {
    struct Event {
      Hit hit;
      std::size_t child;
    };
    std::vector<Event> events;
    for (std::size_t i = 0; i < lists_.size(); ++i) {
      if (lists_[i].empty()) return;
      if (part_.copy_of[i] != i) continue;
      for (const Hit& hit : lists_[i])
        if (is_placed(hit)) events.push_back({hit, i});
    }
    std::stable_sort(events.begin(), events.end(), [&](const Event& a, const Event& b) {
      return part_.near.in_time ? by_time(a.hit, b.hit) : by_place(a.hit, b.hit);
    });
    latest_.assign(lists_.size(), Hit{});
    for (const Event& event : events) {
      put(event.hit, event.child);
      if (to_.size() < kMostHits) look();
    }
  }

 private:
  bool is_placed(const Hit& hit) const {
    return part_.near.in_time ? hit.media != kNone && (hit.start != 0 || hit.stop != 0) : hit.passage != kNone;
  }
  // Copies of an operand have the places before the latest.
  void put(Hit hit, std::size_t child) {
    for (std::size_t i = child; i < latest_.size(); ++i)
      if (part_.copy_of[i] == child) std::swap(hit, latest_[i]);
  }
  void look() {
    Hit all = latest_.front();
    std::uint64_t words = 0;
    for (const Hit& hit : latest_) {
      if (!is_placed(hit)) return;
      if (part_.near.in_time ? hit.media != all.media : hit.passage != all.passage) return;
      all = joined(all, hit);
      words += hit.last - hit.first + 1;
    }
    if (part_.near.in_time ? all.stop - all.start > part_.near.most && !within_time() : !within_words(all, words))
      return;
    if (to_.empty() || !(to_.back() == all)) to_.push_back(all);
  }
  bool within_words(const Hit& all, std::uint64_t words) const {
    const std::uint64_t length = std::uint64_t{all.last} - all.first + 1;
    return length >= words && length - words <= static_cast<std::uint64_t>(part_.near.most);
  }
  // The last to begin begins at most so long after the first to end.
  bool within_time() const {
    std::int64_t last_begin = INT64_MIN, first_end = INT64_MAX;
    for (const Hit& hit : latest_)
      last_begin = std::max(last_begin, hit.start), first_end = std::min(first_end, hit.stop);
    return last_begin - first_end <= part_.near.most;
  }

  const Part& part_;
  std::vector<Hits>& lists_;
  Hits& to_;
  Hits latest_;
};

}  // namespace

void join_near(const Part& part, std::vector<Hits>& lists, Hits& to) {
  if (part.near.rule == Nearness::Rule::group) return Group(part, lists, to).run();
  Hits& left = lists[0];
  Hits& right = lists[1];
  if (part.near.in_time) return time_pairs(part.near, left, right, to);
  std::sort(left.begin(), left.end(), by_place);
  std::sort(right.begin(), right.end(), by_place);
  Hits pairs;
  WordPairs(part.near, left, right, pairs).run();
  thin(pairs);
  to.insert(to.end(), pairs.begin(), pairs.end());
}

}  // namespace earshot::query
