// query.hpp: a query, ready to say of each post whether it matches.
//
//   const Query query("has:mention AND NOT spam:true");   throws Fault, with the byte that is wrong
//   Scratch scratch;
//   query.match(post, scratch)
//
// A Query is constant once made: any thread. A Scratch belongs to one thread.
#pragma once

#include <memory>
#include <string_view>

#include "earshot/types.hpp"
#include "query/node.hpp"
#include "query/parse.hpp"
#include "text/fold.hpp"

namespace earshot::query {

// The folded texts of the post at hand: made when the first word is looked for.
struct Scratch {
  text::FoldedTexts texts;
  bool is_folded = false;
};

class Query {
 public:
  explicit Query(std::string_view text);
  bool match(const Post& post, Scratch& scratch) const;

 private:
  bool match(const Node& node, const Post& post, Scratch& scratch) const;
  bool match_term(const Node& node, const Post& post, Scratch& scratch) const;
  bool match_text(const Node& node, const Post& post, Scratch& scratch) const;

  std::unique_ptr<const text::Folder> folder_;
  Node root_;
};

}  // namespace earshot::query
