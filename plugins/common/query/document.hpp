// document.hpp: a post as queries look at it: its words with their places, in an index. The words are read when the
// first of them is asked for, so a query about fields alone costs none of it. One instance for one thread; it keeps
// its memory from one post to the next.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "earshot/types.hpp"
#include "query/search_fold.hpp"
#include "query/tokens.hpp"

namespace earshot::query {

inline constexpr std::uint32_t kNone = UINT32_MAX;

struct Token {
  std::uint32_t begin, end;    // bytes in the passage's text
  std::uint32_t word, length;  // its folded form
  std::uint32_t hash;
  std::uint32_t next;  // the next token of the same bucket, or kNone
  std::uint32_t passage;
};

// One segment of the post.
struct Passage {
  std::string_view text;
  std::uint32_t first, last;  // tokens [first, last)
  std::uint32_t number;       // of the segment
  std::uint32_t origin;       // 1 << EAR_TITLE and so on
  std::uint32_t media;
  double confidence;
  std::int64_t start, end;  // nanoseconds into the media; both 0: not in time
};

std::uint32_t hash_of(std::string_view folded);

class Document {
 public:
  explicit Document(std::shared_ptr<const SearchFold> fold) : fold_(std::move(fold)) {}

  void set(const Post& post) { post_ = &post.raw(), is_read_ = false; }
  Post post() const { return Post(*post_); }

  const std::vector<Passage>& passages() { return read(), passages_; }
  const std::vector<Token>& tokens() { return read(), tokens_; }
  std::string_view word(const Token& token) const { return {words_.data() + token.word, token.length}; }
  // The places of a word, in their order: the first token, then the one after; kNone at the end.
  std::uint32_t find(std::string_view folded, std::uint32_t hash);
  std::uint32_t find_next(std::uint32_t token, std::string_view folded) const;
  // The folded form of a text that is no word of the post: a name, a value. Valid until the next call.
  std::string_view folded(std::string_view text);
  const SearchFold& fold() const { return *fold_; }

 private:
  void read() {
    if (!is_read_) read_words();
  }
  void read_words();
  void add(const Segment& segment);
  void make_index();
  std::uint32_t same_from(std::uint32_t token, std::string_view folded, std::uint32_t hash) const;

  std::shared_ptr<const SearchFold> fold_;
  const ear_post* post_ = nullptr;
  bool is_read_ = false;
  std::vector<Passage> passages_;
  std::vector<Token> tokens_;
  std::vector<std::uint32_t> buckets_;
  std::string words_, folded_;
  text::FoldedTexts memory_;
};

}  // namespace earshot::query
