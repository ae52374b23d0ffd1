// post.hpp: a post of the sample, and its line in Earshot's post form.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace earshot::sample {

struct Author {
  std::string id, handle, name;
  std::int64_t followers = 0;
};

struct Caption {
  std::string text;
  std::int64_t start = 0, end = 0;  // seconds
};

struct Media {
  std::string kind, url, type, alt;
  std::int64_t width = 0, height = 0, duration = 0;
};

struct Post {
  std::string platform, id, change, kind, url, language, parent, repost_of, title, text;
  std::int64_t revision = 0;
  std::int64_t published = 0, collected = 0;  // seconds since 1970
  Author author;
  std::vector<Media> media;
  std::vector<Caption> captions;
  std::int64_t likes = -1, reposts = -1, replies = -1, views = -1;
  std::int64_t stars = 0;  // of a review
};

std::string to_json(const Post& post);

}  // namespace earshot::sample
