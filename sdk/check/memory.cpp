#include "check/memory.hpp"

#include <sys/mman.h>
#include <unistd.h>

#include <cstdint>
#include <new>

namespace earshot::check {

namespace {

std::size_t page() {
  static const auto size = static_cast<std::size_t>(::sysconf(_SC_PAGESIZE));
  return size;
}

}  // namespace

LentMemory::~LentMemory() {
  for (const Piece& piece : pieces_) ::munmap(piece.first, piece.size);
}

void LentMemory::take_back() {
  const std::lock_guard lock(mutex_);
  for (const Piece& piece : pieces_) ::mprotect(piece.first, piece.size, PROT_NONE);
}

void* LentMemory::do_allocate(std::size_t size, std::size_t alignment) {
  const std::size_t used = (size + alignment - 1) / alignment * alignment;
  const std::size_t pages = (used + page() - 1) / page() * page();
  void* first = ::mmap(nullptr, pages + page(), PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  if (first == MAP_FAILED) throw std::bad_alloc();
  ::mprotect(static_cast<char*>(first) + pages, page(), PROT_NONE);
  const std::lock_guard lock(mutex_);
  pieces_.push_back({static_cast<char*>(first), pages + page()});
  return static_cast<char*>(first) + pages - used;
}

void LentMemory::do_deallocate(void* memory, std::size_t size, std::size_t) {
  // The pages stay reserved, so that no later allocation makes a kept pointer valid again.
  const auto from = reinterpret_cast<std::uintptr_t>(memory) / page() * page();
  const auto to = (reinterpret_cast<std::uintptr_t>(memory) + size + page() - 1) / page() * page();
  ::mprotect(reinterpret_cast<void*>(from), to - from, PROT_NONE);
}

}  // namespace earshot::check
