// test_post.hpp: a post as a config's `tests:` section writes it (docs/posts.md), as the struct that a source pushes.
// Borrows from the value it is made of, and stays where it is. One thread.
#pragma once

#include <deque>
#include <memory>
#include <string>
#include <vector>

#include "base/value.hpp"
#include "earshot/abi.h"

namespace earshot::host {

class TestPost {
 public:
  // `fallback` is the time where the post has none. Throws Failure where the map is no post.
  TestPost(const Value& map, ear_time fallback);
  TestPost(const TestPost&) = delete;
  TestPost& operator=(const TestPost&) = delete;

  const ear_post& raw() const { return post_; }
  const std::string& source() const { return source_; }  // id of the source that brings it; empty: the first

 private:
  void field(const Value& value);
  void author(const Value& map);
  void segment(const Value& map);
  void media(const Value& map);
  ear_str text(const Value& value);

  ear_post post_;
  ear_author author_;
  std::vector<ear_segment> segments_;
  std::vector<ear_media> media_;
  std::unique_ptr<Frozen> attributes_;
  std::deque<std::string> kept_;
  std::string source_;
};

}  // namespace earshot::host
