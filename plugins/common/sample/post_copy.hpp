// post_copy.hpp: one post with its findings that owns all that it points to, for commands that look at single posts.
// One thread.
#pragma once

#include <deque>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "earshot/types.hpp"

namespace earshot::sample {

class PostCopy {
 public:
  PostCopy() : post_(make_post()), author_(make_author()) {}
  PostCopy(PostCopy&&) = default;
  PostCopy& operator=(PostCopy&&) = default;

  // Copies the fields, segments and media of a post, numbers these in their order as a host does, and takes neither
  // findings nor attributes.
  void take(const ear_post& post);

  ear_post& fields() { return post_; }
  ear_author& author() { return has_author_ = true, author_; }
  ear_str keep(std::string_view text) { return text.empty() ? ear_str{} : str(texts_.emplace_back(text)); }

  void add_segment(const ear_segment& segment);
  void add_media(const ear_media& media);
  using Attribute = std::pair<std::string_view, std::string_view>;
  void add_finding(const ear_finding& finding, const std::vector<Attribute>& attributes = {});

  // Valid until the copy changes or moves.
  Post post();

 private:
  ear_post post_;
  ear_author author_;
  bool has_author_ = false;
  std::deque<std::string> texts_;  // never move
  std::vector<ear_segment> segments_;
  std::vector<ear_media> media_;
  std::vector<ear_finding> findings_;
  std::deque<std::vector<ear_value>> attributes_;
};

// A post in the form of docs/posts.md, one object of JSON, with the findings that a sink wrote. Throws `invalid`.
PostCopy read_json(std::string_view json);

// The texts among the attributes of a finding, which stand there as an object of JSON, are added with it.
void add_finding(PostCopy& to, const ear_finding& finding, std::string_view attributes_json);

// A post with this text alone as its body.
PostCopy from_text(std::string_view text);

}  // namespace earshot::sample
