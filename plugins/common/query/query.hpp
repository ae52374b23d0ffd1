// query.hpp: a query, ready to say of each post whether it holds.
//
//   const Query query("acme NEAR/5 (battery OR charger) -job");    throws Fault, with the byte that is wrong
//   Evaluator evaluator = query.evaluator();
//   query.match(post, evaluator)
//
// A Query is constant once made: any thread. An Evaluator belongs to one thread, and serves any query made with the
// same SearchFold.
#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "earshot/types.hpp"
#include "query/evaluate.hpp"
#include "query/parse.hpp"
#include "query/part.hpp"

namespace earshot::query {

class Query {
 public:
  explicit Query(std::string_view text, const ParseOptions& options = {})
      : Query(text, options, std::make_shared<const SearchFold>()) {}
  Query(std::string_view text, const ParseOptions& options, std::shared_ptr<const SearchFold> fold)
      : text_(text), fold_(std::move(fold)), root_(compile(parse(text, options), *fold_)) {}

  const std::string& text() const { return text_; }
  const Part& root() const { return root_; }
  Evaluator evaluator() const { return Evaluator(fold_); }

  bool match(const Post& post, Evaluator& evaluator) const {
    evaluator.set(post);
    return evaluator.holds(root_);
  }

 private:
  std::string text_;
  std::shared_ptr<const SearchFold> fold_;
  Part root_;
};

}  // namespace earshot::query
