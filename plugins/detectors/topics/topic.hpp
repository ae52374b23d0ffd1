// topic.hpp: the topics at hand, each by the middle of its posts' terms, found through the terms that they share. New
// ones wait until a second post comes; only so many wait, and only so many are kept. One thread.
#pragma once

#include <cstdint>
#include <deque>
#include <string>
#include <string_view>
#include <vector>

#include "sketch/flat_map.hpp"
#include "state/bytes.hpp"
#include "topics/terms.hpp"

namespace earshot::topics {

inline constexpr std::uint32_t kNone = 0xFFFFFFFF;

struct CentreTerm {
  std::uint64_t hash = 0;
  float weight = 0;
  float posts = 0;           // that had it, decayed
  std::uint64_t author = 0;  // who alone said it; 0: unknown, or several
  std::string text;          // once a second post had it
};

struct Topic {
  std::string id;
  std::uint64_t number = 0;  // in the order in which they began; 0: none stands here
  std::uint64_t author = 0;  // of the first post; 0: unknown, or others spoke as well
  std::int64_t last = 0;     // when the newest post was published
  float mass = 0;            // posts, decayed
  std::uint32_t posts = 0;
  bool spread = false;             // more than one author
  float length = 0;                // of the centre
  float least = 0;                 // weight of a term under which it is found
  std::vector<CentreTerm> centre;  // by hash
};

struct TopicRules {
  double lately = 0;  // half-life, nanoseconds
  std::size_t most = 1000, waiting = 4000;
  float similarity = 0.3f;
};

class Topics {
 public:
  struct Match {
    std::uint32_t topic = kNone;
    float similarity = 0;
  };

  explicit Topics(TopicRules rules = {}) : rules_(rules) {}

  // The most similar topic.
  Match nearest(const std::vector<Term>& terms, std::uint32_t except = kNone);
  // A post joins it.
  void join(std::uint32_t topic, const Terms& terms, std::uint64_t author, std::int64_t published);
  std::uint32_t begin(std::string id, const Terms& terms, std::uint64_t author, std::int64_t published);
  // The topic that it is the same as by now, which it was put into; else kNone. `gone` is the id that is no more.
  std::uint32_t merge(std::uint32_t topic, std::string& gone);
  // The post that began the topic `id` is gone: with it goes the topic, as long as nobody joined it.
  void withdraw(std::string_view id);
  // Forgets what nobody but this author said.
  void erase(std::uint64_t author);

  const Topic& at(std::uint32_t topic) const { return topics_[topic]; }
  std::string label(std::uint32_t topic) const;

  std::size_t size() const { return topics_.size(); }
  bool& changed(std::uint32_t topic) { return changed_[topic].flag; }  // since the last save
  std::string save(std::uint32_t topic) const;
  void load(std::uint32_t slot, std::uint32_t version, std::string_view bytes);  // version 1: without authors of terms
  void loaded(std::uint64_t count);                                              // builds what follows from the topics
  std::uint64_t count() const { return count_; }                                 // of all that ever began

 private:
  struct Flag {
    bool flag = false;
  };
  struct Place {
    std::uint32_t topic;
    float weight;  // of the term in the centre, of length 1
  };
  std::uint32_t free_slot();
  void drop(std::uint32_t topic);
  void make_room();
  void fade(Topic& topic, std::int64_t published) const;
  void add(Topic& topic, const Terms& terms, std::uint64_t author, bool with_text);
  void trim(Topic& topic) const;
  float similarity(const std::vector<Term>& terms, const Topic& topic) const;
  void index(std::uint32_t topic);
  void unindex(std::uint32_t topic);

  TopicRules rules_;
  std::uint64_t count_ = 0;
  std::size_t kept_ = 0, alone_ = 0;  // topics of more than one post, and of one
  std::vector<Topic> topics_;
  std::vector<Flag> changed_;
  std::vector<std::uint32_t> free_;
  std::deque<std::pair<std::uint32_t, std::uint64_t>> waiting_;  // slot and number
  sketch::FlatMap<std::uint32_t> alone_by_id_;                   // slots of topics of one post, by the hash of their id
  sketch::FlatMap<std::vector<Place>> places_;  // of a term: topics that it says most about, in no order
  std::vector<float> sums_;                     // of a topic, while it is looked for
  std::vector<std::uint32_t> touched_;
};

}  // namespace earshot::topics
