// batch.hpp: the posts that travel together, in one arena, with everything that is said of them on the way. One thread
// at a time, until it is handed to the sinks; from then on nobody changes it and all may read.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "base/identity.hpp"
#include "runtime/arena.hpp"
#include "runtime/copy.hpp"
#include "runtime/graph.hpp"
#include "runtime/post_set.hpp"
#include "state/dead_letter.hpp"

namespace earshot::host {

struct Barrier;

// One post and what the host keeps beside it.
struct Slot {
  ear_post post;  // with the segments and findings of every detector so far
  ear_author author;
  ear_time watermark;  // the pipeline's, just before this post
  std::uint32_t segment_room, finding_room;
};

// The posts that reach a node, as it may see them. Scratch of whoever calls the node.
struct View {
  std::vector<const ear_post*> posts;
  std::vector<std::uint32_t> index;  // of each in the batch
};

class Batch {
 public:
  static constexpr std::uint32_t kNoNode = 0xFFFFFFFF;

  // What a source said, at a place in its stream: after so many posts of this batch.
  struct GapHere {
    std::uint32_t after;
    ear_gap gap;
  };
  struct CompleteHere {
    std::uint32_t after;
    ear_time until;
  };
  struct AlertHere {
    std::uint32_t detector;
    ear_alert alert;
  };

  Arena arena;
  std::vector<Slot*> slots;
  std::vector<GapHere> gaps;
  std::vector<CompleteHere> complete;
  std::vector<AlertHere> alerts;  // in the order of the detectors, then as said
  std::vector<DeadLetter> dead;

  std::uint64_t number = 0;        // place in the pipeline's one order
  std::uint32_t source = kNoNode;  // node that brought it
  std::uint32_t entry = kNoNode;   // a detector that it enters at directly: dead letters that come back
  std::int64_t replayed = 0;       // the number of the dead letter that this is
  std::string cursor;              // of the source, after these posts
  bool has_cursor = false;
  ear_time watermark = EAR_TIME_NONE;    // the pipeline's, after all of it
  std::int64_t taken_in_ns = 0;          // steady clock
  std::shared_ptr<Barrier> barrier;      // set: no posts, the barrier passes
  std::vector<PostSet> live, withdrawn;  // of each node: what goes out of it
  DetectorSet said = 0;                  // detectors that have added something
  std::size_t charged = 0;               // bytes taken from the budget

  // What it costs while it is on its way: the memory of its arena whole, also what is not filled.
  std::size_t cost() const { return arena.held() + sizeof(Batch); }
  void clear();
  // Copies what a source pushed and gives it its key. The copy is changed by the host alone.
  Slot& add(const ear_post& post);
  Slot& add_stored(const ear_post& post);  // with what was found in an earlier run
  // What came with stored posts counts as said by the detectors that are called so: only those behind them see it.
  void recognise(const Graph& graph);
  // Takes the posts out; a gap says when they were published. `reason` is a literal.
  void lose_posts(const char* reason);
  // Sets the masks of sources and empties those of detectors; once, when it is taken in.
  void enter(const Graph& graph);
  // Which posts come to `node`, unchanged or as withdrawn.
  void incoming(const Node& node, std::uint32_t number, PostSet& live_in, PostSet& withdrawn_in) const;
  // Fills `view`. Where others than its ancestors have said something, or posts come as withdrawn, copies are made in
  // `scratch` (which may be this batch's arena).
  void view(const Node& node, const PostSet& live_in, const PostSet& withdrawn_in, const Graph& graph, Arena& scratch,
            View& view) const;

  void add_finding(std::uint32_t post, const ear_finding& finding);  // text must lie in the arena
  void add_segment(std::uint32_t post, const ear_segment& segment);  // copied

 private:
  Slot& identify(Slot& slot);
};

}  // namespace earshot::host
