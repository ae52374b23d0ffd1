// arena.hpp: memory of one batch: taken in pieces, given back all at once. Blocks are kept for the next batch, so that
// a running pipeline asks the system for nothing. One thread at a time.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstring>
#include <memory>
#include <new>
#include <string_view>
#include <type_traits>
#include <vector>

#include "earshot/abi.h"

namespace earshot::host {

class Arena {
 public:
  static constexpr std::size_t kBlock = std::size_t{256} << 10;

  // Never fails but by bad_alloc. Aligned for any type of the binary contract.
  char* take(std::size_t size) {
    at_ = (at_ + 15) & ~std::size_t{15};
    if (block_ >= blocks_.size() || at_ + size > blocks_[block_].size) next_block(size);
    char* here = blocks_[block_].data.get() + at_;
    at_ += size;
    used_ += size;
    return here;
  }

  template <class T>
  T* array(std::size_t count) {
    static_assert(std::is_trivially_copyable_v<T>);
    return reinterpret_cast<T*>(take(count * sizeof(T)));
  }
  template <class T>
  T* copy(const T* from, std::size_t count) {
    T* to = array<T>(count);
    if (count != 0) std::memcpy(to, from, count * sizeof(T));
    return to;
  }

  // Text that lies in here already is left where it is.
  ear_str keep(ear_str text) {
    if (text.len == 0) return {nullptr, 0};
    if (holds(text.ptr, text.len)) return text;
    char* to = take_text(text.len);
    std::memcpy(to, text.ptr, text.len);
    return {to, text.len};
  }
  bool holds(const char* text, std::size_t size) {
    if (text >= near_begin_ && text + size <= near_end_) return true;
    const auto end = blocks_.begin() + static_cast<std::ptrdiff_t>(std::min(block_ + 1, blocks_.size()));
    const auto found =
        std::find_if(blocks_.begin(), end, [&](const Block& block) { return inside(block, text, size); });
    if (found == end) return false;
    near_begin_ = found->data.get(), near_end_ = near_begin_ + found->size;
    return true;
  }

  std::size_t used() const { return used_; }
  std::size_t held() const { return held_; }  // of the system's memory, used or not
  // Forgets everything; keeps blocks of the common size, up to `keep` bytes.
  void reset(std::size_t keep = std::size_t{2} << 20) {
    std::erase_if(blocks_, [&](const Block& block) {
      if (block.size > kBlock * 8 || block.size > keep) return held_ -= block.size, true;
      keep -= block.size;
      return false;
    });
    block_ = at_ = used_ = 0;
    near_begin_ = near_end_ = nullptr;
  }

 private:
  struct Block {
    std::unique_ptr<char[]> data;
    std::size_t size;
  };
  static bool inside(const Block& block, const char* text, std::size_t size) {
    return text >= block.data.get() && text + size <= block.data.get() + block.size;
  }
  char* take_text(std::size_t size) {  // unaligned: texts stand side by side
    if (block_ < blocks_.size() && at_ + size <= blocks_[block_].size) {
      char* here = blocks_[block_].data.get() + at_;
      at_ += size;
      used_ += size;
      return here;
    }
    return take(size);
  }
  void next_block(std::size_t size) {
    if (block_ < blocks_.size()) ++block_;
    while (block_ < blocks_.size() && blocks_[block_].size < size) ++block_;
    if (block_ >= blocks_.size()) {
      // Whole blocks, so that a little more than last time still fits into what is kept.
      const std::size_t room = std::max<std::size_t>(1, (size + kBlock - 1) / kBlock) * kBlock;
      blocks_.push_back(
          {std::unique_ptr<char[]>(new char[room]), room});  // not cleared: it is written before it is read
      held_ += room;
      block_ = blocks_.size() - 1;
    }
    at_ = 0;
  }

  std::vector<Block> blocks_;
  std::size_t block_ = 0, at_ = 0, used_ = 0, held_ = 0;
  const char *near_begin_ = nullptr, *near_end_ = nullptr;  // the block of the text held last: the next is mostly there
};

}  // namespace earshot::host
