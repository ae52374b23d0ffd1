// duplicates.hpp: the detector: says of a post that it is a copy of an earlier one: exact, a repost, or with a few
// words changed. Every post is compared with what came before it within the window, so that the first of a cluster
// is left without a finding. Each worker call sees the posts in their order; see memory.hpp for what is kept.
#pragma once

#include <array>
#include <earshot/detector.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "duplicates/keys.hpp"
#include "duplicates/likeness.hpp"
#include "duplicates/memory.hpp"

namespace earshot::duplicates {

struct DuplicatesOptions {
  Duration window;
  std::int64_t remember;
  double similarity;
  std::int64_t least;

  static constexpr auto schema() {
    using O = DuplicatesOptions;
    return earshot::schema(
        option<&O::window>("window", "A copy comes at most so long after a post that it is like",
                           {.fallback = "7d", .min = 60, .max = 366 * 86400.0}),
        option<&O::remember>("remember", "Posts with a content of their own that are remembered: about 670 bytes each",
                             {.fallback = "200000", .min = 1, .max = 2e7}),
        option<&O::similarity>("similarity", "From which likeness on a post is a near copy; 1: exact copies only",
                               {.fallback = "0.45", .min = 0.05, .max = 1}),
        option<&O::least>("least", "A text of fewer letters is no copy of another, whatever it says",
                          {.fallback = "9", .min = 1, .max = 1000}));
  }
};

class Duplicates : public Detector<DuplicatesOptions> {
 public:
  static constexpr Info info{"duplicates", "Finds exact copies, reposts and near copies of earlier posts", 0, 2};

  void prepare();
  void start();
  void detect(const Batch& batch, Out& out);
  void save(StateOut& out);
  void load(std::uint32_t version, std::string_view key, std::string_view value);
  void erase(std::string_view platform, std::string_view author);

 protected:
  Likeness likeness_ = kFitted;  // the fit tries others

 private:
  // What a post turned out to be. `cluster` is kNone where it is the first of one.
  struct Verdict {
    How how = How::first;
    std::uint32_t cluster = kNone;
    std::uint64_t of = 0;  // number of the record
    float score = 0;
  };
  struct Candidate {
    std::uint32_t number = 0;  // as it stands in the index
    float weight = 0;
  };
  // The post at hand.
  struct Now {
    std::uint64_t post = 0, since = 0;
    std::int64_t published = 0;
  };

  void detect(const Post& post, Out& out);
  void read(const Post& post);
  void learn();
  Verdict judge(const Post& post, const Now& now);
  bool fits(const Record& record, const Now& now) const;
  void collect();
  Verdict nearest(const Now& now);
  bool is_worth(const Verdict& verdict);
  void keep(const Verdict& verdict, const Post& post, const Now& now);
  void say(const Verdict& verdict, const Post& post, Out& out);

  Memory memory_;
  sketch::Rarity letters_, words_;
  std::int64_t newest_ = INT64_MIN;
  std::uint64_t forgotten_ = 0;  // within the window, since the last batch
  std::size_t saved_blocks_ = 0;
  std::int64_t loaded_remember_ = 0;

  // Of the post at hand.
  sketch::Reader text_;
  Keys keys_of_;
  std::span<const Key> keys_;
  bool only_quoted_ = false;
  std::string name_, target_;
  std::vector<std::uint16_t> features_;
  std::vector<Candidate> candidates_;
  std::array<std::uint16_t, 512> places_{};  // of candidates by their number, plus 1
};

}  // namespace earshot::duplicates
