// memory.hpp: memory that is lent to a plugin for one call, and of which each misuse is seen. One instance for one
// thread at a time.
#pragma once

#include <cstddef>
#include <memory_resource>
#include <mutex>
#include <vector>

namespace earshot::check {

// Each allocation has pages of its own. Its end lies against a page that cannot be touched, so a read behind it dies;
// what is given back can never be touched again, so a pointer that was kept dies when it is used; and none of it came
// from malloc, so free() of it dies.
class LentMemory : public std::pmr::memory_resource {
 public:
  LentMemory() = default;
  ~LentMemory() override;
  LentMemory(const LentMemory&) = delete;
  LentMemory& operator=(const LentMemory&) = delete;

  void take_back();  // everything

 private:
  struct Piece {
    char* first;
    std::size_t size;  // of all its pages
  };
  void* do_allocate(std::size_t size, std::size_t alignment) override;
  void do_deallocate(void* memory, std::size_t size, std::size_t alignment) override;
  bool do_is_equal(const memory_resource& other) const noexcept override { return this == &other; }

  std::mutex mutex_;
  std::vector<Piece> pieces_;
};

}  // namespace earshot::check
