// crossing.hpp: what it costs to call a detector in a shared library.
#pragma once

#include <string>

namespace earshot::bench {

struct Crossing {
  static constexpr unsigned kPosts = 1024;
  double direct_ns = 0, plugin_ns = 0;  // a batch of kPosts
};

// The detector of pass.hpp over the same batch, called directly and through the table of `plugin`, in turn.
Crossing crossing(const std::string& plugin);

}  // namespace earshot::bench
