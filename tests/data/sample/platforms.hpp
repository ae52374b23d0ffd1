// platforms.hpp: posts in the manner of a microblog, a forum, news sites, videos, photos and reviews.
#pragma once

#include <array>
#include <map>
#include <string>
#include <vector>

#include "post.hpp"
#include "random.hpp"
#include "texts.hpp"

namespace earshot::sample {

enum class Platform { microblog, forum, news, video, photos, reviews };
inline constexpr std::array kPlatformShares{64, 11, 5, 5, 9, 6};

// What a post is about: a list of texts.txt, and in it what the other lists that go with it begin with.
struct Topic {
  std::string list;    // daily, praise, grumble, ask, deal, versus, crisis, aftermath, idle, thicket
  std::string prefix;  // "crisis_" for news, reviews, videos and photos of the crisis
};

class Platforms {
 public:
  Platforms(const Texts& texts, Random& random);

  Post make(Platform platform, const Topic& topic, const Voice& voice, std::int64_t published);
  // Somebody passes on what another has written on the microblog.
  Post repost(const Post& post, std::int64_t published);
  Post edit(const Post& post, std::int64_t after);
  Post remove(const Post& post, std::int64_t after);

 private:
  const Author& author(const std::string& platform, const Topic& topic, const Voice& voice);
  void microblog(Post& post, const Topic& topic, const Voice& voice);
  void forum(Post& post, const Topic& topic, const Voice& voice);
  void news(Post& post, const Topic& topic, const Voice& voice);
  void video(Post& post, const Topic& topic, const Voice& voice);
  void photo(Post& post, const Topic& topic, const Voice& voice);
  void review(Post& post, const Topic& topic, const Voice& voice);
  std::string several(const std::string& list, const Voice& voice, std::int64_t sentences);
  std::string number(const std::string& prefix);

  const Texts& texts_;
  Random& random_;
  std::int64_t last_ = 0;                              // number of the last post
  std::map<std::string, std::vector<Author>> people_;  // of a platform and language
  std::map<std::string, std::vector<std::string>> threads_;
};

}  // namespace earshot::sample
