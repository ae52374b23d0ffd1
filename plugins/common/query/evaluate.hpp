// evaluate.hpp: does a query hold for a post, and where. One instance for one thread.
#pragma once

#include <cstdint>
#include <memory>
#include <vector>

#include "query/document.hpp"
#include "query/hit.hpp"
#include "query/part.hpp"

namespace earshot::query {

class Evaluator {
 public:
  explicit Evaluator(std::shared_ptr<const SearchFold> fold) : document_(std::move(fold)) {}

  void set(const Post& post) { document_.set(post); }
  Document& document() { return document_; }

  bool holds(const Part& part);
  // Appends the places of what makes the part hold: of NOT there are none.
  void places(const Part& part, Hits& to);

 private:
  void near_places(const Part& part, Hits& to);

  Document document_;
  Hits one_;
  std::vector<std::vector<Hits>> spare_;  // lists for near parts, kept from one use to the next
};

}  // namespace earshot::query
