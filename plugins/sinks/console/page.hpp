// page.hpp: posts, alerts and gaps as lines for people, into a text that grows until it is cleared. One instance for
// one thread.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "earshot/types.hpp"

namespace earshot::console {

struct Look {
  bool colour = false;
  std::size_t width = 100;  // columns of a line
};

class Page {
 public:
  void look(Look look) { look_ = look; }
  void post(const Post& post);
  void alert(const ear_alert& alert);
  void gap(const Gap& gap);

  const std::string& text() const { return text_; }
  void clear() { text_.clear(); }

 private:
  class Line;
  void excerpt(const Post& post);
  void evidence(const ear_evidence& evidence);

  Look look_;
  std::string text_;
};

}  // namespace earshot::console
