#include "runtime/batch.hpp"

#include <algorithm>

#include "earshot/types.hpp"

namespace earshot::host {
namespace {

// Room for one more in an array of an arena: doubled when it is full.
template <class T>
T& grow(Arena& arena, const T*& first, std::uint32_t& count, std::uint32_t& room, std::uint32_t initial) {
  if (count >= room) {
    room = std::max(initial, count * 2);
    T* bigger = arena.array<T>(room);
    if (count != 0) std::memcpy(bigger, first, count * sizeof(T));
    first = bigger;
  }
  return const_cast<T&>(first[count++]);
}

// Only what the detectors in `sees` have said, and what came with the posts.
class Filter {
 public:
  Filter(const Graph& graph, DetectorSet sees) : graph_(graph), sees_(sees) {}
  bool shows(ear_str detector) const {
    if (detector.len == 0) return true;
    for (std::uint32_t bit = 0; bit < graph_.voice_count(); ++bit)
      if (graph_.voice(bit).data() == detector.ptr) return (sees_ >> bit & 1) != 0;
    return true;  // of an earlier run, and of nobody here
  }
  template <class T>
  const T* of(const T* all, std::uint32_t& count, Arena& arena) const {
    T* some = arena.array<T>(count);
    std::uint32_t kept = 0;
    for (std::uint32_t i = 0; i < count; ++i)
      if (shows(all[i].detector)) some[kept++] = all[i];
    count = kept;
    return some;
  }

 private:
  const Graph& graph_;
  DetectorSet sees_;
};

}  // namespace

void Batch::clear() {
  arena.reset();
  slots.clear(), gaps.clear(), complete.clear(), alerts.clear(), dead.clear();
  number = 0, source = entry = kNoNode, replayed = 0;
  cursor.clear(), has_cursor = false;
  watermark = EAR_TIME_NONE, taken_in_ns = 0;
  barrier.reset();
  said = 0, charged = 0;
}

Slot& Batch::add(const ear_post& given) {
  Slot& slot = *arena.array<Slot>(1);
  copy_post(slot.post, slot.author, given, arena);
  return identify(slot);
}

Slot& Batch::add_stored(const ear_post& given) {
  Slot& slot = *arena.array<Slot>(1);
  copy_stored_post(slot.post, slot.author, given, arena);
  return identify(slot);
}

Slot& Batch::identify(Slot& slot) {
  slot.post.key = post_key(earshot::view(slot.post.platform), earshot::view(slot.post.id));
  slot.watermark = EAR_TIME_NONE;
  slot.segment_room = slot.post.segment_count, slot.finding_room = slot.post.finding_count;
  slots.push_back(&slot);
  return slot;
}

void Batch::recognise(const Graph& graph) {
  const auto know = [&](ear_str& detector) {
    if (detector.len == 0) return;
    for (std::uint32_t bit = 0; bit < graph.voice_count(); ++bit) {
      if (graph.voice(bit) != earshot::view(detector)) continue;
      detector = str(graph.voice(bit)), said |= DetectorSet{1} << bit;
      return;
    }
  };
  for (Slot* slot : slots) {
    for (std::uint32_t i = 0; i < slot->post.finding_count; ++i)
      know(const_cast<ear_finding&>(slot->post.findings[i]).detector);
    for (std::uint32_t i = 0; i < slot->post.segment_count; ++i)
      know(const_cast<ear_segment&>(slot->post.segments[i]).detector);
  }
}

void Batch::lose_posts(const char* reason) {
  if (slots.empty()) return;
  ear_gap gap{};
  gap.size = sizeof gap;
  gap.source = slots.front()->post.source;
  gap.from = gap.to = slots.front()->post.published;
  for (const Slot* slot : slots) {
    gap.from = std::min(gap.from, slot->post.published);
    gap.to = std::max(gap.to, slot->post.published);
  }
  gap.reason = str(reason);
  slots.clear();
  for (GapHere& here : gaps) here.after = 0;
  for (CompleteHere& here : complete) here.after = 0;
  gaps.push_back({0, gap});
}

void Batch::enter(const Graph& graph) {
  const auto posts = static_cast<std::uint32_t>(slots.size());
  live.resize(graph.nodes.size());
  withdrawn.resize(graph.nodes.size());
  for (std::uint32_t node = 0; node < graph.nodes.size(); ++node) {
    live[node].reset(posts, node == source);
    withdrawn[node].reset(posts, false);
  }
}

void Batch::incoming(const Node& node, std::uint32_t at, PostSet& live_in, PostSet& withdrawn_in) const {
  const auto posts = static_cast<std::uint32_t>(slots.size());
  live_in.reset(posts, entry != kNoNode && at == entry);
  withdrawn_in.reset(posts, false);
  for (const std::uint32_t from : node.from) {
    live_in.add(live[from]);
    withdrawn_in.add(withdrawn[from]);
  }
  withdrawn_in.remove(live_in);
}

void Batch::view(const Node& node, const PostSet& live_in, const PostSet& withdrawn_in, const Graph& graph,
                 Arena& scratch, View& out) const {
  out.posts.clear(), out.index.clear();
  const bool filtered = (said & ~node.sees) != 0;
  const bool some_withdrawn = !withdrawn_in.empty();
  PostSet both = live_in;
  if (some_withdrawn) both.add(withdrawn_in);
  const Filter filter(graph, node.sees);
  both.each([&](std::uint32_t i) {
    const ear_post* post = &slots[i]->post;
    const bool gone = some_withdrawn && withdrawn_in.has(i);
    if (gone || filtered) {
      ear_post& own = *scratch.copy(post, 1);
      if (gone) own.change = EAR_WITHDRAWN;
      if (filtered) {
        own.findings = filter.of(own.findings, own.finding_count, scratch);
        own.segments = filter.of(own.segments, own.segment_count, scratch);
      }
      post = &own;
    }
    out.posts.push_back(post);
    out.index.push_back(i);
  });
}

void Batch::add_finding(std::uint32_t post, const ear_finding& finding) {
  Slot& slot = *slots[post];
  grow(arena, slot.post.findings, slot.post.finding_count, slot.finding_room, 2) = finding;
}

void Batch::add_segment(std::uint32_t post, const ear_segment& segment) {
  Slot& slot = *slots[post];
  const std::uint32_t last = slot.post.segment_count;
  ear_segment& added = grow(arena, slot.post.segments, slot.post.segment_count, slot.segment_room, 4);
  copy_segment(added, segment, arena);
  added.number = last;
  slot.post.flags &= ~std::uint32_t{EAR_POST_RAW_JSON};  // its bytes no longer say everything
}

}  // namespace earshot::host
