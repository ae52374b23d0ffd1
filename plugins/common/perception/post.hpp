// post.hpp: what of a post is judged: for each watch item that it mentions the text around the mentions, and where it
// mentions none, the post as a whole. One PostReader a worker; it keeps its memory.
#pragma once

#include <cstdint>
#include <earshot/detector.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "perception/features.hpp"

namespace earshot::perception {

// Which languages a model knows.
struct Languages {
  std::vector<std::string> known{"en"};  // primary subtags; "any" among them: all
  bool knows(std::string_view language) const;
  // By the `language` finding of the whole post, and without one as declared; a post of no known language is read.
  bool reads(const Post& post) const;
};

// A stretch of text to be judged, its features already read.
struct Unit {
  std::string_view subject;  // watch item; none: the post
  std::uint32_t segment = none;
  const model::Features* features = nullptr;
  const std::vector<std::string_view>* texts = nullptr;
  std::uint16_t text = 0;            // of its texts, where the target stands first
  std::uint32_t begin = 0, end = 0;  // at these bytes; both 0: no target
  float share = 1;                   // of all that is judged about this subject in this post; the shares add up to 1
  bool first = true, last = true;    // of its subject
};

class PostReader {
 public:
  PostReader(const model::FeatureOptions& options, std::uint32_t origins) : reader_(options), origins_(origins) {}

  // Calls judge(const Unit&) for each unit, those of one subject in a row.
  template <class Judge>
  void read(const Post& post, Judge&& judge) {
    collect(post);
    if (segments_.empty()) return;
    if (places_.empty() || bytes_ <= kShort) {
      read_whole();
      const std::size_t own = features_.own_count();
      if (places_.empty()) judge(Unit{{}, segments_.size() == 1 ? segments_[0].number : none, &features_, &texts_});
      for (std::size_t from = 0; from < places_.size();) {
        const std::size_t to = same_subject(from);
        features_.keep_own(own);
        for (std::size_t i = from; i < to; ++i) add_target(places_[i], static_cast<float>(to - from));
        const Place& first = places_[from];
        judge(
            Unit{first.subject, segments_[first.text].number, &features_, &texts_, first.text, first.begin, first.end});
        from = to;
      }
      return;
    }
    for (std::size_t from = 0; from < places_.size();) {
      const std::size_t to = same_subject(from);
      for (std::size_t i = from; i < to; ++i) {
        const std::uint32_t cut = read_around(places_[i]);
        judge(Unit{places_[i].subject, segments_[places_[from].text].number, &features_, &texts_, 0,
                   places_[i].begin - cut, places_[i].end - cut, 1 / static_cast<float>(to - from), i == from,
                   i + 1 == to});
      }
      from = to;
    }
  }

 private:
  static constexpr std::size_t kShort = 600;      // bytes of a post that is read as one
  static constexpr std::size_t kAround = 280;     // bytes to each side of a mention that are read in a longer one
  static constexpr std::size_t kMostPlaces = 64;  // mentions in a post that are looked at
  static constexpr std::size_t kMostOfOne = 8;    // of one watch item

  struct Place {
    std::string_view subject;
    std::uint16_t text = 0;  // number in segments_
    std::uint32_t begin = 0, end = 0;
  };
  struct Text {
    std::uint32_t number;
    std::string_view text;
  };

  void collect(const Post& post);
  void collect_places(const Post& post);
  void read_whole();
  std::uint32_t read_around(const Place& place);  // returns where it began to read
  void add_target(const Place& place, float of) {
    reader_.target(features_, place.text, place.begin, place.end, 1 / of);
  }
  std::size_t same_subject(std::size_t from) const {
    std::size_t to = from;
    while (to < places_.size() && places_[to].subject == places_[from].subject) ++to;
    return to;
  }

  Reader reader_;
  std::uint32_t origins_;
  model::Features features_;
  std::vector<Text> segments_;
  std::vector<std::string_view> texts_;
  std::vector<Place> places_;
  std::size_t bytes_ = 0;
};

}  // namespace earshot::perception
