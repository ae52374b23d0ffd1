// memory.hpp: what was said before, in a fixed number of bytes for ever. Two tables of lines of 64 bytes, a line for
// each hash: in one stands what is familiar, by fingerprints of 16 bits with when it was last said; in the other what
// was said by one so far. Of a full line the oldest goes. A fingerprint of another thing is met with a probability of
// at most 16 / 65,536: then something new is taken for old. One thread.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "earshot/component.hpp"

namespace earshot::novelty {

// Lines in blocks that are allocated when they are first written to. Saved as blocks, and between those as the lines
// that changed.
class Table {
 public:
  using Line = std::array<std::uint32_t, 16>;

  void resize(unsigned bits) { bits_ = bits, blocks_.clear(), blocks_.resize((std::size_t{1} << bits) / kLines); }
  unsigned bits() const { return bits_; }
  const Line* find(std::size_t line) const {
    const auto& block = blocks_[line / kLines];
    return block ? &block->lines[line % kLines] : nullptr;
  }
  void prefetch(std::size_t line) const {
    if (const Line* at = find(line)) __builtin_prefetch(at);
  }
  Line& write(std::size_t line);
  std::size_t bytes() const { return used_ * sizeof(Block); }

  void save(std::string_view name, StateOut& out);
  void load(std::string_view key, std::string_view value);  // without the name
  void loaded();                                            // puts changed lines on top of the blocks

 private:
  static constexpr std::size_t kLines = 64;
  struct Block {
    std::array<Line, kLines> lines{};
    std::uint64_t changed = 0;  // lines, since the last save
    bool dirty = false;         // since it was last saved as a whole
  };
  void save_block(std::string_view name, std::size_t block, StateOut& out);

  unsigned bits_ = 6;
  std::vector<std::unique_ptr<Block>> blocks_;
  std::size_t used_ = 0;
  std::vector<std::uint32_t> changed_;  // blocks with changed lines
  std::uint64_t logs_ = 0, first_log_ = 0;
  std::size_t log_bytes_ = 0;
  std::map<std::uint64_t, std::string> loaded_logs_;
};

// Who said something first.
struct First {
  std::uint32_t second = 0;  // since 1970
  std::uint32_t author = 0, content = 0;
};

class Memory {
 public:
  static constexpr std::uint32_t kFamiliar = 2;  // so many stretches apart make it so

  // `remember` and `within` in nanoseconds.
  void setup(std::size_t bytes, std::int64_t remember, std::int64_t within);

  // The part of a hash that both tables go by.
  std::uint64_t key(std::uint64_t hash) const { return hash & mask_; }
  void prefetch(std::uint64_t key) const { familiar_.prefetch(familiar_line(key)), once_.prefetch(once_line(key)); }

  // Was it said in so many stretches before? Renews it where it is familiar.
  bool is_familiar(std::uint64_t key, std::int64_t time);
  void make_familiar(std::uint64_t key, std::int64_t time, std::uint32_t more = kFamiliar);
  // Notes who says it. True: somebody said it within the stretch before; `first` tells who.
  bool said_before(std::uint64_t key, std::int64_t time, First now, First& first);
  void forget_first(std::uint64_t key);

  std::size_t bytes() const { return familiar_.bytes() + once_.bytes(); }
  void save(StateOut& out);
  void load(std::string_view key, std::string_view value);  // "familiar/…" and "once/…"
  void loaded() { familiar_.loaded(), once_.loaded(); }

 private:
  std::size_t familiar_line(std::uint64_t key) const { return mixed(key) >> (64 - familiar_.bits()); }
  static std::uint32_t fingerprint(std::uint64_t key) { return static_cast<std::uint32_t>(mixed(key)) & 0xFFFF; }
  std::size_t once_line(std::uint64_t key) const { return key >> (64 - once_.bits()); }
  static std::uint64_t mixed(std::uint64_t z) {
    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9u;
    z = (z ^ (z >> 27)) * 0x94D049BB133111EBu;
    return z ^ (z >> 31);
  }
  std::uint32_t epoch(std::int64_t time) const;

  Table familiar_, once_;
  std::uint64_t mask_ = ~std::uint64_t{0};
  std::int64_t unit_ = 1, within_ = 1;
};

}  // namespace earshot::novelty
