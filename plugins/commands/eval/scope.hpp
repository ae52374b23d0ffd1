// scope.hpp: the posts that say something of a kind, and the groups that they belong to. A value; one thread.
#pragma once

#include "task.hpp"

namespace earshot::eval {

struct Scope {
  Scope(const Labelled& labelled, const std::string& of);

  struct Post {
    std::size_t of;  // the case
    std::uint32_t group;
    bool complete;  // everything of the kind is labelled
  };
  std::string kind;
  std::vector<Post> posts;
  std::uint32_t groups = 0;
};

}  // namespace earshot::eval
