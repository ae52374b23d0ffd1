// things.hpp: what a post holds that may be new: phrases, hashtags, links, names, and what is known of where it comes
// from. A Things belongs to one thread and keeps its memory.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "earshot/types.hpp"
#include "novelty/kinds.hpp"
#include "phrases/phrases.hpp"

namespace earshot::novelty {

struct Thing {
  std::uint64_t hash = 0;  // of kind and text, with no subject
  Kind kind = Kind::phrase;
  std::uint32_t phrase = 0xFFFFFFFF;  // its place among the phrases, else
  std::string_view text, label;       // as it is told where that is not the text
  std::string_view subject;           // of a topic, and a name that is a watch item: whom it is, or is not, about
  std::uint16_t feature() const { return static_cast<std::uint16_t>(hash >> 48); }
};

class Things {
 public:
  struct Wanted {
    std::uint32_t kinds = 0;     // 1 << Kind
    std::int64_t followers = 0;  // of an author of reach
  };
  // Those of a post, none twice.
  const std::vector<Thing>& read(const Post& post, const Wanted& wanted);
  const std::vector<Thing>& all() const { return things_; }
  std::string text(const Thing& thing) const;
  // Words in their order, without links, handles and signs: equal for copies.
  std::uint64_t content() const { return content_; }

 private:
  void read_texts(const Post& post, const Wanted& wanted);
  void read_links(std::string_view text);
  void read_findings(const Post& post, const Wanted& wanted);
  void read_author(const Post& post, const Wanted& wanted);
  void add(Kind kind, std::string_view text, std::string_view label = {}, std::string_view subject = {});
  std::string_view keep(std::string text) { return kept_.emplace_back(std::move(text)); }

  phrases::Phrases phrases_;
  const std::vector<phrases::Phrase>* found_ = nullptr;
  std::vector<std::uint32_t> segments_;  // of each text that was read
  std::vector<Thing> things_;
  std::vector<std::string> kept_;  // has room before it is filled: views stay
  std::uint64_t content_ = 0;
};

}  // namespace earshot::novelty
