// post_set.hpp: some of the posts of a batch, one bit each. A value that keeps its memory; one thread at a time.
#pragma once

#include <bit>
#include <cstdint>
#include <vector>

namespace earshot::host {

class PostSet {
 public:
  // Makes it hold none, or all, of `posts`.
  void reset(std::uint32_t posts, bool all) {
    posts_ = posts;
    words_.assign((posts + 63) / 64, all ? ~std::uint64_t{0} : 0);
    if (all && posts % 64 != 0) words_.back() = (std::uint64_t{1} << (posts % 64)) - 1;
  }
  bool has(std::uint32_t post) const { return (words_[post / 64] >> (post % 64) & 1) != 0; }
  void add(std::uint32_t post) { words_[post / 64] |= std::uint64_t{1} << (post % 64); }
  void remove(std::uint32_t post) { words_[post / 64] &= ~(std::uint64_t{1} << (post % 64)); }
  void add(const PostSet& other) {
    for (std::size_t i = 0; i < words_.size(); ++i) words_[i] |= other.words_[i];
  }
  void remove(const PostSet& other) {
    for (std::size_t i = 0; i < words_.size(); ++i) words_[i] &= ~other.words_[i];
  }
  bool empty() const {
    for (const std::uint64_t word : words_)
      if (word != 0) return false;
    return true;
  }
  std::uint32_t size() const {
    std::uint32_t count = 0;
    for (const std::uint64_t word : words_) count += static_cast<std::uint32_t>(std::popcount(word));
    return count;
  }
  template <class Use>
  void each(Use&& use) const {
    for (std::size_t i = 0; i < words_.size(); ++i)
      for (std::uint64_t word = words_[i]; word != 0; word &= word - 1)
        use(static_cast<std::uint32_t>(i * 64) + static_cast<std::uint32_t>(std::countr_zero(word)));
  }

 private:
  std::uint32_t posts_ = 0;
  std::vector<std::uint64_t> words_;
};

}  // namespace earshot::host
