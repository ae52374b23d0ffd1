// topics.hpp: the detector: puts posts that are about the same thing together as they come, under an id that stays. A
// post is put where it is most similar, and begins a topic where it is similar to none.
#pragma once

#include <earshot/detector.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "sketch/rarity.hpp"
#include "topics/terms.hpp"
#include "topics/topic.hpp"

namespace earshot::topics {

struct TopicsOptions {
  double similarity;
  Duration lately;
  std::int64_t most, waiting, least;

  static constexpr auto schema() {
    using O = TopicsOptions;
    return earshot::schema(
        option<&O::similarity>("similarity", "From which similarity on a post is of a topic; higher: finer topics",
                               {.fallback = "0.2", .min = 0.05, .max = 0.95}),
        option<&O::lately>("lately", "Half of what was said so long ago still counts for what a topic is about",
                           {.fallback = "2d", .min = 60, .max = 366 * 86400.0}),
        option<&O::most>("most", "Topics that are kept: of more, the one of which least is said goes",
                         {.fallback = "1000", .min = 1, .max = 100000}),
        option<&O::waiting>("waiting", "Single posts that wait for a second one about the same thing",
                            {.fallback = "4000", .min = 1, .max = 1e6}),
        option<&O::least>("least", "A topic is told from so many posts on", {.fallback = "3", .min = 2, .max = 1000}));
  }
};

class TopicsDetector : public Detector<TopicsOptions> {
 public:
  static constexpr Info info{
      .name = "topics", .summary = "Puts posts that are about the same thing together", .state_version = 2};

  void prepare();
  void start();
  void detect(const Post& post, Out& out);
  void save(StateOut& out);
  void load(std::uint32_t version, std::string_view key, std::string_view value);
  void erase(std::string_view platform, std::string_view author);

 private:
  bool read(const Post& post);
  std::uint32_t place(const Post& post, float& similarity);
  void say(std::uint32_t topic, float similarity, const Post& post, Out& out) const;

  Topics topics_;
  sketch::Rarity rarity_;
  std::int64_t newest_ = 0;
  std::uint64_t loaded_count_ = 0;
  Terms terms_;
  std::string gone_;  // id of the topic that the post at hand brought together with another
};

}  // namespace earshot::topics
