// memory.hpp: where unescaped text is put, so that it lives as long as the batch: small pieces out of larger ones
// that the host gives. One instance for one poll, in the thread of that poll.
#pragma once

#include <algorithm>
#include <cstddef>

#include "earshot/abi.h"

namespace earshot::post {

class Memory {
 public:
  using Take = char* (*)(void* ctx, std::size_t size);  // never NULL; lives until the poll has returned
  Memory(Take more, void* ctx) : take_(more), ctx_(ctx) {}
  explicit Memory(const ear_source_out& out) : take_(out.buffer), ctx_(out.ctx) {}

  // At least `size` bytes and some behind them. What is not used is given back by `keep`.
  char* take(std::size_t size) {
    if (left_ < size + kSlack) {
      left_ = std::max(kBlock, size + kSlack);
      at_ = take_(ctx_, left_);
    }
    return at_;
  }
  void keep(std::size_t used) { at_ += used, left_ -= used; }

 private:
  static constexpr std::size_t kBlock = 16384, kSlack = 32;
  Take take_;
  void* ctx_;
  char* at_ = nullptr;
  std::size_t left_ = 0;
};

}  // namespace earshot::post
