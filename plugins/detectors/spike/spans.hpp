// spans.hpp: stretches of event time, none touching another. Values; any thread.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <vector>

namespace earshot::spike {

// From and to, without the end.
struct Span {
  std::int64_t from = 0, to = 0;
};

// Spans in their order, none touching another.
class Spans {
 public:
  // Adds one; at most `most` are kept, the newest.
  void add(Span span, std::size_t most = 1000) {
    if (span.from >= span.to) return;
    const auto touches = [&](const Span& s) { return s.from <= span.to && span.from <= s.to; };
    for (const Span& s : all_)
      if (touches(s)) span = {std::min(span.from, s.from), std::max(span.to, s.to)};
    std::erase_if(all_, touches);
    all_.insert(std::find_if(all_.begin(), all_.end(), [&](const Span& s) { return s.from > span.from; }), span);
    if (all_.size() > most) all_.erase(all_.begin());
  }
  bool overlaps(std::int64_t from, std::int64_t to) const {
    const auto later = std::partition_point(all_.begin(), all_.end(), [&](const Span& s) { return s.to <= from; });
    return later != all_.end() && later->from < to;
  }
  void forget_before(std::int64_t t) {
    std::erase_if(all_, [&](const Span& s) { return s.to <= t; });
  }
  const std::vector<Span>& all() const { return all_; }

 private:
  std::vector<Span> all_;
};

}  // namespace earshot::spike
