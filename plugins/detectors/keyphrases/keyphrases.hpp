// keyphrases.hpp: the detector: which phrases are said with a subject more than they used to be, as findings on the
// posts that say one. Posts are counted by grains of event time; what is key is judged when a grain is over, that is
// when no post of it can come any more, and holds for the posts behind it, so that within a grain no order matters.
#pragma once

#include <earshot/detector.hpp>
#include <map>
#include <string>
#include <vector>

#include "keyphrases/counts.hpp"
#include "phrases/phrases.hpp"

namespace earshot::keyphrases {

struct KeyphrasesOptions {
  Duration grain, wait, lately, before;
  std::int64_t most, min_count, phrases;
  double min_z;

  static constexpr auto schema() {
    using O = KeyphrasesOptions;
    return earshot::schema(
        option<&O::grain>("grain", "Posts are counted in stretches of this length; what is key is judged behind each",
                          {.fallback = "15m", .min = 60, .max = 86400}),
        option<&O::wait>("wait", "How long behind a stretch posts of it may still come from slower sources",
                         {.fallback = "5m", .max = 86400}),
        option<&O::lately>("lately", "Half of what was said so long ago is still news",
                           {.fallback = "12h", .min = 60, .max = 30 * 86400.0}),
        option<&O::before>("before", "Half of what was said so long ago is still remembered, to compare with",
                           {.fallback = "14d", .min = 3600, .max = 366 * 86400.0}),
        option<&O::most>("most", "Phrases at most on one post, for each subject",
                         {.fallback = "3", .min = 1, .max = 20}),
        option<&O::min_count>("min_count", "Posts of late that a key phrase stands in, by as many authors in a grain",
                              {.fallback = "4", .min = 2, .max = 1e6}),
        option<&O::min_z>("min_z", "How far above its background a phrase is, in standard deviations",
                          {.fallback = "3.5", .min = 1, .max = 100}),
        option<&O::phrases>("phrases", "Phrases known of each subject: about 50 bytes each",
                            {.fallback = "8192", .min = 256, .max = 1e6}));
  }
};

class Keyphrases : public Detector<KeyphrasesOptions> {
 public:
  static constexpr Info info{"keyphrases", "Finds what is said with a subject more than it used to be", 0, 2};

  void prepare();
  void start();
  void detect(const Batch& batch, Out& out);
  void erase(std::string_view platform, std::string_view author);
  void save(StateOut& out);
  void load(std::uint32_t version, std::string_view key, std::string_view value);

 private:
  struct Subject {
    Counts counts;
    std::map<std::int64_t, Grain> open;
    bool changed = true;
  };
  struct Mention {
    std::string_view subject;
    std::uint32_t segment, begin, end;
  };

  void detect(const Post& post, Out& out);
  void close(std::int64_t from);
  bool read(const Post& post);
  void count(Subject& subject, std::int64_t grain, const Post& post);
  void say(const Subject& subject, std::string_view id, const Post& post, Out& out);
  Subject* subject(std::string_view id);
  std::string save(const Subject& subject) const;

  Rules rules_;
  std::map<std::string, Subject, std::less<>> subjects_;
  std::int64_t open_from_ = INT64_MIN;  // grains before it have been judged
  std::int64_t loaded_grain_ = 0;       // nanoseconds; 0: no state was loaded
  bool told_full_ = false;

  // Of the post at hand.
  phrases::Phrases phrases_;
  std::vector<Mention> mentions_;
  std::vector<std::uint32_t> segments_;  // numbers, by text
  const std::vector<phrases::Phrase>* found_ = nullptr;
  std::vector<std::uint64_t> hashes_;
  std::vector<std::pair<float, const phrases::Phrase*>> keys_;
};

}  // namespace earshot::keyphrases
