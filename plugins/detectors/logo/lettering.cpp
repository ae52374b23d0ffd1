#include "lettering.hpp"

#include <algorithm>

namespace earshot::logo {
namespace {

constexpr std::int64_t kAbout = 2'000'000'000;  // lettering is read in some of the pictures of a shot

char lower(char c) {
  return c >= 'A' && c <= 'Z' ? static_cast<char>(c | 0x20) : c;
}
bool joins(char c) {
  return (c >= '0' && c <= '9') || (lower(c) >= 'a' && lower(c) <= 'z') || static_cast<unsigned char>(c) >= 0x80;
}

// The name as words of its own, ASCII letters of either case. What needs more is brand_text's work.
bool names(std::string_view text, std::string_view name) {
  if (name.size() < 3) return false;
  const auto same = [](char a, char b) { return lower(a) == lower(b); };
  for (auto at = text.begin();; ++at) {
    at = std::search(at, text.end(), name.begin(), name.end(), same);
    if (at == text.end()) return false;
    const auto end = at + static_cast<std::ptrdiff_t>(name.size());
    if ((at == text.begin() || !joins(at[-1])) && (end == text.end() || !joins(*end))) return true;
  }
}

}  // namespace

Lettering::Lettering(const Post& post, std::uint32_t media, const std::vector<WatchedLogos>& items) {
  const auto read_here = [&](const Segment& s) { return s.origin() == EAR_IMAGE && s.raw().media == media; };
  for (const Segment segment : post.segments()) {
    if (!read_here(segment)) continue;
    for (std::size_t i = 0; i < items.size(); ++i)
      if (std::any_of(items[i].names.begin(), items[i].names.end(),
                      [&](const std::string& name) { return names(segment.text(), name); }))
        all_.push_back({i, segment.raw().start, segment.raw().end});
  }
  for (const FoundBefore finding : post.findings()) {
    if (finding.kind() != "mention" || finding.segment() == none) continue;
    for (const Segment segment : post.segments()) {
      if (segment.number() != finding.segment() || !read_here(segment)) continue;
      for (std::size_t i = 0; i < items.size(); ++i)
        if (items[i].id == finding.subject()) all_.push_back({i, segment.raw().start, segment.raw().end});
    }
  }
}

bool Lettering::reads(std::size_t item, std::int64_t start, std::int64_t stop) const {
  return std::any_of(all_.begin(), all_.end(), [&](const Read& r) {
    const bool untimed = r.start == 0 && r.stop == 0;
    return r.item == item && (untimed || (r.start - kAbout <= stop && start <= r.stop + kAbout));
  });
}

}  // namespace earshot::logo
